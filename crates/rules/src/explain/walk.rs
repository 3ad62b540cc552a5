//! Which facts a result hangs on: down from the result, along what settled it, or along what leaves it open.

use crate::evaluate::Evaluation;
use crate::node::{Node, NodeId};
use crate::pack::{FactIndex, FactRef};
use crate::possible::{FALSE, Possible, TRUE};

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The facts that settled a result; where it is open, those too that it still hangs on.
    Settled,
    /// Only what is unknown and leaves the result open.
    Open,
}

/// Something that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    Fact(FactRef),
    Parameter(u16),
}

/// What was read, each once, in the order of reading.
pub(super) struct Reads {
    pub(super) found: Vec<Read>,
    /// In which round a value was passed last: whatever lies below it is found.
    seen: Vec<u8>,
    round: u8,
}

impl Reads {
    /// Begins anew, in the same memory.
    pub(super) fn again(&mut self) {
        self.found.clear();
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(0);
            self.round = 1;
        }
    }
}

impl Evaluation<'_> {
    pub(super) fn reads(&self) -> Reads {
        Reads {
            found: Vec::new(),
            seen: vec![0; self.values.len()],
            round: 1,
        }
    }

    pub(super) fn walk(&self, node: NodeId, member: usize, purpose: Purpose, reads: &mut Reads) {
        let place = self.place(node, member);
        match reads.seen.get_mut(place) {
            Some(seen) if *seen != reads.round => *seen = reads.round,
            _ => return,
        }
        // It was found in its place just now.
        let Some(value) = self.values.get(place) else {
            return;
        };
        if purpose == Purpose::Open && value.is_certain() {
            return;
        }
        match *self.node(node) {
            Node::Fact(fact) => {
                let member = self.is_of_member(node).then_some(member as u16);
                reads.found.push(Read::Fact(FactRef {
                    fact: FactIndex(fact),
                    member,
                }));
            }
            Node::Region => {
                if let Some(village) = self.pack.checked.village {
                    reads.found.push(Read::Fact(FactRef::family(village)));
                }
            }
            Node::Parameter(parameter) => {
                let missing = self.parameters[usize::from(parameter)].exactly().is_none();
                if purpose == Purpose::Settled || missing {
                    reads.found.push(Read::Parameter(parameter));
                }
            }
            // One false side settles "and", one true side settles "or".
            Node::And(a, b) => self.walk_sides(a, b, value.truth(), FALSE, member, purpose, reads),
            Node::Or(a, b) => self.walk_sides(a, b, value.truth(), TRUE, member, purpose, reads),
            Node::If(condition, a, b) => {
                self.walk(condition, member, purpose, reads);
                let truth = self.truth(condition, member);
                if truth & TRUE != 0 {
                    self.walk(a, member, purpose, reads);
                }
                if truth & FALSE != 0 {
                    self.walk(b, member, purpose, reads);
                }
            }
            Node::Any(body) => self.walk_members(body, value.truth(), TRUE, purpose, reads),
            Node::All(body) => self.walk_members(body, value.truth(), FALSE, purpose, reads),
            Node::Count(body) | Node::Sum(body) => {
                for each in 0..self.persons() {
                    self.walk(body, each, purpose, reads);
                }
            }
            Node::Best(count, body) => {
                self.walk(count, member, purpose, reads);
                for each in 0..self.persons() {
                    self.walk(body, each, purpose, reads);
                }
            }
            Node::Schedule(schedule) => {
                self.walk_schedule(schedule, *value, member, purpose, reads)
            }
            _ => {
                self.reads_any(node, |read| {
                    self.walk(read, member, purpose, reads);
                    false
                });
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn walk_sides(
        &self,
        a: NodeId,
        b: NodeId,
        truth: u8,
        settles: u8,
        member: usize,
        purpose: Purpose,
        reads: &mut Reads,
    ) {
        for side in [a, b] {
            let settled_by_others = truth == settles && self.truth(side, member) != settles;
            if !settled_by_others {
                self.walk(side, member, purpose, reads);
            }
        }
    }

    fn walk_members(
        &self,
        body: NodeId,
        truth: u8,
        settles: u8,
        purpose: Purpose,
        reads: &mut Reads,
    ) {
        for member in 0..self.persons() {
            let settled_by_others = truth == settles && self.truth(body, member) != settles;
            if !settled_by_others {
                self.walk(body, member, purpose, reads);
            }
        }
    }

    fn walk_schedule(
        &self,
        schedule: u16,
        value: Possible,
        member: usize,
        purpose: Purpose,
        reads: &mut Reads,
    ) {
        let options = &self.pack.file().schedules[usize::from(schedule)].options;
        let Possible::Code(bits) = value else {
            return;
        };
        let nothing_applies = bits & (1 << options.len()) != 0;
        for (place, option) in options.iter().enumerate() {
            if nothing_applies || bits & (1 << place) != 0 || !value.is_certain() {
                self.walk(option.when, member, purpose, reads);
            }
        }
    }
}
