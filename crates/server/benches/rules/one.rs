//! One family at a time, as a phone decides.

use super::samples::{Samples, timed};
use naik_kelas_rules::{Evaluation, Family, Pack, decide};
use serde_json::{Value, json};
use std::hint::black_box;

const ROUNDS: usize = 15;

/// Microseconds a family: decided; decided and explained; and with what would change it.
pub fn measure(pack: &Pack, families: &[Family]) -> Value {
    json!({
        "families": families.len(),
        "decided_us": each(families, |family| { black_box(decide(pack, family)); }),
        "explained_us": each(families, |family| explain(pack, family, false)),
        "with_changes_us": each(families, |family| explain(pack, family, true)),
    })
}

/// Every decision and readiness with reasons and what is missing; with `changes` also what would make it eligible.
fn explain(pack: &Pack, family: &Family, changes: bool) {
    let mut evaluation = Evaluation::of_decisions(pack, family);
    black_box(evaluation.decisions());
    for decision in 0..pack.decisions().len() {
        black_box(evaluation.explain(decision));
        if changes {
            black_box(evaluation.to_change(decision));
        }
    }
    black_box(evaluation.explain_readiness());
}

/// The least of all rounds for each family: what others of the machine do does not count twice.
fn each(families: &[Family], work: impl Fn(&Family)) -> Value {
    let mut best = vec![f64::INFINITY; families.len()];
    for _ in 0..ROUNDS {
        for (best, family) in best.iter_mut().zip(families) {
            let ((), seconds) = timed(|| work(black_box(family)));
            *best = best.min(seconds * 1e6);
        }
    }
    let mut samples = Samples::default();
    best.into_iter().for_each(|micros| samples.add(micros));
    samples.json()
}
