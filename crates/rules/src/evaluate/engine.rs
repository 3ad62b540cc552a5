//! One pass over the nodes in their order: members' nodes for each member, the others once.

use super::split::{Root, Undo};
use crate::family::{Family, Slot};
use crate::node::{Comparison, Node, NodeId};
use crate::pack::cones::{NO_CONE, for_each_read};
use crate::pack::{FactIndex, FactRef, OF_MEMBER, Pack, ParameterKind, Table, TableKey, in_force};
use crate::possible::{self, ANY_NUMBER, ANY_TRUTH, NO_LOW, Possible};

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

    fn fact(&self, fact: FactIndex, member: usize) -> Possible {
        match self.family.slot_of(self.pack, fact, member) {
            Some(Slot::Bool(value)) => Possible::bool(*value),
            Some(Slot::Number(number)) => Possible::point(i128::from(*number)),
            Some(Slot::Code(code)) => Possible::Code(1 << (code & 63)),
            Some(Slot::Codes(codes)) => Possible::Codes {
                certain: *codes,
                possible: *codes,
            },
            Some(Slot::Text(_)) => Possible::Text,
            None | Some(Slot::Absent | Slot::Unknown) => self
                .pack
                .checked
                .domains
                .get(usize::from(fact.0))
                .copied()
                .unwrap_or(Possible::Error),
        }
    }

    /// The regency of the family's village: its first four digits.
    fn region(&self) -> u16 {
        let Some(fact) = self.pack.checked.village else {
            return 0;
        };
        match self.family.slot(self.pack, FactRef::family(fact)) {
            Some(Slot::Text(text)) => text.bytes().take(4).fold(0, |number, digit| {
                number * 10 + u16::from(digit.wrapping_sub(b'0') % 10)
            }),
            _ => 0,
        }
    }

    fn table(&self, table: &Table, key: Possible) -> Possible {
        if key.is_certain() {
            return self.table_row(table, key);
        }
        let mut whole: Option<Possible> = None;
        self.for_each_key(table, key, |value| {
            whole = Some(whole.map_or(value, |sum| sum.join(value)));
        });
        whole.unwrap_or(ANY_NUMBER)
    }

    /// The value for each key that is still possible.
    pub(super) fn for_each_key(
        &self,
        table: &Table,
        key: Possible,
        mut each: impl FnMut(Possible),
    ) {
        match (table.by, key) {
            (TableKey::Code(_), Possible::Code(bits)) => {
                for bit in (0..64).filter(|bit| bits & (1 << bit) != 0) {
                    each(self.table_row(table, Possible::Code(1 << bit)));
                }
            }
            (TableKey::Region, Possible::Region(0)) => {
                let mut previous = 0;
                for row in &table.rows {
                    if row.key != previous {
                        previous = row.key;
                        let region = if row.key < 100 {
                            row.key * 100
                        } else {
                            row.key
                        };
                        each(self.table_row(table, Possible::Region(region.min(9999) as u16)));
                    }
                }
            }
            (_, key) => each(self.table_row(table, key)),
        }
    }

    /// The row of a known key; a row that is missing or not in force can be anything.
    fn table_row(&self, table: &Table, key: Possible) -> Possible {
        let row = |key: u32| {
            let day = self.family.assessed_on();
            let rows = table.rows.iter().rev();
            rows.filter(|row| row.key == key)
                .find(|row| row.from <= day)
        };
        let found = match (table.by, key) {
            // A regency's own row comes before its province's.
            (TableKey::Region, Possible::Region(region)) => {
                row(u32::from(region)).or_else(|| row(u32::from(region / 100)))
            }
            (TableKey::Code(_), Possible::Code(bits)) => row(bits.trailing_zeros()),
            _ => None,
        };
        found.map_or(ANY_NUMBER, |row| Possible::point(i128::from(row.value)))
    }

    /// Every option that can be the best paid one that applies, as bits; the bit behind the last option is "none".
    fn schedule(&self, schedule: usize, member: usize) -> Possible {
        let options = &self.pack.file().schedules[schedule].options;
        let applies = |option: usize| self.value(options[option].when, member).truth();
        let amount = |option: usize| self.value(options[option].amount, member);
        let mut bits = 0u64;
        let mut someone_certain = false;
        for option in 0..options.len() {
            let truth = applies(option);
            if truth & possible::TRUE == 0 {
                continue;
            }
            someone_certain |= truth == possible::TRUE;
            // One that applies for certain and is known to pay more, or as much and stands before, takes its place.
            let beaten = (0..options.len()).any(|other| {
                applies(other) == possible::TRUE
                    && match (amount(other).exactly(), amount(option).exactly()) {
                        (Some(theirs), Some(own)) => {
                            theirs > own || (theirs == own && other < option)
                        }
                        _ => false,
                    }
            });
            if !beaten {
                bits |= 1 << option;
            }
        }
        if !someone_certain {
            bits |= 1 << options.len();
        }
        Possible::Code(bits)
    }

    fn schedule_amount(&self, node: NodeId, member: usize) -> Possible {
        let (Node::Schedule(schedule), Possible::Code(bits)) =
            (self.node(node), self.value(node, member))
        else {
            return Possible::Error;
        };
        let options = &self.pack.file().schedules[usize::from(*schedule)].options;
        let mut whole: Option<Possible> = None;
        for bit in (0..=options.len()).filter(|bit| bits & (1 << bit) != 0) {
            let pays = options.get(bit).map_or(Possible::point(0), |option| {
                self.value(option.amount, member)
            });
            whole = Some(whole.map_or(pays, |sum| sum.join(pays)));
        }
        whole.unwrap_or(Possible::Error)
    }

    fn fold_truth(&self, body: NodeId, start: u8, operation: fn(u8, u8) -> u8) -> u8 {
        (0..self.persons).fold(start, |sum, member| {
            operation(sum, self.value(body, member).truth())
        })
    }

    fn count(&self, body: NodeId) -> Possible {
        let (mut low, mut high) = (0, 0);
        for member in 0..self.persons {
            let truth = self.value(body, member).truth();
            if truth == possible::ERROR {
                return Possible::Error;
            }
            low += i128::from(truth == possible::TRUE);
            high += i128::from(truth & possible::TRUE != 0);
        }
        Possible::Number { low, high }
    }

    /// The sum of the so many largest; of each bound separately, for members are independent of one another.
    fn best(&self, count: Possible, body: NodeId, limit: i128) -> Possible {
        let (mut lows, mut highs) = ([0; 64], [0; 64]);
        for member in 0..self.persons.min(64) {
            match self.value(body, member) {
                Possible::Number { low, high } => {
                    lows[member] = low;
                    highs[member] = high;
                }
                _ => return Possible::Error,
            }
        }
        let Some(count) = count.exactly() else {
            return ANY_NUMBER;
        };
        let persons = self.persons.min(64);
        let count = usize::try_from(count.max(0))
            .unwrap_or(persons)
            .min(persons);
        let (mut low, mut high) = (Possible::point(0), Possible::point(0));
        for _ in 0..count {
            low = possible::add(
                low,
                Possible::point(take_largest(&mut lows[..persons])),
                limit,
            );
            high = possible::add(
                high,
                Possible::point(take_largest(&mut highs[..persons])),
                limit,
            );
        }
        match (low, high) {
            (Possible::Number { low, .. }, Possible::Number { high, .. }) => {
                Possible::Number { low, high }
            }
            // A bound beyond the limit is an error only where everything is known.
            (Possible::Error, Possible::Error) if lows == highs => Possible::Error,
            _ => ANY_NUMBER,
        }
    }
}

/// Takes the largest number out and leaves the smallest possible in its place.
fn take_largest(numbers: &mut [i128]) -> i128 {
    let mut best = 0;
    for place in 0..numbers.len() {
        if numbers[place] > numbers[best] {
            best = place;
        }
    }
    numbers
        .get_mut(best)
        .map_or(0, |largest| core::mem::replace(largest, NO_LOW))
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
