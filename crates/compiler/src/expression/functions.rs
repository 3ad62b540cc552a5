//! Functions: parameters, dates, and what is asked of lists.

use super::operators::{number, operator, same_scale};
use super::{Meaning, Scope, meaning, spelled, totals, value};
use crate::finding::{Problem, nearest};
use crate::graph::{Kind, Typed};
use crate::language::FUNCTIONS;
use crate::names::Names;
use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};
use naik_kelas_rules::node::Node;
use naik_kelas_rules::pack::{ParameterKind, TableKey};

pub(super) fn call(
    names: &mut Names<'_>,
    call: &CallExpr,
    scope: &Scope,
) -> Result<Meaning, Problem> {
    if call.target.is_none()
        && let Some(result) = operator(names, &call.func_name, &call.args, scope)?
    {
        return Ok(Meaning::Value(result));
    }
    if !FUNCTIONS.contains(&call.func_name.as_str()) {
        return Err(no_function(call));
    }
    let typed = match (
        call.func_name.as_str(),
        call.target.as_deref(),
        call.args.as_slice(),
    ) {
        ("param", None, [key]) => parameter(names, key)?,
        ("param", None, [key, by]) => table(names, key, by, scope)?,
        ("years", None, [from, until]) => {
            let (from, until) = (date(names, from, scope)?, date(names, until, scope)?);
            let node = names.graph.node(Node::Years(from.node, until.node));
            let of_member = from.of_member || until.of_member;
            Typed {
                node,
                kind: Kind::Number(0),
                of_member,
                money: false,
                unit: Some(names.units.named("years")),
            }
        }
        ("days_before", None, [from, days]) => {
            let (from, days) = (date(names, from, scope)?, whole(names, days, scope)?);
            let in_days = names.units.named("days");
            names.units.same(Some(in_days), days.unit);
            let node = names.graph.node(Node::DaysBefore(from.node, days.node));
            let of_member = from.of_member || days.of_member;
            Typed {
                node,
                kind: Kind::Date,
                of_member,
                money: false,
                unit: None,
            }
        }
        ("size", Some(list), []) | ("size", None, [list]) => {
            let list = meaning(names, list, scope)?;
            totals::size(names, list)?
        }
        ("sum", None, [list]) => {
            let list = meaning(names, list, scope)?;
            totals::sum(names, list)?
        }
        ("best", None, [count, list]) => {
            let count = whole(names, count, scope)?;
            let list = meaning(names, list, scope)?;
            totals::best(names, count, list)?
        }
        ("min" | "max", None, [a, b]) => {
            let (a, b, scale) = same_scale(names, a, b, scope)?;
            let node = match call.func_name.as_str() {
                "min" => Node::Min(a.node, b.node),
                _ => Node::Max(a.node, b.node),
            };
            Typed {
                node: names.graph.node(node),
                kind: Kind::Number(scale),
                of_member: a.of_member || b.of_member,
                money: a.money || b.money,
                unit: names.units.same(a.unit, b.unit),
            }
        }
        ("known", None, [fact]) => {
            if !scope.questionnaire {
                return Err(Problem::new(
                    "known(...) belongs to the questionnaire",
                    "A decision is open by itself where a fact is not known; it must not turn that into a no.",
                ));
            }
            let fact = value(names, fact, scope)?;
            if !matches!(names.graph.nodes[usize::from(fact.node)], Node::Fact(_)) {
                return Err(Problem::new(
                    "known(...) asks about a fact",
                    "Name one fact, such as known(desil).",
                ));
            }
            names.graph.truth(Node::Known(fact.node), fact.of_member)
        }
        _ => return Err(no_function(call)),
    };
    Ok(Meaning::Value(typed))
}

fn no_function(call: &CallExpr) -> Problem {
    let name = call.func_name.as_str();
    let advice = match FUNCTIONS.into_iter().find(|known| *known == name) {
        Some(_) => "packs/README.md says what each function takes.".to_owned(),
        None => match nearest(name, FUNCTIONS.into_iter()) {
            Some(near) => format!("Did you mean {near}(...)?"),
            None => format!("The functions are {}.", FUNCTIONS.join(", ")),
        },
    };
    let message = format!(
        "there is no {}(...) with {} argument(s)",
        name.trim_matches('_'),
        call.args.len()
    );
    Problem::new(message, advice)
}

/// The list parameter that an expression names, if it names one.
pub(super) fn list_parameter(
    names: &mut Names<'_>,
    expression: &IdedExpr,
) -> Result<Option<u16>, Problem> {
    let Expr::Call(call) = &expression.expr else {
        return Ok(None);
    };
    let [key] = call.args.as_slice() else {
        return Ok(None);
    };
    if call.func_name != "param" || call.target.is_some() {
        return Ok(None);
    }
    let (place, kind) = known_parameter(names, key)?;
    Ok((kind == ParameterKind::List).then_some(place))
}

