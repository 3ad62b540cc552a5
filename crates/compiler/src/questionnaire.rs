//! The questionnaire: sections, questions, when they are asked and what their answers must satisfy.

use crate::build::{compile_at, family_condition};
use crate::expression::{self, Scope};
use crate::files::{Parsed, SourceFile};
use crate::finding::{Problem, nearest};
use crate::names::Names;
use crate::review::Role;
use crate::source::{QuestionSource, QuestionnaireSource};
use crate::values::to_value;
use crate::vocabulary::choose;
use naik_kelas_rules::pack::{Check, CheckLevel, Question, Section};

pub(crate) fn sections(
    names: &mut Names<'_>,
    source: &Parsed<QuestionnaireSource>,
) -> Vec<Section> {
    let facts_read_by_rules = names.facts_read.clone();
    let mut sections = Vec::new();
    for section in &source.parsed.section {
        let relevant = section.relevant.as_ref().and_then(|text| {
            let scope = Scope {
                questionnaire: true,
                ..Scope::family()
            };
            compile_at(names, &source.file, text, |names, text| {
                let typed = expression::condition(names, text, &scope)?;
                match typed.of_member {
                    true => family_condition(names, text),
                    false => Ok(typed),
                }
            })
            .inspect(|typed| {
                let name = format!("the section {}", section.id);
                names.ask(source.file.place(text), Role::Relevance, name, *typed);
            })
        });
        let questions = section.question.iter();
        let questions = questions.filter_map(|question| {
            self::question(names, &source.file, question, &|of_member| {
                of_member == section.roster
            })
        });
        sections.push(Section {
            id: section.id.clone(),
            title: section.title.text(),
            roster: section.roster,
            questions: questions.collect(),
            relevant: relevant.map(|relevant| relevant.node),
        });
    }
    names.facts_asked_about = std::mem::take(&mut names.facts_read);
    // What only the questionnaire reads is not read by a rule.
    names.facts_read = facts_read_by_rules;
    sections
}

/// `belongs` says whether a question about a member, or one about the family, has its place here.
pub(crate) fn question(
    names: &mut Names<'_>,
    file: &SourceFile,
    source: &QuestionSource,
    belongs: &dyn Fn(bool) -> bool,
) -> Option<Question> {
    let path = source.fact.get_ref();
    if names.vocabulary.is_faulty(path) {
        return None;
    }
    let Some((fact, definition)) = names.vocabulary.fact(path) else {
        let facts = names.vocabulary.facts.iter().map(|fact| fact.path.as_str());
        let advice = match nearest(path, facts) {
            Some(near) => format!("Did you mean {near}?"),
            None => "Facts stand in facts.toml.".to_owned(),
        };
        let problem = Problem::new(format!("there is no fact {path}"), advice);
        names.findings.error(file.place(&source.fact), problem);
        return None;
    };
    let of_member = definition.of_member();
    if !belongs(of_member) {
        let advice =
            "Questions about members belong to a section with roster = true, and only they.";
        let problem = Problem::new(format!("{path} cannot be asked in this section"), advice);
        names.findings.error(file.place(&source.fact), problem);
        return None;
    }
    let skip = match &source.skip {
        Some(skip) => {
            let codes = names.vocabulary.facts[usize::from(fact)].code_list;
            let value = to_value(
                &names.vocabulary.facts[usize::from(fact)],
                skip.value.get_ref(),
            );
            let known = match (&value, codes) {
                (Some(naik_kelas_rules::Value::Code(code)), Some(list)) => {
                    names.vocabulary.code(list, code).is_ok()
                }
                (value, _) => value.is_some(),
            };
            if !known {
                let problem = Problem::new(
                    format!("this is not a value of {path}"),
                    "Write a value that the fact can have.",
                );
                names.findings.error(file.place(&skip.value), problem);
            }
            value
        }
        None => None,
    };
    let scope = match of_member {
        true => Scope {
            questionnaire: true,
            ..Scope::member()
        },
        false => Scope {
            questionnaire: true,
            ..Scope::family()
        },
    };
    let relevant = source.relevant.as_ref().and_then(|text| {
        let typed = compile_at(names, file, text, |names, text| {
            expression::condition(names, text, &scope)
        })?;
        let name = format!("the question {path}");
        names.ask(file.place(text), Role::Relevance, name, typed);
        Some(typed)
    });
    let mut checks = Vec::new();
    for check in &source.check {
        let test = compile_at(names, file, &check.test, |names, text| {
            expression::condition(names, text, &scope)
        });
        let level = choose(
            file,
            &check.level,
            &mut names.findings,
            &[("stop", CheckLevel::Stop), ("warn", CheckLevel::Warn)],
        );
        if let (Some(test), Some(level)) = (test, level) {
            let name = format!("this check of {path}");
            names.ask(file.place(&check.test), Role::Check, name, test);
            checks.push(Check {
                test: test.node,
                level,
                text: check.text.text(),
            });
        }
    }
    Some(Question {
        fact,
        ask: source.ask.text(),
        hint: source.hint.as_ref().map(|hint| hint.text()),
        relevant: relevant.map(|relevant| relevant.node),
        required: source.required,
        first: source.first,
        skip,
        checks,
    })
}
