//! What a compiled pack holds, with the integer keys under which it stands in the file.
//!
//! Keys never change their meaning; a new field takes a new key, and an old reader passes over it.

use crate::date::Date;
use crate::node::{Node, NodeId};
use crate::text::Text;
use crate::value::Value;
use minicbor::Encode;

/// The number of the format that this crate writes and reads.
pub const FORMAT: u32 = 1;

/// A compiled pack as it stands in its bytes.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct PackFile {
    /// Always [`FORMAT`].
    #[n(0)]
    pub format: u32,
    /// Name of the pack.
    #[n(1)]
    pub id: String,
    /// Version of the pack.
    #[n(2)]
    pub version: String,
    /// Title for people.
    #[n(3)]
    pub title: Text,
    /// First day on which new assessments use it.
    #[n(4)]
    pub effective_from: Date,
    /// Last day on which new assessments use it.
    #[n(5)]
    pub effective_to: Option<Date>,
    /// Who answers for its content.
    #[n(6)]
    pub signed_off_by: String,
    /// Groups of facts, with the labels that errors and summaries use.
    #[n(7)]
    pub groups: Vec<Group>,
    /// Lists of codes.
    #[n(8)]
    pub code_lists: Vec<CodeList>,
    /// The vocabulary.
    #[n(9)]
    pub facts: Vec<Fact>,
    /// Parameters with dates.
    #[n(10)]
    pub parameters: Vec<Parameter>,
    /// Parameters by region or by code.
    #[n(11)]
    pub tables: Vec<Table>,
    /// All expressions.
    #[n(12)]
    pub nodes: Vec<Node>,
    /// Derived values by name.
    #[n(13)]
    pub derived: Vec<Derived>,
    /// Schedules: the best paid option of each member.
    #[n(14)]
    pub schedules: Vec<Schedule>,
    /// Programmes, in the order in which they are shown.
    #[n(15)]
    pub decisions: Vec<Decision>,
    /// Graduation readiness.
    #[n(16)]
    pub readiness: Readiness,
    /// Questionnaire.
    #[n(17)]
    pub sections: Vec<Section>,
    /// Key of the list parameter that orders productive loans, the cheapest first.
    #[n(18)]
    pub loan_order: Option<String>,
}

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
        self.path.starts_with(super::MEMBERS)
    }
}

/// What kind of value a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum ParameterKind {
    /// A whole number.
    #[default]
    #[n(0)]
    Int,
    /// Whole rupiah.
    #[n(1)]
    Money,
    /// Thousandths.
    #[n(2)]
    Decimal,
    /// A list of codes.
    #[n(3)]
    List,
}

impl ParameterKind {
    /// All of them, in the order of their numbers.
    pub const ALL: [ParameterKind; 4] = [
        ParameterKind::Int,
        ParameterKind::Money,
        ParameterKind::Decimal,
        ParameterKind::List,
    ];
}

/// A number of the law, with its dates.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Parameter {
    /// Key, such as `pkh.desil_max`.
    #[n(0)]
    pub key: String,
    /// Kind of its values.
    #[n(1)]
    pub kind: ParameterKind,
    /// Unit.
    #[n(2)]
    pub unit: Option<String>,
    /// Label for people.
    #[n(3)]
    pub label: Text,
    /// Lines in the order of their dates.
    #[n(4)]
    pub values: Vec<ParameterValue>,
    /// For a list that conditions read: the list whose codes it names.
    #[n(5)]
    pub code_list: Option<u16>,
}

/// A value that holds from a day until the next line.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct ParameterValue {
    /// First day.
    #[n(0)]
    pub from: Date,
    /// The value (thousandths for decimals, 0 for lists).
    #[n(1)]
    pub value: i64,
    /// The codes of a list, in order.
    #[n(2)]
    pub list: Option<Vec<String>>,
    /// Legal basis.
    #[n(3)]
    pub law: Option<String>,
    /// What a reader should know about this line.
    #[n(4)]
    pub note: Option<String>,
}

/// What chooses a row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
pub enum TableKey {
    /// The family's region: two digits for a province, four for a regency, which comes first.
    #[default]
    #[n(0)]
    Region,
    /// A code of this list.
    #[n(1)]
    Code(#[n(0)] u16),
}

/// A parameter by region or by code.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Table {
    /// Key, such as `minimum_wage`.
    #[n(0)]
    pub key: String,
    /// What chooses the row.
    #[n(1)]
    pub by: TableKey,
    /// Label for people.
    #[n(2)]
    pub label: Option<Text>,
    /// Legal basis.
    #[n(3)]
    pub law: Option<String>,
    /// Rows in the order of their keys, each key's in the order of their dates.
    #[n(4)]
    pub rows: Vec<TableRow>,
}

/// One row: the key, the first day, the value in whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub struct TableRow {
    /// Region as a number (11, 3209), or place of the code in its list.
    #[n(0)]
    pub key: u32,
    /// First day.
    #[n(1)]
    pub from: Date,
    /// Value.
    #[n(2)]
    pub value: i64,
}

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

/// One part of the questionnaire.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Section {
    /// Id.
    #[n(0)]
    pub id: String,
    /// Title.
    #[n(1)]
    pub title: Text,
    /// Asked once per member.
    #[n(2)]
    pub roster: bool,
    /// When it is asked at all.
    #[n(3)]
    pub relevant: Option<NodeId>,
    /// Its questions in order.
    #[n(4)]
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Question {
    /// The fact that it asks for: its place in the vocabulary.
    #[n(0)]
    pub fact: u16,
    /// How it is asked.
    #[n(1)]
    pub ask: Text,
    /// What helps to answer.
    #[n(2)]
    pub hint: Option<Text>,
    /// When it is asked.
    #[n(3)]
    pub relevant: Option<NodeId>,
    /// The form cannot be finished without it.
    #[n(4)]
    pub required: bool,
    /// Asked when a member is added.
    #[n(5)]
    pub first: bool,
    /// Written when the question is skipped; none leaves the fact out.
    #[n(6)]
    pub skip: Option<Value>,
    /// What an answer must satisfy.
    #[n(7)]
    pub checks: Vec<Check>,
}

impl Question {
    /// The fact that it asks for.
    pub fn fact_index(&self) -> super::FactIndex {
        super::FactIndex(self.fact)
    }
}

/// How serious a broken check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum CheckLevel {
    /// The answer cannot stand.
    #[default]
    #[n(0)]
    Stop,
    /// The answer is unusual.
    #[n(1)]
    Warn,
}

impl CheckLevel {
    /// All of them, in the order of their numbers.
    pub const ALL: [CheckLevel; 2] = [CheckLevel::Stop, CheckLevel::Warn];
}

/// What an answer must satisfy once its facts are known.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Check {
    /// What must hold.
    #[n(0)]
    pub test: NodeId,
    /// How serious.
    #[n(1)]
    pub level: CheckLevel,
    /// What to tell.
    #[n(2)]
    pub text: Text,
}
