//! Deciding: every decision, its amount, and graduation readiness, for one family on one day.

mod engine;
mod inputs;
mod members;
mod readiness;
mod split;

use crate::family::Family;
use crate::pack::Pack;
use crate::pack::cones::NO_CONE;
use crate::possible::{FALSE, Possible, TRUE};
use split::Root;

pub use engine::Evaluation;

/// What a decision comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every completion of the unknown facts is eligible.
    Eligible,
    /// No completion is.
    NotEligible,
    /// It can still go both ways.
    Undetermined,
    /// It has no result.
    Error(EvalError),
}

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvalError {
    /// An amount is beyond what can be computed, or something was divided by zero.
    Arithmetic,
}

/// One decision's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecisionResult {
    /// Whether the family is eligible.
    pub outcome: Outcome,
    /// Whole rupiah; only for an eligible family, and only where no unknown fact can still change it.
    pub amount: Option<i64>,
}

/// The colour of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// The first test holds.
    Green,
    /// The second test holds.
    Yellow,
    /// Neither holds.
    Red,
    /// More than one colour is possible, or a test has no result.
    Unknown,
}

/// What graduation readiness comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadinessOutcome {
    /// The grade at this place in the pack.
    Grade(usize),
    /// Never proposed, whatever the indicators.
    Protected,
    /// Several of these are possible.
    Undetermined,
    /// It has no result.
    Error(EvalError),
}

/// Graduation readiness: the outcome, and the colours in the order of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadinessResult {
    /// The outcome.
    pub outcome: ReadinessOutcome,
    /// One colour an indicator.
    pub indicators: Vec<Colour>,
}

/// Everything that is decided about one family, in the order of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decisions {
    /// One result a programme.
    pub decisions: Vec<DecisionResult>,
    /// Graduation readiness.
    pub readiness: ReadinessResult,
    /// So many unknown facts hang together that not every case was tried. What is said is still true,
    /// but something said to be undetermined might be certain.
    pub gave_up: bool,
}

/// Decides everything about one family.
pub fn decide(pack: &Pack, family: &Family) -> Decisions {
    Evaluation::of_decisions(pack, family).decisions()
}

impl Evaluation<'_> {
    /// Every decision and readiness.
    pub fn decisions(&mut self) -> Decisions {
        let count = self.pack.decisions().len();
        let decisions = (0..count).map(|decision| self.decision(decision)).collect();
        let readiness = self.readiness();
        Decisions {
            decisions,
            readiness,
            gave_up: self.gave_up,
        }
    }

    /// One decision by its place in the pack; a place that does not exist is undetermined.
    pub fn decision(&mut self, decision: usize) -> DecisionResult {
        let Some(decision) = self.pack.decisions().get(decision) else {
            return DecisionResult {
                outcome: Outcome::Undetermined,
                amount: None,
            };
        };
        let outcome = outcome_of(self.exact(decision.eligible, None).truth());
        let amount = match (outcome, decision.amount) {
            (Outcome::Eligible, Some(amount)) => self.exact(amount, None),
            _ => {
                return DecisionResult {
                    outcome,
                    amount: None,
                };
            }
        };
        if amount == Possible::Error {
            let outcome = Outcome::Error(EvalError::Arithmetic);
            return DecisionResult {
                outcome,
                amount: None,
            };
        }
        let amount = amount
            .exactly()
            .and_then(|amount| i64::try_from(amount).ok());
        DecisionResult { outcome, amount }
    }

    /// The value of a node, as exact as the engine can make it.
    pub(crate) fn exact(&mut self, node: crate::node::NodeId, member: Option<usize>) -> Possible {
        let value = self.value(node, member.unwrap_or(0));
        let cone = self.pack.checked.cones.of_node(node);
        if value.is_certain() || cone == NO_CONE {
            return value;
        }
        self.refine(cone, Root::Node(node), member.unwrap_or(0))
    }
}

fn outcome_of(truth: u8) -> Outcome {
    match truth {
        TRUE => Outcome::Eligible,
        FALSE => Outcome::NotEligible,
        // Several outcomes are possible, an error may be one of them.
        bits if bits & (TRUE | FALSE) != 0 => Outcome::Undetermined,
        _ => Outcome::Error(EvalError::Arithmetic),
    }
}
