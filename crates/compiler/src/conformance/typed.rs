//! The same expression on the way that packs go: compiled to typed nodes, written, read back and evaluated by
//! `naik_kelas_rules`. Only what is within a pack's own types goes this way.

use super::value::{Outcome, Value};
use super::variables::Variables;
use crate::expression::{self, Meaning, Scope};
use crate::files::{Files, Parsed, SourceFile};
use crate::finding::Findings;
use crate::graph::{Kind, Typed};
use crate::names::Names;
use crate::vocabulary::Vocabulary;
use cel::common::ast::{Expr, IdedExpr, LiteralValue};
use naik_kelas_rules::node::NodeId;
use naik_kelas_rules::pack::{Decision, FORMAT, Grade, PackFile, Readiness};
use naik_kelas_rules::{Date, FactRef, Family, Pack, decide};
use naik_kelas_rules::{Outcome as Decided, Value as FactValue};
use std::fmt::Write;

/// What the pack's evaluator says of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Bool(bool),
    Int(i64),
    /// The elements of a list, those that passed its filters.
    List(Vec<Answer>),
    /// It has no result.
    Error,
    /// It is open, though everything is known: always a fault.
    Open,
}

impl Answer {
    /// Whether the whole language's evaluator says the same.
    pub(crate) fn agrees(&self, outcome: &Outcome) -> bool {
        match (self, outcome) {
            (Answer::Error, Err(_)) => true,
            (answer, Ok(value)) => answer.is(value),
            _ => false,
        }
    }

    fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Answer::Bool(a), Value::Bool(b)) => a == b,
            (Answer::Int(a), Value::Int(b)) => a == b,
            (Answer::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b))
            }
            _ => false,
        }
    }
}

/// The pack's answer; nothing where the expression is outside of what packs hold.
pub(crate) fn answer(
    text: &str,
    expression: &IdedExpr,
    variables: &Variables,
) -> Option<Result<Answer, String>> {
    if !variables.container.is_empty() || !is_within(expression, variables, &mut Vec::new()) {
        return None;
    }
    let facts = facts(variables)?;
    let mut files = Files::default();
    let parsed = toml::from_str(&facts).ok()?;
    let file = SourceFile::new("facts.toml", facts);
    files.facts = Some(Parsed { file, parsed });
    let mut findings = Findings::default();
    let vocabulary = Vocabulary::read(&files, &mut findings);
    if findings.has_errors() {
        return None;
    }
    let mut names = Names::new(&files, vocabulary, findings);
    let meaning = expression::meaning_of(&mut names, text, &Scope::family()).ok()?;
    let (elements, is_list) = match meaning {
        Meaning::Value(typed) => (vec![(None, typed)], false),
        Meaning::List(elements) => (plain(elements)?, true),
        _ => return None,
    };
    if elements.is_empty() {
        return None;
    }
    Some(
        evaluate(&mut names, &elements, variables).map(|answers| match is_list {
            true => gathered(answers),
            false => answers.into_iter().flatten().next().unwrap_or(Answer::Open),
        }),
    )
}

/// An element that did not pass its filter is nothing; one error is the error of the whole list.
fn gathered(answers: Vec<Option<Answer>>) -> Answer {
    let kept: Vec<Answer> = answers.into_iter().flatten().collect();
    match kept
        .iter()
        .find(|kept| matches!(kept, Answer::Error | Answer::Open))
    {
        Some(fault) => fault.clone(),
        None => Answer::List(kept),
    }
}

type Element = (Option<Typed>, Typed);

fn plain(elements: Vec<(Option<Typed>, Meaning)>) -> Option<Vec<Element>> {
    let element = |(filter, meaning)| match meaning {
        Meaning::Value(typed) => Some((filter, typed)),
        _ => None,
    };
    elements.into_iter().map(element).collect()
}

