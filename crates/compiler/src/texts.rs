//! Every name in braces in a text must stand for something, in both languages the same.

use crate::files::{Files, SourceFile};
use crate::finding::{Problem, nearest};
use crate::names::Names;
use crate::source::TextSource;
use naik_kelas_rules::text::{Token, tokens};

pub(crate) fn check(names: &mut Names<'_>, files: &Files) {
    for decision in &files.decisions {
        let file = &decision.file;
        check_text(names, file, &decision.parsed.title);
        check_text(names, file, &decision.parsed.about);
        for condition in &decision.parsed.condition {
            for text in [&condition.yes, &condition.no, &condition.unknown] {
                check_text(names, file, text);
            }
        }
    }
    if let Some(readiness) = &files.readiness {
        let (file, source) = (&readiness.file, &readiness.parsed);
        for indicator in &source.indicator {
            for text in [Some(&indicator.label), indicator.help.as_ref()]
                .into_iter()
                .flatten()
            {
                check_text(names, file, text);
            }
        }
        for text in source
            .grade
            .iter()
            .flat_map(|grade| [Some(&grade.label), grade.text.as_ref()])
            .flatten()
        {
            check_text(names, file, text);
        }
    }
    if let Some(questionnaire) = &files.questionnaire {
        let questions = questionnaire
            .parsed
            .section
            .iter()
            .flat_map(|section| &section.question);
        for question in questions {
            let checks = question.check.iter().map(|check| &check.text);
            for text in [Some(&question.ask), question.hint.as_ref()]
                .into_iter()
                .flatten()
                .chain(checks)
            {
                check_text(names, &questionnaire.file, text);
            }
        }
    }
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
