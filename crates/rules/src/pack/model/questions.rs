//! The questionnaire.

use crate::node::NodeId;
use crate::pack::FactIndex;
use crate::text::Text;
use crate::value::Value;
use minicbor::Encode;

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
    pub fn fact_index(&self) -> FactIndex {
        FactIndex(self.fact)
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
