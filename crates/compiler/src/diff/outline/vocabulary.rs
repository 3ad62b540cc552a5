//! Facts, numbers and derived values.

use super::super::{Area, Aspect, Shown, terms};
use super::{Field, Item, Outline};
use crate::diff::sources::Whose;
use naik_kelas_rules::Text;
use naik_kelas_rules::pack::{Code, Fact, FactKind, ParameterKind, TableKey};

impl Outline<'_> {
    pub(super) fn vocabulary(&mut self) {
        self.groups();
        self.facts();
        self.parameters();
        self.tables();
        self.derived();
        self.schedules();
    }

    fn groups(&mut self) {
        for group in &self.file.groups {
            let mut item = Item::new(Area::Group, &group.id, Some(&group.label));
            item.text(Aspect::Label, &group.label);
            self.items.push(item);
        }
    }

    fn facts(&mut self) {
        let forms = self.file.forms.iter().map(|form| &form.section);
        let sections = self.file.sections.iter().chain(forms);
        let asked: Vec<usize> = sections
            .flat_map(|section| &section.questions)
            .map(|question| usize::from(question.fact))
            .collect();
        for (place, fact) in self.file.facts.iter().enumerate() {
            let mut item = Item::new(Area::Fact, &fact.path, Some(&fact.label));
            item.text(Aspect::Label, &fact.label);
            item.show(Aspect::Kind, terms::fact_kind(fact.kind));
            if let Some(unit) = &fact.unit {
                item.plain(Aspect::Unit, unit);
            }
            for (aspect, bound) in [(Aspect::Least, fact.min), (Aspect::Most, fact.max)] {
                if let Some(bound) = bound {
                    item.show(aspect, bound_of(fact, bound));
                }
            }
            if let Some(pattern) = fact.pattern {
                item.show(Aspect::Pattern, terms::pattern(pattern));
            }
            item.show(Aspect::Source, terms::source(fact.source));
            item.show(Aspect::MayChange, terms::may_change(fact.change));
            item.show(Aspect::Sensitivity, terms::sensitivity(fact.sensitivity));
            item.truth(Aspect::Confirm, fact.confirm);
            // The choices of a question stand with the question.
            if !asked.contains(&place) {
                item.fields.extend(self.choices(fact));
            }
            self.items.push(item);
        }
    }

    pub(super) fn choices(&self, fact: &Fact) -> Vec<Field> {
        let list = fact.code_list;
        let list = list.and_then(|list| self.file.code_lists.get(usize::from(list)));
        let codes = list.map_or(&[][..], |list| &list.codes);
        codes.iter().map(choice).collect()
    }

    fn parameters(&mut self) {
        for parameter in &self.file.parameters {
            let mut item = Item::new(Area::Parameter, &parameter.key, Some(&parameter.label));
            item.text(Aspect::Label, &parameter.label);
            item.show(Aspect::Kind, terms::parameter_kind(parameter.kind));
            if let Some(unit) = &parameter.unit {
                item.plain(Aspect::Unit, unit);
            }
            for line in &parameter.values {
                let value = match &line.list {
                    Some(codes) => Shown::List(codes.iter().cloned().map(Shown::Plain).collect()),
                    None => Shown::Number {
                        value: line.value,
                        thousandths: parameter.kind == ParameterKind::Decimal,
                        unit: match parameter.kind {
                            ParameterKind::Money => Some("rupiah".to_owned()),
                            _ => parameter.unit.clone(),
                        },
                    },
                };
                let field = Field::new(Aspect::Value, value)
                    .of("", Some(line.from), Shown::Day(line.from))
                    .by(line.law.as_ref());
                item.fields.push(field);
            }
            self.items.push(item);
        }
    }

    fn tables(&mut self) {
        for table in &self.file.tables {
            let mut item = Item::new(Area::Table, &table.key, table.label.as_ref());
            item.text_where(Aspect::Label, table.label.as_ref());
            item.law(table.law.as_ref());
            let codes = match table.by {
                TableKey::Region => None,
                TableKey::Code(list) => self.file.code_lists.get(usize::from(list)),
            };
            for row in &table.rows {
                let code = codes.and_then(|list| list.codes.get(row.key as usize));
                let key = match code {
                    Some(code) => Shown::Words(code.label.clone()),
                    None => Shown::Plain(row.key.to_string()),
                };
                let which = code.map_or_else(|| row.key.to_string(), |code| code.code.clone());
                let value = Shown::Number {
                    value: row.value,
                    thousandths: false,
                    unit: Some("rupiah".to_owned()),
                };
                let of = Shown::List(vec![key, Shown::Day(row.from)]);
                let field = Field::new(Aspect::Value, value);
                item.fields.push(field.of(&which, Some(row.from), of));
            }
            self.items.push(item);
        }
    }

    fn derived(&mut self) {
        let schedules = &self.file.schedules;
        for derived in &self.file.derived {
            // What a schedule gives stands with the schedule.
            let base = amount_of(&derived.id);
            if schedules.iter().any(|schedule| schedule.id == base) {
                continue;
            }
            let mut item = Item::new(Area::Derived, &derived.id, derived.label.as_ref());
            item.text_where(Aspect::Label, derived.label.as_ref());
            if let Some(unit) = &derived.unit {
                item.plain(Aspect::Unit, unit);
            }
            item.fields
                .push(self.definition(Aspect::Formula, derived.node, &derived.id));
            self.items.push(item);
        }
    }

    fn schedules(&mut self) {
        for schedule in &self.file.schedules {
            let mut item = Item::new(Area::Schedule, &schedule.id, schedule.label.as_ref());
            item.text_where(Aspect::Label, schedule.label.as_ref());
            let list = self.file.code_lists.get(usize::from(schedule.code_list));
            let codes = list.map_or(&[][..], |list| &list.codes);
            let options: Vec<_> = schedule.options.iter().zip(codes).collect();
            item.order(
                options
                    .iter()
                    .map(|(_, code)| (code.code.as_str(), &code.label)),
            );
            for (option, code) in options {
                let id = format!("{}.{}", schedule.id, code.code);
                for (aspect, node, whose) in [
                    (Aspect::OptionWhen, option.when, Whose::OptionWhen),
                    (Aspect::OptionAmount, option.amount, Whose::OptionAmount),
                ] {
                    let field = self.formula(aspect, node, Some((whose, &id)));
                    let label = Shown::Words(code.label.clone());
                    item.fields.push(field.of(&code.code, None, label));
                }
            }
            // The last code stands for none of them.
            item.fields.extend(codes.iter().map(choice));
            for derived in &self.file.derived {
                let names = [derived.id.as_str(), amount_of(&derived.id)];
                let label = derived
                    .label
                    .as_ref()
                    .filter(|label| Some(*label) != schedule.label.as_ref());
                if names.contains(&schedule.id.as_str()) {
                    item.text_where(Aspect::Label, label);
                    if let Some(unit) = &derived.unit {
                        item.plain(Aspect::Unit, unit);
                    }
                }
            }
            self.items.push(item);
        }
    }
}

/// The schedule of which a derived value is the amount.
fn amount_of(id: &str) -> &str {
    id.strip_suffix("_amount").unwrap_or(id)
}

/// One answer: its label, under its code.
fn choice(code: &Code) -> Field {
    let label: &Text = &code.label;
    let mut field = Field::new(Aspect::Choice, Shown::Words(label.clone()));
    if let Some(number) = code.dtsen {
        field.same.push_str(&number.to_string());
    }
    field.of(&code.code, None, Shown::Plain(code.code.clone()))
}

fn bound_of(fact: &Fact, bound: i64) -> Shown {
    Shown::Number {
        value: bound,
        thousandths: fact.kind == FactKind::Decimal,
        unit: match fact.kind {
            FactKind::Money => Some("rupiah".to_owned()),
            _ => fact.unit.clone(),
        },
    }
}
