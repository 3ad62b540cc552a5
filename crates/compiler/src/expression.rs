//! From a CEL expression to typed nodes: names are looked up in the vocabulary, every operand is checked.

mod equality;
mod functions;
mod lists;
mod operators;
mod paths;
mod totals;

use crate::finding::Problem;
use crate::graph::{Kind, Typed};
use crate::limits;
use crate::names::Names;
use cel::common::ast::{Expr, IdedExpr, LiteralValue};
use naik_kelas_rules::Decimal;

/// What a part of an expression means.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    /// A value that is computed.
    Value(Typed),
    /// A text as written: a code, or the key of a parameter.
    Literal(String),
    /// Members of the family, those who pass the filter.
    Members { filter: Option<Typed> },
    /// One value for each member who passes the filter.
    Each { filter: Option<Typed>, value: Typed },
    /// A list as written, each element with the condition under which it belongs to the list.
    List(Vec<(Option<Typed>, Meaning)>),
    /// The member that a variable stands for.
    Member,
}

/// What the names of an expression can be, besides those of the vocabulary.
#[derive(Clone, Default)]
pub(crate) struct Scope {
    /// The variable that stands for a member.
    pub(crate) member: Option<String>,
    /// Variables of loops around the innermost one over members.
    pub(crate) outer_members: Vec<String>,
    /// Variables that stand for elements of a list as written.
    pub(crate) locals: Vec<(String, Meaning)>,
    /// Colours of indicators and their counts can be read.
    pub(crate) grades: bool,
    /// `known(...)` can be asked.
    pub(crate) questionnaire: bool,
}

impl Scope {
    /// Of the family.
    pub(crate) fn family() -> Scope {
        Scope::default()
    }

    /// Of one member, who is called `m`.
    pub(crate) fn member() -> Scope {
        Scope {
            member: Some("m".to_owned()),
            ..Scope::default()
        }
    }

    fn with_member(&self, name: &str) -> Scope {
        let mut scope = self.clone();
        scope.outer_members.extend(scope.member.take());
        scope.member = Some(name.to_owned());
        scope
    }

    fn with_local(&self, name: &str, meaning: Meaning) -> Scope {
        let mut scope = self.clone();
        scope.locals.push((name.to_owned(), meaning));
        scope
    }
}

/// Reads and checks one expression that has a value.
pub(crate) fn compile(names: &mut Names<'_>, text: &str, scope: &Scope) -> Result<Typed, Problem> {
    within_limits(names, text, |names, expression| {
        value(names, expression, scope)
    })
}

/// Reads and checks one expression, which may be a list.
pub(crate) fn meaning_of(
    names: &mut Names<'_>,
    text: &str,
    scope: &Scope,
) -> Result<Meaning, Problem> {
    within_limits(names, text, |names, expression| {
        meaning(names, expression, scope)
    })
}