fn key_of(key: &IdedExpr) -> Result<&str, Problem> {
    match &key.expr {
        Expr::Literal(LiteralValue::String(text)) => Ok(text.inner()),
        _ => Err(Problem::new(
            "the key of a parameter must be written out",
            "Write param('pkh.desil_max').",
        )),
    }
}

fn known_parameter(names: &mut Names<'_>, key: &IdedExpr) -> Result<(u16, ParameterKind), Problem> {
    let key = key_of(key)?;
    match names.vocabulary.parameter(key) {
        Some((place, parameter)) => {
            let kind = parameter.kind;
            names.parameters_read.insert(key.to_owned());
            Ok((place, kind))
        }
        None => Err(unknown_key(names, key)),
    }
}

fn unknown_key(names: &Names<'_>, key: &str) -> Problem {
    if names.vocabulary.table(key).is_some() {
        let advice =
            format!("Write param('{key}', province), or the fact by which its rows are chosen.");
        return Problem::new(format!("{key} is a table: what chooses the row?"), advice);
    }
    let keys = names
        .vocabulary
        .parameters
        .iter()
        .map(|parameter| parameter.key.as_str());
    let tables = names
        .vocabulary
        .tables
        .iter()
        .map(|table| table.key.as_str());
    let advice = match nearest(key, keys.chain(tables)) {
        Some(near) => format!("Did you mean {near}?"),
        None => "Add it to parameters.toml, with its date and legal basis.".to_owned(),
    };
    Problem::new(format!("there is no parameter {key}"), advice)
}

fn parameter(names: &mut Names<'_>, key: &IdedExpr) -> Result<Typed, Problem> {
    let (place, kind) = known_parameter(names, key)?;
    let scale = match kind {
        ParameterKind::Int | ParameterKind::Money => 0,
        ParameterKind::Decimal => 3,
        ParameterKind::List => {
            return Err(Problem::new(
                "a list parameter cannot stand here",
                "Ask whether a code is in it: x in param('...').",
            ));
        }
    };
    let unit = names.vocabulary.parameters[usize::from(place)].unit.clone();
    let unit = unit.map(|unit| names.units.named(&unit));
    let node = names.graph.node(Node::Parameter(place));
    Ok(Typed {
        node,
        kind: Kind::Number(scale),
        of_member: false,
        money: kind == ParameterKind::Money,
        unit,
    })
}

fn table(
    names: &mut Names<'_>,
    key: &IdedExpr,
    by: &IdedExpr,
    scope: &Scope,
) -> Result<Typed, Problem> {
    let key = key_of(key)?.to_owned();
    let by_value = value(names, by, scope)?;
    let Some((place, table)) = names.vocabulary.table(&key) else {
        return Err(match names.vocabulary.parameter(&key) {
            Some(_) => Problem::new(
                format!("{key} is not a table"),
                format!("Write param('{key}')."),
            ),
            None => unknown_key(names, &key),
        });
    };
    let fits = match table.by {
        TableKey::Region => by_value.kind == Kind::Region,
        TableKey::Code(list) => by_value.kind == Kind::Code(list),
    };
    if !fits {
        let advice =
            "A table by province takes `province`; another one the fact that its `by` names.";
        return Err(Problem::new(
            format!("`{}` does not choose the rows of {key}", spelled(by)),
            advice,
        ));
    }
    names.parameters_read.insert(key);
    let unit = names.vocabulary.table_units[usize::from(place)].clone();
    let unit = unit.map(|unit| names.units.named(&unit));
    let node = names.graph.node(Node::Table {
        table: place,
        key: by_value.node,
    });
    Ok(Typed {
        node,
        kind: Kind::Number(0),
        of_member: by_value.of_member,
        money: true,
        unit,
    })
}

fn date(names: &mut Names<'_>, expression: &IdedExpr, scope: &Scope) -> Result<Typed, Problem> {
    let typed = value(names, expression, scope)?;
    match typed.kind {
        Kind::Date => Ok(typed),
        _ => Err(Problem::new(
            format!("`{}` is not a day", spelled(expression)),
            "Give a fact of the type date, or assessed_on.",
        )),
    }
}

fn whole(names: &mut Names<'_>, expression: &IdedExpr, scope: &Scope) -> Result<Typed, Problem> {
    match number(names, expression, scope)? {
        (typed, 0) => Ok(typed),
        _ => Err(Problem::new(
            format!("`{}` is not a whole number", spelled(expression)),
            "Give a whole number.",
        )),
    }
}
