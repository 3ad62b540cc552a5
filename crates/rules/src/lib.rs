//! Rules as data: the pack, the facts of a family, decisions in three values with reasons, and the questionnaire.
//!
//! Nothing here reads a clock, does I/O or draws; the day of the assessment is an input. A fact that is not known
//! never decides anything by itself: a decision is determined only if every completion of the unknown facts agrees.

pub mod cbor;
pub mod columns;
pub mod date;
pub mod evaluate;
pub mod explain;
pub mod family;
pub mod form;
pub mod node;
pub mod pack;
mod possible;
pub mod text;
pub mod value;

pub use date::Date;
pub use evaluate::{
    Colour, DecisionResult, Decisions, EvalError, Evaluation, Outcome, ReadinessOutcome, decide,
};
pub use family::{Answer, FactError, Family};
pub use pack::{FactIndex, FactRef, Pack, PackError};
pub use text::{Lang, Text};
pub use value::{Decimal, Value};
