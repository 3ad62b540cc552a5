//! The journey's forms: `journey.toml`.

use crate::build::compile_at;
use crate::expression::{self, Scope};
use crate::files::Parsed;
use crate::finding::{Place, Problem, nearest};
use crate::names::Names;
use crate::questionnaire;
use crate::source::{FormSource, JourneySource};
use naik_kelas_rules::pack::{Becomes, FactKind, JourneyForm, Section, forms};
use toml::Spanned;

/// The states of the journey in the order of their numbers, which begin with one (`programmes.md`).
pub(crate) const STATES: [&str; 9] = [
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

/// Facts that the app works out from the notes of a family.
const WORKED_OUT: &str = "journey.";

pub(crate) fn forms(names: &mut Names<'_>, source: &Parsed<JourneySource>) -> Vec<JourneyForm> {
    let read_before = names.facts_read.clone();
    let all = &source.parsed.form;
    for (place, form) in all.iter().enumerate() {
        let id = form.id.get_ref();
        if all[..place].iter().any(|other| other.id.get_ref() == id) {
            let problem = Problem::new(
                format!("there are two forms {id}"),
                "Give each form an id of its own: notes name their form by it.",
            );
            names.findings.error(source.file.place(&form.id), problem);
        }
    }
    known_to_the_app(names, source);
    let forms = all.iter().map(|form| self::form(names, source, form));
    let forms = forms.collect();
    // What only notes read is not read by a rule.
    names.facts_read = read_before;
    forms
}

/// Forms that the program itself reads are there, under their names, and ask what it reads.
fn known_to_the_app(names: &mut Names<'_>, source: &Parsed<JourneySource>) {
    let all = &source.parsed.form;
    let asks = |form: &FormSource, fact: &str| {
        let mut questions = form.question.iter();
        questions.any(|question| question.fact.get_ref() == fact)
    };
    for (id, facts) in forms::KNOWN {
        let found = all.iter().find(|form| form.id.get_ref() == id);
        if let Some(form) = found {
            for fact in facts.iter().filter(|fact| !asks(form, fact)) {
                let problem = Problem::new(
                    format!("the form {id} does not ask for {fact}"),
                    "The app reads this fact from its notes: ask for it under this name.",
                );
                names.findings.error(source.file.place(&form.id), problem);
            }
            continue;
        }
        let others = || {
            let known =
                |form: &&FormSource| forms::KNOWN.iter().any(|(id, _)| form.id.get_ref() == id);
            all.iter().filter(move |form| !known(form))
        };
        // Renamed, it asks the same still, or is called nearly so.
        let near = nearest(id, others().map(|form| form.id.get_ref().as_str()));
        let renamed = others().find(|form| {
            facts.iter().any(|fact| asks(form, fact)) || Some(form.id.get_ref().as_str()) == near
        });
        let (place, advice) = match (renamed, all.last()) {
            (Some(form), _) => {
                let advice =
                    format!("Is it this one? Then call it {id} again; its title may be any.");
                (source.file.place(&form.id), advice)
            }
            (None, last) => {
                let advice = format!(
                    "The app works out the journey from it: add a form with id = \"{id}\"."
                );
                let end = Place {
                    file: &source.file.name,
                    line: 0,
                };
                (last.map_or(end, |form| source.file.place(&form.id)), advice)
            }
        };
        let problem = Problem::new(format!("there is no form {id}"), advice);
        names.findings.error(place, problem);
    }
}

fn form(names: &mut Names<'_>, source: &Parsed<JourneySource>, form: &FormSource) -> JourneyForm {
    let file = &source.file;
    for question in &form.question {
        let path = question.fact.get_ref();
        if path.starts_with(WORKED_OUT) {
            let problem = Problem::new(
                format!("{path} is worked out from the family's notes and is not asked"),
                "Ask for a fact of the form's own.",
            );
            names.findings.error(file.place(&question.fact), problem);
        }
    }
    let questions = form.question.iter();
    let questions = questions
        .filter_map(|question| {
            questionnaire::question(names, file, question, &|of_member| {
                !of_member || form.id.get_ref() == forms::REGISTER
            })
        })
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
    let mut fact = |path: &Spanned<String>, kind: Option<FactKind>| {
        let asked = form
            .question
            .iter()
            .any(|question| question.fact.get_ref() == path.get_ref());
        let found = names
            .vocabulary
            .fact(path.get_ref())
            .map(|(place, fact)| (place, fact.kind));
        if names.vocabulary.is_faulty(path.get_ref()) {
            // It was said where the fact stands.
        } else if found.is_none() || !asked {
            let problem = Problem::new(
                format!("no question of this form asks for {}", path.get_ref()),
                "Name a fact that the form asks for.",
            );
            names.findings.error(file.place(path), problem);
        } else if kind.is_some_and(|kind| found.is_some_and(|(_, own)| own != kind)) {
            let problem = Problem::new(
                format!("{} is not a day", path.get_ref()),
                "Name a fact of the type date: on that day the family is seen again.",
            );
            names.findings.error(file.place(path), problem);
        }
        found.map(|(place, _)| place)
    };
    let next = form.next.as_ref();
    let next = next.and_then(|path| fact(path, Some(FactKind::Date)));
    let carries = form.carries.iter().filter_map(|path| fact(path, None));
    let carries = carries.collect();
    JourneyForm {
        id: form.id.get_ref().clone(),
        title: form.title.text(),
        about: form.about.as_ref().map(|about| about.text()),
        section: Section {
            id: form.id.get_ref().clone(),
            title: form.title.text(),
            roster: false,
            relevant: None,
            questions,
        },
        from,
        becomes,
        next,
        carries,
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
