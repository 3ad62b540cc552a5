//! The flat form of a pack within one period: operations over lanes, each with one register to write to.

use crate::node::Comparison;
use crate::pack::Pack;

/// Lanes of bytes: truths or codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bytes {
    /// What an earlier operation wrote.
    Register(u16),
    /// A fact.
    Column(u16),
}

/// Lanes of numbers, or one number for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// What an earlier operation wrote.
    Register(u16),
    /// A fact.
    Column(u16),
    /// The day of each family's assessment.
    Day,
    /// How many members each family has.
    Persons,
    /// The same everywhere.
    Same(i64),
}

/// What is computed of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Min,
    Max,
    /// Whole years between two stacked days.
    Years,
    /// The day so many days before a day.
    DaysBefore,
}

/// One operation. Those that say so read members' lanes and write the family's, or the other way round.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// The same truth everywhere.
    FillTruth(u8),
    /// The same number everywhere.
    FillNumber(i64),
    Not(Bytes),
    And(Bytes, Bytes),
    Or(Bytes, Bytes),
    SameTruth(Bytes, Bytes),
    Compare(Comparison, Numbers, Numbers),
    /// A code is one of four; a list of fewer repeats its last.
    OneOfFew(Bytes, [u8; 4]),
    /// A code looked up in a table of truths.
    OneOf(Bytes, Box<[u8; 256]>),
    /// Of a set of codes, this one is in.
    Includes(Numbers, u8),
    /// The bytes are not the open one.
    KnownBytes(Bytes, u8),
    KnownNumber(Numbers),
    /// The code of the first choice that holds.
    FirstOf(Vec<(Bytes, u8)>, u8),
    ChooseBytes(Bytes, Bytes, Bytes, u8),
    ChooseNumber(Bytes, Numbers, Numbers),
    Arithmetic(Arithmetic, Numbers, Numbers),
    /// Days as [`super::dates::stacked`].
    Stack(Numbers),
    /// A number by a code.
    Lookup(Bytes, Box<Table>),
    /// A number by the family's region.
    ByRegion(Box<Table>),
    /// How many of these codes are this one.
    Tally(Vec<Bytes>, u8),
    /// The family's lanes for each of its members.
    SpreadBytes(Bytes),
    /// The family's lanes for each of its members.
    SpreadNumbers(Numbers),
    /// Members' lanes to the family's.
    Any(Bytes),
    /// Members' lanes to the family's.
    All(Bytes),
    /// Members' lanes to the family's.
    Count(Bytes),
    /// Members' lanes to the family's.
    Sum(Numbers),
    /// Members' lanes to the family's: the sum of the so many largest.
    Best(u8, Numbers),
}

/// Numbers by code or region; an entry that is not settled has [`super::OPEN_TRUTH`] beside it, others 0.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) values: Vec<i64>,
    pub(super) open: Vec<u8>,
}

/// An operation and where it writes.
#[derive(Clone, Debug)]
pub(super) struct Instruction {
    pub(super) op: Op,
    pub(super) out: u16,
    /// It writes a lane for each member.
    pub(super) of_member: bool,
}

/// What is decided of a programme.
#[derive(Clone, Debug)]
pub(super) struct DecisionLanes {
    pub(super) eligible: Bytes,
    pub(super) amount: Amount,
}

/// Where the amount of a programme stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Amount {
    /// The programme pays none.
    None,
    /// The first driver has to say it.
    Open,
    Lanes(Numbers),
}

/// A pack within one period.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) instructions: Vec<Instruction>,
    pub(super) byte_registers: usize,
    pub(super) number_registers: usize,
    pub(super) decisions: Vec<DecisionLanes>,
    pub(super) indicators: Vec<Bytes>,
    pub(super) readiness: Bytes,
}

impl Program {
    /// Leaves everything to the first driver.
    pub(super) fn open(pack: &Pack) -> Program {
        let (open, open_code) = (Bytes::Register(0), Bytes::Register(1));
        let fill = |truth, out| Instruction {
            op: Op::FillTruth(truth),
            out,
            of_member: false,
        };
        Program {
            instructions: vec![fill(super::OPEN_TRUTH, 0), fill(super::OPEN_CODE, 1)],
            byte_registers: 2,
            number_registers: 0,
            decisions: pack
                .decisions()
                .iter()
                .map(|_| DecisionLanes {
                    eligible: open,
                    amount: Amount::None,
                })
                .collect(),
            indicators: vec![open_code; pack.readiness().indicators.len()],
            readiness: open_code,
        }
    }
}

impl Op {
    /// It writes numbers, and not bytes.
    pub(super) fn gives_numbers(&self) -> bool {
        matches!(
            self,
            Op::FillNumber(_)
                | Op::ChooseNumber(..)
                | Op::Arithmetic(..)
                | Op::Stack(_)
                | Op::Lookup(..)
                | Op::ByRegion(_)
                | Op::Tally(..)
                | Op::SpreadNumbers(_)
                | Op::Count(_)
                | Op::Sum(_)
                | Op::Best(..)
        )
    }

    /// Visits what is read: bytes and numbers.
    pub(super) fn visit(
        &mut self,
        bytes: &mut dyn FnMut(&mut Bytes),
        numbers: &mut dyn FnMut(&mut Numbers),
    ) {
        match self {
            Op::FillTruth(_) | Op::FillNumber(_) | Op::ByRegion(_) => {}
            Op::Not(a)
            | Op::OneOfFew(a, _)
            | Op::OneOf(a, _)
            | Op::KnownBytes(a, _)
            | Op::Lookup(a, _)
            | Op::SpreadBytes(a)
            | Op::Any(a)
            | Op::All(a)
            | Op::Count(a) => bytes(a),
            Op::And(a, b) | Op::Or(a, b) | Op::SameTruth(a, b) => {
                bytes(a);
                bytes(b);
            }
            Op::ChooseBytes(a, b, c, _) => {
                bytes(a);
                bytes(b);
                bytes(c);
            }
            Op::FirstOf(choices, _) => choices.iter_mut().for_each(|(when, _)| bytes(when)),
            Op::Tally(codes, _) => codes.iter_mut().for_each(bytes),
            Op::Includes(a, _)
            | Op::KnownNumber(a)
            | Op::Stack(a)
            | Op::SpreadNumbers(a)
            | Op::Sum(a)
            | Op::Best(_, a) => numbers(a),
            Op::Compare(_, a, b) | Op::Arithmetic(_, a, b) => {
                numbers(a);
                numbers(b);
            }
            Op::ChooseNumber(condition, a, b) => {
                bytes(condition);
                numbers(a);
                numbers(b);
            }
        }
    }
}
