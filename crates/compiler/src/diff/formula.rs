//! A compiled expression as text, near to how its author may have written it. Derived values stand by their names.

use super::alike::code_list;
use naik_kelas_rules::Decimal;
use naik_kelas_rules::node::{Comparison, Node, NodeId};
use naik_kelas_rules::pack::{MEMBERS, PackFile};
use std::collections::{BTreeMap, BTreeSet};

/// An expression as text, and what it names.
#[derive(Clone, Debug, Default)]
pub(super) struct Formula {
    pub(super) text: String,
    /// Keys of parameters and tables, ids of derived values.
    pub(super) names: BTreeSet<String>,
}

/// Longer texts say nothing to anybody.
const LONGEST: usize = 4_000;

/// Writes expressions of one pack.
pub(super) struct Writer<'a> {
    file: &'a PackFile,
    derived: BTreeMap<NodeId, &'a str>,
}

/// How tightly an operation binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binds {
    Choice,
    Or,
    And,
    Compare,
    Add,
    Multiply,
    Not,
    Whole,
}

impl<'a> Writer<'a> {
    pub(super) fn new(file: &'a PackFile) -> Self {
        let mut derived = BTreeMap::new();
        for value in &file.derived {
            let plain = matches!(
                file.nodes.get(usize::from(value.node)),
                None | Some(
                    Node::Fact(_) | Node::Bool(_) | Node::Number { .. } | Node::Parameter(_)
                )
            );
            if !plain {
                derived.entry(value.node).or_insert(value.id.as_str());
            }
        }
        Self { file, derived }
    }

    /// The expression; at its top a derived value is written out.
    pub(super) fn write_out(&self, node: NodeId) -> Formula {
        let mut formula = Formula::default();
        self.operation(node, Binds::Choice, &mut formula);
        formula
    }

    /// The expression, by its name where it is a derived value.
    pub(super) fn write(&self, node: NodeId) -> Formula {
        let mut formula = Formula::default();
        self.node(node, Binds::Choice, &mut formula);
        formula
    }

    fn node(&self, node: NodeId, around: Binds, out: &mut Formula) {
        match self.derived.get(&node) {
            Some(id) => {
                out.names.insert((*id).to_owned());
                out.text.push_str(&scoped(id));
            }
            None => self.operation(node, around, out),
        }
    }

    fn operation(&self, place: NodeId, around: Binds, out: &mut Formula) {
        let Some(node) = self.file.nodes.get(usize::from(place)) else {
            return;
        };
        if out.text.len() > LONGEST {
            out.text.push('…');
            return;
        }
        match *node {
            Node::Bool(value) => out.text.push_str(if value { "true" } else { "false" }),
            Node::Number { value, scale: 0 } => out.text.push_str(&value.to_string()),
            Node::Number { value, .. } => out.text.push_str(&Decimal(value).to_string()),
            Node::Fact(fact) => {
                let path = self.file.facts.get(usize::from(fact));
                out.text
                    .push_str(&scoped(path.map_or("?", |fact| &fact.path)));
            }
            Node::Parameter(key) => self.parameter(key, out),
            Node::Table { table, key } => {
                let table = self.file.tables.get(usize::from(table));
                let name = table.map_or("?", |table| &table.key);
                out.names.insert(name.to_owned());
                out.text.push_str(&format!("param('{name}', "));
                self.node(key, Binds::Choice, out);
                out.text.push(')');
            }
            Node::AssessedOn => out.text.push_str("assessed_on"),
            Node::Persons => out.text.push_str("size(members)"),
            Node::Region => out.text.push_str("province"),
            Node::Indicator(place) => {
                let indicator = self.file.readiness.indicators.get(usize::from(place));
                out.text
                    .push_str(indicator.map_or("?", |indicator| &indicator.id));
            }
            Node::Greens => out.text.push_str("greens"),
            Node::Reds => out.text.push_str("reds"),
            Node::Schedule(place) => {
                let schedule = self.file.schedules.get(usize::from(place));
                let id = schedule.map_or("?", |schedule| &schedule.id);
                out.names.insert(id.to_owned());
                out.text.push_str(&scoped(id));
            }
            Node::ScheduleAmount(schedule) => {
                self.node(schedule, Binds::Whole, out);
                out.text.push_str("_amount");
            }
            Node::Not(a) => match self.file.nodes.get(usize::from(a)) {
                // `!(x == 'none')` is read as `x != 'none'`.
                Some(Node::OneOf(of, bits)) if !self.derived.contains_key(&a) => {
                    self.one_of(*of, self.all_codes(*of) & !bits, around, out);
                }
                _ => {
                    out.text.push('!');
                    self.node(a, Binds::Not, out);
                }
            },
            Node::And(a, b) => self.between(a, " && ", b, Binds::And, around, out),
            Node::Or(a, b) => self.between(a, " || ", b, Binds::Or, around, out),
            Node::SameTruth(a, b) => self.between(a, " == ", b, Binds::Compare, around, out),
            Node::Compare(how, a, b) => self.compare(how, a, b, around, out),
            Node::OneOf(a, bits) => self.one_of(a, bits, around, out),
            Node::OneOfParameter(a, key) => {
                self.node(a, Binds::Compare, out);
                out.text.push_str(" in ");
                self.parameter(key, out);
            }
            Node::Includes(a, bit) => {
                out.text
                    .push_str(&format!("'{}' in ", self.codes(a, 1 << (bit & 63))));
                self.node(a, Binds::Compare, out);
            }
            Node::Add(a, b) => self.between(a, " + ", b, Binds::Add, around, out),
            Node::Subtract(a, b) => self.between(a, " - ", b, Binds::Add, around, out),
            Node::Multiply(a, b) => self.between(a, " * ", b, Binds::Multiply, around, out),
            Node::Divide(a, b) => self.between(a, " / ", b, Binds::Multiply, around, out),
            Node::Remainder(a, b) => self.between(a, " % ", b, Binds::Multiply, around, out),
            Node::If(condition, yes, no) => {
                let open = around > Binds::Choice;
                out.text.push_str(if open { "(" } else { "" });
                self.node(condition, Binds::Or, out);
                out.text.push_str(" ? ");
                self.node(yes, Binds::Or, out);
                out.text.push_str(" : ");
                self.node(no, Binds::Choice, out);
                out.text.push_str(if open { ")" } else { "" });
            }
            // The same number with more decimals.
            Node::Scale(a, _) => self.node(a, around, out),
            Node::Known(a) => self.call("known(", &[a], out),
            Node::Min(a, b) => self.call("min(", &[a, b], out),
            Node::Max(a, b) => self.call("max(", &[a, b], out),
            Node::Years(a, b) => self.call("years(", &[a, b], out),
            Node::DaysBefore(a, b) => self.call("days_before(", &[a, b], out),
            Node::Any(a) => self.call("members.exists(m, ", &[a], out),
            Node::All(a) => self.call("members.all(m, ", &[a], out),
            Node::Count(a) => {
                self.call("members.filter(m, ", &[a], out);
                out.text.push_str(".size()");
            }
            Node::Sum(a) => {
                self.call("sum(members.map(m, ", &[a], out);
                out.text.push(')');
            }
            Node::Best(count, a) => {
                out.text.push_str("best(");
                self.node(count, Binds::Choice, out);
                out.text.push_str(", ");
                self.call("members.map(m, ", &[a], out);
                out.text.push(')');
            }
        }
    }

