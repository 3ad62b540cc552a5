//! Operators: logic, comparisons and arithmetic.

use super::equality::{equal, one_of};
use super::{Scope, spelled, truth, value};
use crate::finding::Problem;
use crate::graph::{Kind, Typed};
use crate::names::Names;
use cel::common::ast::{IdedExpr, operators};
use naik_kelas_rules::node::{Comparison, Node};

/// An operator applied, or nothing where the name is not an operator's.
pub(super) fn operator(
    names: &mut Names<'_>,
    name: &str,
    args: &[IdedExpr],
    scope: &Scope,
) -> Result<Option<Typed>, Problem> {
    let result = match (name, args) {
        (operators::LOGICAL_AND | operators::LOGICAL_OR, [first, rest @ ..]) => {
            let mut joined = truth(names, first, scope)?;
            for side in rest {
                let side = truth(names, side, scope)?;
                joined = match name {
                    operators::LOGICAL_AND => names.graph.and(joined, side),
                    _ => names.graph.or(joined, side),
                };
            }
            joined
        }
        (operators::LOGICAL_NOT, [a]) => {
            let a = truth(names, a, scope)?;
            names.graph.not(a)
        }
        (operators::CONDITIONAL, [condition, yes, no]) => {
            let condition = truth(names, condition, scope)?;
            let (yes, no) = (value(names, yes, scope)?, value(names, no, scope)?);
            choice(names, condition, yes, no)?
        }
        (operators::EQUALS, [a, b]) => equal(names, a, b, scope)?,
        (operators::NOT_EQUALS, [a, b]) => {
            let equal = equal(names, a, b, scope)?;
            names.graph.not(equal)
        }
        (operators::LESS, [a, b]) => ordered(names, Comparison::Less, a, b, scope)?,
        (operators::LESS_EQUALS, [a, b]) => ordered(names, Comparison::AtMost, a, b, scope)?,
        (operators::GREATER, [a, b]) => ordered(names, Comparison::Less, b, a, scope)?,
        (operators::GREATER_EQUALS, [a, b]) => ordered(names, Comparison::AtMost, b, a, scope)?,
        (operators::IN, [a, b]) => one_of(names, a, b, scope)?,
        (operators::NEGATE, [a]) => {
            let a = number(names, a, scope)?;
            let zero = names.graph.number(0, a.1);
            arithmetic(names, Node::Subtract(zero.node, a.0.node), a.1, zero, a.0)
        }
        (operators::ADD | operators::SUBSTRACT, [a, b]) => {
            let (a, b, scale) = same_scale(names, a, b, scope)?;
            let node = match name {
                operators::ADD => Node::Add(a.node, b.node),
                _ => Node::Subtract(a.node, b.node),
            };
            arithmetic(names, node, scale, a, b)
        }
        (operators::MULTIPLY, [a, b]) => {
            let (a, b) = (number(names, a, scope)?, number(names, b, scope)?);
            let scale = a.1 + b.1;
            if scale > 9 {
                return Err(Problem::new(
                    "too many decimals are multiplied",
                    "At most three numbers with decimals.",
                ));
            }
            arithmetic(names, Node::Multiply(a.0.node, b.0.node), scale, a.0, b.0)
        }
        (operators::DIVIDE | operators::MODULO, [a, b]) => {
            let ((a, first), (b, second)) = (number(names, a, scope)?, number(names, b, scope)?);
            if first != 0 || second != 0 {
                return Err(Problem::new(
                    "numbers with decimals are not divided, for the result may not be exact",
                    "Multiply the other side instead: area >= limit * persons.",
                ));
            }
            let node = match name {
                operators::DIVIDE => Node::Divide(a.node, b.node),
                _ => Node::Remainder(a.node, b.node),
            };
            Typed {
                money: a.money && !b.money,
                ..arithmetic(names, node, 0, a, b)
            }
        }
        _ => return Ok(None),
    };
    Ok(Some(result))
}

/// One of two values.
pub(super) fn choice(
    names: &mut Names<'_>,
    condition: Typed,
    yes: Typed,
    no: Typed,
) -> Result<Typed, Problem> {
    let (yes, no, kind) = match (yes.kind, no.kind) {
        (Kind::Number(a), Kind::Number(b)) => {
            let scale = a.max(b);
            (
                names.graph.scale_to(yes, a, scale),
                names.graph.scale_to(no, b, scale),
                Kind::Number(scale),
            )
        }
        (a, b) if a == b => (yes, no, a),
        _ => {
            return Err(Problem::new(
                "the two results of ? : are not of one kind",
                "Make both numbers, or both conditions.",
            ));
        }
    };
    let node = names
        .graph
        .node(Node::If(condition.node, yes.node, no.node));
    Ok(Typed {
        node,
        kind,
        of_member: condition.of_member || yes.of_member || no.of_member,
        money: yes.money || no.money,
        unit: names.units.same(yes.unit, no.unit),
    })
}

fn arithmetic(names: &mut Names<'_>, node: Node, scale: u8, a: Typed, b: Typed) -> Typed {
    let unit = match node {
        Node::Multiply(..) => names.units.product(a.unit, b.unit),
        Node::Divide(..) => names.units.quotient(a.unit, b.unit),
        _ => names.units.same(a.unit, b.unit),
    };
    Typed {
        node: names.graph.node(node),
        kind: Kind::Number(scale),
        of_member: a.of_member || b.of_member,
        money: a.money || b.money,
        unit,
    }
}

/// A number and its decimals.
pub(super) fn number(
    names: &mut Names<'_>,
    expression: &IdedExpr,
    scope: &Scope,
) -> Result<(Typed, u8), Problem> {
    let typed = value(names, expression, scope)?;
    match typed.kind {
        Kind::Number(scale) => Ok((typed, scale)),
        _ => Err(Problem::new(
            format!("`{}` is not a number", spelled(expression)),
            "Only numbers are computed with.",
        )),
    }
}

/// Two numbers, brought to the same decimals.
pub(super) fn same_scale(
    names: &mut Names<'_>,
    a: &IdedExpr,
    b: &IdedExpr,
    scope: &Scope,
) -> Result<(Typed, Typed, u8), Problem> {
    let ((a, first), (b, second)) = (number(names, a, scope)?, number(names, b, scope)?);
    let scale = first.max(second);
    Ok((
        names.graph.scale_to(a, first, scale),
        names.graph.scale_to(b, second, scale),
        scale,
    ))
}

fn ordered(
    names: &mut Names<'_>,
    comparison: Comparison,
    a: &IdedExpr,
    b: &IdedExpr,
    scope: &Scope,
) -> Result<Typed, Problem> {
    let (left, right) = (value(names, a, scope)?, value(names, b, scope)?);
    compare(names, comparison, left, right).ok_or_else(|| {
        Problem::new(
            format!("`{}` and `{}` cannot be compared", spelled(a), spelled(b)),
            "Compare numbers with numbers, and days with days.",
        )
    })
}

pub(super) fn compare(
    names: &mut Names<'_>,
    comparison: Comparison,
    a: Typed,
    b: Typed,
) -> Option<Typed> {
    match (a.kind, b.kind) {
        (Kind::Number(first), Kind::Number(second)) => {
            names.units.same(a.unit, b.unit);
            let scale = first.max(second);
            let (a, b) = (
                names.graph.scale_to(a, first, scale),
                names.graph.scale_to(b, second, scale),
            );
            Some(names.graph.compare(comparison, a, b))
        }
        (Kind::Date, Kind::Date) => Some(names.graph.compare(comparison, a, b)),
        _ => None,
    }
}
