//! Operands at the right level, and operations with their registers.

use super::super::program::{Amount, Arithmetic, Bytes, Instruction, Numbers, Op};
use super::super::{OPEN_CODE, OPEN_TRUTH};
use super::{Again, Compiler, Found};
use crate::node::NodeId;
use crate::possible::TRUE;

impl Compiler<'_> {
    pub(super) fn bytes_by(&mut self, op: Op, of_member: bool) -> Found {
        Found::Bytes(Bytes::Register(self.emit(op, of_member)))
    }

    pub(super) fn numbers_by(&mut self, op: Op, of_member: bool) -> Found {
        Found::Numbers(Numbers::Register(self.emit(op, of_member)))
    }

    fn emit(&mut self, op: Op, of_member: bool) -> u16 {
        // A pack of so many nodes is left to the first driver as a whole.
        let Ok(out) = u16::try_from(self.instructions.len()) else {
            self.too_long = true;
            return 0;
        };
        self.instructions.push(Instruction { op, out, of_member });
        out
    }

    fn once(&mut self, again: Again) -> u16 {
        if let Some((_, out)) = self.memo.iter().find(|(made, _)| *made == again) {
            return *out;
        }
        let out = match again {
            Again::Truth(truth, of_member) => self.emit(Op::FillTruth(truth), of_member),
            Again::Number(number, of_member) => self.emit(Op::FillNumber(number), of_member),
            Again::SpreadBytes(bytes) => self.emit(Op::SpreadBytes(bytes), true),
            Again::SpreadNumbers(numbers) => self.emit(Op::SpreadNumbers(numbers), true),
            Again::Stack(numbers, of_member) => self.emit(Op::Stack(numbers), of_member),
        };
        self.memo.push((again, out));
        out
    }

    /// The node is the family's, and what reads it is a member's.
    fn wants_spreading(&self, node: NodeId, of_member: bool) -> bool {
        of_member && !self.pack.checked.of_member[usize::from(node)]
    }

    /// A truth as it was found, for each member where that is asked for.
    pub(super) fn truth(&mut self, node: NodeId, of_member: bool) -> Found {
        match self.found[usize::from(node)] {
            Found::Bytes(bytes) if self.wants_spreading(node, of_member) => {
                Found::Bytes(Bytes::Register(self.once(Again::SpreadBytes(bytes))))
            }
            found => found,
        }
    }

    /// Lanes of what was found; open ones where nothing was.
    pub(super) fn as_lanes(&mut self, found: Found, of_member: bool) -> Bytes {
        match found {
            Found::Bytes(bytes) => bytes,
            Found::Truth(truth) => Bytes::Register(self.once(Again::Truth(truth, of_member))),
            _ => Bytes::Register(self.once(Again::Truth(OPEN_TRUTH, of_member))),
        }
    }

    pub(super) fn truth_lanes(&mut self, node: NodeId, of_member: bool) -> Bytes {
        let found = self.truth(node, of_member);
        self.as_lanes(found, of_member)
    }

    /// Lanes of truths or codes; `None` where they are open throughout.
    pub(super) fn settled_bytes(&mut self, node: NodeId, of_member: bool) -> Option<Bytes> {
        match self.truth(node, of_member) {
            found @ (Found::Bytes(_) | Found::Truth(_)) => Some(self.as_lanes(found, of_member)),
            _ => None,
        }
    }

    pub(super) fn numbers(&mut self, node: NodeId, of_member: bool) -> Option<Numbers> {
        match self.found[usize::from(node)] {
            Found::Numbers(Numbers::Same(number)) => Some(Numbers::Same(number)),
            Found::Numbers(numbers) if self.wants_spreading(node, of_member) => {
                Some(Numbers::Register(self.once(Again::SpreadNumbers(numbers))))
            }
            Found::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// As [`Self::numbers`], and lanes where the number is the same everywhere.
    pub(super) fn number_lanes(&mut self, node: NodeId, of_member: bool) -> Option<Numbers> {
        Some(match self.numbers(node, of_member)? {
            Numbers::Same(number) => Numbers::Register(self.once(Again::Number(number, of_member))),
            numbers => numbers,
        })
    }

    pub(super) fn amount_lanes(&mut self, node: NodeId) -> Amount {
        self.numbers(node, false)
            .map_or(Amount::Open, Amount::Lanes)
    }

    /// Days ready for whole years. Those of the family are stacked before they are spread.
    pub(super) fn stacked(&mut self, node: NodeId, of_member: bool) -> Option<Numbers> {
        let numbers = self.numbers(node, false)?;
        let own = of_member && !self.wants_spreading(node, of_member);
        Some(match numbers {
            Numbers::Same(day) => Numbers::Same(super::super::dates::stacked(day)),
            numbers => {
                let stacked = Numbers::Register(self.once(Again::Stack(numbers, own)));
                match self.wants_spreading(node, of_member) {
                    true => Numbers::Register(self.once(Again::SpreadNumbers(stacked))),
                    false => stacked,
                }
            }
        })
    }

    pub(super) fn arithmetic(
        &mut self,
        what: Arithmetic,
        a: NodeId,
        b: NodeId,
        of_member: bool,
    ) -> Option<Found> {
        let (a, b) = (self.numbers(a, of_member)?, self.numbers(b, of_member)?);
        Some(self.numbers_by(Op::Arithmetic(what, a, b), of_member))
    }

    /// The code of the first test that holds, or the one behind them.
    pub(super) fn first_of(
        &mut self,
        tests: &[(NodeId, u8)],
        mut otherwise: u8,
        of_member: bool,
    ) -> Bytes {
        let mut choices = Vec::with_capacity(tests.len());
        for (test, code) in tests {
            match self.truth(*test, of_member) {
                Found::Bytes(when) => choices.push((when, *code)),
                Found::Truth(TRUE) => {
                    otherwise = *code;
                    break;
                }
                Found::Truth(_) => {}
                // Whatever stands behind it may be the first one or not.
                _ => {
                    otherwise = OPEN_CODE;
                    break;
                }
            }
        }
        Bytes::Register(self.emit(Op::FirstOf(choices, otherwise), of_member))
    }
}
