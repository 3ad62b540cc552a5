//! What is asked.

use super::super::{Area, Aspect, Shown, terms};
use super::{Field, Item, Outline};
use crate::diff::sources::Whose;
use naik_kelas_rules::pack::{Question, Section};
use naik_kelas_rules::{Decimal, FactIndex, Value};

impl Outline<'_> {
    pub(super) fn questionnaire(&mut self) {
        for section in &self.file.sections {
            let mut item = Item::new(Area::Section, &section.id, Some(&section.title));
            item.text(Aspect::Title, &section.title);
            item.truth(Aspect::Roster, section.roster);
            if let Some(relevant) = section.relevant {
                let source = Some((Whose::Section, section.id.as_str()));
                let field = self.formula(Aspect::Relevant, relevant, source);
                item.fields.push(field);
            }
            let questions = section.questions.iter();
            item.order(questions.map(|question| (self.path(question), &question.ask)));
            self.items.push(item);
            for question in &section.questions {
                let item = self.question(section, question);
                self.items.push(item);
            }
        }
    }

    fn question(&self, section: &Section, question: &Question) -> Item {
        let path = self.path(question);
        let mut item = Item::new(Area::Question, path, Some(&question.ask));
        let mut part = Field::new(Aspect::Section, Shown::Words(section.title.clone()));
        // Another title of the same section moves no question.
        part.same.clone_from(&section.id);
        item.fields.push(part);
        self.asked(&mut item, question, path);
        item
    }

    /// What a question says. `of` is its name among the sources.
    pub(super) fn asked(&self, item: &mut Item, question: &Question, of: &str) {
        item.text(Aspect::Ask, &question.ask);
        item.text_where(Aspect::Hint, question.hint.as_ref());
        if let Some(relevant) = question.relevant {
            let source = Some((Whose::Question, of));
            let field = self.formula(Aspect::Relevant, relevant, source);
            item.fields.push(field);
        }
        item.truth(Aspect::Required, question.required);
        item.truth(Aspect::First, question.first);
        if let Some(value) = &question.skip {
            item.show(Aspect::Skip, self.value(question.fact_index(), value));
        }
        if let Some(fact) = self.file.facts.get(usize::from(question.fact)) {
            item.fields.extend(self.choices(fact));
        }
        for (place, check) in question.checks.iter().enumerate() {
            let id = format!("{of}.{place}");
            let mut field = self.formula(Aspect::Check, check.test, Some((Whose::Check, &id)));
            // Checks have no names: one that tells the same is the same check.
            field.of.which.clone_from(&check.text.id);
            let said = Shown::Words(check.text.clone());
            field.shown = Shown::List(vec![terms::level(check.level), field.shown, said]);
            field.same = format!("{} {:?} {:?}", field.same, check.level, check.text);
            field.spelt = None;
            item.fields.push(field);
        }
    }

    pub(super) fn path(&self, question: &Question) -> &str {
        let fact = self.file.facts.get(usize::from(question.fact));
        fact.map_or("", |fact| &fact.path)
    }

    fn value(&self, fact: FactIndex, value: &Value) -> Shown {
        let number = |value, thousandths| Shown::Number {
            value,
            thousandths,
            unit: None,
        };
        match value {
            Value::Bool(value) => Shown::Truth(*value),
            Value::Int(value) => number(*value, false),
            Value::Decimal(Decimal(value)) => number(*value, true),
            Value::Date(day) => Shown::Day(*day),
            Value::Text(text) => Shown::Plain(text.clone()),
            Value::Code(code) => self.code(fact, code),
            Value::Codes(codes) => {
                Shown::List(codes.iter().map(|code| self.code(fact, code)).collect())
            }
        }
    }

    fn code(&self, fact: FactIndex, code: &str) -> Shown {
        let list = self.file.facts.get(usize::from(fact.0));
        let list = list.and_then(|fact| fact.code_list);
        let list = list.and_then(|list| self.file.code_lists.get(usize::from(list)));
        let found = list.and_then(|list| list.codes.iter().find(|known| known.code == code));
        match found {
            Some(found) => Shown::Words(found.label.clone()),
            None => Shown::Plain(code.to_owned()),
        }
    }
}
