//! From the nodes of a pack to a flat program for one period.

mod emit;
mod tables;

use super::program::{Amount, Arithmetic, Bytes, DecisionLanes, Instruction, Numbers, Op, Program};
use super::{Layout, OPEN_CODE, OPEN_TRUTH, PROTECTED, registers};
use crate::evaluate::Evaluation;
use crate::family::Family;
use crate::node::{Node, NodeId};
use crate::pack::cones::for_each_read;
use crate::pack::{FactIndex, Pack, Type};
use crate::possible::{self, FALSE, Possible, TRUE};

/// What a node has come to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Found {
    /// Left to the first driver.
    Open,
    /// The same truth for every family of the period.
    Truth(u8),
    /// Truths or codes.
    Bytes(Bytes),
    /// Numbers, days, or sets of codes.
    Numbers(Numbers),
    /// The family's region.
    Region,
}

/// Compiles a pack for a period. A result that cannot be said in columns is open for every family.
pub(super) fn program(layout: &Layout<'_>, period: usize) -> Program {
    let pack = layout.pack;
    let nobody = Family::new(pack, layout.day_in(period), 0);
    let nodes = pack.file().nodes.len();
    let mut compiler = Compiler {
        layout,
        pack,
        constants: Evaluation::of_decisions(pack, &nobody),
        fixed: closed_over(pack, true, &|node| !reads_a_family(node)),
        found: vec![Found::Open; nodes],
        colours: Vec::new(),
        instructions: Vec::new(),
        memo: Vec::new(),
        too_long: false,
    };
    // Conditions of grades read the colours, which come after all else.
    let graded = closed_over(pack, false, &|node| {
        matches!(node, Node::Indicator(_) | Node::Greens | Node::Reds)
    });
    compiler.all_nodes(|place| !graded[place]);
    for indicator in &pack.readiness().indicators {
        let tests = [(indicator.green, GREEN), (indicator.yellow, YELLOW)];
        let colour = compiler.first_of(&tests, RED, false);
        compiler.colours.push(colour);
    }
    compiler.all_nodes(|place| graded[place]);
    let decisions = pack.decisions().iter().map(|decision| DecisionLanes {
        eligible: compiler.truth_lanes(decision.eligible, false),
        amount: match decision.amount {
            None => Amount::None,
            Some(amount) => compiler.amount_lanes(amount),
        },
    });
    let decisions = decisions.collect();
    let readiness = compiler.readiness();
    if compiler.too_long {
        return Program::open(pack);
    }
    let mut program = Program {
        instructions: compiler.instructions,
        byte_registers: 0,
        number_registers: 0,
        decisions,
        indicators: compiler.colours,
        readiness,
    };
    registers::assign(&mut program);
    program
}

/// Places of the colours among their codes.
pub(super) const GREEN: u8 = 0;
pub(super) const YELLOW: u8 = 1;
pub(super) const RED: u8 = 2;

/// The most grades: their places share a byte with what is open and what is protected.
const MOST_GRADES: usize = 200;

struct Compiler<'a> {
    layout: &'a Layout<'a>,
    pack: &'a Pack,
    /// The first driver over a family of nobody: what hangs on no fact has its value there.
    constants: Evaluation<'a>,
    fixed: Vec<bool>,
    found: Vec<Found>,
    colours: Vec<Bytes>,
    instructions: Vec<Instruction>,
    /// Operations that are likely to be asked for again, and where they wrote.
    memo: Vec<(Again, u16)>,
    /// There are more operations than registers can be numbered.
    too_long: bool,
}

/// An operation that is made once however often it is needed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Again {
    Truth(u8, bool),
    Number(i64, bool),
    SpreadBytes(Bytes),
    SpreadNumbers(Numbers),
    Stack(Numbers, bool),
}

fn reads_a_family(node: &Node) -> bool {
    matches!(
        node,
        Node::Fact(_)
            | Node::AssessedOn
            | Node::Persons
            | Node::Region
            | Node::Indicator(_)
            | Node::Greens
            | Node::Reds
            // Evaluated for each member.
            | Node::Schedule(_)
    )
}

/// For each node: with `every`, whether the test holds for it and all that it reads; otherwise for any of these.
fn closed_over(pack: &Pack, every: bool, test: &dyn Fn(&Node) -> bool) -> Vec<bool> {
    let file = pack.file();
    let mut holds: Vec<bool> = Vec::with_capacity(file.nodes.len());
    for node in &file.nodes {
        let mut all = test(node);
        for_each_read(file, node, |read| {
            let read = holds[usize::from(read)];
            all = if every { all && read } else { all || read };
        });
        holds.push(all);
    }
    holds
}

