//! Lists: the members of the family, and lists as written. The parser gives `exists`, `all`, `exists_one`, `filter`
//! and `map` as loops; here they become one node over the members again.

use super::totals::{count, size};
use super::{Meaning, Scope, meaning, truth, value};
use crate::finding::Problem;
use crate::graph::Typed;
use crate::names::Names;
use cel::common::ast::{ComprehensionExpr, Expr, IdedExpr, LiteralValue, operators};
use naik_kelas_rules::node::{Comparison, Node};

/// What a loop does.
enum Loop<'a> {
    Exists(&'a IdedExpr),
    All(&'a IdedExpr),
    ExistsOne(&'a IdedExpr),
    Filter(&'a IdedExpr),
    Map {
        filter: Option<&'a IdedExpr>,
        value: &'a IdedExpr,
    },
}

pub(super) fn comprehension(
    names: &mut Names<'_>,
    comprehension: &ComprehensionExpr,
    scope: &Scope,
) -> Result<Meaning, Problem> {
    let shape = shape(comprehension).ok_or_else(|| {
        Problem::new(
            "this loop is not known",
            "Use exists, all, exists_one, filter or map.",
        )
    })?;
    let variable = comprehension.iter_var.as_str();
    match meaning(names, &comprehension.iter_range, scope)? {
        Meaning::Members { filter } => {
            over_members(names, &shape, filter, &scope.with_member(variable))
        }
        Meaning::List(elements) => over_list(names, &shape, elements, variable, scope),
        _ => Err(Problem::new(
            "only members and lists as written can be gone through",
            "Write members.exists(m, ...).",
        )),
    }
}

fn shape(loop_: &ComprehensionExpr) -> Option<Loop<'_>> {
    let call = |expression: &'_ IdedExpr, name: &str| match &expression.expr {
        Expr::Call(call) if call.func_name == name => Some(call.args.len()),
        _ => None,
    };
    let arguments = |expression: &'_ IdedExpr| match &expression.expr {
        Expr::Call(call) => call.args.as_slice().len(),
        _ => 0,
    };
    match &loop_.accu_init.expr {
        Expr::Literal(LiteralValue::Boolean(start)) => {
            let (name, exists) = match *start.inner() {
                false => (operators::LOGICAL_OR, true),
                true => (operators::LOGICAL_AND, false),
            };
            call(&loop_.loop_step, name)?;
            let body = args(&loop_.loop_step)?.get(1)?;
            Some(if exists {
                Loop::Exists(body)
            } else {
                Loop::All(body)
            })
        }
        Expr::Literal(LiteralValue::Int(_)) => {
            call(&loop_.loop_step, operators::CONDITIONAL)?;
            Some(Loop::ExistsOne(args(&loop_.loop_step)?.first()?))
        }
        Expr::List(list) if list.elements.is_empty() => {
            let (filter, step) = match call(&loop_.loop_step, operators::CONDITIONAL) {
                Some(_) if arguments(&loop_.loop_step) == 3 => {
                    let parts = args(&loop_.loop_step)?;
                    (Some(parts.first()?), parts.get(1)?)
                }
                _ => (None, &loop_.loop_step),
            };
            call(step, operators::ADD)?;
            let Expr::List(added) = &args(step)?.get(1)?.expr else {
                return None;
            };
            let value = added.elements.first()?;
            let is_variable = matches!(&value.expr, Expr::Ident(name) if *name == loop_.iter_var);
            match (filter, is_variable) {
                (Some(filter), true) => Some(Loop::Filter(filter)),
                (filter, _) => Some(Loop::Map { filter, value }),
            }
        }
        _ => None,
    }
}

fn args(expression: &IdedExpr) -> Option<&[IdedExpr]> {
    match &expression.expr {
        Expr::Call(call) => Some(&call.args),
        _ => None,
    }
}

