//! Conditions that can never hold, or always do.
//!
//! A family of which nothing is known is asked, of every size and on every day on which a number of the law changes.
//! What is certain even there is certain for every family, for the evaluator never narrows what an unknown fact can be.
//! The other direction is not promised: a condition that is not named here can still be one that never holds.

use super::reads::{below, reads_a_fact};
use crate::finding::{Findings, Place, Problem};
use naik_kelas_rules::evaluate::Evaluation;
use naik_kelas_rules::explain::Named;
use naik_kelas_rules::family::MAX_MEMBERS;
use naik_kelas_rules::node::{Node, NodeId};
use naik_kelas_rules::pack::{Derived, Fact, FactKind, MEMBERS, PackFile};
use naik_kelas_rules::{Date, Family, Pack, Value};
use std::collections::BTreeSet;

/// A condition and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// What it is called in findings, such as `the condition pkh/desil`.
    pub(crate) name: String,
    pub(crate) node: NodeId,
    pub(crate) of_member: bool,
    pub(crate) role: Role,
}

impl Asked {
    pub(super) fn place(&self) -> Place<'_> {
        Place {
            file: &self.file,
            line: self.line,
        }
    }
}

/// What a condition is for, and so what is wrong where it is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// One of a decision's conditions.
    Condition,
    /// All conditions of a decision together.
    Decision,
    /// Whether a section or a question is asked.
    Relevance,
    /// What an answer must satisfy.
    Check,
    /// Whether an option of a schedule applies.
    Option,
    /// A test of an indicator, a grade, or who is protected.
    Readiness,
}

/// Says which conditions are certain for every family.
pub(super) fn review(pack: &Pack, asked: &[Asked], findings: &mut Findings) {
    // What is written as `true` or `false` is meant so, and what reads no fact has been said.
    let is_plain = |asked: &&Asked| {
        let literal = matches!(pack.file().nodes[usize::from(asked.node)], Node::Bool(_));
        let said = asked.role == Role::Condition && !reads_a_fact(pack, asked.node);
        !literal && !said
    };
    let asked: Vec<&Asked> = asked.iter().filter(is_plain).collect();
    let certain = certain(pack, &asked);
    for (asked, always) in &certain {
        let (name, always) = (&asked.name, *always);
        // One finding for a decision: the condition that can never hold, where a single one cannot.
        let is_its_own = |(other, always): &(&Asked, bool)| {
            !always && other.role == Role::Condition && other.file == asked.file
        };
        if asked.role == Role::Decision && certain.iter().any(is_its_own) {
            continue;
        }
        let said = match (asked.role, always) {
            (Role::Decision, true) => continue,
            (Role::Decision, false) => Some((
                format!("the conditions of {name} exclude one another: nobody is ever eligible"),
                "Look for two that cannot hold together, such as a number both below and above a limit.",
            )),
            (Role::Relevance, true) => Some((
                format!("{name} is always asked: its `relevant` holds for every family"),
                "Remove `relevant`, or correct what it compares.",
            )),
            (Role::Relevance, false) => Some((
                format!("{name} is never asked: its `relevant` can never hold"),
                "Correct what it compares, or remove it.",
            )),
            (Role::Check, true) => Some((
                format!("{name} can never be broken: it holds for every answer"),
                "The bounds of the fact are kept anyway: remove the check, or correct what it compares.",
            )),
            (Role::Check, false) => Some((
                format!("{name} is broken by every answer"),
                "Correct what it compares.",
            )),
            (Role::Condition | Role::Option | Role::Readiness, true) => Some((
                format!("{name} always holds, whatever is known of a family"),
                "Look at the bounds and codes of the facts that it reads, or remove it.",
            )),
            (Role::Condition | Role::Option | Role::Readiness, false) => Some((
                format!("{name} can never hold, whatever is known of a family"),
                "Look at the bounds and codes of the facts that it reads, or remove it.",
            )),
        };
        if let Some((message, advice)) = said {
            findings.warning(asked.place(), Problem::new(message, advice));
        }
    }
}

