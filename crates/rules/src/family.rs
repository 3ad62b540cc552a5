//! The facts of one family, checked against the vocabulary when they are set.

use crate::date::Date;
use crate::pack::{Fact, FactIndex, FactKind, FactRef, Pack};
use crate::value::{Decimal, Value};

/// The most members that a family can have.
pub const MAX_MEMBERS: usize = 40;

/// What one assessment of one family says.
///
/// A family belongs to the pack that it was made with: its facts stand in that pack's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    assessed_on: Date,
    facts: Vec<Slot>,
    members: Vec<Vec<Slot>>,
    member_facts: usize,
}

/// What is kept for one fact.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Slot {
    /// Not asked.
    Absent,
    /// Asked, and the answer is "don't know".
    Unknown,
    Bool(bool),
    /// A whole number, rupiah, thousandths of a decimal, or days of a date.
    Number(i64),
    /// Place of the code in its list.
    Code(u8),
    /// Places of the codes in their list, as bits.
    Codes(u64),
    Text(Box<str>),
}

/// What is known about one fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Not asked.
    Absent,
    /// Asked, and the answer is "don't know".
    Unknown,
    /// Known.
    Known(Value),
}

impl Answer {
    /// The value, where it is known.
    pub fn value(self) -> Option<Value> {
        match self {
            Answer::Known(value) => Some(value),
            Answer::Absent | Answer::Unknown => None,
        }
    }
}

/// Why a value was not taken. The family is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactError {
    /// The fact is not in the vocabulary, or a member's fact was set without a member, or the other way round.
    NoSuchFact,
    /// The family has no member at this place.
    NoSuchMember,
    /// The value is of another kind.
    WrongType,
    /// The number is outside the fact's bounds, which are given here as the fact has them.
    OutOfRange,
    /// The code is not in the fact's list, or a code is listed twice.
    UnknownCode,
    /// The text does not have the right number of digits.
    BadPattern,
    /// The family has [`MAX_MEMBERS`] members already.
    TooManyMembers,
}

impl Family {
    /// A family of which nothing is known but how many members it has, at most [`MAX_MEMBERS`].
    pub fn new(pack: &Pack, assessed_on: Date, members: usize) -> Family {
        let member_facts = pack.checked.member_facts;
        let nobody = vec![Slot::Absent; member_facts];
        Family {
            assessed_on,
            facts: vec![Slot::Absent; pack.checked.family_facts],
            members: vec![nobody; members.min(MAX_MEMBERS)],
            member_facts,
        }
    }

    /// The day that ages and parameters go by.
    pub fn assessed_on(&self) -> Date {
        self.assessed_on
    }

    /// Assesses the same facts on another day.
    pub fn set_assessed_on(&mut self, day: Date) {
        self.assessed_on = day;
    }

    /// How many members the family has.
    pub fn persons(&self) -> usize {
        self.members.len()
    }

    /// Adds a member of whom nothing is known, and gives the member's place.
    ///
    /// # Errors
    /// [`FactError::TooManyMembers`].
    pub fn add_member(&mut self) -> Result<usize, FactError> {
        if self.members.len() >= MAX_MEMBERS {
            return Err(FactError::TooManyMembers);
        }
        self.members.push(vec![Slot::Absent; self.member_facts]);
        Ok(self.members.len() - 1)
    }

    /// Removes a member; those behind move up.
    ///
    /// # Errors
    /// [`FactError::NoSuchMember`].
    pub fn remove_member(&mut self, member: usize) -> Result<(), FactError> {
        if member >= self.members.len() {
            return Err(FactError::NoSuchMember);
        }
        self.members.remove(member);
        Ok(())
    }

    /// Sets a fact, of a member where the fact is a member's.
    ///
    /// # Errors
    /// The value does not fit the fact; nothing is changed.
    pub fn set(&mut self, pack: &Pack, at: FactRef, value: &Value) -> Result<(), FactError> {
        let fact = pack.fact(at.fact).ok_or(FactError::NoSuchFact)?;
        let slot = encode(pack, at.fact, fact, value)?;
        *self.slot_mut(pack, at)? = slot;
        Ok(())
    }

    /// Records that a fact was asked and is not known.
    ///
    /// # Errors
    /// There is no such fact or member.
    pub fn set_unknown(&mut self, pack: &Pack, at: FactRef) -> Result<(), FactError> {
        *self.slot_mut(pack, at)? = Slot::Unknown;
        Ok(())
    }

    /// Forgets a fact, as if it had not been asked.
    ///
    /// # Errors
    /// There is no such fact or member.
    pub fn clear(&mut self, pack: &Pack, at: FactRef) -> Result<(), FactError> {
        *self.slot_mut(pack, at)? = Slot::Absent;
        Ok(())
    }

    /// What is known about a fact; [`Answer::Absent`] for a fact or member that does not exist.
    pub fn get(&self, pack: &Pack, at: FactRef) -> Answer {
        match self.slot(pack, at) {
            None | Some(Slot::Absent) => Answer::Absent,
            Some(Slot::Unknown) => Answer::Unknown,
            Some(slot) => decode(pack, at.fact, slot).map_or(Answer::Absent, Answer::Known),
        }
    }

