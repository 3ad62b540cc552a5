//! What a list comes to: how many elements, their sum, and the sum of the largest.

use super::Meaning;
use super::operators::choice;
use crate::finding::Problem;
use crate::graph::{Kind, Typed};
use crate::names::Names;
use naik_kelas_rules::node::Node;

pub(super) fn count(names: &mut Names<'_>, body: Typed) -> Typed {
    let node = names.graph.node(Node::Count(body.node));
    Typed {
        node,
        kind: Kind::Number(0),
        of_member: false,
        money: false,
        unit: None,
    }
}

/// How many elements a list has.
pub(super) fn size(names: &mut Names<'_>, list: Meaning) -> Result<Typed, Problem> {
    match list {
        Meaning::Members { filter: None } | Meaning::Each { filter: None, .. } => {
            let node = names.graph.node(Node::Persons);
            Ok(Typed {
                node,
                kind: Kind::Number(0),
                of_member: false,
                money: false,
                unit: None,
            })
        }
        Meaning::Members {
            filter: Some(filter),
        }
        | Meaning::Each {
            filter: Some(filter),
            ..
        } => Ok(count(names, filter)),
        Meaning::List(elements) => {
            let one = names.graph.number(1, 0);
            let ones = elements
                .into_iter()
                .map(|(filter, _)| (filter, Meaning::Value(one)));
            sum(names, Meaning::List(ones.collect()))
        }
        _ => Err(Problem::new(
            "size(...) counts a list",
            "Count members: members.filter(m, ...).size().",
        )),
    }
}

/// The sum of a list of numbers.
pub(super) fn sum(names: &mut Names<'_>, list: Meaning) -> Result<Typed, Problem> {
    match list {
        Meaning::Each { filter, value } => {
            let body = counted(names, filter, value)?;
            let node = names.graph.node(Node::Sum(body.node));
            Ok(Typed {
                node,
                of_member: false,
                ..body
            })
        }
        Meaning::List(elements) => {
            let mut total = names.graph.number(0, 0);
            for (filter, element) in elements {
                let Meaning::Value(value) = element else {
                    return Err(Problem::new(
                        "sum(...) adds numbers",
                        "Every element must be a number.",
                    ));
                };
                let value = counted(names, filter, value)?;
                let (Kind::Number(a), Kind::Number(b)) = (total.kind, value.kind) else {
                    return Err(Problem::new(
                        "sum(...) adds numbers",
                        "Every element must be a number.",
                    ));
                };
                let scale = a.max(b);
                let (left, right) = (
                    names.graph.scale_to(total, a, scale),
                    names.graph.scale_to(value, b, scale),
                );
                total = Typed {
                    node: names.graph.node(Node::Add(left.node, right.node)),
                    kind: Kind::Number(scale),
                    of_member: left.of_member || right.of_member,
                    money: left.money || right.money,
                    unit: names.units.same(left.unit, right.unit),
                };
            }
            Ok(total)
        }
        _ => Err(Problem::new(
            "sum(...) adds a list of numbers",
            "Write sum(members.map(m, m.income_month)).",
        )),
    }
}

/// The sum of the so many largest.
pub(super) fn best(names: &mut Names<'_>, most: Typed, list: Meaning) -> Result<Typed, Problem> {
    match list {
        Meaning::Each { filter, value } if !most.of_member => {
            let body = counted(names, filter, value)?;
            let node = names.graph.node(Node::Best(most.node, body.node));
            Ok(Typed {
                node,
                of_member: false,
                ..body
            })
        }
        _ => Err(Problem::new(
            "best(n, ...) goes over the members",
            "Write best(4, members.map(m, m.pkh_component_amount)).",
        )),
    }
}

/// The number of an element, 0 where its condition does not hold.
fn counted(names: &mut Names<'_>, filter: Option<Typed>, value: Typed) -> Result<Typed, Problem> {
    if !matches!(value.kind, Kind::Number(_)) {
        return Err(Problem::new(
            "only numbers are added up",
            "Use size() to count.",
        ));
    }
    match filter {
        Some(filter) => {
            let zero = names.graph.number(0, 0);
            choice(names, filter, value, zero)
        }
        None => Ok(value),
    }
}
