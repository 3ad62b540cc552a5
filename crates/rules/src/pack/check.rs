//! Whether a pack holds together: every reference leads somewhere, every expression has the type that its place
//! asks for, and children stand before their parents, so that evaluation always ends.

mod types;

use super::vocabulary::{check_vocabulary, domain, places, village};
use super::{FactIndex, PackFile, model::Persons};
use crate::node::{Node, NodeId};
use crate::pack::cones::{Cone, Cones, for_each_read};
use crate::possible::Possible;

/// Why a compiled pack cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    /// The bytes are not a pack, or they are cut off.
    Malformed,
    /// The pack was written in a format that this version does not know.
    Format,
    /// A reference leads nowhere.
    Reference,
    /// An expression is not of the type that its place asks for.
    Type,
    /// A list is longer than can be handled.
    TooLarge,
    /// Dates or bounds are out of order, or a readiness has no last grade.
    Order,
}

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Truth,
    Number(u8),
    Date,
    Code(u16),
    Codes(u16),
    Region,
    Text,
    /// The colour of an indicator.
    Colour,
}

/// Where a fact stands in a family.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) slot: usize,
    pub(crate) of_member: bool,
}

/// What was learnt while checking, kept for evaluation.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    places: Vec<Place>,
    /// The fact whose digits say where the family lives.
    pub(crate) village: Option<FactIndex>,
    pub(crate) family_facts: usize,
    pub(crate) member_facts: usize,
    pub(crate) types: Vec<Type>,
    /// Whether a node has a value for each member.
    pub(crate) of_member: Vec<bool>,
    /// The place of a node among the family's nodes, or among the members'; [`OF_MEMBER`] tells which.
    pub(crate) rows: Vec<u32>,
    /// What each fact can be while it is not known.
    pub(crate) domains: Vec<Possible>,
    pub(crate) family_rows: usize,
    pub(crate) member_rows: usize,
    pub(crate) cones: Cones,
}

/// The bit of a row that says that it is a member's.
pub(crate) const OF_MEMBER: u32 = 1 << 31;

/// The longest chain of nodes that hang on one another: explaining follows it on a small stack.
pub const MOST_DEPTH: u16 = 256;
/// The most decimals that a number may have.
const MOST_DECIMALS: u8 = 9;
/// The most codes in a list.
const MOST_CODES: usize = 64;
/// The most indicators of readiness: their tally is kept in bits.
const MOST_INDICATORS: usize = 63;

impl Checked {
    pub(crate) fn new(file: &PackFile) -> Result<Checked, PackError> {
        if file.format != super::FORMAT {
            return Err(PackError::Format);
        }
        let fits = |length: usize| length < usize::from(u16::MAX);
        let sizes = [
            file.facts.len(),
            file.nodes.len(),
            file.parameters.len(),
            file.tables.len(),
            file.schedules.len(),
            file.code_lists.len(),
        ];
        if !sizes.into_iter().all(fits)
            || file.readiness.indicators.len() > MOST_INDICATORS
            || file
                .code_lists
                .iter()
                .any(|list| list.codes.len() > MOST_CODES)
        {
            return Err(PackError::TooLarge);
        }
        check_vocabulary(file)?;
        let (places, family_facts, member_facts) = places(file);
        let mut checked = Checked {
            places,
            village: village(file),
            family_facts,
            member_facts,
            types: Vec::with_capacity(file.nodes.len()),
            of_member: Vec::with_capacity(file.nodes.len()),
            rows: Vec::with_capacity(file.nodes.len()),
            domains: file.facts.iter().map(|fact| domain(file, fact)).collect(),
            family_rows: 0,
            member_rows: 0,
            cones: Cones::default(),
        };
        let mut depths: Vec<u16> = Vec::with_capacity(file.nodes.len());
        for node in &file.nodes {
            checked.add_node(file, node)?;
            let mut below = 0;
            for_each_read(file, node, |read| {
                below = below.max(depths[usize::from(read)]);
            });
            if below >= MOST_DEPTH {
                return Err(PackError::TooLarge);
            }
            depths.push(below + 1);
        }
        checked.check_places(file)?;
        checked.cones = Cones::new(file, &checked);
        Ok(checked)
    }

    pub(crate) fn slot_of(&self, fact: FactIndex) -> Option<Place> {
        self.places.get(usize::from(fact.0)).copied()
    }

