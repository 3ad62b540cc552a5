//! Graduation readiness: indicators with their colours, and grades.

use crate::build::{compile_at, family_condition};
use crate::expression::{self, Scope};
use crate::files::Parsed;
use crate::finding::Problem;
use crate::names::Names;
use crate::review::Role;
use crate::source::ReadinessSource;
use naik_kelas_rules::pack::{Grade, Indicator, Readiness};

pub(crate) fn readiness(
    names: &mut Names<'_>,
    source: &Parsed<ReadinessSource>,
) -> Option<Readiness> {
    let (file, readiness) = (&source.file, &source.parsed);
    let mut indicators = Vec::new();
    for indicator in &readiness.indicator {
        let green = compile_at(names, file, &indicator.green, family_condition);
        let yellow = compile_at(names, file, &indicator.yellow, family_condition);
        if let (Some(green), Some(yellow)) = (green, yellow) {
            let id = indicator.id.get_ref();
            for (source, colour, test) in [
                (&indicator.green, "green", green),
                (&indicator.yellow, "yellow", yellow),
            ] {
                let name = format!("{colour} of the indicator {id}");
                names.ask(file.place(source), Role::Readiness, name, test);
            }
            indicators.push(Indicator {
                id: indicator.id.get_ref().clone(),
                label: indicator.label.text(),
                help: indicator.help.as_ref().map(|help| help.text()),
                green: green.node,
                yellow: yellow.node,
                law: indicator.law.clone(),
            });
        }
    }
    let scope = Scope {
        grades: true,
        ..Scope::family()
    };
    let mut grades = Vec::new();
    for grade in &readiness.grade {
        let when = grade.when.as_ref().map(|when| {
            compile_at(names, file, when, |names, text| {
                expression::condition(names, text, &scope)
            })
        });
        if let (Some(source), Some(Some(when))) = (&grade.when, when) {
            let name = format!("the grade {}", grade.id.get_ref());
            names.ask(file.place(source), Role::Readiness, name, when);
        }
        grades.push(Grade {
            id: grade.id.get_ref().clone(),
            when: when.flatten().map(|when| when.node),
            label: grade.label.text(),
            text: grade.text.as_ref().map(|text| text.text()),
        });
    }
    if let Some((last, others)) = readiness.grade.split_last()
        && (last.when.is_some() || others.iter().any(|grade| grade.when.is_none()))
    {
        let problem = Problem::new(
            "only the last grade has no `when`",
            "It is given where no other one is.",
        );
        names.findings.error(file.place(&last.id), problem);
    }
    let protected = compile_at(names, file, &readiness.protected, family_condition)?;
    let name = "`protected`".to_owned();
    names.ask(
        file.place(&readiness.protected),
        Role::Readiness,
        name,
        protected,
    );
    Some(Readiness {
        title: readiness.title.as_ref().map(|title| title.text()),
        about: readiness.about.as_ref().map(|about| about.text()),
        indicators,
        protected: protected.node,
        protected_label: readiness.protected_label.text(),
        protected_text: readiness.protected_text.text(),
        grades,
        law: readiness.law.clone(),
        unknown_label: readiness.unknown_label.as_ref().map(|label| label.text()),
        unknown_text: readiness.unknown_text.as_ref().map(|text| text.text()),
    })
}
