//! From a CEL expression to typed nodes: names are looked up in the vocabulary, every operand is checked.

mod equality;
mod functions;
mod lists;
mod operators;

use crate::finding::{Problem, nearest};
use crate::graph::{Kind, Typed};
use crate::limits;
use crate::names::{Names, already_said};
use crate::vocabulary::of_member;
use cel::common::ast::{Expr, IdedExpr, LiteralValue, SelectExpr};
use naik_kelas_rules::Decimal;
use naik_kelas_rules::node::Node;
use naik_kelas_rules::pack::FactKind;

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
        Expr::Ident(name) => self::name(names, name, scope),
        Expr::Select(select) if select.test => Err(Problem::new(
            "has(...) is not used here",
            "A fact that is not known leaves a condition open by itself; a questionnaire may ask known(fact).",
        )),
        Expr::Select(select) => selected(names, select, scope),
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

fn name(names: &mut Names<'_>, name: &str, scope: &Scope) -> Result<Meaning, Problem> {
    if let Some((_, meaning)) = scope.locals.iter().rev().find(|(local, _)| local == name) {
        return Ok(meaning.clone());
    }
    if scope.member.as_deref() == Some(name) {
        return Ok(Meaning::Member);
    }
    if scope.grades
        && let Some(typed) = names.of_grades(name)
    {
        return Ok(Meaning::Value(typed));
    }
    match name {
        "members" => Ok(Meaning::Members { filter: None }),
        "assessed_on" => {
            let node = names.graph.node(Node::AssessedOn);
            Ok(Meaning::Value(Typed {
                node,
                kind: Kind::Date,
                of_member: false,
                money: false,
                unit: None,
            }))
        }
        "province" => {
            let node = names.graph.node(Node::Region);
            Ok(Meaning::Value(Typed {
                node,
                kind: Kind::Region,
                of_member: false,
                money: false,
                unit: None,
            }))
        }
        path => Ok(Meaning::Value(path_value(names, path)?)),
    }
}

fn selected(names: &mut Names<'_>, select: &SelectExpr, scope: &Scope) -> Result<Meaning, Problem> {
    if let Expr::Ident(root) = &select.operand.expr {
        let local = scope.locals.iter().rev().find(|(local, _)| local == root);
        let is_member = scope.member.as_deref() == Some(root) && local.is_none()
            || matches!(local, Some((_, Meaning::Member)));
        if is_member {
            return path_value(names, &of_member(&select.field)).map(Meaning::Value);
        }
        if local.is_none() && scope.outer_members.contains(root) {
            return Err(Problem::new(
                format!(
                    "{root}.{} belongs to the member of an outer loop",
                    select.field
                ),
                "One member at a time is read: count or sum what is sought of each in a loop of its own, and compare the results.",
            ));
        }
    }
    let path = dotted(select).ok_or_else(|| {
        Problem::new(
            format!("nothing is called .{} here", select.field),
            "Facts are named by their paths, such as housing.floor.",
        )
    })?;
    if let Some(name) = path.strip_prefix("members.") {
        return Err(Problem::new(
            format!("members.{name} belongs to each member, and this is about the family"),
            format!("Ask about the members: members.exists(m, m.{name} ...)."),
        ));
    }
    path_value(names, &path).map(Meaning::Value)
}

/// A fact or a derived value by its path.
fn path_value(names: &mut Names<'_>, path: &str) -> Result<Typed, Problem> {
    if let Some((place, fact)) = names.vocabulary.fact(path) {
        let (kind, code_list, of_member) =
            (fact.kind, fact.code_list.unwrap_or(0), fact.of_member());
        let node = names.graph.node(Node::Fact(place));
        names.facts_read.insert(place);
        let kind = match kind {
            FactKind::Bool => Kind::Truth,
            FactKind::Int | FactKind::Money => Kind::Number(0),
            FactKind::Decimal => Kind::Number(3),
            FactKind::Date => Kind::Date,
            FactKind::Code => Kind::Code(code_list),
            FactKind::Codes => Kind::Codes(code_list),
            FactKind::Text => Kind::Text,
        };
        let fact = &names.vocabulary.facts[usize::from(place)];
        let money = fact.kind == FactKind::Money;
        let unit = fact.unit.clone().map(|unit| names.units.named(&unit));
        return Ok(Typed {
            node,
            kind,
            of_member,
            money,
            unit,
        });
    }
    if let Some(result) = names.derived(path) {
        return result;
    }
    if names.vocabulary.is_faulty(path) {
        return Err(already_said());
    }
    let shown = |name: &str| match name.strip_prefix("members.") {
        Some(name) => format!("m.{name}"),
        None => name.to_owned(),
    };
    let facts = names.vocabulary.facts.iter().map(|fact| fact.path.as_str());
    let advice = match nearest(path, facts.chain(names.derived_names())) {
        Some(near) => format!("Did you mean {}?", shown(near)),
        None => "Facts stand in facts.toml, derived values in derived.toml.".to_owned(),
    };
    Err(Problem::new(
        format!("{} is neither a fact nor a derived value", shown(path)),
        advice,
    ))
}

fn dotted(select: &SelectExpr) -> Option<String> {
    match &select.operand.expr {
        Expr::Ident(root) => Some(format!("{root}.{}", select.field)),
        Expr::Select(inner) if !inner.test => Some(format!("{}.{}", dotted(inner)?, select.field)),
        _ => None,
    }
}

/// A short name of a part of an expression, for findings.
fn spelled(expression: &IdedExpr) -> String {
    match &expression.expr {
        Expr::Ident(name) => name.clone(),
        Expr::Select(select) => dotted(select).unwrap_or_else(|| format!("...{}", select.field)),
        Expr::Call(call) => format!("{}(...)", call.func_name.trim_matches('_')),
        Expr::Literal(LiteralValue::String(text)) => format!("'{}'", text.inner()),
        Expr::Literal(LiteralValue::Int(number)) => number.inner().to_string(),
        Expr::Literal(_) => "a number".to_owned(),
        _ => "this part".to_owned(),
    }
}