impl<'a> Compiler<'a> {
    fn all_nodes(&mut self, wanted: impl Fn(usize) -> bool) {
        let pack = self.pack;
        for (place, node) in pack.file().nodes.iter().enumerate() {
            if pack.checked.cones.for_decisions[place] && wanted(place) {
                let of_member = pack.checked.of_member[place];
                // Nodes are fewer than 65,535: a checked pack has no more.
                let found = match self.fixed[place] {
                    true => constant(self.constants.value(place as NodeId, 0)),
                    false => self.node(node, place, of_member),
                };
                self.found[place] = found.unwrap_or(Found::Open);
            }
        }
    }

    /// What a node comes to; `None` where it is left to the first driver.
    fn node(&mut self, node: &'a Node, place: usize, of_member: bool) -> Option<Found> {
        Some(match *node {
            Node::Fact(fact) => self.fact(FactIndex(fact))?,
            Node::AssessedOn => Found::Numbers(Numbers::Day),
            Node::Persons => Found::Numbers(Numbers::Persons),
            Node::Region => Found::Region,
            Node::Indicator(indicator) => Found::Bytes(*self.colours.get(usize::from(indicator))?),
            Node::Greens => self.numbers_by(Op::Tally(self.colours.clone(), GREEN), of_member),
            Node::Reds => self.numbers_by(Op::Tally(self.colours.clone(), RED), of_member),
            Node::Table { table, key } => self.table(table, key, of_member)?,
            Node::Schedule(schedule) => self.schedule(schedule)?,
            Node::ScheduleAmount(schedule) => self.schedule_amount(schedule, of_member)?,
            Node::Not(a) => match self.truth(a, of_member) {
                Found::Bytes(a) => self.bytes_by(Op::Not(a), of_member),
                Found::Truth(a) => Found::Truth(possible::not(a)),
                _ => Found::Open,
            },
            Node::And(a, b) => self.and_or(a, b, true, of_member),
            Node::Or(a, b) => self.and_or(a, b, false, of_member),
            Node::SameTruth(a, b) => {
                let (a, b) = (
                    self.settled_bytes(a, of_member)?,
                    self.settled_bytes(b, of_member)?,
                );
                self.bytes_by(Op::SameTruth(a, b), of_member)
            }
            Node::Compare(how, a, b) => {
                let (a, b) = (self.numbers(a, of_member)?, self.numbers(b, of_member)?);
                self.bytes_by(Op::Compare(how, a, b), of_member)
            }
            Node::OneOf(a, mask) => self.one_of(a, mask, of_member)?,
            Node::OneOfParameter(a, parameter) => {
                match self.constants.parameters.get(usize::from(parameter)) {
                    // A list that is not in force is empty in no other case.
                    Some(Possible::Code(0)) | None => return None,
                    Some(Possible::Code(mask)) => self.one_of(a, *mask, of_member)?,
                    Some(_) => return None,
                }
            }
            Node::Includes(a, bit) => {
                let a = self.numbers(a, of_member)?;
                self.bytes_by(Op::Includes(a, bit & 63), of_member)
            }
            Node::Known(a) => match self.found[usize::from(a)] {
                Found::Bytes(a) => {
                    let open = match self.pack.checked.types[usize::from(self.fact_node(node)?)] {
                        Type::Code(_) => OPEN_CODE,
                        _ => OPEN_TRUTH,
                    };
                    self.bytes_by(Op::KnownBytes(a, open), of_member)
                }
                Found::Numbers(a) => self.bytes_by(Op::KnownNumber(a), of_member),
                _ => return None,
            },
            Node::Add(a, b) => self.arithmetic(Arithmetic::Add, a, b, of_member)?,
            Node::Subtract(a, b) => self.arithmetic(Arithmetic::Subtract, a, b, of_member)?,
            Node::Multiply(a, b) => self.arithmetic(Arithmetic::Multiply, a, b, of_member)?,
            Node::Divide(a, b) => self.arithmetic(Arithmetic::Divide, a, b, of_member)?,
            Node::Remainder(a, b) => self.arithmetic(Arithmetic::Remainder, a, b, of_member)?,
            Node::Min(a, b) => self.arithmetic(Arithmetic::Min, a, b, of_member)?,
            Node::Max(a, b) => self.arithmetic(Arithmetic::Max, a, b, of_member)?,
            Node::DaysBefore(a, b) => self.arithmetic(Arithmetic::DaysBefore, a, b, of_member)?,
            Node::Scale(a, digits) => {
                let a = self.numbers(a, of_member)?;
                let power = Numbers::Same(10i64.pow(u32::from(digits.min(9))));
                self.numbers_by(Op::Arithmetic(Arithmetic::Multiply, a, power), of_member)
            }
            Node::Years(a, b) => {
                let (a, b) = (self.stacked(a, of_member)?, self.stacked(b, of_member)?);
                self.numbers_by(Op::Arithmetic(Arithmetic::Years, a, b), of_member)
            }
            Node::If(condition, a, b) => self.choose(condition, a, b, place, of_member)?,
            Node::Any(body) => {
                let body = self.truth_lanes(body, true);
                self.bytes_by(Op::Any(body), false)
            }
            Node::All(body) => {
                let body = self.truth_lanes(body, true);
                self.bytes_by(Op::All(body), false)
            }
            Node::Count(body) => {
                let body = self.truth_lanes(body, true);
                self.numbers_by(Op::Count(body), false)
            }
            Node::Sum(body) => {
                let body = self.number_lanes(body, true)?;
                self.numbers_by(Op::Sum(body), false)
            }
            Node::Best(count, body) => {
                let Numbers::Same(count) = self.numbers(count, false)? else {
                    return None;
                };
                // A family has at most forty members.
                let count = count.clamp(0, crate::family::MAX_MEMBERS as i64) as u8;
                let body = self.number_lanes(body, true)?;
                self.numbers_by(Op::Best(count, body), false)
            }
            Node::Bool(_) | Node::Number { .. } | Node::Parameter(_) => return None,
        })
    }

