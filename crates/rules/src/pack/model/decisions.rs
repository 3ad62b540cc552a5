//! Programmes, derived values, and graduation readiness.

use crate::node::NodeId;
use crate::text::Text;
use minicbor::Encode;

/// A derived value that conditions and texts name.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Derived {
    /// Name; `members.age` is one of each member.
    #[n(0)]
    pub id: String,
    /// Label for people.
    #[n(1)]
    pub label: Option<Text>,
    /// Its expression.
    #[n(2)]
    pub node: NodeId,
    /// Unit, where it is a number: `rupiah/month`, `persons` ...
    #[n(3)]
    pub unit: Option<String>,
}

/// The best paid option that applies to a member; of equals the first.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Schedule {
    /// Name, such as `members.pkh_component`.
    #[n(0)]
    pub id: String,
    /// Label for people.
    #[n(1)]
    pub label: Option<Text>,
    /// Options; option number n is code number n of the list.
    #[n(2)]
    pub options: Vec<ScheduleOption>,
    /// The list of the options' codes, with `none` last.
    #[n(3)]
    pub code_list: u16,
}

/// One option of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub struct ScheduleOption {
    /// Whether it applies to the member.
    #[n(0)]
    pub when: NodeId,
    /// What it pays.
    #[n(1)]
    pub amount: NodeId,
}

/// What a programme is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum DecisionGroup {
    /// Social protection.
    #[default]
    #[n(0)]
    Protection,
    /// Economic empowerment.
    #[n(1)]
    Empowerment,
}

impl DecisionGroup {
    /// All of them, in the order of their numbers.
    pub const ALL: [DecisionGroup; 2] = [DecisionGroup::Protection, DecisionGroup::Empowerment];
}

/// How often an amount is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum AmountUnit {
    /// A year.
    #[default]
    #[n(0)]
    Year,
    /// Once.
    #[n(1)]
    Once,
}

impl AmountUnit {
    /// All of them, in the order of their numbers.
    pub const ALL: [AmountUnit; 2] = [AmountUnit::Year, AmountUnit::Once];
}

/// What an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum AmountKind {
    /// Money in hand.
    #[default]
    #[n(0)]
    Cash,
    /// A premium that is paid for the family: cover, never added to cash.
    #[n(1)]
    Premium,
    /// Goods.
    #[n(2)]
    Goods,
    /// A grant for a purpose.
    #[n(3)]
    Grant,
}

impl AmountKind {
    /// All of them, in the order of their numbers.
    pub const ALL: [AmountKind; 4] = [
        AmountKind::Cash,
        AmountKind::Premium,
        AmountKind::Goods,
        AmountKind::Grant,
    ];
}

/// One programme.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Decision {
    /// Id, such as `pkh`.
    #[n(0)]
    pub id: String,
    /// What it is for.
    #[n(1)]
    pub group: DecisionGroup,
    /// Name for people.
    #[n(2)]
    pub title: Text,
    /// One plain sentence.
    #[n(3)]
    pub about: Text,
    /// Legal basis.
    #[n(4)]
    pub law: String,
    /// All of these must hold.
    #[n(5)]
    pub conditions: Vec<Condition>,
    /// The conjunction of the conditions.
    #[n(6)]
    pub eligible: NodeId,
    /// What it pays, in whole rupiah.
    #[n(7)]
    pub amount: Option<NodeId>,
    /// How often.
    #[n(8)]
    pub amount_unit: Option<AmountUnit>,
    /// In what form.
    #[n(9)]
    pub amount_kind: Option<AmountKind>,
    /// Show also a quarter of it (a *tahap*).
    #[n(10)]
    pub per_quarter: bool,
    /// A productive loan, of which only one may be taken.
    #[n(11)]
    pub loan: bool,
    /// Whether a member could apply.
    #[n(12)]
    pub names_members: Option<NodeId>,
}

/// One condition of a decision.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Condition {
    /// Id within the decision.
    #[n(0)]
    pub id: String,
    /// What must hold.
    #[n(1)]
    pub test: NodeId,
    /// Said where it holds.
    #[n(2)]
    pub yes: Text,
    /// Said where it does not.
    #[n(3)]
    pub no: Text,
    /// Said where that is unknown.
    #[n(4)]
    pub unknown: Text,
    /// Legal basis where it is not the decision's.
    #[n(5)]
    pub law: Option<String>,
    /// Nobody is told to bring it about: a house is not made worse, a permit not given back.
    #[n(6)]
    pub never_propose: bool,
}

/// Graduation readiness.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Readiness {
    /// Name for people.
    #[n(0)]
    pub title: Option<Text>,
    /// One plain sentence.
    #[n(1)]
    pub about: Option<Text>,
    /// Indicators, in the order in which they are shown; at most 64.
    #[n(2)]
    pub indicators: Vec<Indicator>,
    /// The family is never proposed, whatever its indicators.
    #[n(3)]
    pub protected: NodeId,
    /// The name of that outcome.
    #[n(4)]
    pub protected_label: Text,
    /// What it means.
    #[n(5)]
    pub protected_text: Text,
    /// Grades, tried in order; the last has no condition.
    #[n(6)]
    pub grades: Vec<Grade>,
    /// Legal basis.
    #[n(7)]
    pub law: Option<String>,
    /// The name of an outcome that is not certain.
    #[n(8)]
    pub unknown_label: Option<Text>,
    /// What that means.
    #[n(9)]
    pub unknown_text: Option<Text>,
}

/// One indicator; red where neither test holds.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Indicator {
    /// Id, such as `income`.
    #[n(0)]
    pub id: String,
    /// Name for people.
    #[n(1)]
    pub label: Text,
    /// What the colours mean.
    #[n(2)]
    pub help: Option<Text>,
    /// Tried first.
    #[n(3)]
    pub green: NodeId,
    /// Tried second.
    #[n(4)]
    pub yellow: NodeId,
    /// Legal basis or source.
    #[n(5)]
    pub law: Option<String>,
}

/// One grade of readiness.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Grade {
    /// Id, such as `ready`.
    #[n(0)]
    pub id: String,
    /// When it is given; none for the last.
    #[n(1)]
    pub when: Option<NodeId>,
    /// Name for people.
    #[n(2)]
    pub label: Text,
    /// What it means.
    #[n(3)]
    pub text: Option<Text>,
}
