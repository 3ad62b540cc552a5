//! The report: as JSON, and as text.

mod text;

use super::tally::{ALL_AT, Change, Counts, DESIL_AT, END, Group, PROVINCE_AT, SEX_AT};
use super::work::Outcome;
use super::{BadRow, By, Source};
use crate::cli::decide::hex;
use crate::cli::explained::add_explanation;
use naik_kelas_rules::evaluate::{Evaluation, Outcome as Decided};
use naik_kelas_rules::{Family, Pack};
use serde_json::{Map, Number, Value as Json, json};
use std::io::Write;

/// Writes the report.
///
/// # Errors
/// The output failed.
pub(super) fn write(
    packs: &[Pack],
    outcome: &Outcome,
    by: &[By],
    as_json: bool,
    mut out: impl Write,
) -> std::io::Result<()> {
    if as_json {
        serde_json::to_writer_pretty(&mut out, &to_json(packs, outcome, by))?;
        writeln!(out)?;
    } else {
        text::write(packs, outcome, by, &mut out)?;
    }
    out.flush()
}

/// One row that could not be decided, in words.
pub(super) fn bad_row(source: &Source, bad: &BadRow) -> String {
    let (file, row) = match source {
        Source::Lines(path) => (path.display().to_string(), "line"),
        Source::Parquet(path) => (path.display().to_string(), "row"),
        Source::Synthetic { .. } => ("synthetic".to_owned(), "family"),
    };
    let (at, error) = (bad.row, &bad.error);
    let path = if error.path.is_empty() {
        String::new()
    } else {
        format!(" {}:", error.path)
    };
    format!(
        "{file}: {row} {at}:{path} {} ({})",
        error.message, error.code
    )
}

/// The rate of evaluation: families a second of one core, each counted once a pack.
pub(super) fn rate_of_a_core(packs: &[Pack], outcome: &Outcome) -> f64 {
    per_second(
        families(outcome) * packs.len() as u64,
        outcome.evaluating.as_secs_f64(),
    )
}

pub(super) fn families(outcome: &Outcome) -> u64 {
    outcome
        .tally
        .groups
        .get(ALL_AT)
        .map_or(0, |all| all.families)
}

pub(super) fn per_second(families: u64, seconds: f64) -> f64 {
    if seconds > 0.0 {
        families as f64 / seconds
    } else {
        0.0
    }
}

/// Name of a dimension and its groups: key, place.
pub(super) fn groups(by: By) -> (&'static str, Vec<(String, usize)>) {
    let place = |at: usize, place: usize| match (by, place - at) {
        (_, 0) => "unknown".to_owned(),
        (By::Province, province) => format!("{province:02}"),
        (By::Desil, desil) => desil.to_string(),
        (By::Sex, 1) => "female".to_owned(),
        (By::Sex, _) => "male".to_owned(),
    };
    let (name, at, end) = match by {
        By::Province => ("province", PROVINCE_AT, DESIL_AT),
        By::Desil => ("desil", DESIL_AT, SEX_AT),
        By::Sex => ("sex", SEX_AT, END),
    };
    (
        name,
        (at..end).map(|group| (place(at, group), group)).collect(),
    )
}

fn to_json(packs: &[Pack], outcome: &Outcome, by: &[By]) -> Json {
    let named = |pack: &Pack| json!({ "id": pack.id(), "version": pack.version(), "hash": hex(pack.hash()) });
    let mut report = Map::new();
    let mut put = |name: &str, value: Json| report.insert(name.to_owned(), value);
    put("pack", packs.first().map_or(Json::Null, named));
    put("against", packs.get(1).map_or(Json::Null, named));
    put("families", json!(families(outcome)));
    put("rows_refused", json!(outcome.bad_rows));
    put("fallbacks", json!(outcome.fallbacks));
    put("threads", json!(outcome.threads));
    let a_core = rate_of_a_core(packs, outcome);
    put(
        "families_per_second",
        json!((a_core * outcome.threads as f64).round()),
    );
    put("families_per_second_and_core", json!(a_core.round()));
    put(
        "seconds",
        json!({
            "elapsed": outcome.elapsed.as_secs_f64(),
            "reading_all_threads": outcome.reading.as_secs_f64(),
            "evaluating_all_threads": outcome.evaluating.as_secs_f64(),
            "counting_all_threads": outcome.counting.as_secs_f64(),
        }),
    );
    if let Some(all) = outcome.tally.groups.get(ALL_AT) {
        put("all", group_json(outcome, all));
    }
    let mut dimensions = Map::new();
    for by in by {
        let (name, groups) = groups(*by);
        let found = groups.iter().filter_map(|(key, place)| {
            let group = outcome.tally.groups.get(*place)?;
            (group.families > 0).then(|| (key.clone(), group_json(outcome, group)))
        });
        dimensions.insert(name.to_owned(), Json::Object(found.collect()));
    }
    put("by", Json::Object(dimensions));
    if packs.len() > 1 {
        put("examples", examples(packs, outcome));
    }
    Json::Object(report)
}