/// Only truths, whole numbers, texts (a pack's codes), lists of them, operators and loops; only variables that are truths or numbers.
fn is_within(expression: &IdedExpr, variables: &Variables, locals: &mut Vec<String>) -> bool {
    match &expression.expr {
        Expr::Literal(literal) => matches!(
            literal,
            LiteralValue::Boolean(_) | LiteralValue::Int(_) | LiteralValue::String(_)
        ),
        Expr::Ident(name) => locals.contains(name) || variables.bound.contains_key(name),
        Expr::List(list) => list
            .elements
            .iter()
            .all(|part| is_within(part, variables, locals)),
        Expr::Call(call) => {
            let is_operator = call.func_name.contains('_') || call.func_name.starts_with('@');
            (is_operator || call.func_name == "size")
                && call
                    .target
                    .iter()
                    .all(|part| is_within(part, variables, locals))
                && call
                    .args
                    .iter()
                    .all(|part| is_within(part, variables, locals))
        }
        Expr::Comprehension(inner) if inner.iter_var2.is_none() => {
            let range = is_within(&inner.iter_range, variables, locals);
            locals.extend([inner.iter_var.clone(), inner.accu_var.clone()]);
            let within = range && is_within(&inner.loop_step, variables, locals);
            locals.truncate(locals.len() - 2);
            within
        }
        _ => false,
    }
}

/// The variables as facts of a pack.
fn facts(variables: &Variables) -> Option<String> {
    let mut text = String::new();
    for (name, outcome) in &variables.bound {
        let kind = match outcome {
            Ok(Value::Bool(_)) => "bool",
            Ok(Value::Int(_)) => "int",
            _ => continue,
        };
        writeln!(
            text,
            "[[fact]]\npath = \"{name}\"\ntype = \"{kind}\"\nsource = \"question\"\nchange = \"never\"\n\
             sensitivity = \"L2\"\nlabel = {{ id = \"x\", en = \"x\" }}"
        )
        .ok()?;
    }
    Some(text)
}

fn evaluate(
    names: &mut Names<'_>,
    elements: &[Element],
    variables: &Variables,
) -> Result<Vec<Option<Answer>>, String> {
    let yes = names.graph.bool(true).node;
    let mut decisions = Vec::new();
    for (filter, value) in elements {
        let filter = filter.map_or(yes, |filter| filter.node);
        decisions.push(decision(filter, None));
        decisions.push(match value.kind {
            Kind::Truth => decision(value.node, None),
            Kind::Number(0) => decision(yes, Some(value.node)),
            _ => return Err("not a truth or a whole number".to_owned()),
        });
    }
    let pack = pack(names, decisions, yes)?;
    let family = family(&pack, variables)?;
    let results = decide(&pack, &family).decisions;
    let answers = results.chunks(2).zip(elements).map(|(pair, (_, value))| {
        let [filter, result] = pair else {
            return Some(Answer::Open);
        };
        match filter.outcome {
            Decided::NotEligible => return None,
            Decided::Eligible => {}
            Decided::Error(_) => return Some(Answer::Error),
            Decided::Undetermined => return Some(Answer::Open),
        }
        Some(match (result.outcome, value.kind, result.amount) {
            (Decided::Error(_), ..) => Answer::Error,
            (Decided::Eligible, Kind::Number(_), Some(amount)) => Answer::Int(amount),
            (Decided::Eligible, Kind::Truth, _) => Answer::Bool(true),
            (Decided::NotEligible, Kind::Truth, _) => Answer::Bool(false),
            _ => Answer::Open,
        })
    });
    Ok(answers.collect())
}

fn decision(eligible: NodeId, amount: Option<NodeId>) -> Decision {
    Decision {
        eligible,
        amount,
        ..Decision::default()
    }
}

/// Through the bytes, as the phone gets it.
fn pack(names: &Names<'_>, decisions: Vec<Decision>, protected: NodeId) -> Result<Pack, String> {
    let readiness = Readiness {
        protected,
        grades: vec![Grade::default()],
        ..Readiness::default()
    };
    let file = PackFile {
        format: FORMAT,
        facts: names.vocabulary.facts.clone(),
        nodes: names.graph.nodes.clone(),
        decisions,
        readiness,
        ..PackFile::default()
    };
    let bytes = minicbor::to_vec(&file).map_err(|_| "cannot be written".to_owned())?;
    Pack::decode(&bytes, [0; 32]).map_err(|error| format!("cannot be read back: {error:?}"))
}

fn family(pack: &Pack, variables: &Variables) -> Result<Family, String> {
    let mut family = Family::new(pack, Date::default(), 0);
    for (name, outcome) in &variables.bound {
        let value = match outcome {
            Ok(Value::Bool(value)) => FactValue::Bool(*value),
            Ok(Value::Int(value)) => FactValue::Int(*value),
            _ => continue,
        };
        let fact = pack.fact_index(name).ok_or("a variable is lost")?;
        let set = family.set(pack, FactRef::family(fact), &value);
        set.map_err(|error| format!("a variable cannot be set: {error:?}"))?;
    }
    Ok(family)
}
