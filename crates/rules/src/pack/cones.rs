//! What each question to the engine depends on, found once when a pack is read.
//!
//! A *cone* is the list of nodes that a result is made of. A node of it that is read more than once is *shared*:
//! while its value is unknown, the results that read it are not independent of one another, and only trying its
//! possible values one by one gives an exact answer.

use super::PackFile;
use super::check::Checked;
use crate::node::{Node, NodeId};

/// No cone: the node is not a result of its own.
pub(crate) const NO_CONE: u16 = u16::MAX;

/// The nodes of one result, in the order of evaluation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cone {
    pub(crate) nodes: Vec<NodeId>,
    pub(crate) shared: Vec<NodeId>,
}

/// The cones of a pack.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cones {
    all: Vec<Cone>,
    /// For each node, its cone where it is a result of its own.
    of_node: Vec<u16>,
    /// For each indicator of readiness, the cone of both tests together.
    pub(crate) indicators: Vec<u16>,
    /// All conditions of grades together.
    pub(crate) grades: u16,
    /// Nodes that decisions, readiness and derived values need.
    pub(crate) for_decisions: Vec<bool>,
}

impl Cones {
    pub(crate) fn new(file: &PackFile, checked: &Checked) -> Cones {
        let mut cones = Cones {
            all: Vec::new(),
            of_node: vec![NO_CONE; file.nodes.len()],
            indicators: Vec::new(),
            grades: NO_CONE,
            for_decisions: vec![false; file.nodes.len()],
        };
        let mut builder = Builder::new(file, checked);
        for (place, node) in file.nodes.iter().enumerate() {
            match *node {
                // Members differ in nothing but their own facts, so each member's part is made exact by itself.
                Node::Any(body)
                | Node::All(body)
                | Node::Count(body)
                | Node::Sum(body)
                | Node::Best(_, body) => {
                    cones.add(&mut builder, body);
                }
                Node::Schedule(_) => cones.add(&mut builder, place as NodeId),
                _ => {}
            }
        }
        let mut roots = Vec::new();
        for decision in &file.decisions {
            roots.push(decision.eligible);
            roots.extend(decision.conditions.iter().map(|condition| condition.test));
            roots.extend(decision.amount);
            roots.extend(decision.names_members);
        }
        roots.push(file.readiness.protected);
        roots.extend(file.derived.iter().map(|derived| derived.node));
        for indicator in &file.readiness.indicators {
            let both = builder.cone(&[indicator.green, indicator.yellow]);
            let place = cones.push(both);
            cones.indicators.push(place);
            roots.extend([indicator.green, indicator.yellow]);
        }
        let whens: Vec<NodeId> = file
            .readiness
            .grades
            .iter()
            .filter_map(|grade| grade.when)
            .collect();
        let grades = builder.cone(&whens);
        cones.grades = cones.push(grades);
        roots.extend(whens);
        for &root in &roots {
            cones.add(&mut builder, root);
        }
        cones.for_decisions = builder.everything_below(&roots);
        for section in file.all_sections() {
            let questions = section.questions.iter();
            let tests = questions.flat_map(|question| {
                question
                    .checks
                    .iter()
                    .map(|check| check.test)
                    .chain(question.relevant)
            });
            for root in tests.chain(section.relevant) {
                cones.add(&mut builder, root);
            }
        }
        cones
    }

    pub(crate) fn get(&self, cone: u16) -> &Cone {
        static EMPTY: Cone = Cone {
            nodes: Vec::new(),
            shared: Vec::new(),
        };
        self.all.get(usize::from(cone)).unwrap_or(&EMPTY)
    }

    /// The cone of a node that is a result of its own; otherwise [`NO_CONE`].
    pub(crate) fn of_node(&self, node: NodeId) -> u16 {
        self.of_node
            .get(usize::from(node))
            .copied()
            .unwrap_or(NO_CONE)
    }

    fn add(&mut self, builder: &mut Builder<'_>, node: NodeId) {
        if self.of_node(node) == NO_CONE {
            let cone = builder.cone(&[node]);
            let place = self.push(cone);
            if let Some(slot) = self.of_node.get_mut(usize::from(node)) {
                *slot = place;
            }
        }
    }

