//! The journey's forms: `journey.toml`.

use crate::build::compile_at;
use crate::expression::{self, Scope};
use crate::files::Parsed;
use crate::finding::Problem;
use crate::names::Names;
use crate::questionnaire;
use crate::source::{FormSource, JourneySource};
use naik_kelas_rules::pack::{Becomes, JourneyForm, Section};
use toml::Spanned;

/// The states of the journey in the order of their numbers, which begin with one (`programmes.md`).
const STATES: [&str; 9] = [
    "assisted",
    "assessed",
    "planned",
    "in_empowerment",
    "proposed",
    "verified",
    "graduated",
    "followed_up",
    "returned",
];

pub(crate) fn forms(names: &mut Names<'_>, source: &Parsed<JourneySource>) -> Vec<JourneyForm> {
    let read_before = names.facts_read.clone();
    let forms = source.parsed.form.iter();
    let forms = forms.map(|form| self::form(names, source, form)).collect();
    // What only notes read is not read by a rule.
    names.facts_read = read_before;
    forms
}

fn form(names: &mut Names<'_>, source: &Parsed<JourneySource>, form: &FormSource) -> JourneyForm {
    let file = &source.file;
    let questions = form.question.iter();
    let questions = questions
        .filter_map(|question| questionnaire::question(names, file, question, false))
        .collect();
    let becomes = form.becomes.iter().filter_map(|becomes| {
        let state = state(names, source, &becomes.state)?;
        let when = match &becomes.when {
            None => None,
            Some(text) => {
                let scope = Scope {
                    questionnaire: true,
                    ..Scope::family()
                };
                let typed = compile_at(names, file, text, |names, text| {
                    expression::condition(names, text, &scope)
                })?;
                Some(typed.node)
            }
        };
        Some(Becomes { state, when })
    });
    let becomes = becomes.collect();
    let from = form.from.iter().fold(0, |bits, name| {
        state(names, source, name).map_or(bits, |state| bits | 1 << state)
    });
    let mut fact = |path: &Spanned<String>| {
        let asked = form
            .question
            .iter()
            .any(|question| question.fact.get_ref() == path.get_ref());
        let found = names
            .vocabulary
            .fact(path.get_ref())
            .map(|(place, _)| place);
        if found.is_none() || !asked {
            let problem = Problem::new(
                format!("no question of this form asks for {}", path.get_ref()),
                "Name a fact that the form asks for.",
            );
            names.findings.error(file.place(path), problem);
        }
        found
    };
    JourneyForm {
        id: form.id.clone(),
        title: form.title.text(),
        about: form.about.as_ref().map(|about| about.text()),
        section: Section {
            id: form.id.clone(),
            title: form.title.text(),
            roster: false,
            relevant: None,
            questions,
        },
        from,
        becomes,
        next: form.next.as_ref().and_then(&mut fact),
        carries: form.carries.iter().filter_map(&mut fact).collect(),
        office: form.office,
    }
}

fn state(
    names: &mut Names<'_>,
    source: &Parsed<JourneySource>,
    name: &Spanned<String>,
) -> Option<u16> {
    let place = STATES.iter().position(|state| state == name.get_ref());
    if place.is_none() {
        let problem = Problem::new(
            format!("'{}' is no state of the journey", name.get_ref()),
            format!("Write one of {}.", STATES.join(", ")),
        );
        names.findings.error(source.file.place(name), problem);
    }
    Some(place? as u16 + 1)
}
