//! What a compiled pack holds, with the integer keys under which it stands in the file.
//!
//! Keys never change their meaning; a new field takes a new key, and an old reader passes over it.

mod decisions;
mod facts;
mod journey;
mod parameters;
mod questions;

pub use decisions::*;
pub use facts::*;
pub use journey::*;
pub use parameters::*;
pub use questions::*;

use crate::date::Date;
use crate::node::Node;
use crate::text::Text;
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
    /// What is written down between two assessments.
    #[n(19)]
    pub forms: Vec<JourneyForm>,
}