fn group_json(outcome: &Outcome, group: &Group) -> Json {
    let programmes = outcome.programmes.list.iter().zip(&group.programmes);
    let decisions: Map<String, Json> = programmes
        .map(|(programme, counts)| (programme.id.clone(), counts_json(outcome, counts)))
        .collect();
    let readiness = group.readiness.iter().map(|counts| {
        let named = outcome.programmes.readiness.iter().zip(counts);
        let named: Map<String, Json> = named
            .map(|(id, count)| (id.clone(), json!(count)))
            .collect();
        Json::Object(named)
    });
    json!({
        "families": group.families,
        "decisions": decisions,
        "readiness": readiness.collect::<Vec<_>>(),
    })
}

fn counts_json(outcome: &Outcome, counts: &Counts) -> Json {
    // Sums go beyond 64 bits: as digits, never through a double.
    let amount = |pack: usize| {
        Json::Number(Number::from_string_unchecked(
            counts.amount[pack].to_string(),
        ))
    };
    if outcome.programmes.packs < 2 {
        return json!({
            "eligible": counts.eligible[0],
            "undetermined": counts.undetermined[0],
            "errors": counts.errors[0],
            "amount": amount(0),
        });
    }
    json!({
        "eligible": counts.eligible,
        "undetermined": counts.undetermined,
        "errors": counts.errors,
        "amount": [amount(0), amount(1)],
        "gain": counts.gain,
        "lose": counts.lose,
        "paid_more": counts.paid_more,
        "paid_less": counts.paid_less,
    })
}

/// The key of a change in the report.
pub(super) fn name_of(change: Change) -> &'static str {
    match change {
        Change::Gain => "gain",
        Change::Lose => "lose",
        Change::PaidMore => "paid_more",
        Change::PaidLess => "paid_less",
    }
}

fn examples(packs: &[Pack], outcome: &Outcome) -> Json {
    let mut list = Vec::new();
    for (programme, lists) in outcome.programmes.list.iter().zip(&outcome.examples.of) {
        for (change, examples) in Change::ALL.iter().zip(lists) {
            for example in examples {
                let sides = packs.iter().zip(&example.families).zip(&programme.places);
                let sides: Vec<Json> = sides
                    .map(|((pack, family), place)| explained(pack, family, *place))
                    .collect();
                list.push(json!({
                    "decision": programme.id,
                    "change": name_of(*change),
                    "household_id": example.id,
                    "row": example.row,
                    "before": sides.first(),
                    "after": sides.get(1),
                }));
            }
        }
    }
    Json::Array(list)
}

/// What the first driver says of a decision, and why; null where the pack does not have it.
pub(super) fn explained(pack: &Pack, family: &Family, place: Option<usize>) -> Json {
    let Some(place) = place else {
        return Json::Null;
    };
    let mut evaluation = Evaluation::of_decisions(pack, family);
    let result = evaluation.decision(place);
    let mut decision = Map::new();
    let outcome = match result.outcome {
        Decided::Eligible => "eligible",
        Decided::NotEligible => "not_eligible",
        Decided::Undetermined => "undetermined",
        Decided::Error(_) => "error",
    };
    decision.insert("outcome".to_owned(), json!(outcome));
    decision.insert("amount".to_owned(), json!(result.amount));
    add_explanation(pack, family, &mut evaluation, place, &mut decision);
    decision.shift_remove("to_change");
    Json::Object(decision)
}
