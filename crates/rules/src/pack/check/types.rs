//! The type of each kind of node, from the types of its operands.

use super::{Checked, MOST_CODES, MOST_DECIMALS, PackError, Type};
use crate::node::{Node, NodeId};
use crate::pack::{FactKind, PackFile, Parameter, ParameterKind, TableKey};

impl Checked {
    pub(super) fn node_type(&self, file: &PackFile, node: &Node) -> Result<Type, PackError> {
        let is = |node: NodeId, wanted: Type| match self.type_of(node)? == wanted {
            true => Ok(()),
            false => Err(PackError::Type),
        };
        let number = |node: NodeId| match self.type_of(node)? {
            Type::Number(scale) => Ok(scale),
            _ => Err(PackError::Type),
        };
        let same_number = |a: NodeId, b: NodeId| {
            let scale = number(a)?;
            is(b, Type::Number(scale)).map(|()| Type::Number(scale))
        };
        let scaled = |scale: u8| match scale <= MOST_DECIMALS {
            true => Ok(Type::Number(scale)),
            false => Err(PackError::Type),
        };
        let whole = |a: NodeId, b: NodeId| {
            is(a, Type::Number(0))?;
            is(b, Type::Number(0)).map(|()| Type::Number(0))
        };
        let truths = |a: NodeId, b: NodeId| {
            is(a, Type::Truth)?;
            is(b, Type::Truth).map(|()| Type::Truth)
        };
        let body = |node: NodeId| {
            let kind = self.type_of(node)?;
            self.is_of_member(node)
                .then_some(kind)
                .ok_or(PackError::Type)
        };
        let truth_body = |node: NodeId| match body(node)? {
            Type::Truth => Ok(()),
            _ => Err(PackError::Type),
        };
        Ok(match *node {
            Node::Bool(_) => Type::Truth,
            Node::Number { scale, .. } => scaled(scale)?,
            Node::Fact(fact) => {
                let fact = file
                    .facts
                    .get(usize::from(fact))
                    .ok_or(PackError::Reference)?;
                match (fact.kind, fact.code_list) {
                    (FactKind::Bool, _) => Type::Truth,
                    (FactKind::Int | FactKind::Money, _) => Type::Number(0),
                    (FactKind::Decimal, _) => Type::Number(3),
                    (FactKind::Date, _) => Type::Date,
                    (FactKind::Code, Some(list)) => Type::Code(list),
                    (FactKind::Codes, Some(list)) => Type::Codes(list),
                    (FactKind::Text, _) => Type::Text,
                    (FactKind::Code | FactKind::Codes, None) => return Err(PackError::Reference),
                }
            }
            Node::Parameter(parameter) => match parameter_at(file, parameter)?.kind {
                ParameterKind::Int | ParameterKind::Money => Type::Number(0),
                ParameterKind::Decimal => Type::Number(3),
                ParameterKind::List => return Err(PackError::Type),
            },
            Node::Table { table, key } => {
                let table = file
                    .tables
                    .get(usize::from(table))
                    .ok_or(PackError::Reference)?;
                match table.by {
                    TableKey::Region => is(key, Type::Region)?,
                    TableKey::Code(list) => is(key, Type::Code(list))?,
                }
                Type::Number(0)
            }
            Node::AssessedOn => Type::Date,
            Node::Persons | Node::Greens | Node::Reds => Type::Number(0),
            Node::Region => Type::Region,
            Node::Indicator(indicator) => {
                let known = usize::from(indicator) < file.readiness.indicators.len();
                known.then_some(Type::Colour).ok_or(PackError::Reference)?
            }
            Node::Schedule(schedule) => {
                let schedule = file
                    .schedules
                    .get(usize::from(schedule))
                    .ok_or(PackError::Reference)?;
                for option in &schedule.options {
                    is(option.when, Type::Truth)?;
                    is(option.amount, Type::Number(0))?;
                    if self.is_of_member(option.amount) {
                        return Err(PackError::Type);
                    }
                }
                Type::Code(schedule.code_list)
            }
            Node::ScheduleAmount(schedule) => {
                match file.nodes.get(usize::from(schedule)) {
                    Some(Node::Schedule(_)) => self.type_of(schedule)?,
                    _ => return Err(PackError::Type),
                };
                Type::Number(0)
            }
            Node::Not(a) => is(a, Type::Truth).map(|()| Type::Truth)?,
            Node::And(a, b) | Node::Or(a, b) | Node::SameTruth(a, b) => truths(a, b)?,
            Node::Compare(_, a, b) => match self.type_of(a)? {
                Type::Date => is(b, Type::Date).map(|()| Type::Truth)?,
                Type::Number(_) => same_number(a, b).map(|_| Type::Truth)?,
                _ => return Err(PackError::Type),
            },
            Node::OneOf(a, _) => match self.type_of(a)? {
                Type::Code(_) | Type::Colour => Type::Truth,
                _ => return Err(PackError::Type),
            },
            Node::OneOfParameter(a, parameter) => {
                let parameter = parameter_at(file, parameter)?;
                match (self.type_of(a)?, parameter.kind, parameter.code_list) {
                    (Type::Code(list), ParameterKind::List, Some(named)) if list == named => {
                        Type::Truth
                    }
                    _ => return Err(PackError::Type),
                }
            }
            Node::Includes(a, bit) => match self.type_of(a)? {
                Type::Codes(_) if usize::from(bit) < MOST_CODES => Type::Truth,
                _ => return Err(PackError::Type),
            },
            Node::Known(a) => match file.nodes.get(usize::from(a)) {
                Some(Node::Fact(_)) => self.type_of(a).map(|_| Type::Truth)?,
                _ => return Err(PackError::Type),
            },
            Node::Add(a, b) | Node::Subtract(a, b) | Node::Min(a, b) | Node::Max(a, b) => {
                same_number(a, b)?
            }
            Node::Multiply(a, b) => scaled(number(a)?.saturating_add(number(b)?))?,
            Node::Divide(a, b) | Node::Remainder(a, b) => whole(a, b)?,
            Node::If(condition, a, b) => {
                is(condition, Type::Truth)?;
                let result = self.type_of(a)?;
                is(b, result).map(|()| result)?
            }
            Node::Scale(a, digits) => scaled(number(a)?.saturating_add(digits))?,
            Node::Years(a, b) => {
                is(a, Type::Date)?;
                is(b, Type::Date).map(|()| Type::Number(0))?
            }
            Node::DaysBefore(a, b) => {
                is(a, Type::Date)?;
                is(b, Type::Number(0)).map(|()| Type::Date)?
            }
            Node::Any(a) | Node::All(a) => truth_body(a).map(|()| Type::Truth)?,
            Node::Count(a) => truth_body(a).map(|()| Type::Number(0))?,
            Node::Sum(a) => match body(a)? {
                Type::Number(scale) => Type::Number(scale),
                _ => return Err(PackError::Type),
            },
            Node::Best(count, a) => match (self.type_of(count)?, body(a)?) {
                (Type::Number(0), Type::Number(scale)) => Type::Number(scale),
                _ => return Err(PackError::Type),
            },
        })
    }
}

fn parameter_at(file: &PackFile, parameter: u16) -> Result<&Parameter, PackError> {
    file.parameters
        .get(usize::from(parameter))
        .ok_or(PackError::Reference)
}
