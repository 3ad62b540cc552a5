//! What a name stands for: a variable, a fact, or a derived value.

use super::{Meaning, Scope};
use crate::finding::{Problem, nearest};
use crate::graph::{Kind, Typed};
use crate::names::{Names, already_said};
use crate::vocabulary::of_member;
use cel::common::ast::{Expr, SelectExpr};
use naik_kelas_rules::node::Node;
use naik_kelas_rules::pack::FactKind;

pub(super) fn name(names: &mut Names<'_>, name: &str, scope: &Scope) -> Result<Meaning, Problem> {
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

pub(super) fn selected(
    names: &mut Names<'_>,
    select: &SelectExpr,
    scope: &Scope,
) -> Result<Meaning, Problem> {
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

pub(super) fn dotted(select: &SelectExpr) -> Option<String> {
    match &select.operand.expr {
        Expr::Ident(root) => Some(format!("{root}.{}", select.field)),
        Expr::Select(inner) if !inner.test => Some(format!("{}.{}", dotted(inner)?, select.field)),
        _ => None,
    }
}
