//! What was decided of the families of a block.

use super::{OPEN_CODE, PROTECTED};
use crate::evaluate::{
    Colour, DecisionResult, Decisions, EvalError, Outcome, ReadinessOutcome, ReadinessResult,
};
use crate::possible::{FALSE, TRUE};

/// Neither eligible nor not: it can still go both ways.
pub(super) const UNDETERMINED: u8 = 3;
/// It has no result.
pub(super) const ERROR: u8 = 4;
/// Readiness that can still come out several ways; before it stand [`PROTECTED`] and the places of grades.
pub(super) const SEVERAL: u8 = PROTECTED - 1;
pub(super) const NO_READINESS: u8 = PROTECTED - 2;

/// Results in columns; a family's stand at its number in the block.
#[derive(Clone, Debug, Default)]
pub struct Results {
    pub(super) lanes: Vec<u32>,
    pub(super) outcomes: Vec<Vec<u8>>,
    pub(super) amounts: Vec<Vec<i64>>,
    pub(super) paid: Vec<Vec<u8>>,
    pub(super) colours: Vec<Vec<u8>>,
    pub(super) readiness: Vec<u8>,
    /// Not zero where something is left to the first driver.
    pub(super) open: Vec<u8>,
    pub(super) gave_up: Vec<bool>,
    pub(super) fallbacks: usize,
}

impl Results {
    /// How many families of the block the first driver decided.
    pub fn fallbacks(&self) -> usize {
        self.fallbacks
    }

    /// How many families the results are of.
    pub fn families(&self) -> usize {
        self.lanes.len()
    }

    /// One decision of one family; undetermined where either does not exist.
    pub fn decision(&self, family: usize, decision: usize) -> DecisionResult {
        let lane = self
            .lanes
            .get(family)
            .map_or(usize::MAX, |lane| *lane as usize);
        let at = |columns: &[Vec<u8>]| {
            columns
                .get(decision)
                .and_then(|column| column.get(lane))
                .copied()
        };
        let outcome = match at(&self.outcomes) {
            Some(TRUE) => Outcome::Eligible,
            Some(FALSE) => Outcome::NotEligible,
            Some(ERROR) => Outcome::Error(EvalError::Arithmetic),
            _ => Outcome::Undetermined,
        };
        let amount = match at(&self.paid) {
            Some(1) => self
                .amounts
                .get(decision)
                .and_then(|column| column.get(lane))
                .copied(),
            _ => None,
        };
        DecisionResult { outcome, amount }
    }

    /// Readiness of one family.
    pub fn readiness(&self, family: usize) -> ReadinessOutcome {
        let lane = self
            .lanes
            .get(family)
            .map_or(usize::MAX, |lane| *lane as usize);
        match self.readiness.get(lane) {
            Some(&PROTECTED) => ReadinessOutcome::Protected,
            Some(&NO_READINESS) => ReadinessOutcome::Error(EvalError::Arithmetic),
            None | Some(&(SEVERAL | OPEN_CODE)) => ReadinessOutcome::Undetermined,
            Some(grade) => ReadinessOutcome::Grade(usize::from(*grade)),
        }
    }

    /// Everything of one family, as [`crate::decide`] gives it.
    pub fn decisions(&self, family: usize) -> Decisions {
        let lane = self
            .lanes
            .get(family)
            .map_or(usize::MAX, |lane| *lane as usize);
        let colours = self.colours.iter().map(|column| match column.get(lane) {
            Some(0) => Colour::Green,
            Some(1) => Colour::Yellow,
            Some(2) => Colour::Red,
            _ => Colour::Unknown,
        });
        Decisions {
            decisions: (0..self.outcomes.len())
                .map(|decision| self.decision(family, decision))
                .collect(),
            readiness: ReadinessResult {
                outcome: self.readiness(family),
                indicators: colours.collect(),
            },
            gave_up: self.gave_up.get(lane).copied().unwrap_or(false),
        }
    }

    /// Writes what the first driver decided.
    pub(super) fn set(&mut self, lane: usize, decided: &Decisions) {
        for (place, result) in decided.decisions.iter().enumerate() {
            self.outcomes[place][lane] = match result.outcome {
                Outcome::Eligible => TRUE,
                Outcome::NotEligible => FALSE,
                Outcome::Undetermined => UNDETERMINED,
                Outcome::Error(EvalError::Arithmetic) => ERROR,
            };
            self.amounts[place][lane] = result.amount.unwrap_or(0);
            self.paid[place][lane] = u8::from(result.amount.is_some());
        }
        for (column, colour) in self.colours.iter_mut().zip(&decided.readiness.indicators) {
            column[lane] = match colour {
                Colour::Green => 0,
                Colour::Yellow => 1,
                Colour::Red => 2,
                Colour::Unknown => OPEN_CODE,
            };
        }
        self.readiness[lane] = match decided.readiness.outcome {
            ReadinessOutcome::Grade(place) => u8::try_from(place).unwrap_or(SEVERAL),
            ReadinessOutcome::Protected => PROTECTED,
            ReadinessOutcome::Undetermined => SEVERAL,
            ReadinessOutcome::Error(EvalError::Arithmetic) => NO_READINESS,
        };
        self.gave_up[lane] = decided.gave_up;
    }
}