    fn push(&mut self, cone: Cone) -> u16 {
        self.all.push(cone);
        // There are fewer cones than nodes and indicators together, far below the largest number.
        u16::try_from(self.all.len() - 1).unwrap_or(NO_CONE)
    }
}

struct Builder<'a> {
    file: &'a PackFile,
    checked: &'a Checked,
    /// Whether a node's value hangs on a fact of the family.
    on_family: Vec<bool>,
    /// How often each node is read within the cone that is being built; all zeros between two cones.
    reads: Vec<u16>,
    /// Nodes whose operands are still to be looked at; empty between two cones.
    waiting: Vec<(NodeId, bool)>,
}

impl<'a> Builder<'a> {
    fn new(file: &'a PackFile, checked: &'a Checked) -> Builder<'a> {
        let mut on_family = vec![false; file.nodes.len()];
        for (place, node) in file.nodes.iter().enumerate() {
            let mut depends = match node {
                Node::Fact(_) => !checked.of_member[place],
                Node::Region => true,
                _ => false,
            };
            for_each_read(file, node, |read| depends |= on_family[usize::from(read)]);
            on_family[place] = depends;
        }
        Builder {
            file,
            checked,
            on_family,
            reads: vec![0; file.nodes.len()],
            waiting: Vec::new(),
        }
    }

    fn cone(&mut self, roots: &[NodeId]) -> Cone {
        let of_member = roots
            .iter()
            .any(|&root| self.checked.of_member[usize::from(root)]);
        let (file, checked, on_family) = (self.file, self.checked, &self.on_family);
        let (reads, waiting) = (&mut self.reads, &mut self.waiting);
        let mut last = 0;
        for &root in roots {
            last = last.max(usize::from(root));
            // A result that is asked for, and read by another one besides, is read. A schedule is opened here only.
            reads[usize::from(root)] += 1;
            waiting.push((root, true));
        }
        while let Some((node, is_root)) = waiting.pop() {
            let node = &file.nodes[usize::from(node)];
            // A schedule is a result of its own: others take what it came to.
            if matches!(node, Node::Schedule(_)) && of_member && !is_root {
                continue;
            }
            for_each_read(file, node, |read| {
                let place = usize::from(read);
                let belongs = match of_member {
                    true => checked.of_member[place],
                    false => !checked.of_member[place] || on_family[place],
                };
                if belongs {
                    if reads[place] == 0 {
                        waiting.push((read, false));
                    }
                    reads[place] = reads[place].saturating_add(1);
                }
            });
        }
        let mut cone = Cone::default();
        for (place, node) in file.nodes.iter().enumerate().take(last + 1) {
            let times = core::mem::replace(&mut reads[place], 0);
            if times == 0 {
                continue;
            }
            cone.nodes.push(place as NodeId);
            let can_be_unknown = !matches!(
                node,
                Node::Bool(_)
                    | Node::Number { .. }
                    | Node::Parameter(_)
                    | Node::AssessedOn
                    | Node::Persons
            );
            if times > 1 && can_be_unknown && checked.of_member[place] == of_member {
                cone.shared.push(place as NodeId);
            }
        }
        cone
    }

    fn everything_below(&self, roots: &[NodeId]) -> Vec<bool> {
        let mut inside = vec![false; self.file.nodes.len()];
        for &root in roots {
            inside[usize::from(root)] = true;
        }
        for place in (0..self.file.nodes.len()).rev() {
            if inside[place] {
                for_each_read(self.file, &self.file.nodes[place], |read| {
                    inside[usize::from(read)] = true
                });
            }
        }
        inside
    }
}

/// Every node that a node reads, a schedule's options too.
pub(crate) fn for_each_read(file: &PackFile, node: &Node, mut each: impl FnMut(NodeId)) {
    if let Node::Schedule(schedule) = node {
        for option in file
            .schedules
            .get(usize::from(*schedule))
            .map_or(&[][..], |found| &found.options)
        {
            each(option.when);
            each(option.amount);
        }
    }
    for operand in node.operands().iter() {
        each(operand);
    }
}