    fn between(
        &self,
        a: NodeId,
        how: &str,
        b: NodeId,
        own: Binds,
        around: Binds,
        out: &mut Formula,
    ) {
        let open = around > own;
        out.text.push_str(if open { "(" } else { "" });
        self.node(a, own, out);
        out.text.push_str(how);
        // Of equals the second stands in parentheses where their order matters.
        let right = match own {
            Binds::Add | Binds::Multiply => match how {
                " + " | " * " => own,
                _ => Binds::Not,
            },
            Binds::Compare => Binds::Add,
            own => own,
        };
        self.node(b, right, out);
        out.text.push_str(if open { ")" } else { "" });
    }

    /// `3 < x` is read as `x > 3`.
    fn compare(&self, how: Comparison, a: NodeId, b: NodeId, around: Binds, out: &mut Formula) {
        let (way, back) = match how {
            Comparison::Equal => (" == ", " == "),
            Comparison::Less => (" < ", " > "),
            Comparison::AtMost => (" <= ", " >= "),
        };
        match self.is_given(a) && !self.is_given(b) {
            true => self.between(b, back, a, Binds::Compare, around, out),
            false => self.between(a, way, b, Binds::Compare, around, out),
        }
    }

    /// Whether a number is the law's, and not the family's.
    fn is_given(&self, node: NodeId) -> bool {
        match self.file.nodes.get(usize::from(node)) {
            Some(Node::Number { .. } | Node::Parameter(_) | Node::Table { .. }) => true,
            Some(Node::Scale(a, _)) => self.is_given(*a),
            _ => false,
        }
    }

    fn one_of(&self, a: NodeId, bits: u64, around: Binds, out: &mut Formula) {
        let others = self.all_codes(a) & !bits;
        let open = around > Binds::Compare;
        out.text.push_str(if open { "(" } else { "" });
        self.node(a, Binds::Add, out);
        let end = match (bits.count_ones(), others.count_ones()) {
            (1, _) => format!(" == '{}'", self.codes(a, bits)),
            (_, 1) => format!(" != '{}'", self.codes(a, others)),
            _ => format!(" in ['{}']", self.codes(a, bits)),
        };
        out.text.push_str(&end);
        out.text.push_str(if open { ")" } else { "" });
    }

    /// The bits of all codes that a node may have.
    fn all_codes(&self, of: NodeId) -> u64 {
        let list = code_list(self.file, of).and_then(|list| self.file.code_lists.get(list));
        let count = list.map_or(64, |list| list.codes.len());
        u64::MAX >> (64 - count.clamp(1, 64))
    }

    fn codes(&self, of: NodeId, bits: u64) -> String {
        let list = code_list(self.file, of).and_then(|list| self.file.code_lists.get(list));
        let codes = list.map_or(&[][..], |list| &list.codes);
        let chosen = codes
            .iter()
            .enumerate()
            .filter(|(place, _)| bits >> place & 1 == 1);
        let chosen: Vec<&str> = chosen.map(|(_, code)| code.code.as_str()).collect();
        chosen.join("', '")
    }

    fn parameter(&self, place: u16, out: &mut Formula) {
        let parameter = self.file.parameters.get(usize::from(place));
        let key = parameter.map_or("?", |parameter| &parameter.key);
        out.names.insert(key.to_owned());
        out.text.push_str(&format!("param('{key}')"));
    }

    fn call(&self, head: &str, operands: &[NodeId], out: &mut Formula) {
        out.text.push_str(head);
        for (place, operand) in operands.iter().enumerate() {
            out.text.push_str(if place > 0 { ", " } else { "" });
            self.node(*operand, Binds::Choice, out);
        }
        out.text.push(')');
    }
}

/// A member's value is read from the member.
fn scoped(id: &str) -> String {
    match id.strip_prefix(MEMBERS) {
        Some(name) => format!("m.{name}"),
        None => id.to_owned(),
    }
}
