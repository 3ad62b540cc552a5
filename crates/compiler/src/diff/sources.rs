//! The expressions of a pack as its author wrote them.

use crate::files::Files;
use crate::finding::Findings;
use crate::source::QuestionSource;
use std::collections::HashMap;
use std::path::Path;
use toml::Spanned;

/// Expressions by where they stand: `pkh.desil` for a condition, `income_month` for a derived value.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: HashMap<(Whose, String), String>,
}

/// Whose expression it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Whose {
    Condition,
    Amount,
    Members,
    Derived,
    OptionWhen,
    OptionAmount,
    Protected,
    Green,
    Yellow,
    Grade,
    Section,
    Question,
    Check,
    Becomes,
}

/// The name of a form's question: a form may ask for what the questionnaire asks for too.
pub(super) fn of_form(form: &str, fact: &str) -> String {
    format!("{form}:{fact}")
}

impl Sources {
    /// Reads them from the folder of a pack; what cannot be read is left out.
    #[must_use]
    pub fn read(dir: &Path) -> Self {
        let files = Files::read(dir, &mut Findings::default());
        let mut sources = Self::default();
        sources.programmes(&files);
        sources.readiness(&files);
        sources.derived(&files);
        sources.questions(&files);
        sources.forms(&files);
        sources
    }

    pub(super) fn get(&self, whose: Whose, id: &str) -> Option<&str> {
        self.texts.get(&(whose, id.to_owned())).map(String::as_str)
    }

    fn put<'a>(&mut self, whose: Whose, id: &str, text: impl Into<Option<&'a Spanned<String>>>) {
        if let Some(text) = text.into() {
            let words: Vec<&str> = text.get_ref().split_whitespace().collect();
            self.texts.insert((whose, id.to_owned()), words.join(" "));
        }
    }

    fn programmes(&mut self, files: &Files) {
        for decision in files.decisions.iter().map(|file| &file.parsed) {
            let id = decision.id.get_ref();
            self.put(Whose::Amount, id, decision.amount.as_ref());
            self.put(Whose::Members, id, decision.names_members.as_ref());
            for condition in &decision.condition {
                let id = format!("{id}.{}", condition.id.get_ref());
                self.put(Whose::Condition, &id, &condition.test);
            }
        }
    }

    fn readiness(&mut self, files: &Files) {
        let Some(readiness) = files.readiness.as_ref().map(|file| &file.parsed) else {
            return;
        };
        self.put(Whose::Protected, "", &readiness.protected);
        for indicator in &readiness.indicator {
            self.put(Whose::Green, indicator.id.get_ref(), &indicator.green);
            self.put(Whose::Yellow, indicator.id.get_ref(), &indicator.yellow);
        }
        for grade in &readiness.grade {
            self.put(Whose::Grade, grade.id.get_ref(), grade.when.as_ref());
        }
    }

    fn derived(&mut self, files: &Files) {
        let Some(derived) = files.derived.as_ref().map(|file| &file.parsed) else {
            return;
        };
        for value in &derived.derived {
            self.put(Whose::Derived, value.id.get_ref(), &value.expr);
        }
        for schedule in &derived.schedule {
            for option in &schedule.option {
                let id = format!("{}.{}", schedule.id.get_ref(), option.code.get_ref());
                self.put(Whose::OptionWhen, &id, &option.when);
                self.put(Whose::OptionAmount, &id, &option.amount);
            }
        }
    }

    fn questions(&mut self, files: &Files) {
        let sections = files
            .questionnaire
            .as_ref()
            .map(|file| &file.parsed.section);
        for section in sections.into_iter().flatten() {
            self.put(Whose::Section, &section.id, section.relevant.as_ref());
            for question in &section.question {
                self.question(question, question.fact.get_ref());
            }
        }
    }

    fn question(&mut self, question: &QuestionSource, id: &str) {
        self.put(Whose::Question, id, question.relevant.as_ref());
        for (place, check) in question.check.iter().enumerate() {
            self.put(Whose::Check, &format!("{id}.{place}"), &check.test);
        }
    }

    fn forms(&mut self, files: &Files) {
        let forms = files.journey.as_ref().map(|file| &file.parsed.form);
        for form in forms.into_iter().flatten() {
            let id = form.id.get_ref();
            for question in &form.question {
                self.question(question, &of_form(id, question.fact.get_ref()));
            }
            for (place, becomes) in form.becomes.iter().enumerate() {
                self.put(
                    Whose::Becomes,
                    &format!("{id}.{place}"),
                    becomes.when.as_ref(),
                );
            }
        }
    }
}
