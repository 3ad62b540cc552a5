//! A decision as it was given: frozen with its day and its pack.

use super::{Decided, Grade, Light, Programme, live::amount_text, live::verdict};
use crate::{
    i18n::{Texts, fill, format},
    words::Words,
};
use naik_kelas_domain::{decision::FrozenDecision, kpm::Past};

/// The frozen decision in today's language. `words` are of the pack that decided where the phone
/// still holds it; with another pack only what that one does not know keeps its bare id. `past` are the life maps before it.
#[must_use]
pub fn frozen(words: Words<'_>, decision: &FrozenDecision, past: &Past) -> Decided {
    let programmes = decision
        .outcomes
        .iter()
        .map(|outcome| {
            let definition = words
                .pack
                .decisions()
                .iter()
                .find(|known| known.id == outcome.decision);
            Programme {
                id: outcome.decision.clone(),
                title: definition
                    .map_or_else(|| outcome.decision.clone(), |known| words.say(&known.title)),
                about: definition
                    .map_or_else(String::new, |known| words.dated(&known.about, decision.on)),
                verdict: verdict(outcome.outcome),
                amounts: match (definition, outcome.amount) {
                    (Some(known), Some(amount)) => amount_text(words, known, amount),
                    _ => Vec::new(),
                },
                shares: Vec::new(),
                applicants: None,
                reasons: Vec::new(),
                deciding: Vec::new(),
                figures_missing: Vec::new(),
                law: definition.map_or_else(String::new, |known| known.law.clone()),
            }
        })
        .collect();
    let known = words.pack.readiness();
    let lights = decision
        .indicators
        .iter()
        .map(|(id, colour)| {
            let indicator = known
                .indicators
                .iter()
                .find(|indicator| &indicator.id == id);
            Light {
                label: indicator
                    .map_or_else(|| id.clone(), |indicator| words.say(&indicator.label)),
                colour: *colour,
                help: String::new(),
                before: past.of(id).collect(),
            }
        })
        .collect();
    Decided {
        sentence: String::new(),
        programmes,
        one_loan: None,
        readiness: Grade {
            id: decision.readiness.clone(),
            label: grade_label(words.t, &decision.readiness).into(),
            text: match past.0.first() {
                Some((since, _)) => fill(words.t.life_map, &[&format::day(words.lang, *since)]),
                None => String::new(),
            },
            lights,
            deciding: Vec::new(),
        },
    }
}

/// What is decided otherwise now than then: programmes as they are now, and the grade where it is another one.
#[must_use]
pub fn differs(then: &Decided, now: Decided) -> (Vec<Programme>, Option<String>) {
    let as_then = |programme: &Programme| {
        then.programmes.iter().any(|other| {
            (&other.id, other.verdict, &other.amounts)
                == (&programme.id, programme.verdict, &programme.amounts)
        })
    };
    let mut programmes = now.programmes;
    programmes.retain(|programme| !as_then(programme));
    let grade = (now.readiness.id != then.readiness.id).then_some(now.readiness.label);
    (programmes, grade)
}

/// The name of a grade by its id, for lists that hold no pack.
#[must_use]
pub fn grade_label(t: &'static Texts, id: &str) -> &'static str {
    match id {
        "ready" => t.ready,
        "nearly" => t.nearly,
        "not_yet" => t.not_yet,
        "protected" => t.protected,
        "error" => t.error_outcome,
        _ => t.undetermined,
    }
}