    /// Whether a fact has a value.
    pub fn knows(&self, pack: &Pack, at: FactRef) -> bool {
        !matches!(
            self.slot(pack, at),
            None | Some(Slot::Absent | Slot::Unknown)
        )
    }

    pub(crate) fn slot(&self, pack: &Pack, at: FactRef) -> Option<&Slot> {
        let place = pack.checked.slot_of(at.fact)?;
        match (at.member, place.of_member) {
            (None, false) => self.facts.get(place.slot),
            (Some(member), true) => self.members.get(usize::from(member))?.get(place.slot),
            (None, true) | (Some(_), false) => None,
        }
    }

    /// The slot of a fact; `member` is of no matter for a fact of the family.
    pub(crate) fn slot_of(&self, pack: &Pack, fact: FactIndex, member: usize) -> Option<&Slot> {
        let place = pack.checked.slot_of(fact)?;
        match place.of_member {
            false => self.facts.get(place.slot),
            true => self.members.get(member)?.get(place.slot),
        }
    }

    /// Puts a slot that was checked before into its place; one without a place is left out.
    pub(crate) fn put_slot(&mut self, pack: &Pack, at: FactRef, slot: Slot) {
        if let Ok(place) = self.slot_mut(pack, at) {
            *place = slot;
        }
    }

    fn slot_mut(&mut self, pack: &Pack, at: FactRef) -> Result<&mut Slot, FactError> {
        let place = pack.checked.slot_of(at.fact).ok_or(FactError::NoSuchFact)?;
        let slot = match (at.member, place.of_member) {
            (None, false) => self.facts.get_mut(place.slot),
            (Some(member), true) => self
                .members
                .get_mut(usize::from(member))
                .ok_or(FactError::NoSuchMember)?
                .get_mut(place.slot),
            (None, true) | (Some(_), false) => None,
        };
        slot.ok_or(FactError::NoSuchFact)
    }
}

impl FactRef {
    /// A fact of the family.
    pub fn family(fact: FactIndex) -> FactRef {
        FactRef { fact, member: None }
    }

    /// A fact of one member.
    pub fn member(fact: FactIndex, member: u16) -> FactRef {
        FactRef {
            fact,
            member: Some(member),
        }
    }
}

fn encode(pack: &Pack, index: FactIndex, fact: &Fact, value: &Value) -> Result<Slot, FactError> {
    let number = |number: i64| {
        let low_enough = fact.max.is_none_or(|max| number <= max);
        let high_enough = fact.min.is_none_or(|min| number >= min);
        if low_enough && high_enough {
            Ok(Slot::Number(number))
        } else {
            Err(FactError::OutOfRange)
        }
    };
    let code = |name: &str| {
        let found = pack.codes(index).iter().position(|code| code.code == name);
        found
            .and_then(|place| u8::try_from(place).ok())
            .ok_or(FactError::UnknownCode)
    };
    match (fact.kind, value) {
        (FactKind::Bool, Value::Bool(value)) => Ok(Slot::Bool(*value)),
        (FactKind::Int | FactKind::Money, Value::Int(value)) => number(*value),
        (FactKind::Decimal, Value::Decimal(value)) => number(value.0),
        (FactKind::Decimal, Value::Int(value)) => {
            let thousandths = value.checked_mul(Decimal::ONE);
            number(thousandths.ok_or(FactError::OutOfRange)?)
        }
        (FactKind::Date, Value::Date(value)) => number(i64::from(value.days())),
        (FactKind::Code, Value::Code(name)) => Ok(Slot::Code(code(name)?)),
        (FactKind::Codes, Value::Codes(names)) => {
            let mut bits = 0u64;
            for name in names {
                let bit = 1u64 << (code(name)? & 63);
                if bits & bit != 0 {
                    return Err(FactError::UnknownCode);
                }
                bits |= bit;
            }
            Ok(Slot::Codes(bits))
        }
        (FactKind::Text, Value::Text(text)) => match fact.pattern {
            Some(pattern)
                if text.len() != pattern.digits() || !text.bytes().all(|b| b.is_ascii_digit()) =>
            {
                Err(FactError::BadPattern)
            }
            _ => Ok(Slot::Text(text.as_str().into())),
        },
        _ => Err(FactError::WrongType),
    }
}

fn decode(pack: &Pack, index: FactIndex, slot: &Slot) -> Option<Value> {
    let kind = pack.fact(index)?.kind;
    let code = |place: usize| pack.codes(index).get(place).map(|code| code.code.clone());
    Some(match slot {
        Slot::Absent | Slot::Unknown => return None,
        Slot::Bool(value) => Value::Bool(*value),
        Slot::Number(number) => match kind {
            FactKind::Decimal => Value::Decimal(Decimal(*number)),
            FactKind::Date => Value::Date(Date::from_days(i32::try_from(*number).ok()?)?),
            _ => Value::Int(*number),
        },
        Slot::Code(place) => Value::Code(code(usize::from(*place))?),
        Slot::Codes(bits) => Value::Codes(
            (0..64)
                .filter(|bit| bits & (1 << bit) != 0)
                .filter_map(code)
                .collect(),
        ),
        Slot::Text(text) => Value::Text(String::from(&**text)),
    })
}