    fn fact(&self, fact: FactIndex) -> Option<Found> {
        let column = self.layout.column(fact)?;
        Some(match self.layout.columns[usize::from(column)].kind {
            super::layout::Kind::Number => Found::Numbers(Numbers::Column(column)),
            _ => Found::Bytes(Bytes::Column(column)),
        })
    }

    /// The operand of [`Node::Known`].
    fn fact_node(&self, known: &Node) -> Option<NodeId> {
        known.reads().next()
    }

    fn and_or(&mut self, a: NodeId, b: NodeId, and: bool, of_member: bool) -> Found {
        let (a, b) = (self.truth(a, of_member), self.truth(b, of_member));
        let (absorbing, neutral) = if and { (FALSE, TRUE) } else { (TRUE, FALSE) };
        match (a, b) {
            (Found::Truth(truth), other) | (other, Found::Truth(truth)) if truth == neutral => {
                other
            }
            (Found::Truth(truth), _) | (_, Found::Truth(truth)) if truth == absorbing => {
                Found::Truth(absorbing)
            }
            (Found::Open, Found::Open) => Found::Open,
            (a, b) => {
                let (a, b) = (self.as_lanes(a, of_member), self.as_lanes(b, of_member));
                let op = if and { Op::And(a, b) } else { Op::Or(a, b) };
                self.bytes_by(op, of_member)
            }
        }
    }

    fn choose(
        &mut self,
        condition: NodeId,
        a: NodeId,
        b: NodeId,
        place: usize,
        of_member: bool,
    ) -> Option<Found> {
        let condition = self.settled_bytes(condition, of_member)?;
        Some(match self.pack.checked.types[place] {
            Type::Truth => {
                let (a, b) = (
                    self.truth_lanes(a, of_member),
                    self.truth_lanes(b, of_member),
                );
                self.bytes_by(Op::ChooseBytes(condition, a, b, OPEN_TRUTH), of_member)
            }
            Type::Code(_) => {
                let (a, b) = (
                    self.settled_bytes(a, of_member)?,
                    self.settled_bytes(b, of_member)?,
                );
                self.bytes_by(Op::ChooseBytes(condition, a, b, OPEN_CODE), of_member)
            }
            Type::Number(_) | Type::Date => {
                let (a, b) = (
                    self.number_lanes(a, of_member)?,
                    self.number_lanes(b, of_member)?,
                );
                self.numbers_by(Op::ChooseNumber(condition, a, b), of_member)
            }
            _ => return None,
        })
    }

    fn readiness(&mut self) -> Bytes {
        let pack = self.pack;
        let readiness = pack.readiness();
        let mut choices = vec![(readiness.protected, PROTECTED)];
        let mut otherwise = OPEN_CODE;
        if readiness.grades.len() <= MOST_GRADES {
            for (place, grade) in readiness.grades.iter().enumerate() {
                match grade.when {
                    Some(when) => choices.push((when, place as u8)),
                    None => {
                        otherwise = place as u8;
                        break;
                    }
                }
            }
        } else {
            choices.clear();
        }
        self.first_of(&choices, otherwise, false)
    }
}

/// A value that hangs on no fact.
fn constant(value: Possible) -> Option<Found> {
    match value {
        Possible::Truth(truth @ (TRUE | FALSE)) => Some(Found::Truth(truth)),
        value => {
            let number = i64::try_from(value.exactly()?).ok()?;
            Some(Found::Numbers(Numbers::Same(number)))
        }
    }
}
