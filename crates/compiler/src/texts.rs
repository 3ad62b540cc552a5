//! Every text is written in both languages, and every name in braces stands for something, in both the same.

use crate::files::{Files, SourceFile};
use crate::finding::{Problem, nearest};
use crate::names::Names;
use crate::source::{ReadinessSource, TextSource};
use naik_kelas_rules::text::{Token, tokens};

pub(crate) fn check(names: &mut Names<'_>, files: &Files) {
    let mut all: Vec<(&SourceFile, &TextSource)> = Vec::new();
    if let Some(pack) = &files.pack {
        all.push((&pack.file, &pack.parsed.title));
    }
    if let Some(facts) = &files.facts {
        let groups = facts.parsed.group.iter().map(|group| &group.label);
        let labels = facts.parsed.fact.iter().map(|fact| &fact.label);
        let codes = facts.parsed.fact.iter().flat_map(|fact| &fact.codes);
        let texts = groups.chain(labels).chain(codes.map(|code| &code.label));
        all.extend(texts.map(|text| (&facts.file, text)));
    }
    if let Some(derived) = &files.derived {
        let labels = derived
            .parsed
            .derived
            .iter()
            .flat_map(|derived| &derived.label);
        let schedules = &derived.parsed.schedule;
        let options = schedules.iter().flat_map(|schedule| &schedule.option);
        let texts = labels
            .chain(schedules.iter().flat_map(|schedule| &schedule.label))
            .chain(options.map(|option| &option.label));
        all.extend(texts.map(|text| (&derived.file, text)));
    }
    if let Some(parameters) = &files.parameters {
        let labels = parameters
            .parsed
            .parameter
            .iter()
            .map(|parameter| &parameter.label);
        let tables = parameters
            .parsed
            .table
            .iter()
            .flat_map(|table| &table.label);
        all.extend(labels.chain(tables).map(|text| (&parameters.file, text)));
    }
    for decision in &files.decisions {
        let conditions = decision.parsed.condition.iter();
        let said =
            conditions.flat_map(|condition| [&condition.yes, &condition.no, &condition.unknown]);
        let texts = [&decision.parsed.title, &decision.parsed.about]
            .into_iter()
            .chain(said);
        all.extend(texts.map(|text| (&decision.file, text)));
    }
    if let Some(readiness) = &files.readiness {
        all.extend(of_readiness(&readiness.parsed).map(|text| (&readiness.file, text)));
    }
    if let Some(questionnaire) = &files.questionnaire {
        let sections = &questionnaire.parsed.section;
        let questions = sections.iter().flat_map(|section| &section.question);
        let asked = questions.clone().map(|question| &question.ask);
        let hints = questions.clone().flat_map(|question| &question.hint);
        let checks = questions.flat_map(|question| &question.check);
        let texts = sections
            .iter()
            .map(|section| &section.title)
            .chain(asked)
            .chain(hints)
            .chain(checks.map(|check| &check.text));
        all.extend(texts.map(|text| (&questionnaire.file, text)));
    }
    if let Some(journey) = &files.journey {
        let forms = &journey.parsed.form;
        let codes = journey.parsed.fact.iter().flat_map(|fact| &fact.codes);
        let questions = forms.iter().flat_map(|form| &form.question);
        let asked = questions.clone().map(|question| &question.ask);
        let hints = questions.clone().flat_map(|question| &question.hint);
        let checks = questions.flat_map(|question| &question.check);
        let texts = forms
            .iter()
            .flat_map(|form| [Some(&form.title), form.about.as_ref()])
            .flatten()
            .chain(asked)
            .chain(hints)
            .chain(checks.map(|check| &check.text))
            .chain(journey.parsed.group.iter().map(|group| &group.label))
            .chain(journey.parsed.fact.iter().map(|fact| &fact.label))
            .chain(codes.map(|code| &code.label));
        all.extend(texts.map(|text| (&journey.file, text)));
    }
    for (file, text) in all {
        check_text(names, file, text);
    }
}

fn of_readiness(source: &ReadinessSource) -> impl Iterator<Item = &TextSource> {
    let indicators = source.indicator.iter();
    let grades = source.grade.iter();
    [&source.protected_label, &source.protected_text]
        .into_iter()
        .chain(&source.title)
        .chain(&source.about)
        .chain(&source.unknown_label)
        .chain(&source.unknown_text)
        .chain(indicators.clone().map(|indicator| &indicator.label))
        .chain(indicators.flat_map(|indicator| &indicator.help))
        .chain(grades.clone().map(|grade| &grade.label))
        .chain(grades.flat_map(|grade| &grade.text))
}

fn check_text(names: &mut Names<'_>, file: &SourceFile, text: &TextSource) {
    for language in [&text.id, &text.en] {
        if language.get_ref().trim().is_empty() {
            let problem = Problem::new(
                "this text is empty",
                "Every text is written in both languages.",
            );
            names.findings.error(file.place(language), problem);
        }
        for token in tokens(language.get_ref()) {
            let problem = match token {
                Token::Words(_) => None,
                Token::Parameter(key) => {
                    names.parameters_read.insert(key.to_owned());
                    names.vocabulary.parameter(key).is_none().then(|| {
                        let keys = names
                            .vocabulary
                            .parameters
                            .iter()
                            .map(|parameter| parameter.key.as_str());
                        unknown(&format!("param:{key}"), nearest(key, keys))
                    })
                }
                Token::Named(name) => {
                    let known = names.vocabulary.fact(name).is_some()
                        || names.vocabulary.is_faulty(name)
                        || names.derived_names().any(|id| id == name);
                    (!known).then(|| {
                        let facts = names.vocabulary.facts.iter().map(|fact| fact.path.as_str());
                        unknown(name, nearest(name, facts.chain(names.derived_names())))
                    })
                }
            };
            if let Some(problem) = problem {
                names.findings.error(file.place(language), problem);
            }
        }
    }
    let named = |text: &str| {
        let mut names: Vec<String> = tokens(text)
            .filter(|token| !matches!(token, Token::Words(_)))
            .map(|token| format!("{token:?}"))
            .collect();
        names.sort();
        names.dedup();
        names
    };
    if named(text.id.get_ref()) != named(text.en.get_ref()) {
        let problem = Problem::new(
            "the two languages put in different values",
            "Use the same names in braces in both.",
        );
        names.findings.warning(file.place(&text.id), problem);
    }
}

fn unknown(name: &str, near: Option<&str>) -> Problem {
    let advice = match near {
        Some(near) => format!("Did you mean {near}?"),
        None => "Name a fact, a derived value, or param:key.".to_owned(),
    };
    Problem::new(format!("{{{name}}} stands for nothing"), advice)
}
