//! The vocabulary: facts, their kinds and codes.

use crate::pack::MEMBERS;
use crate::text::Text;
use minicbor::Encode;

/// A group of facts.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Group {
    /// First part of the paths of its facts.
    #[n(0)]
    pub id: String,
    /// Label for people.
    #[n(1)]
    pub label: Text,
}

/// A list of at most 64 codes.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct CodeList {
    /// The codes, in the order in which they are shown.
    #[n(0)]
    pub codes: Vec<Code>,
}

/// One code.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Code {
    /// The code in data.
    #[n(0)]
    pub code: String,
    /// Label for people.
    #[n(1)]
    pub label: Text,
    /// The number that DTSEN gives it.
    #[n(2)]
    pub dtsen: Option<u16>,
}

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum FactKind {
    /// Yes or no.
    #[default]
    #[n(0)]
    Bool,
    /// A whole number.
    #[n(1)]
    Int,
    /// Whole rupiah.
    #[n(2)]
    Money,
    /// A number with up to three decimals; its bounds are in thousandths.
    #[n(3)]
    Decimal,
    /// A calendar day.
    #[n(4)]
    Date,
    /// One code.
    #[n(5)]
    Code,
    /// Several codes.
    #[n(6)]
    Codes,
    /// Text.
    #[n(7)]
    Text,
}

impl FactKind {
    /// All of them, in the order of their numbers.
    pub const ALL: [FactKind; 8] = [
        FactKind::Bool,
        FactKind::Int,
        FactKind::Money,
        FactKind::Decimal,
        FactKind::Date,
        FactKind::Code,
        FactKind::Codes,
        FactKind::Text,
    ];
}

/// How text must look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum Pattern {
    /// 16 digits.
    #[default]
    #[n(0)]
    Nik,
    /// 16 digits.
    #[n(1)]
    Kk,
    /// 10 digits.
    #[n(2)]
    Village,
    /// 5 digits.
    #[n(3)]
    Kbli,
}

impl Pattern {
    /// All of them, in the order of their numbers.
    pub const ALL: [Pattern; 4] = [Pattern::Nik, Pattern::Kk, Pattern::Village, Pattern::Kbli];
}

impl Pattern {
    /// How many digits it has.
    pub fn digits(self) -> usize {
        match self {
            Pattern::Nik | Pattern::Kk => 16,
            Pattern::Village => 10,
            Pattern::Kbli => 5,
        }
    }
}

/// Where a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum Source {
    /// Asked of the family.
    #[default]
    #[n(0)]
    Question,
    /// Taken from a registry and only shown.
    #[n(1)]
    Registry,
}

impl Source {
    /// All of them, in the order of their numbers.
    pub const ALL: [Source; 2] = [Source::Question, Source::Registry];
}

/// How a fact can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum Change {
    /// It is in the family's hands.
    #[default]
    #[n(0)]
    Family,
    /// It grows by itself with time.
    #[n(1)]
    Waiting,
    /// It is never proposed.
    #[n(2)]
    Never,
    /// The family may obtain it: from no to yes, or to more. Nobody is told to give up a permit.
    #[n(3)]
    Gain,
    /// The family may be rid of it: from yes to no, or to less. Nobody is told to borrow more.
    #[n(4)]
    Shed,
}

impl Change {
    /// All of them, in the order of their numbers.
    pub const ALL: [Change; 5] = [
        Change::Family,
        Change::Waiting,
        Change::Never,
        Change::Gain,
        Change::Shed,
    ];
}

/// How closely a fact is guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum Sensitivity {
    /// L2.
    #[default]
    #[n(0)]
    Open,
    /// L3.
    #[n(1)]
    QuasiIdentifier,
    /// L4.
    #[n(2)]
    Personal,
}

impl Sensitivity {
    /// All of them, in the order of their numbers.
    pub const ALL: [Sensitivity; 3] = [
        Sensitivity::Open,
        Sensitivity::QuasiIdentifier,
        Sensitivity::Personal,
    ];
}

/// One fact of the vocabulary.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Fact {
    /// Path; `members.sex` is a fact of each member.
    #[n(0)]
    pub path: String,
    /// Kind of its value.
    #[n(1)]
    pub kind: FactKind,
    /// Smallest value (thousandths for decimals).
    #[n(2)]
    pub min: Option<i64>,
    /// Largest value (thousandths for decimals).
    #[n(3)]
    pub max: Option<i64>,
    /// Unit: rupiah, rupiah/month, months, persons, m2 ...
    #[n(4)]
    pub unit: Option<String>,
    /// How text must look; none is free text.
    #[n(5)]
    pub pattern: Option<Pattern>,
    /// Place of its list of codes.
    #[n(6)]
    pub code_list: Option<u16>,
    /// Where it comes from.
    #[n(7)]
    pub source: Source,
    /// How it can change.
    #[n(8)]
    pub change: Change,
    /// How closely it is guarded.
    #[n(9)]
    pub sensitivity: Sensitivity,
    /// A prefilled value wants confirming before finishing.
    #[n(10)]
    pub confirm: bool,
    /// Label for people.
    #[n(11)]
    pub label: Text,
}

impl Fact {
    /// Whether each member has this fact, and not the family.
    pub fn of_member(&self) -> bool {
        self.path.starts_with(MEMBERS)
    }
}
