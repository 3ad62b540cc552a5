//! What is written down between two assessments.

use super::super::{Area, Aspect, Shown};
use super::{Field, Item, Outline};
use crate::diff::sources::{Whose, of_form};
use crate::journey::STATES;
use naik_kelas_rules::Text;
use naik_kelas_rules::pack::JourneyForm;
use std::collections::BTreeSet;

impl Outline<'_> {
    pub(super) fn journey(&mut self) {
        for form in &self.file.forms {
            let item = self.form(form);
            self.items.push(item);
            for question in &form.section.questions {
                let path = self.path(question);
                let id = of_form(&form.id, path);
                let mut item = Item::new(Area::FormQuestion, &id, Some(&question.ask));
                item.within = Some(form.title.clone());
                self.asked(&mut item, question, &id);
                self.items.push(item);
            }
        }
    }

    fn form(&self, form: &JourneyForm) -> Item {
        let mut item = Item::new(Area::Form, &form.id, Some(&form.title));
        item.text(Aspect::Title, &form.title);
        item.text_where(Aspect::About, form.about.as_ref());
        item.truth(Aspect::Office, form.office);
        // From source the page is always called as its form is; a built file may say otherwise.
        let page = &form.section;
        if (&page.id, &page.title) != (&form.id, &form.title) {
            let mut field = Field::new(Aspect::Section, Shown::Words(page.title.clone()));
            field.same.push_str(&page.id);
            item.fields.push(field);
        }
        item.truth(Aspect::Roster, page.roster);
        if let Some(relevant) = page.relevant {
            let field = self.formula(Aspect::Relevant, relevant, None);
            item.fields.push(field);
        }
        let numbers = 1..=STATES.len() as u16;
        let from = numbers.filter(|state| form.from & 1 << state != 0);
        let from: Vec<Shown> = from.map(|state| self.state(state)).collect();
        if form.from != 0 {
            let mut field = Field::new(Aspect::WrittenIn, Shown::List(from));
            field.same = form.from.to_string();
            item.fields.push(field);
        }
        // The first that holds counts, so their order is part of what they say.
        let mut leads = Vec::new();
        let mut same = String::new();
        let (mut spelt, mut names) = (Some(String::new()), BTreeSet::new());
        for (place, becomes) in form.becomes.iter().enumerate() {
            leads.push(self.state(becomes.state));
            let state = format!("{} ", becomes.state);
            same.push_str(&state);
            spelt = spelt.map(|spelt| spelt + &state);
            if let Some(when) = becomes.when {
                let id = format!("{}.{place}", form.id);
                let field = self.formula(Aspect::Becomes, when, Some((Whose::Becomes, &id)));
                same.push_str(&format!("when {} ", field.same));
                spelt = spelt.and_then(|spelt| Some(spelt + &field.spelt?));
                leads.push(field.shown);
                names.extend(field.names);
            }
        }
        if !leads.is_empty() {
            let mut field = Field::new(Aspect::Becomes, Shown::List(leads));
            field.same = same;
            field.spelt = spelt;
            field.names = names;
            item.fields.push(field);
        }
        if let Some(next) = form.next {
            let (path, label) = self.label(next);
            let mut field = Field::new(Aspect::NextVisit, label);
            path.clone_into(&mut field.same);
            item.fields.push(field);
        }
        if !form.carries.is_empty() {
            let carried = form.carries.iter().map(|fact| self.label(*fact));
            let (mut paths, labels): (Vec<&str>, Vec<Shown>) = carried.unzip();
            // What begins with an earlier answer does so in any order.
            paths.sort_unstable();
            let mut field = Field::new(Aspect::Carries, Shown::List(labels));
            field.same = paths.join(" ");
            item.fields.push(field);
        }
        let questions = form.section.questions.iter();
        item.order(questions.map(|question| (self.path(question), &question.ask)));
        item
    }

    /// A state as its number in the pack says it.
    fn state(&self, number: u16) -> Shown {
        let name = usize::from(number)
            .checked_sub(1)
            .and_then(|place| STATES.get(place));
        let Some(name) = name else {
            return Shown::Plain(number.to_string());
        };
        let mut facts = self.file.facts.iter();
        let list = facts.find(|fact| fact.path == "journey.state");
        let list = list.and_then(|fact| self.file.code_lists.get(usize::from(fact.code_list?)));
        let code = list.and_then(|list| list.codes.iter().find(|code| code.code == *name));
        match code {
            Some(code) => Shown::Words(code.label.clone()),
            None => Shown::Plain((*name).to_owned()),
        }
    }

    /// A fact's path and its name for people.
    fn label(&self, fact: u16) -> (&str, Shown) {
        let found = self.file.facts.get(usize::from(fact));
        let label = found.map_or_else(Text::default, |fact| fact.label.clone());
        (found.map_or("", |fact| &fact.path), Shown::Words(label))
    }
}
