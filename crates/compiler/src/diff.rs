//! What two packs have between them, for who answers for the rules: each fact, question, number and condition that is new,
//! gone or changed, with what it was and what it is.
//!
//! Both packs are written out as lists of items with named fields ([`outline`]); the lists are compared. Expressions are
//! the same where they compute the same from the same facts and numbers, however they are spelt and wherever their nodes
//! stand; a condition that is spelt as before but reads a derived value that has changed is not listed again: it stands
//! with that value, among what hangs on it.

mod alike;
mod compare;
mod formula;
mod outline;
mod sources;
mod terms;

pub use sources::Sources;

use alike::Alike;
use naik_kelas_rules::{Date, Pack, Text};

/// What kind of thing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// The pack itself: version, dates.
    Pack,
    /// A programme.
    Decision,
    /// A condition of a programme.
    Condition,
    /// A number of the law.
    Parameter,
    /// A table of numbers by region or code.
    Table,
    /// A value that follows from facts.
    Derived,
    /// The best paid option of each member.
    Schedule,
    /// Readiness for graduation as a whole.
    Readiness,
    /// An indicator of readiness.
    Indicator,
    /// A grade of readiness.
    Grade,
    /// A part of the questionnaire.
    Section,
    /// A question.
    Question,
    /// A form of the journey between two assessments.
    Form,
    /// A question of such a form.
    FormQuestion,
    /// A fact of the vocabulary.
    Fact,
    /// A group of facts.
    Group,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is only in the second pack.
    New,
    /// It is only in the first pack.
    Gone,
    /// It is in both, and not the same.
    Changed,
}

/// Which property of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(
    missing_docs,
    reason = "the names are those of the fields in a pack's source"
)]
pub enum Aspect {
    Id,
    Version,
    Title,
    About,
    EffectiveFrom,
    EffectiveTo,
    SignedOffBy,
    Order,
    LoanOrder,
    FormOrder,
    Label,
    Kind,
    Unit,
    Least,
    Most,
    Pattern,
    Source,
    MayChange,
    Sensitivity,
    Confirm,
    Choice,
    Value,
    Law,
    Formula,
    OptionWhen,
    OptionAmount,
    Group,
    Amount,
    AmountUnit,
    AmountKind,
    PerQuarter,
    Loan,
    NamesMembers,
    Test,
    WhenYes,
    WhenNo,
    WhenUnknown,
    NeverPropose,
    Protected,
    ProtectedLabel,
    ProtectedText,
    UnknownLabel,
    UnknownText,
    Help,
    Green,
    Yellow,
    When,
    Explanation,
    Roster,
    Relevant,
    Section,
    Ask,
    Hint,
    Required,
    First,
    Skip,
    Check,
    WrittenIn,
    Becomes,
    NextVisit,
    Carries,
    Office,
}

/// Something that a person reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Words of the pack or of this program, in both languages.
    Words(Text),
    /// A name, a code, a legal basis: the same in both languages.
    Plain(String),
    /// An expression: as its source has it where the source is at hand, else written anew from the compiled form.
    Formula(String),
    /// A number with its unit.
    Number {
        /// The number: whole, or thousandths.
        value: i64,
        /// Whether it is in thousandths.
        thousandths: bool,
        /// Its unit.
        unit: Option<String>,
    },
    /// A day.
    Day(Date),
    /// Yes or no.
    Truth(bool),
    /// Several things in their order.
    List(Vec<Shown>),
}

/// One property that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Which one.
    pub aspect: Aspect,
    /// Which of several: the day of a number, the code of a choice.
    pub of: Option<Shown>,
    /// What it was; `None` where there was none.
    pub from: Option<Shown>,
    /// What it is; `None` where there is none any more.
    pub to: Option<Shown>,
    /// Legal basis of a number.
    pub law: Option<String>,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind of thing.
    pub area: Area,
    /// Its name in the source; a condition's begins with its programme's and a point, a form's question's
    /// with its form's and a colon.
    pub id: String,
    /// Its name for people.
    pub name: Option<Text>,
    /// For a condition its programme, for a question of the journey its form.
    pub within: Option<Text>,
    /// What happened.
    pub change: Change,
    /// Of a new or gone thing what it says, of a changed one what differs.
    pub details: Vec<Detail>,
    /// Ids of programmes and indicators that hang on it, where it is a number, a table, or a derived value.
    pub affects: Vec<String>,
}

/// A pack, with its source where that is at hand.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// Its expressions as they were written.
    pub sources: Option<&'a Sources>,
}

/// What is between two packs, in the order of [`Area`]; empty where they say the same.
#[must_use]
pub fn between(old: Side<'_>, new: Side<'_>) -> Vec<Difference> {
    let mut alike = Alike::default();
    let old = outline::outline(old, &mut alike);
    let new = outline::outline(new, &mut alike);
    compare::compare(&old, &new)
}