fn over_members(
    names: &mut Names<'_>,
    shape: &Loop<'_>,
    filter: Option<Typed>,
    scope: &Scope,
) -> Result<Meaning, Problem> {
    let joined = |names: &mut Names<'_>, body: &IdedExpr| -> Result<Typed, Problem> {
        let body = truth(names, body, scope)?;
        of_each(filter.map_or(body, |filter| names.graph.and(filter, body)))
    };
    let typed = match shape {
        Loop::Exists(body) => {
            let body = joined(names, body)?;
            names.graph.truth(Node::Any(body.node), false)
        }
        Loop::All(body) => {
            let body = truth(names, body, scope)?;
            let body = match filter {
                Some(filter) => {
                    let outside = names.graph.not(filter);
                    names.graph.or(outside, body)
                }
                None => body,
            };
            let body = of_each(body)?;
            names.graph.truth(Node::All(body.node), false)
        }
        Loop::ExistsOne(body) => {
            let body = joined(names, body)?;
            let count = count(names, body);
            let one = names.graph.number(1, 0);
            names.graph.compare(Comparison::Equal, count, one)
        }
        Loop::Filter(body) => {
            return Ok(Meaning::Members {
                filter: Some(joined(names, body)?),
            });
        }
        Loop::Map {
            filter: own,
            value: body,
        } => {
            let filter = match own {
                Some(own) => Some(joined(names, own)?),
                None => filter,
            };
            let value = of_each(value(names, body, scope)?)?;
            return Ok(Meaning::Each { filter, value });
        }
    };
    Ok(Meaning::Value(typed))
}

fn over_list(
    names: &mut Names<'_>,
    shape: &Loop<'_>,
    elements: Vec<(Option<Typed>, Meaning)>,
    variable: &str,
    scope: &Scope,
) -> Result<Meaning, Problem> {
    let mut kept = Vec::new();
    let mut joined: Option<Typed> = None;
    for (filter, element) in elements {
        let inner = scope.with_local(variable, element.clone());
        let with = |names: &mut Names<'_>, own: Typed| {
            filter.map_or(own, |filter| names.graph.and(filter, own))
        };
        match shape {
            Loop::Exists(body) => {
                let own = truth(names, body, &inner)?;
                let own = with(names, own);
                joined = Some(joined.map_or(own, |sum| names.graph.or(sum, own)));
            }
            Loop::All(body) => {
                let own = truth(names, body, &inner)?;
                let own = match filter {
                    Some(filter) => {
                        let outside = names.graph.not(filter);
                        names.graph.or(outside, own)
                    }
                    None => own,
                };
                joined = Some(joined.map_or(own, |sum| names.graph.and(sum, own)));
            }
            Loop::Filter(body) | Loop::ExistsOne(body) => {
                let own = truth(names, body, &inner)?;
                kept.push((Some(with(names, own)), element));
            }
            Loop::Map {
                filter: own,
                value: body,
            } => {
                let filter = match own {
                    Some(own) => {
                        let own = truth(names, own, &inner)?;
                        Some(with(names, own))
                    }
                    None => filter,
                };
                kept.push((filter, meaning(names, body, &inner)?));
            }
        }
    }
    match shape {
        Loop::Exists(_) => Ok(Meaning::Value(
            joined.unwrap_or_else(|| names.graph.bool(false)),
        )),
        Loop::All(_) => Ok(Meaning::Value(
            joined.unwrap_or_else(|| names.graph.bool(true)),
        )),
        Loop::ExistsOne(_) => {
            let count = size(names, Meaning::List(kept))?;
            let one = names.graph.number(1, 0);
            Ok(Meaning::Value(names.graph.compare(
                Comparison::Equal,
                count,
                one,
            )))
        }
        Loop::Filter(_) | Loop::Map { .. } => Ok(Meaning::List(kept)),
    }
}

/// A condition or value that is asked of each member must read the member.
fn of_each(body: Typed) -> Result<Typed, Problem> {
    match body.of_member {
        true => Ok(body),
        false => Err(Problem::new(
            "what is asked of each member does not read the member",
            "Move it out of the loop: it is the same for all.",
        )),
    }
}