/// Derived values that are read for the first time are compiled in between: each expression has its own budget.
fn within_limits<T>(
    names: &mut Names<'_>,
    text: &str,
    compile: impl FnOnce(&mut Names<'_>, &IdedExpr) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let expression = limits::parse(text)?;
    let outer = std::mem::replace(&mut names.parts_left, limits::MOST_PARTS);
    let done = compile(names, &expression);
    names.parts_left = outer;
    if let Some(fault) = names.graph.fault.take() {
        return Err(fault);
    }
    match names.units.fault.take() {
        Some(fault) if done.is_ok() => Err(in_context(fault, text)),
        _ => done.map_err(|problem| in_context(problem, text)),
    }
}

fn in_context(problem: Problem, text: &str) -> Problem {
    match problem.message.is_empty() {
        true => problem,
        false => Problem {
            message: format!("{} (in `{}`)", problem.message, limits::cut(text)),
            ..problem
        },
    }
}

/// Checks that an expression is a condition.
pub(crate) fn condition(
    names: &mut Names<'_>,
    text: &str,
    scope: &Scope,
) -> Result<Typed, Problem> {
    let typed = compile(names, text, scope)?;
    match typed.kind {
        Kind::Truth => Ok(typed),
        _ => Err(Problem::new(
            format!("`{text}` is not true or false"),
            "Compare it with something.",
        )),
    }
}

/// Checks that an expression is a whole number of rupiah, or another whole number.
pub(crate) fn amount(names: &mut Names<'_>, text: &str, scope: &Scope) -> Result<Typed, Problem> {
    let typed = compile(names, text, scope)?;
    match typed.kind {
        Kind::Number(0) => Ok(typed),
        _ => Err(Problem::new(
            format!("`{text}` is not a whole number"),
            "Amounts are whole rupiah.",
        )),
    }
}

fn value(names: &mut Names<'_>, expression: &IdedExpr, scope: &Scope) -> Result<Typed, Problem> {
    match meaning(names, expression, scope)? {
        Meaning::Value(typed) => Ok(typed),
        Meaning::Literal(text) => Err(Problem::new(
            format!("the text '{text}' cannot stand here"),
            "Texts are codes: compare one with a fact that has codes, by == or in.",
        )),
        Meaning::Members { .. } | Meaning::Each { .. } | Meaning::List(_) => Err(Problem::new(
            "a list cannot stand here",
            "Ask for its size(), its sum(...), or whether a member exists(...).",
        )),
        Meaning::Member => Err(Problem::new(
            "a member cannot stand here",
            "Name one of the member's facts, such as m.sex.",
        )),
    }
}

fn truth(names: &mut Names<'_>, expression: &IdedExpr, scope: &Scope) -> Result<Typed, Problem> {
    let typed = value(names, expression, scope)?;
    match typed.kind {
        Kind::Truth => Ok(typed),
        _ => Err(Problem::new(
            format!("`{}` is not true or false", spelled(expression)),
            "&&, || and ! join conditions: compare it with something first.",
        )),
    }
}

fn meaning(
    names: &mut Names<'_>,
    expression: &IdedExpr,
    scope: &Scope,
) -> Result<Meaning, Problem> {
    names.parts_left = names
        .parts_left
        .checked_sub(1)
        .ok_or_else(limits::too_many_parts)?;
    match &expression.expr {
        Expr::Literal(literal) => self::literal(names, literal),
        Expr::Ident(name) => paths::name(names, name, scope),
        Expr::Select(select) if select.test => Err(Problem::new(
            "has(...) is not used here",
            "A fact that is not known leaves a condition open by itself; a questionnaire may ask known(fact).",
        )),
        Expr::Select(select) => paths::selected(names, select, scope),
        Expr::Call(call) => functions::call(names, call, scope),
        Expr::List(list) => {
            let elements = list
                .elements
                .iter()
                .map(|element| meaning(names, element, scope));
            let elements: Result<Vec<Meaning>, Problem> = elements.collect();
            Ok(Meaning::List(
                elements?
                    .into_iter()
                    .map(|element| (None, element))
                    .collect(),
            ))
        }
        Expr::Comprehension(comprehension) => lists::comprehension(names, comprehension, scope),
        Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => Err(Problem::new(
            "maps and structures are not part of a pack's expressions",
            "packs/README.md lists what an expression may hold.",
        )),
    }
}

fn literal(names: &mut Names<'_>, literal: &LiteralValue) -> Result<Meaning, Problem> {
    let typed = match literal {
        LiteralValue::Boolean(value) => names.graph.bool(*value.inner()),
        LiteralValue::Int(value) => names.graph.number(*value.inner(), 0),
        LiteralValue::Double(value) => {
            let text = value.inner().to_string();
            let thousandths = Decimal::parse(&text).map_err(|_| {
                Problem::new(
                    format!("{text} has more than three decimals"),
                    "Numbers are exact to thousandths.",
                )
            })?;
            names.graph.number(thousandths.0, 3)
        }
        LiteralValue::String(text) => return Ok(Meaning::Literal(text.inner().to_owned())),
        LiteralValue::UInt(_) | LiteralValue::Bytes(_) | LiteralValue::Null => {
            return Err(Problem::new(
                "unsigned numbers, bytes and null are not part of a pack's expressions",
                "Write a whole number; what is not known needs no null.",
            ));
        }
    };
    Ok(Meaning::Value(typed))
}

/// A short name of a part of an expression, for findings.
fn spelled(expression: &IdedExpr) -> String {
    match &expression.expr {
        Expr::Ident(name) => name.clone(),
        Expr::Select(select) => {
            paths::dotted(select).unwrap_or_else(|| format!("...{}", select.field))
        }
        Expr::Call(call) => format!("{}(...)", call.func_name.trim_matches('_')),
        Expr::Literal(LiteralValue::String(text)) => format!("'{}'", text.inner()),
        Expr::Literal(LiteralValue::Int(number)) => number.inner().to_string(),
        Expr::Literal(_) => "a number".to_owned(),
        _ => "this part".to_owned(),
    }
}
