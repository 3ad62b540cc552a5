//! Values by name, as texts put them in, and what each member adds to an amount.

use super::{AmountLine, Named};
use crate::date::Date;
use crate::evaluate::Evaluation;
use crate::node::{Node, NodeId};
use crate::pack::{MEMBERS, Type};
use crate::possible::{FALSE, Possible, TRUE};
use crate::value::{Decimal, Value};

impl Evaluation<'_> {
    /// What a name in a text stands for: a path of a fact, or the id of a derived value.
    pub fn named(&mut self, name: &str) -> Named {
        let pack = self.pack;
        if let Some(at) = pack.fact_at(name) {
            return Named::Fact(at, self.family.get(pack, at));
        }
        let Some(place) = pack
            .file()
            .derived
            .iter()
            .position(|derived| derived.id == name)
        else {
            return Named::Nothing;
        };
        let node = pack.file().derived[place].node;
        if name.starts_with(MEMBERS) {
            return Named::Nothing;
        }
        let value = self.exact(node, None);
        Named::Derived(place, self.value_of(node, value))
    }

    /// The value of a derived value of one member, where it is certain.
    pub fn member_value(&mut self, derived: usize, member: usize) -> Option<Value> {
        let node = self.pack.file().derived.get(derived)?.node;
        if !self.is_of_member(node) || member >= self.persons() {
            return None;
        }
        let value = self.exact(node, Some(member));
        self.value_of(node, value)
    }

    /// Which option of a schedule pays for one member, and how much, where both are certain: what a member brings,
    /// whether or not the family is eligible. The code is a place in the schedule's list of codes.
    pub fn best_paid(&self, schedule: usize, member: usize) -> Option<(usize, i64)> {
        let nodes = &self.pack.file().nodes;
        let is_it =
            |node: &Node| matches!(node, Node::Schedule(place) if usize::from(*place) == schedule);
        let pays = nodes.iter().position(|node| match node {
            Node::ScheduleAmount(of) => nodes.get(usize::from(*of)).is_some_and(is_it),
            _ => false,
        })?;
        if member >= self.persons() {
            return None;
        }
        let pays = NodeId::try_from(pays).ok()?;
        let (_, option) = self.component(pays, member)?;
        let amount = self.value(pays, member).exactly()?;
        Some((option, i64::try_from(amount).ok()?))
    }

    pub(super) fn value_of(&self, node: NodeId, value: Possible) -> Option<Value> {
        match (self.pack.checked.types[usize::from(node)], value) {
            (Type::Truth, Possible::Truth(TRUE)) => Some(Value::Bool(true)),
            (Type::Truth, Possible::Truth(FALSE)) => Some(Value::Bool(false)),
            (Type::Number(0), value) => Some(Value::Int(i64::try_from(value.exactly()?).ok()?)),
            (Type::Number(3), value) => Some(Value::Decimal(Decimal(
                i64::try_from(value.exactly()?).ok()?,
            ))),
            (Type::Date, value) => {
                Date::from_days(i32::try_from(value.exactly()?).ok()?).map(Value::Date)
            }
            (Type::Code(list), Possible::Code(bits)) if bits.is_power_of_two() => {
                let codes = &self.pack.file().code_lists.get(usize::from(list))?.codes;
                Some(Value::Code(
                    codes.get(bits.trailing_zeros() as usize)?.code.clone(),
                ))
            }
            _ => None,
        }
    }

    /// What each member adds to an amount that is a sum over members; those who are left out add nothing.
    pub(super) fn amount_lines(&self, amount: NodeId) -> Vec<AmountLine> {
        let (body, most) = match *self.node(amount) {
            Node::Sum(body) => (body, self.persons()),
            Node::Best(count, body) => {
                let count = self.value(count, 0).exactly().unwrap_or(0);
                (body, usize::try_from(count).unwrap_or(0))
            }
            _ => return Vec::new(),
        };
        let mut lines = Vec::new();
        for member in 0..self.persons() {
            let component = self.component(body, member);
            let pays = self
                .value(body, member)
                .exactly()
                .and_then(|pays| i64::try_from(pays).ok());
            if let Some(amount) = pays.filter(|pays| *pays != 0) {
                lines.push(AmountLine {
                    member,
                    component,
                    amount,
                });
            }
        }
        // The best paid count; of equals those who stand first.
        while lines.len() > most {
            let least = lines.iter().map(|line| line.amount).min();
            if let Some(place) = lines.iter().rposition(|line| Some(line.amount) == least) {
                lines.remove(place);
            }
        }
        lines
    }

    pub(super) fn component(&self, body: NodeId, member: usize) -> Option<(u16, usize)> {
        let Node::ScheduleAmount(schedule) = *self.node(body) else {
            return None;
        };
        match (
            self.pack.checked.types[usize::from(schedule)],
            self.value(schedule, member),
        ) {
            (Type::Code(list), Possible::Code(bits)) if bits.is_power_of_two() => {
                Some((list, bits.trailing_zeros() as usize))
            }
            _ => None,
        }
    }
}
