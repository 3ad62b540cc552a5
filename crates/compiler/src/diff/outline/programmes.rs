//! Programmes with their conditions, and readiness for graduation.

use super::super::{Area, Aspect, terms};
use super::{Item, Outline};
use crate::diff::sources::Whose;
use naik_kelas_rules::pack::{Condition, Decision};

impl Outline<'_> {
    pub(super) fn programmes(&mut self) {
        for decision in &self.file.decisions {
            let item = self.decision(decision);
            self.items.push(item);
            for condition in &decision.conditions {
                let item = self.condition(decision, condition);
                self.items.push(item);
            }
        }
    }

    fn decision(&self, decision: &Decision) -> Item {
        let id = &decision.id;
        let mut item = Item::new(Area::Decision, id, Some(&decision.title));
        item.text(Aspect::Title, &decision.title);
        item.text(Aspect::About, &decision.about);
        item.show(Aspect::Group, terms::group(decision.group));
        item.plain(Aspect::Law, &decision.law);
        if let Some(amount) = decision.amount {
            let source = Some((Whose::Amount, id.as_str()));
            let field = self.formula(Aspect::Amount, amount, source);
            item.fields.push(field);
        }
        if let Some(unit) = decision.amount_unit {
            item.show(Aspect::AmountUnit, terms::amount_unit(unit));
        }
        if let Some(kind) = decision.amount_kind {
            item.show(Aspect::AmountKind, terms::amount_kind(kind));
        }
        item.truth(Aspect::PerQuarter, decision.per_quarter);
        item.truth(Aspect::Loan, decision.loan);
        if let Some(members) = decision.names_members {
            let source = Some((Whose::Members, id.as_str()));
            let field = self.formula(Aspect::NamesMembers, members, source);
            item.fields.push(field);
        }
        item
    }

    fn condition(&self, decision: &Decision, condition: &Condition) -> Item {
        let id = format!("{}.{}", decision.id, condition.id);
        // A condition is named by what it says where it holds.
        let mut item = Item::new(Area::Condition, &id, Some(&condition.yes));
        item.within = Some(decision.title.clone());
        let source = Some((Whose::Condition, id.as_str()));
        item.fields
            .push(self.formula(Aspect::Test, condition.test, source));
        item.text(Aspect::WhenYes, &condition.yes);
        item.text(Aspect::WhenNo, &condition.no);
        item.text(Aspect::WhenUnknown, &condition.unknown);
        item.law(condition.law.as_ref());
        item.truth(Aspect::NeverPropose, condition.never_propose);
        item
    }

    pub(super) fn readiness(&mut self) {
        let readiness = &self.file.readiness;
        let mut item = Item::new(Area::Readiness, "readiness", readiness.title.as_ref());
        item.text_where(Aspect::Title, readiness.title.as_ref());
        item.text_where(Aspect::About, readiness.about.as_ref());
        item.law(readiness.law.as_ref());
        let source = Some((Whose::Protected, ""));
        item.fields
            .push(self.formula(Aspect::Protected, readiness.protected, source));
        item.text(Aspect::ProtectedLabel, &readiness.protected_label);
        item.text(Aspect::ProtectedText, &readiness.protected_text);
        item.text_where(Aspect::UnknownLabel, readiness.unknown_label.as_ref());
        item.text_where(Aspect::UnknownText, readiness.unknown_text.as_ref());
        let grades = readiness.grades.iter();
        item.order(grades.map(|grade| (grade.id.as_str(), &grade.label)));
        self.items.push(item);

        for indicator in &readiness.indicators {
            let mut item = Item::new(Area::Indicator, &indicator.id, Some(&indicator.label));
            item.text(Aspect::Label, &indicator.label);
            item.text_where(Aspect::Help, indicator.help.as_ref());
            for (aspect, node, whose) in [
                (Aspect::Green, indicator.green, Whose::Green),
                (Aspect::Yellow, indicator.yellow, Whose::Yellow),
            ] {
                let source = Some((whose, indicator.id.as_str()));
                item.fields.push(self.formula(aspect, node, source));
            }
            item.law(indicator.law.as_ref());
            self.items.push(item);
        }
        for grade in &readiness.grades {
            let mut item = Item::new(Area::Grade, &grade.id, Some(&grade.label));
            item.text(Aspect::Label, &grade.label);
            item.text_where(Aspect::Explanation, grade.text.as_ref());
            if let Some(when) = grade.when {
                let source = Some((Whose::Grade, grade.id.as_str()));
                item.fields.push(self.formula(Aspect::When, when, source));
            }
            self.items.push(item);
        }
    }
}
