//! Decisions as they were given.

use super::{Kind, Reader, Writer, Written, close_list};
use crate::decision::{FrozenDecision, FrozenOutcome, PackRef};
use naik_kelas_rules::evaluate::{Colour, EvalError, Outcome};

crate::written_as_map!(PackRef { 0 id, 1 version, 2 hash });
crate::written_as_map!(FrozenDecision { 0 pack, 1 on, 2 outcomes, 3 readiness, 4 indicators });

/// 0 no, 1 yes, 2 undetermined, 3 an error.
impl Written for Outcome {
    fn put(&self, writer: &mut Writer) {
        writer.unsigned(match self {
            Self::NotEligible => 0,
            Self::Eligible => 1,
            Self::Undetermined => 2,
            Self::Error(EvalError::Arithmetic) => 3,
        });
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        match reader.unsigned() {
            0 => Self::NotEligible,
            1 => Self::Eligible,
            2 => Self::Undetermined,
            3 => Self::Error(EvalError::Arithmetic),
            _ => {
                reader.fail();
                Self::Undetermined
            }
        }
    }
}

/// 0 red, 1 yellow, 2 green, null unknown.
impl Written for Colour {
    fn put(&self, writer: &mut Writer) {
        match self {
            Self::Unknown => writer.null(),
            Self::Red => writer.unsigned(0),
            Self::Yellow => writer.unsigned(1),
            Self::Green => writer.unsigned(2),
        }
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        if reader.next() == Kind::Null {
            reader.null();
            return Self::Unknown;
        }
        match reader.unsigned() {
            0 => Self::Red,
            1 => Self::Yellow,
            2 => Self::Green,
            _ => {
                reader.fail();
                Self::Unknown
            }
        }
    }
}

/// `[decision, outcome]`, and the amount where there is one.
impl Written for FrozenOutcome {
    fn put(&self, writer: &mut Writer) {
        writer.list(if self.amount.is_some() { 3 } else { 2 });
        self.decision.put(writer);
        self.outcome.put(writer);
        if let Some(amount) = self.amount {
            writer.int(amount);
        }
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        let length = super::open_list(reader, 2);
        let (decision, outcome) = (String::take(reader), Outcome::take(reader));
        let amount = if length > 0 {
            <Option<i64> as Written>::take(reader)
        } else {
            None
        };
        close_list(reader, length.saturating_sub(1));
        Self {
            decision,
            outcome,
            amount,
        }
    }
}
