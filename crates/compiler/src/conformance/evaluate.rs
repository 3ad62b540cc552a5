//! Evaluating the parser's tree over values whose types are known only when they are looked at.
//!
//! Errors are values until something needs the value: `false && error` is false, and so is `error && false`.

use super::functions::call;
use super::literals;
use super::loops;
use super::operators::{binary, unary};
use super::value::{Fault, Outcome, Value, find};
use super::variables::{Variables, segments};
use cel::common::ast::{CallExpr, EntryExpr, Expr, IdedExpr, MapExpr, SelectExpr, operators};

/// The most parts that are evaluated for one expression: far more than a case needs, and reached in a moment.
const MOST_STEPS: u32 = 2_000_000;

/// One evaluation: the variables it may read, and how much work is left to it.
pub(crate) struct Evaluator<'a> {
    pub(crate) variables: &'a Variables,
    /// Variables of the loops around the part that is evaluated, the innermost last.
    pub(crate) locals: Vec<(String, Outcome)>,
    steps_left: u32,
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(variables: &'a Variables) -> Evaluator<'a> {
        Evaluator {
            variables,
            locals: Vec::new(),
            steps_left: MOST_STEPS,
        }
    }

    pub(crate) fn evaluate(&mut self, expression: &IdedExpr) -> Outcome {
        self.steps_left = self.steps_left.checked_sub(1).ok_or(Fault::TooMuch)?;
        match &expression.expr {
            Expr::Literal(literal) => Ok(literals::value(literal)),
            Expr::Ident(name) => self.name(&[name.as_str()]),
            Expr::Select(select) => self.select(select),
            Expr::Call(call) => self.call(call),
            Expr::List(list) => {
                let elements = list.elements.iter();
                let elements: Result<_, _> =
                    elements.map(|element| self.evaluate(element)).collect();
                elements.map(Value::List)
            }
            Expr::Map(map) => self.map(map),
            Expr::Comprehension(comprehension) => loops::comprehension(self, comprehension),
            // Cases with messages are not run.
            Expr::Struct(message) => Err(Fault::Unbound(message.type_name.clone())),
            Expr::Unspecified => Err(Fault::Unbound(String::new())),
        }
    }

    /// Evaluates with variables that stand for something, and forgets them again.
    pub(crate) fn with(
        &mut self,
        locals: impl IntoIterator<Item = (String, Outcome)>,
        then: impl FnOnce(&mut Self) -> Outcome,
    ) -> Outcome {
        let before = self.locals.len();
        self.locals.extend(locals);
        let outcome = then(self);
        self.locals.truncate(before);
        outcome
    }

    /// A name of several parts: the longest beginning that is a variable, and fields of its value.
    fn name(&self, parts: &[&str]) -> Outcome {
        let root = parts.first().copied().unwrap_or_default();
        let local = self.locals.iter().rev().find(|(name, _)| name == root);
        if let Some((_, outcome)) = local {
            return select_all(outcome.clone()?, parts.get(1..).unwrap_or_default());
        }
        match self.variables.longest(parts) {
            Some((outcome, taken)) => select_all(outcome?, parts.get(taken..).unwrap_or_default()),
            None => Err(Fault::Unbound(parts.join("."))),
        }
    }

    fn select(&mut self, select: &SelectExpr) -> Outcome {
        if select.test {
            return match self.evaluate(&select.operand)? {
                Value::Map(map) => {
                    let key = Value::Text(select.field.clone());
                    Ok(Value::Bool(find(&map, &key).is_some()))
                }
                other => Err(Fault::NoOverload(format!("has({}.)", other.type_name()))),
            };
        }
        if let Some(mut parts) = segments(&select.operand) {
            parts.push(&select.field);
            return self.name(&parts);
        }
        let operand = self.evaluate(&select.operand)?;
        select_all(operand, &[&select.field])
    }

    fn map(&mut self, map: &MapExpr) -> Outcome {
        let mut entries: Vec<(Value, Value)> = Vec::with_capacity(map.entries.len());
        for entry in &map.entries {
            let EntryExpr::MapEntry(entry) = &entry.expr else {
                return Err(Fault::BadKey);
            };
            let (key, value) = (self.evaluate(&entry.key)?, self.evaluate(&entry.value)?);
            add_entry(&mut entries, key, value)?;
        }
        Ok(Value::Map(entries))
    }

    fn call(&mut self, call_: &CallExpr) -> Outcome {
        let name = call_.func_name.as_str();
        match (name, call_.args.as_slice()) {
            (operators::LOGICAL_AND, sides) => return self.logic(sides, false),
            (operators::LOGICAL_OR, sides) => return self.logic(sides, true),
            (operators::CONDITIONAL, [condition, yes, no]) => {
                return match self.evaluate(condition)? {
                    Value::Bool(true) => self.evaluate(yes),
                    Value::Bool(false) => self.evaluate(no),
                    other => Err(Fault::NoOverload(format!("{} ? :", other.type_name()))),
                };
            }
            (operators::NOT_STRICTLY_FALSE, [condition]) => {
                let no = matches!(self.evaluate(condition), Ok(Value::Bool(false)));
                return Ok(Value::Bool(!no));
            }
            _ => {}
        }
        if let Some(outcome) = loops::macro_call(self, call_) {
            return outcome;
        }
        let mut args = Vec::with_capacity(call_.args.len() + 1);
        if let Some(target) = &call_.target {
            args.push(self.evaluate(target)?);
        }
        for arg in &call_.args {
            args.push(self.evaluate(arg)?);
        }
        let operator = match args.as_slice() {
            [a] if call_.target.is_none() => unary(name, a),
            [a, b] if call_.target.is_none() => binary(name, a, b),
            _ => None,
        };
        operator.unwrap_or_else(|| {
            let name = name.trim_start_matches('.');
            call(name, call_.target.is_some(), &args)
        })
    }

    /// `||` where `decisive` is true, `&&` where it is false: one decisive side is enough, whatever the others are.
    fn logic(&mut self, sides: &[IdedExpr], decisive: bool) -> Outcome {
        let mut fault = None;
        for side in sides {
            match self.evaluate(side) {
                Ok(Value::Bool(value)) if value == decisive => return Ok(Value::Bool(value)),
                Ok(Value::Bool(_)) => {}
                Ok(other) => {
                    let sign = if decisive { "||" } else { "&&" };
                    fault = fault.or(Some(Fault::NoOverload(format!(
                        "{sign} {}",
                        other.type_name()
                    ))));
                }
                Err(Fault::TooMuch) => return Err(Fault::TooMuch),
                Err(other) => fault = fault.or(Some(other)),
            }
        }
        match fault {
            Some(fault) => Err(fault),
            None => Ok(Value::Bool(!decisive)),
        }
    }
}

/// Adds an entry to a map, where its key can be one and is new.
pub(crate) fn add_entry(
    entries: &mut Vec<(Value, Value)>,
    key: Value,
    value: Value,
) -> Result<(), Fault> {
    if !matches!(
        key,
        Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Text(_)
    ) {
        return Err(Fault::BadKey);
    }
    if find(entries, &key).is_some() {
        return Err(Fault::RepeatedKey);
    }
    entries.push((key, value));
    Ok(())
}

fn select_all(value: Value, fields: &[&str]) -> Outcome {
    let mut value = value;
    for field in fields {
        let Value::Map(map) = &value else {
            return Err(Fault::NoOverload(format!("{}.{field}", value.type_name())));
        };
        let key = Value::Text((*field).to_owned());
        value = find(map, &key).cloned().ok_or(Fault::NoSuchKey)?;
    }
    Ok(value)
}
