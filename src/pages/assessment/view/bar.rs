//! The slim bar below the questions: what is certain, and what hangs on how few of them.

use crate::{
    decided::{Deciding, Verdict},
    i18n::{counted, fill, format},
    words::Words,
};
use naik_kelas_rules::{
    evaluate::{Decisions, Evaluation, Outcome},
    explain::Missing,
    family::Family,
};

/// The slim bar: what is certain, and what hangs on how many questions.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Bar {
    /// What is certain.
    pub sure: String,
    /// What hangs on the fewest questions.
    pub depends: String,
    /// Every programme with its verdict and what decides it.
    pub rows: Vec<BarRow>,
}

/// A programme in the opened bar.
#[derive(Clone, PartialEq, Debug)]
pub struct BarRow {
    /// Its name.
    pub title: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its amount, or how many questions decide.
    pub note: String,
    /// The most deciding question.
    pub deciding: Option<Deciding>,
}

/// The bar for a family. `decisions` are those of the same family.
#[must_use]
pub fn bar(words: Words<'_>, family: &Family, decisions: &Decisions) -> Bar {
    let t = words.t;
    let mut evaluation = Evaluation::of_decisions(words.pack, family);
    let mut sure = Vec::new();
    let mut nearest: Option<(usize, String)> = None;
    let mut rows = Vec::new();
    for (place, (definition, result)) in words
        .pack
        .decisions()
        .iter()
        .zip(&decisions.decisions)
        .enumerate()
    {
        let title = words.say(&definition.title);
        let mut row = BarRow {
            title: title.clone(),
            verdict: Verdict::No,
            note: String::new(),
            deciding: None,
        };
        match result.outcome {
            Outcome::Eligible => {
                row.verdict = Verdict::Yes;
                row.note = result
                    .amount
                    .map_or_else(String::new, |amount| format::rupiah(words.lang, amount));
                sure.push(title);
            }
            Outcome::Undetermined => {
                row.verdict = Verdict::Open;
                let missing = evaluation.explain(place).missing;
                let first = missing.iter().find_map(|missing| match missing {
                    Missing::Fact(at) => Some(*at),
                    Missing::Parameter(_) => None,
                });
                row.deciding = first.map(|at| Deciding {
                    at,
                    label: words.fact_label(family, at),
                });
                row.note = counted(t.questions, missing.len());
                let nearer = nearest
                    .as_ref()
                    .is_none_or(|(count, _)| missing.len() < *count);
                if nearer && !missing.is_empty() {
                    nearest = Some((missing.len(), title));
                }
            }
            Outcome::NotEligible => {}
            Outcome::Error(_) => row.verdict = Verdict::Error,
        }
        rows.push(row);
    }
    let sure = match sure.is_empty() {
        true => t.live_none.to_owned(),
        false => fill(t.live_sure, &[&sure.join(", ")]),
    };
    let depends = nearest.map_or_else(String::new, |(count, title)| {
        fill(t.live_depends, &[&counted(t.questions, count), &title])
    });
    Bar {
        sure,
        depends,
        rows,
    }
}
