//! What was decided, as a family reads it: programmes with amounts and reasons, and readiness.
//!
//! Plain data from pack, family and language; drawn by [`crate::ui`], tested natively.

mod change;
mod frozen;
mod live;

pub use change::{ways, ways_to_green};
pub use frozen::{differs, frozen, grade_label};
pub use live::decided;

use naik_kelas_rules::{evaluate::Colour, pack::FactRef};

/// Everything that a result page shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Decided {
    /// First, one sentence for the family.
    pub sentence: String,
    /// In the pack's order.
    pub programmes: Vec<Programme>,
    /// That only one productive loan may be taken, where several could be.
    pub one_loan: Option<String>,
    /// The decision aid.
    pub readiness: Grade,
}

/// How far a programme is certain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Certainly eligible.
    Yes,
    /// Certainly not, now.
    No,
    /// Unknown facts can still decide.
    Open,
    /// A number is too large to compute with.
    Error,
}

/// One programme.
#[derive(Clone, PartialEq, Debug)]
pub struct Programme {
    /// Its id, the name of its test hook.
    pub id: String,
    /// Its name.
    pub title: String,
    /// One plain sentence.
    pub about: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What it pays, line by line; the first is the main one.
    pub amounts: Vec<String>,
    /// Who brings what: *Budi Contoh: anak SD, Rp900.000*.
    pub shares: Vec<String>,
    /// Who could apply.
    pub applicants: Option<String>,
    /// Each condition.
    pub reasons: Vec<Because>,
    /// The questions that decide, the most deciding first.
    pub deciding: Vec<Deciding>,
    /// Official figures that are missing.
    pub figures_missing: Vec<String>,
    /// Legal basis.
    pub law: String,
}

/// Whether a condition holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Met.
    Yes,
    /// Not met.
    No,
    /// Not known.
    Ask,
}

/// A condition and what it came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Because {
    /// Met or not.
    pub mark: Mark,
    /// Why, with the values.
    pub text: String,
    /// Legal basis, where it is not the programme's.
    pub law: Option<String>,
}

/// A question that would decide.
#[derive(Clone, PartialEq, Debug)]
pub struct Deciding {
    /// The fact.
    pub at: FactRef,
    /// What it asks for.
    pub label: String,
}

/// Readiness to graduate.
#[derive(Clone, PartialEq, Debug)]
pub struct Grade {
    /// `ready`, `nearly`, `not_yet`, `protected`, `undetermined` or `error`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What it means.
    pub text: String,
    /// The twelve.
    pub lights: Vec<Light>,
    /// The questions that decide, where it is undetermined.
    pub deciding: Vec<Deciding>,
}

/// One indicator.
#[derive(Clone, PartialEq, Debug)]
pub struct Light {
    /// Its name.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// What the colours mean.
    pub help: String,
    /// What it was at earlier assessments, oldest first.
    pub before: Vec<Colour>,
}
