//! The nodes of a pack while it is compiled: the same expression is one node, wherever it is written.

use crate::finding::Problem;
use crate::limits;
use crate::names::already_said;
use crate::units::Unit;
use naik_kelas_rules::node::{Comparison, Node, NodeId};
use naik_kelas_rules::pack::{MOST_DEPTH, Schedule};
use std::collections::HashMap;

/// What an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Truth,
    /// A number with so many decimals.
    Number(u8),
    Date,
    /// A code of this list.
    Code(u16),
    /// Several codes of this list.
    Codes(u16),
    Region,
    Text,
    /// The colour of an indicator.
    Colour,
}

/// A node with what is known about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) node: NodeId,
    pub(crate) kind: Kind,
    /// It has a value for each member.
    pub(crate) of_member: bool,
    /// It is an amount of rupiah.
    pub(crate) money: bool,
    /// What it is measured in, where that is known.
    pub(crate) unit: Option<Unit>,
}

#[derive(Default)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    places: HashMap<Node, NodeId>,
    /// For each node, how long the longest chain of nodes is that it hangs on.
    depths: Vec<u16>,
    is_full: bool,
    /// A limit that an expression has passed, until it is said where.
    pub(crate) fault: Option<Problem>,
}

impl Graph {
    /// The place of a node; it is added where it is new and there is room for it.
    pub(crate) fn node(&mut self, node: Node) -> NodeId {
        let reads: Vec<NodeId> = node.reads().collect();
        self.add(node, reads)
    }

    /// The node of a schedule, which hangs on its options.
    pub(crate) fn schedule(&mut self, place: u16, schedule: &Schedule) -> NodeId {
        let options = schedule.options.iter();
        let reads = options.flat_map(|option| [option.when, option.amount]);
        self.add(Node::Schedule(place), reads)
    }

    fn add(&mut self, node: Node, reads: impl IntoIterator<Item = NodeId>) -> NodeId {
        if let Some(place) = self.places.get(&node) {
            return *place;
        }
        let below = reads.into_iter().map(|read| self.depths[usize::from(read)]);
        let depth = below.max().unwrap_or(0) + 1;
        if depth > MOST_DEPTH {
            self.fault.get_or_insert_with(limits::too_long_a_chain);
            return 0;
        }
        let place = match NodeId::try_from(self.nodes.len()) {
            Ok(place) if self.nodes.len() < limits::MOST_NODES => place,
            _ => {
                let is_new = !std::mem::replace(&mut self.is_full, true);
                self.fault.get_or_insert_with(|| match is_new {
                    true => limits::too_many_nodes(),
                    false => already_said(),
                });
                return 0;
            }
        };
        self.nodes.push(node);
        self.depths.push(depth);
        self.places.insert(node, place);
        place
    }

    pub(crate) fn bool(&mut self, value: bool) -> Typed {
        let node = self.node(Node::Bool(value));
        Typed {
            node,
            kind: Kind::Truth,
            of_member: false,
            money: false,
            unit: None,
        }
    }

    pub(crate) fn number(&mut self, value: i64, scale: u8) -> Typed {
        let node = self.node(Node::Number { value, scale });
        Typed {
            node,
            kind: Kind::Number(scale),
            of_member: false,
            money: false,
            unit: None,
        }
    }

    pub(crate) fn truth(&mut self, node: Node, of_member: bool) -> Typed {
        let node = self.node(node);
        Typed {
            node,
            kind: Kind::Truth,
            of_member,
            money: false,
            unit: None,
        }
    }

    pub(crate) fn not(&mut self, a: Typed) -> Typed {
        match self.nodes[usize::from(a.node)] {
            Node::Not(inner) => Typed { node: inner, ..a },
            Node::Bool(value) => self.bool(!value),
            _ => self.truth(Node::Not(a.node), a.of_member),
        }
    }

    pub(crate) fn and(&mut self, a: Typed, b: Typed) -> Typed {
        self.truth(Node::And(a.node, b.node), a.of_member || b.of_member)
    }

    pub(crate) fn or(&mut self, a: Typed, b: Typed) -> Typed {
        self.truth(Node::Or(a.node, b.node), a.of_member || b.of_member)
    }

    pub(crate) fn compare(&mut self, comparison: Comparison, a: Typed, b: Typed) -> Typed {
        self.truth(
            Node::Compare(comparison, a.node, b.node),
            a.of_member || b.of_member,
        )
    }

    /// The same number with more decimals.
    pub(crate) fn scale_to(&mut self, a: Typed, own: u8, wanted: u8) -> Typed {
        if own >= wanted {
            return a;
        }
        let digits = wanted - own;
        if let Node::Number { value, .. } = self.nodes[usize::from(a.node)]
            && let Some(value) = value.checked_mul(10i64.pow(u32::from(digits)))
        {
            return Typed {
                money: a.money,
                unit: a.unit,
                ..self.number(value, wanted)
            };
        }
        let node = self.node(Node::Scale(a.node, digits));
        Typed {
            node,
            kind: Kind::Number(wanted),
            ..a
        }
    }
}
