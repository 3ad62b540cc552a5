//! A decision as it was given to the family: frozen with its pack and its day,
//! so that it can be replayed years later.

use crate::Date;
use naik_kelas_rules::evaluate::{Colour, Outcome};

/// Which pack decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackRef {
    /// The pack's name, `graduasi-2026`.
    pub id: String,
    /// Its version, `2026.11.1`.
    pub version: String,
    /// SHA-256 of the compiled pack.
    pub hash: [u8; 32],
}

/// What one programme answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FrozenOutcome {
    /// The programme's id in the pack.
    pub decision: String,
    /// Eligible, not eligible, undetermined, or an error's code.
    pub outcome: Outcome,
    /// Whole rupiah, where the programme pays and the amount is certain.
    pub amount: Option<i64>,
}

/// All that was decided about a family on one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FrozenDecision {
    /// The pack that decided.
    pub pack: PackRef,
    /// The day for which ages and parameters were taken.
    pub on: Date,
    /// In the pack's order.
    pub outcomes: Vec<FrozenOutcome>,
    /// The grade's id: `ready`, `nearly`, `not_yet`, `protected` or `undetermined`.
    pub readiness: String,
    /// Indicator id and colour, in the pack's order.
    pub indicators: Vec<(String, Colour)>,
}
