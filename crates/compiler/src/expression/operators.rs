//! Operators: logic, comparisons and arithmetic.

use super::{Meaning, Scope, meaning, spelled, truth, value};
use crate::finding::Problem;
use crate::graph::{Kind, Typed};
use crate::names::Names;
use cel::common::ast::{IdedExpr, operators};
use naik_kelas_rules::node::{Comparison, Node};
use naik_kelas_rules::pack::ParameterKind;

/// The colours of indicators, in the order of their bits.
const COLOURS: [&str; 3] = ["green", "yellow", "red"];

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
    })
}

fn arithmetic(names: &mut Names<'_>, node: Node, scale: u8, a: Typed, b: Typed) -> Typed {
    Typed {
        node: names.graph.node(node),
        kind: Kind::Number(scale),
        of_member: a.of_member || b.of_member,
        money: a.money || b.money,
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

fn compare(names: &mut Names<'_>, comparison: Comparison, a: Typed, b: Typed) -> Option<Typed> {
    match (a.kind, b.kind) {
        (Kind::Number(first), Kind::Number(second)) => {
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

fn equal(
    names: &mut Names<'_>,
    a: &IdedExpr,
    b: &IdedExpr,
    scope: &Scope,
) -> Result<Typed, Problem> {
    match (meaning(names, a, scope)?, meaning(names, b, scope)?) {
        (Meaning::Value(typed), Meaning::Literal(code)) | (Meaning::Literal(code), Meaning::Value(typed)) => {
            code_in(names, typed, &[code])
        }
        (Meaning::Value(a), Meaning::Value(b)) if a.kind == Kind::Truth && b.kind == Kind::Truth => {
            Ok(names.graph.truth(Node::SameTruth(a.node, b.node), a.of_member || b.of_member))
        }
        (Meaning::Value(left), Meaning::Value(right)) => {
            compare(names, Comparison::Equal, left, right).ok_or_else(|| {
                Problem::new(
                    format!("`{}` and `{}` cannot be compared", spelled(a), spelled(b)),
                    "Compare numbers with numbers, days with days, and a fact with codes with one of its codes.",
                )
            })
        }
        _ => Err(Problem::new("these cannot be compared", "Compare a fact with a number, a day or one of its codes.")),
    }
}

/// Whether a value is one of some codes.
fn code_in(names: &mut Names<'_>, typed: Typed, codes: &[String]) -> Result<Typed, Problem> {
    let mut mask = 0u64;
    for code in codes {
        let place = match typed.kind {
            Kind::Code(list) => names.vocabulary.code(list, code)?,
            Kind::Colour => match COLOURS.iter().position(|colour| colour == code) {
                Some(place) => place as u8,
                None => {
                    return Err(Problem::new(
                        format!("'{code}' is not a colour"),
                        "Write green, yellow or red.",
                    ));
                }
            },
            _ => {
                return Err(Problem::new(
                    format!("only facts with codes can be compared with the text '{code}'"),
                    "A region is used in param(\"...\", province); free text decides nothing.",
                ));
            }
        };
        mask |= 1 << place;
    }
    Ok(names
        .graph
        .truth(Node::OneOf(typed.node, mask), typed.of_member))
}

fn one_of(
    names: &mut Names<'_>,
    a: &IdedExpr,
    b: &IdedExpr,
    scope: &Scope,
) -> Result<Typed, Problem> {
    if let Some(parameter) = super::functions::list_parameter(names, b)? {
        return in_parameter(names, a, parameter, scope);
    }
    match (meaning(names, a, scope)?, meaning(names, b, scope)?) {
        (Meaning::Literal(code), Meaning::Value(typed)) => match typed.kind {
            Kind::Codes(list) => {
                let bit = names.vocabulary.code(list, &code)?;
                Ok(names
                    .graph
                    .truth(Node::Includes(typed.node, bit), typed.of_member))
            }
            _ => Err(Problem::new(
                format!("`{}` does not hold several codes", spelled(b)),
                "Use == here.",
            )),
        },
        (Meaning::Value(typed), Meaning::List(elements)) => {
            let mut codes = Vec::new();
            let mut equals: Option<Typed> = None;
            for (_, element) in elements {
                match element {
                    Meaning::Literal(code) => codes.push(code),
                    Meaning::Value(other) => {
                        let same =
                            compare(names, Comparison::Equal, typed, other).ok_or_else(|| {
                                Problem::new(
                                    "an element of the list is of another kind",
                                    "Make all elements of one kind.",
                                )
                            })?;
                        equals = Some(equals.map_or(same, |sum| names.graph.or(sum, same)));
                    }
                    _ => {
                        return Err(Problem::new(
                            "a list in a list",
                            "Write the elements in one list.",
                        ));
                    }
                }
            }
            match (equals, codes.is_empty()) {
                (None, _) => code_in(names, typed, &codes),
                (Some(equals), true) => Ok(equals),
                (Some(_), false) => Err(Problem::new(
                    "codes and numbers in one list",
                    "Make all elements of one kind.",
                )),
            }
        }
        _ => Err(Problem::new(
            "`in` needs a list on its right",
            "Write in ['a', 'b'], or in param('list key').",
        )),
    }
}

/// Whether a code is one of those in a list parameter.
fn in_parameter(
    names: &mut Names<'_>,
    a: &IdedExpr,
    parameter: u16,
    scope: &Scope,
) -> Result<Typed, Problem> {
    let typed = value(names, a, scope)?;
    let Kind::Code(list) = typed.kind else {
        return Err(Problem::new(
            format!("`{}` has no codes", spelled(a)),
            "Only codes are looked up in a list parameter.",
        ));
    };
    let parameter_of =
        |names: &Names<'_>| names.vocabulary.parameters[usize::from(parameter)].clone();
    let definition = parameter_of(names);
    debug_assert_eq!(definition.kind, ParameterKind::List);
    for code in definition
        .values
        .iter()
        .flat_map(|line| line.list.iter().flatten())
    {
        names
            .vocabulary
            .code(list, code)
            .map_err(|problem| Problem {
                message: format!(
                    "{} holds a code that is not known: {}",
                    definition.key, problem.message
                ),
                ..problem
            })?;
    }
    match definition.code_list {
        Some(other) if other != list => {
            return Err(Problem::new(
                format!("{} is compared with two lists of codes", definition.key),
                "Use two parameters.",
            ));
        }
        _ => names.vocabulary.parameters[usize::from(parameter)].code_list = Some(list),
    }
    Ok(names
        .graph
        .truth(Node::OneOfParameter(typed.node, parameter), typed.of_member))
}
