//! Trying the cases of unknown values that a result reads more than once.
//!
//! Bounds alone forget that two conditions read the same fact. Where that matters, the possible values of each
//! shared node are tried one by one, the nodes above it are computed anew, and the results are joined. The result
//! without trying is never too narrow, so trying stops as soon as the cases have reached all of it.

use super::engine::Evaluation;
use super::readiness::colours;
use crate::node::{Node, NodeId};
use crate::pack::cones::Cone;
use crate::possible::{FALSE, Possible, TRUE};

/// The most cases that are tried for one result.
const MOST_CASES: u32 = 4096;
/// The most cases of one number.
const MOST_PIECES: usize = 64;

/// A result that is to be made exact.
#[derive(Clone, Copy)]
pub(crate) enum Root {
    /// The value of a node.
    Node(NodeId),
    /// The colours that two tests leave to an indicator.
    Indicator { green: NodeId, yellow: NodeId },
}

/// A value to put back.
pub(crate) struct Undo {
    place: usize,
    value: Possible,
}

impl Evaluation<'_> {
    /// What a result can be, over all cases of the shared nodes in its cone.
    pub(crate) fn refine(&mut self, cone: u16, root: Root, member: usize) -> Possible {
        let pack = self.pack;
        let cone = pack.checked.cone(cone);
        let whole = self.result(root, member);
        if whole.is_certain() || cone.shared.is_empty() {
            return whole;
        }
        // A member's own part may be refined while a family's result is: each counts its own cases.
        let outer = core::mem::replace(&mut self.cases_left, MOST_CASES);
        let exact = self.try_cases(cone, root, member, 0, whole);
        self.cases_left = outer;
        exact
    }

    fn result(&self, root: Root, member: usize) -> Possible {
        match root {
            // The operands may have changed since the node itself was stored.
            Root::Node(node) => self.operate(node, member),
            Root::Indicator { green, yellow } => {
                colours(self.truth(green, member), self.truth(yellow, member))
            }
        }
    }

    fn try_cases(
        &mut self,
        cone: &Cone,
        root: Root,
        member: usize,
        from: usize,
        whole: Possible,
    ) -> Possible {
        if whole.is_certain() {
            return whole;
        }
        for (place, &node) in cone.shared.iter().enumerate().skip(from) {
            if self.value(node, member).is_certain() {
                continue;
            }
            let pieces = self.pieces(&cone.nodes, node, member);
            if pieces.len() < 2 {
                continue;
            }
            let mut joined: Option<Possible> = None;
            for piece in pieces {
                if self.cases_left == 0 {
                    self.gave_up = true;
                    return whole;
                }
                self.cases_left -= 1;
                let mark = self.undo.len();
                self.assume(cone, node, member, piece);
                let part = self.result(root, member);
                let part = self.try_cases(cone, root, member, place + 1, part);
                self.put_back(mark);
                let sum = joined.map_or(part, |sum| sum.join(part));
                if sum == whole {
                    return whole;
                }
                joined = Some(sum);
            }
            return joined.unwrap_or(whole);
        }
        whole
    }

    /// Gives a node a value, and computes anew what hangs on it within the cone.
    fn assume(&mut self, cone: &Cone, node: NodeId, member: usize, value: Possible) {
        let within_member = self.is_of_member(node);
        self.propagate(&cone.nodes, within_member, node, member, value);
    }

    /// Gives a fact's node a value, and computes anew all that hangs on it among `nodes`, the family's results too.
    pub(crate) fn suppose(
        &mut self,
        nodes: &[NodeId],
        node: NodeId,
        member: usize,
        value: Possible,
    ) {
        self.propagate(nodes, false, node, member, value);
    }

    fn propagate(
        &mut self,
        nodes: &[NodeId],
        within_member: bool,
        node: NodeId,
        member: usize,
        value: Possible,
    ) {
        let level = usize::from(within_member);
        let of_one_member = self.is_of_member(node);
        let mut marked = vec![node];
        self.replace(node, member, value);
        self.changed[level][usize::from(node)] = true;
        let first = nodes.partition_point(|&other| other <= node);
        for &other in &nodes[first..] {
            if !self.reads_any(other, |read| self.changed[level][usize::from(read)]) {
                continue;
            }
            let members = match (of_one_member, self.is_of_member(other)) {
                (true, true) => member..member + 1,
                (false, true) => 0..self.persons(),
                (_, false) => 0..1,
            };
            let mut differs = false;
            for each in members {
                // Within one member's refinement, what is refined already is not refined again.
                let value = if within_member {
                    self.operate(other, each)
                } else {
                    self.compute(other, each)
                };
                if value != self.value(other, each) {
                    differs = true;
                    self.replace(other, each, value);
                }
            }
            if differs {
                self.changed[level][usize::from(other)] = true;
                marked.push(other);
            }
        }
        for node in marked {
            self.changed[level][usize::from(node)] = false;
        }
    }

    fn replace(&mut self, node: NodeId, member: usize, value: Possible) {
        let place = self.place(node, member);
        if let Some(slot) = self.values.get_mut(place) {
            self.undo.push(Undo {
                place,
                value: *slot,
            });
            *slot = value;
        }
    }

    pub(crate) fn mark(&self) -> usize {
        self.undo.len()
    }

    pub(crate) fn put_back(&mut self, mark: usize) {
        while self.undo.len() > mark {
            if let Some(undo) = self.undo.pop() {
                self.values[undo.place] = undo.value;
            }
        }
    }

    /// Cases that together are all that a node can still be; fewer than two where there is nothing to try.
    pub(crate) fn pieces(&self, nodes: &[NodeId], node: NodeId, member: usize) -> Vec<Possible> {
        match (self.value(node, member), *self.node(node)) {
            (Possible::Truth(bits), _) => [TRUE, FALSE]
                .into_iter()
                .filter(|bit| bits & bit != 0)
                .map(Possible::Truth)
                .collect(),
            (Possible::Code(bits), _) => (0..64)
                .filter(|bit| bits & (1 << bit) != 0)
                .map(|bit| Possible::Code(1 << bit))
                .collect(),
            (Possible::Number { .. }, Node::Table { table, key }) => {
                let mut pieces = Vec::new();
                let table = &self.pack.file().tables[usize::from(table)];
                self.for_each_key(table, self.value(key, member), |value| {
                    if !pieces.contains(&value) {
                        pieces.push(value);
                    }
                });
                pieces
            }
            (Possible::Number { low, high }, _) => self.stretches(nodes, node, member, low, high),
            (Possible::Region(0), _) => self.regions(),
            _ => Vec::new(),
        }
    }

    /// Stretches of a number within which no comparison with a known number changes.
    fn stretches(
        &self,
        nodes: &[NodeId],
        node: NodeId,
        member: usize,
        low: i128,
        high: i128,
    ) -> Vec<Possible> {
        let mut ends: Vec<i128> = Vec::new();
        for &other in nodes {
            let Node::Compare(_, a, b) = *self.node(other) else {
                continue;
            };
            for (own, against) in [(a, b), (b, a)] {
                let digits = match *self.node(own) {
                    _ if own == node => 0,
                    Node::Scale(inner, digits) if inner == node => u32::from(digits.min(9)),
                    _ => continue,
                };
                let Some(limit) = self.value(against, member).exactly() else {
                    continue;
                };
                let floor = limit.div_euclid(10i128.pow(digits));
                for end in [floor.saturating_sub(1), floor] {
                    let known = ends.contains(&end) || ends.len() >= MOST_PIECES;
                    if low <= end && end < high && !known {
                        // The few ends are kept in order.
                        let place = ends.iter().position(|other| *other > end);
                        ends.insert(place.unwrap_or(ends.len()), end);
                    }
                }
            }
        }
        let mut pieces = Vec::with_capacity(ends.len() + 1);
        let mut from = low;
        for end in ends {
            pieces.push(Possible::Number {
                low: from,
                high: end,
            });
            from = end + 1;
        }
        pieces.push(Possible::Number { low: from, high });
        pieces
    }

    /// Every region that a table knows.
    fn regions(&self) -> Vec<Possible> {
        let mut pieces = Vec::new();
        let tables = self.pack.file().tables.iter();
        for row in tables
            .filter(|table| table.by == crate::pack::TableKey::Region)
            .flat_map(|table| &table.rows)
        {
            let region = if row.key < 100 {
                row.key * 100
            } else {
                row.key
            };
            let piece = Possible::Region(region.min(9999) as u16);
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
        pieces
    }
}