    pub(crate) fn cone(&self, cone: u16) -> &Cone {
        self.cones.get(cone)
    }

    fn type_of(&self, node: NodeId) -> Result<Type, PackError> {
        self.types
            .get(usize::from(node))
            .copied()
            .ok_or(PackError::Reference)
    }

    fn is_of_member(&self, node: NodeId) -> bool {
        self.of_member
            .get(usize::from(node))
            .copied()
            .unwrap_or(false)
    }

    fn add_node(&mut self, file: &PackFile, node: &Node) -> Result<(), PackError> {
        // An operand that stands behind its parent is not in `types` yet, and so a reference to nowhere.
        let result = self.node_type(file, node)?;
        let of_member = match node {
            Node::Any(_) | Node::All(_) | Node::Count(_) | Node::Sum(_) => false,
            Node::Best(count, _) if self.is_of_member(*count) => return Err(PackError::Type),
            Node::Best(..) => false,
            Node::Schedule(_) => true,
            Node::Fact(fact) => self
                .slot_of(FactIndex(*fact))
                .is_some_and(|place| place.of_member),
            node => node
                .operands()
                .iter()
                .any(|operand| self.is_of_member(operand)),
        };
        let rows = if of_member {
            &mut self.member_rows
        } else {
            &mut self.family_rows
        };
        let row = u32::from(u16::try_from(*rows).map_err(|_| PackError::TooLarge)?);
        self.rows
            .push(if of_member { row | OF_MEMBER } else { row });
        *rows += 1;
        self.types.push(result);
        self.of_member.push(of_member);
        Ok(())
    }

    /// Every place that holds an expression holds one of the right type and scope.
    fn check_places(&self, file: &PackFile) -> Result<(), PackError> {
        let of_family = |node: NodeId, wanted: Type| match self.type_of(node)? == wanted
            && !self.is_of_member(node)
        {
            true => Ok(()),
            false => Err(PackError::Type),
        };
        let truth = |node: NodeId| match self.type_of(node)? {
            Type::Truth => Ok(()),
            _ => Err(PackError::Type),
        };
        for derived in &file.derived {
            self.type_of(derived.node)?;
        }
        for decision in &file.decisions {
            of_family(decision.eligible, Type::Truth)?;
            for condition in &decision.conditions {
                of_family(condition.test, Type::Truth)?;
            }
            if let Some(amount) = decision.amount {
                of_family(amount, Type::Number(0))?;
            }
            if let Some(named) = decision.names_members {
                truth(named)?;
            }
        }
        of_family(file.readiness.protected, Type::Truth)?;
        for indicator in &file.readiness.indicators {
            of_family(indicator.green, Type::Truth)?;
            of_family(indicator.yellow, Type::Truth)?;
        }
        for grade in &file.readiness.grades {
            if let Some(when) = grade.when {
                of_family(when, Type::Truth)?;
            }
        }
        if file
            .readiness
            .grades
            .last()
            .is_none_or(|last| last.when.is_some())
        {
            return Err(PackError::Order);
        }
        for (section, persons) in file.sections_and_persons() {
            if let Some(relevant) = section.relevant {
                of_family(relevant, Type::Truth)?;
            }
            for question in &section.questions {
                let fact = file
                    .facts
                    .get(usize::from(question.fact))
                    .ok_or(PackError::Reference)?;
                let fits = match persons {
                    Persons::Never => !fact.of_member(),
                    Persons::Also => true,
                    Persons::Only => fact.of_member(),
                };
                if !fits {
                    return Err(PackError::Type);
                }
                let tests = question.checks.iter().map(|check| check.test);
                for test in tests.chain(question.relevant) {
                    truth(test)?;
                    if self.is_of_member(test) && !fact.of_member() {
                        return Err(PackError::Type);
                    }
                }
            }
        }
        for form in &file.forms {
            let facts = form.carries.iter().chain(&form.next);
            if form.section.roster
                || facts
                    .copied()
                    .any(|fact| usize::from(fact) >= file.facts.len())
            {
                return Err(PackError::Reference);
            }
            for becomes in &form.becomes {
                if let Some(when) = becomes.when {
                    of_family(when, Type::Truth)?;
                }
            }
        }
        Ok(())
    }
}
