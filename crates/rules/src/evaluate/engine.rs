//! One pass over the nodes in their order: members' nodes for each member, the others once.

use super::split::{Root, Undo};
use crate::family::Family;
use crate::node::{Comparison, Node, NodeId};
use crate::pack::cones::{NO_CONE, for_each_read};
use crate::pack::{FactIndex, FactRef, OF_MEMBER, Pack, ParameterKind, in_force};
use crate::possible::{self, ANY_NUMBER, ANY_TRUTH, Possible};

/// The values of all nodes for one family, and what is asked of them.
pub struct Evaluation<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) family: &'a Family,
    pub(crate) parameters: Vec<Possible>,
    pub(crate) values: Vec<Possible>,
    /// What to put back after a case has been tried.
    pub(super) undo: Vec<Undo>,
    /// Nodes whose value differs in the case that is being tried: for the family, and for one member.
    pub(super) changed: [Vec<bool>; 2],
    pub(super) cases_left: u32,
    pub(crate) gave_up: bool,
    persons: usize,
    /// The first place of the members' values.
    members_at: usize,
}

/// Results with a point are computed up to this size; rupiah are 64 bits wide.
const LIMIT: i128 = i64::MAX as i128;

impl<'a> Evaluation<'a> {
    /// Evaluates everything in the pack for one family.
    pub fn new(pack: &'a Pack, family: &'a Family) -> Evaluation<'a> {
        let mut evaluation = Evaluation::prepare(pack, family);
        for node in 0..pack.file().nodes.len() {
            evaluation.evaluate_node(node as NodeId);
        }
        evaluation
    }

    /// Evaluates what decisions and readiness need, and not the questionnaire.
    pub fn of_decisions(pack: &'a Pack, family: &'a Family) -> Evaluation<'a> {
        let mut evaluation = Evaluation::prepare(pack, family);
        for (node, needed) in pack.checked.cones.for_decisions.iter().enumerate() {
            if *needed {
                evaluation.evaluate_node(node as NodeId);
            }
        }
        evaluation
    }

    fn prepare(pack: &'a Pack, family: &'a Family) -> Evaluation<'a> {
        let checked = &pack.checked;
        let persons = family.persons();
        let nodes = pack.file().nodes.len();
        let day = family.assessed_on();
        let parameters = pack.file().parameters.iter().map(|parameter| {
            let line = in_force(&parameter.values, day, |line| line.from);
            match (line, parameter.kind) {
                (None, ParameterKind::List) => Possible::Code(0),
                (None, _) => ANY_NUMBER,
                (Some(line), ParameterKind::List) => {
                    Possible::Code(codes_of(pack, parameter.code_list, line))
                }
                (Some(line), _) => Possible::point(i128::from(line.value)),
            }
        });
        Evaluation {
            pack,
            family,
            parameters: parameters.collect(),
            values: vec![ANY_TRUTH; checked.family_rows + checked.member_rows * persons],
            undo: Vec::new(),
            changed: [vec![false; nodes], vec![false; nodes]],
            cases_left: 0,
            gave_up: false,
            persons,
            members_at: checked.family_rows,
        }
    }

    pub(crate) fn persons(&self) -> usize {
        self.persons
    }

    /// Where the value of a node stands; `member` is of no matter for a node of the family.
    pub(crate) fn place(&self, node: NodeId, member: usize) -> usize {
        let row = self.pack.checked.rows[usize::from(node)];
        match row & OF_MEMBER {
            0 => row as usize,
            _ => self.members_at + (row & !OF_MEMBER) as usize * self.persons + member,
        }
    }

    pub(crate) fn value(&self, node: NodeId, member: usize) -> Possible {
        // A member's node in a family without members has no value to give.
        self.values
            .get(self.place(node, member))
            .copied()
            .unwrap_or(Possible::Error)
    }

    /// The truth of a node; an error where it has none.
    pub(crate) fn truth(&self, node: NodeId, member: usize) -> u8 {
        match self.values.get(self.place(node, member)) {
            Some(Possible::Truth(bits)) => *bits,
            _ => possible::ERROR,
        }
    }

    pub(crate) fn store(&mut self, node: NodeId, member: usize, value: Possible) {
        let place = self.place(node, member);
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
        }
    }

    pub(crate) fn node(&self, node: NodeId) -> &'a Node {
        &self.pack.file().nodes[usize::from(node)]
    }

    pub(crate) fn is_of_member(&self, node: NodeId) -> bool {
        self.pack.checked.of_member[usize::from(node)]
    }

    pub(crate) fn reads_any(&self, node: NodeId, mut test: impl FnMut(NodeId) -> bool) -> bool {
        let mut found = false;
        for_each_read(self.pack.file(), self.node(node), |read| {
            found |= test(read)
        });
        found
    }

    fn evaluate_node(&mut self, node: NodeId) {
        let members = if self.is_of_member(node) {
            self.persons
        } else {
            1
        };
        for member in 0..members {
            let value = self.compute(node, member);
            self.store(node, member, value);
        }
    }

    /// The value of a node from the values of its operands; what is a member's own is made exact at once.
    pub(crate) fn compute(&mut self, node: NodeId, member: usize) -> Possible {
        let value = self.operate(node, member);
        if value.is_certain() || !self.is_of_member(node) {
            return value;
        }
        let cone = self.pack.checked.cones.of_node(node);
        if cone == NO_CONE || self.pack.checked.cone(cone).shared.is_empty() {
            return value;
        }
        self.store(node, member, value);
        self.refine(cone, Root::Node(node), member)
    }

    /// The value of a node from the values of its operands.
    pub(super) fn operate(&self, node: NodeId, member: usize) -> Possible {
        let at = |operand: NodeId| self.value(operand, member);
        let truth = |operand: NodeId| self.value(operand, member).truth();
        let limit = || match self.pack.checked.types[usize::from(node)] {
            crate::pack::Type::Number(scale) if scale > 0 => LIMIT * 1_000_000_000,
            _ => LIMIT,
        };
        match *self.node(node) {
            Node::Bool(value) => Possible::bool(value),
            Node::Number { value, .. } => Possible::point(i128::from(value)),
            Node::Fact(fact) => self.fact(FactIndex(fact), member),
            Node::Parameter(parameter) => self.parameters[usize::from(parameter)],
            Node::Table { table, key } => {
                self.table(&self.pack.file().tables[usize::from(table)], at(key))
            }
            Node::AssessedOn => Possible::point(i128::from(self.family.assessed_on().days())),
            Node::Persons => Possible::point(self.persons as i128),
            Node::Region => Possible::Region(self.region()),
            Node::Indicator(_) => Possible::Code(super::readiness::ANY_COLOUR),
            Node::Greens | Node::Reds => Possible::Number {
                low: 0,
                high: self.pack.readiness().indicators.len() as i128,
            },
            Node::Schedule(schedule) => self.schedule(usize::from(schedule), member),
            Node::ScheduleAmount(schedule) => self.schedule_amount(schedule, member),
            Node::Not(a) => Possible::Truth(possible::not(truth(a))),
            Node::And(a, b) => Possible::Truth(possible::and(truth(a), truth(b))),
            Node::Or(a, b) => Possible::Truth(possible::or(truth(a), truth(b))),
            Node::SameTruth(a, b) => Possible::Truth(possible::same_truth(truth(a), truth(b))),
            Node::Compare(Comparison::Equal, a, b) => possible::equal(at(a), at(b)),
            Node::Compare(Comparison::Less, a, b) => possible::less(at(a), at(b)),
            Node::Compare(Comparison::AtMost, a, b) => possible::at_most(at(a), at(b)),
            Node::OneOf(a, mask) => one_of(at(a), mask),
            Node::OneOfParameter(a, parameter) => match self.parameters[usize::from(parameter)] {
                // A list that is not in force is empty in no other case.
                Possible::Code(0) => ANY_TRUTH,
                Possible::Code(mask) => one_of(at(a), mask),
                _ => Possible::Truth(possible::ERROR),
            },
            Node::Includes(a, bit) => match at(a) {
                Possible::Codes { certain, possible } => {
                    let bit = 1u64 << (bit & 63);
                    let yes = if possible & bit != 0 {
                        possible::TRUE
                    } else {
                        0
                    };
                    let no = if certain & bit == 0 {
                        possible::FALSE
                    } else {
                        0
                    };
                    Possible::Truth(yes | no)
                }
                _ => Possible::Truth(possible::ERROR),
            },
            Node::Known(a) => match self.node(a) {
                Node::Fact(fact) => {
                    let member = self.is_of_member(a).then_some(member as u16);
                    Possible::bool(self.family.knows(
                        self.pack,
                        FactRef {
                            fact: FactIndex(*fact),
                            member,
                        },
                    ))
                }
                _ => Possible::Truth(possible::ERROR),
            },
            Node::Add(a, b) => possible::add(at(a), at(b), limit()),
            Node::Subtract(a, b) => possible::add(at(a), possible::negate(at(b)), limit()),
            Node::Multiply(a, b) => possible::multiply(at(a), at(b), limit()),
            Node::Divide(a, b) => possible::divide(at(a), at(b), limit()),
            Node::Remainder(a, b) => possible::remainder(at(a), at(b)),
            Node::Min(a, b) => possible::smaller(at(a), at(b)),
            Node::Max(a, b) => possible::larger(at(a), at(b)),
            Node::If(condition, a, b) => match truth(condition) {
                possible::TRUE => at(a),
                possible::FALSE => at(b),
                possible::ERROR => self.no_value(node),
                bits if bits & possible::ERROR != 0 => at(a).join(at(b)).join(Possible::Error),
                _ => at(a).join(at(b)),
            },
            Node::Scale(a, digits) => possible::multiply(
                at(a),
                Possible::point(10i128.pow(u32::from(digits.min(9)))),
                limit(),
            ),
            Node::Years(a, b) => possible::years(at(a), at(b)),
            Node::DaysBefore(a, b) => possible::days_before(at(a), at(b)),
            Node::Any(body) => {
                Possible::Truth(self.fold_truth(body, possible::FALSE, possible::or))
            }
            Node::All(body) => {
                Possible::Truth(self.fold_truth(body, possible::TRUE, possible::and))
            }
            Node::Count(body) => self.count(body),
            Node::Sum(body) => {
                let limit = limit();
                (0..self.persons).fold(Possible::point(0), |sum, member| {
                    possible::add(sum, self.value(body, member), limit)
                })
            }
            Node::Best(count, body) => self.best(at(count), body, limit()),
        }
    }

    /// What an error is, in the type of a node.
    fn no_value(&self, node: NodeId) -> Possible {
        match self.pack.checked.types[usize::from(node)] {
            crate::pack::Type::Truth => Possible::Truth(possible::ERROR),
            _ => Possible::Error,
        }
    }
}

fn one_of(code: Possible, mask: u64) -> Possible {
    match code {
        Possible::Code(bits) => {
            let yes = if bits & mask != 0 { possible::TRUE } else { 0 };
            let no = if bits & !mask != 0 {
                possible::FALSE
            } else {
                0
            };
            Possible::Truth(yes | no)
        }
        _ => Possible::Truth(possible::ERROR),
    }
}

fn codes_of(pack: &Pack, list: Option<u16>, line: &crate::pack::ParameterValue) -> u64 {
    let codes = list
        .and_then(|list| pack.file().code_lists.get(usize::from(list)))
        .map_or(&[][..], |list| &list.codes);
    let mut bits = 0;
    for name in line.list.iter().flatten() {
        if let Some(place) = codes.iter().position(|code| code.code == *name) {
            bits |= 1 << (place & 63);
        }
    }
    bits
}