/// The conditions that come out the same for every family, and what they come to.
fn certain<'a>(pack: &Pack, asked: &[&'a Asked]) -> Vec<(&'a Asked, bool)> {
    let Some(questions) = questions(pack.file(), asked) else {
        return Vec::new();
    };
    let needs: Vec<Needs> = asked.iter().map(|asked| needs(pack, asked.node)).collect();
    let days = days(pack.file());
    // A family of two on the first day settles nearly all: they are open there.
    let sizes: Vec<usize> = [2, 1].into_iter().chain(3..=MAX_MEMBERS).collect();
    let mut left: Vec<(usize, Option<bool>)> =
        (0..asked.len()).map(|place| (place, None)).collect();
    for (of_size, &size) in sizes.iter().enumerate() {
        for (of_day, &day) in days.iter().enumerate() {
            let differs = |place: usize| {
                (of_size == 0 || needs[place].size) && (of_day == 0 || needs[place].day)
            };
            if !left.iter().any(|(place, _)| differs(*place)) {
                continue;
            }
            let family = Family::new(&questions, day, size);
            let mut evaluation = Evaluation::new(&questions, &family);
            left.retain_mut(|(place, always)| {
                if !differs(*place) {
                    return true;
                }
                let found = truth(match asked[*place].of_member {
                    true => evaluation.member_value(*place, 0),
                    false => match evaluation.named(&name(*place, false)) {
                        Named::Derived(_, value) => value,
                        _ => None,
                    },
                });
                found.is_some()
                    && *always.get_or_insert(found == Some(true)) == (found == Some(true))
            });
        }
    }
    left.into_iter()
        .filter_map(|(place, always)| Some((asked[place], always?)))
        .collect()
}

/// What a condition can differ by, besides facts.
#[derive(Clone, Copy, Default)]
struct Needs {
    size: bool,
    day: bool,
}

fn needs(pack: &Pack, root: NodeId) -> Needs {
    let mut needs = Needs::default();
    for node in below(pack, root) {
        match node {
            Node::Persons
            | Node::Any(_)
            | Node::All(_)
            | Node::Count(_)
            | Node::Sum(_)
            | Node::Best(..) => needs.size = true,
            Node::AssessedOn
            | Node::Parameter(_)
            | Node::OneOfParameter(..)
            | Node::Table { .. } => needs.day = true,
            _ => {}
        }
    }
    needs
}

fn truth(value: Option<Value>) -> Option<bool> {
    match value {
        Some(Value::Bool(value)) => Some(value),
        _ => None,
    }
}

fn name(place: usize, of_member: bool) -> String {
    let prefix = if of_member { MEMBERS } else { "" };
    format!("{prefix}?{place}")
}

/// The same pack with every condition as a derived value, so that it can be asked by name. Whether a fact is known is
/// itself not known: `known(...)` becomes a fact of its own.
fn questions(file: &PackFile, asked: &[&Asked]) -> Option<Pack> {
    let mut file = file.clone();
    for place in 0..file.nodes.len() {
        let Node::Known(of) = file.nodes[place] else {
            continue;
        };
        let Node::Fact(of) = file.nodes[usize::from(of)] else {
            continue;
        };
        let prefix = match file.facts[usize::from(of)].of_member() {
            true => MEMBERS,
            false => "",
        };
        let fact = u16::try_from(file.facts.len()).ok()?;
        file.facts.push(Fact {
            path: format!("{prefix}?known{place}"),
            kind: FactKind::Bool,
            ..Fact::default()
        });
        file.nodes[place] = Node::Fact(fact);
    }
    file.derived = asked
        .iter()
        .enumerate()
        .map(|(place, asked)| Derived {
            id: name(place, asked.of_member),
            node: asked.node,
            ..Derived::default()
        })
        .collect();
    Pack::from_file(file, [0; 32]).ok()
}

/// The first and the last day of the pack, and every one between on which a parameter changes.
fn days(file: &PackFile) -> BTreeSet<Date> {
    let parameters = file
        .parameters
        .iter()
        .flat_map(|parameter| &parameter.values);
    let rows = file.tables.iter().flat_map(|table| &table.rows);
    let changes = parameters
        .map(|line| line.from)
        .chain(rows.map(|row| row.from));
    let within = |day: &Date| {
        *day > file.effective_from && file.effective_to.is_none_or(|last| *day <= last)
    };
    changes
        .filter(within)
        .chain([file.effective_from, file.effective_to.unwrap_or(Date::MAX)])
        .collect()
}
