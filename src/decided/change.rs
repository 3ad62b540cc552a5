//! What would change a decision or an indicator, as sentences of what a family does: *tunggu 2 bulan lagi*, *urus NIB*.
//!
//! A pack says of a fact how it may change and what it is called, and no more; the sentences are made of that, and are
//! those of `naik-kelas decide --explain`.

use crate::{
    i18n::{counted, fill, format},
    words::{Words, listed},
};
use naik_kelas_rules::{
    date::Date,
    evaluate::{Colour, Evaluation},
    explain::{ProposedChange, ToChange},
    family::Family,
    pack::Change,
    value::Value,
};

/// What would make a family eligible for the programme at this place of the pack: at most three ways, each enough by
/// itself. Empty where it is eligible, or where nothing of it is in the family's hands.
#[must_use]
pub fn ways(words: Words<'_>, family: &Family, decision: usize) -> Vec<String> {
    let proposed = Evaluation::of_decisions(words.pack, family).to_change(decision);
    said(words, family, &proposed)
}

/// What would turn indicators green that are not: the name of each, and the ways.
#[must_use]
pub fn ways_to_green(words: Words<'_>, family: &Family) -> Vec<(String, Vec<String>)> {
    let mut evaluation = Evaluation::of_decisions(words.pack, family);
    let colours = evaluation.decisions().readiness.indicators;
    let indicators = words.pack.readiness().indicators.iter().zip(colours);
    let mut found = Vec::new();
    for (place, (indicator, colour)) in indicators.enumerate() {
        if colour == Colour::Green {
            continue;
        }
        let ways = said(words, family, &evaluation.to_green(place));
        if !ways.is_empty() {
            found.push((words.say(&indicator.label), ways));
        }
    }
    found
}

fn said(words: Words<'_>, family: &Family, proposed: &[ToChange]) -> Vec<String> {
    let way = |way: &ToChange| {
        let changes = way.changes.iter();
        let parts: Vec<String> = changes
            .map(|change| sentence(words, family, way.until, change))
            .collect();
        listed(words.t, &parts)
    };
    proposed.iter().map(way).collect()
}

fn sentence(
    words: Words<'_>,
    family: &Family,
    until: Option<Date>,
    change: &ProposedChange,
) -> String {
    let t = words.t;
    let Some(fact) = words.pack.fact(change.at.fact) else {
        return String::new();
    };
    let label = fact.label.get(words.lang);
    let to = words.value(change.at.fact, &change.to);
    let named = || lowered(label);
    let what = match (&change.from, &change.to, fact.change) {
        (_, Value::Date(enough), Change::Waiting) => fill(
            t.wait_until,
            &[&format::day(words.lang, until.unwrap_or(*enough))],
        ),
        (Some(Value::Int(from)), Value::Int(enough), Change::Waiting) => {
            match fact.unit.as_deref() {
                Some("months") => {
                    counted(t.wait_months, usize::try_from(enough - from).unwrap_or(0))
                }
                _ => fill(t.wait_for, &[&named(), &to]),
            }
        }
        (_, Value::Bool(true), _) => match label.strip_prefix(t.label_has) {
            // A name in capitals is a paper that an office gives: NIB, SKU, NPWP.
            Some(thing) if thing.starts_with(|first: char| first.is_ascii_uppercase()) => {
                fill(t.get_paper, &[thing])
            }
            Some(thing) => fill(t.get_thing, &[thing]),
            None => fill(t.bring_about, &[&named()]),
        },
        (_, Value::Bool(false), _) => {
            let thing = label.strip_prefix(t.label_holds);
            fill(t.settle, &[&lowered(thing.unwrap_or(label))])
        }
        (Some(from), enough, _) => {
            let template = match number(from).zip(number(enough)) {
                Some((from, enough)) if from < enough => t.raise,
                Some(_) => t.lower,
                None => t.change_to,
            };
            fill(template, &[&named(), &to])
        }
        (None, ..) => fill(t.change_to, &[&named(), &to]),
    };
    match change.at.member {
        Some(member) => [&what, " (", &words.member_name(family, member), ")"].concat(),
        None => what,
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::Decimal(number) => Some(number.0),
        _ => None,
    }
}

/// A label within a sentence; names in capitals stay as they are.
fn lowered(label: &str) -> String {
    let mut text = label.to_owned();
    let second = label.as_bytes().get(1);
    if second.is_some_and(|second| !second.is_ascii_uppercase())
        && let Some(first) = text.get_mut(..1)
    {
        first.make_ascii_lowercase();
    }
    text
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
