//! Loops: what the parser makes of `exists`, `all`, `exists_one`, `map` and `filter`, and the macros with two variables
//! and `cel.bind`, which it leaves as calls.

use super::evaluate::{Evaluator, add_entry};
use super::value::{Fault, Outcome, Value};
use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, IdedExpr};

/// Runs a loop as the parser spells it: a result that each step makes anew.
pub(crate) fn comprehension(evaluator: &mut Evaluator<'_>, loop_: &ComprehensionExpr) -> Outcome {
    let elements = pairs(
        evaluator.evaluate(&loop_.iter_range)?,
        loop_.iter_var2.is_some(),
    )?;
    let mut result = evaluator.evaluate(&loop_.accu_init);
    for (first, second) in elements {
        let own = |result: &Outcome| (loop_.accu_var.clone(), result.clone());
        let goes_on = evaluator.with([own(&result)], |inner| inner.evaluate(&loop_.loop_cond))?;
        if matches!(goes_on, Value::Bool(false)) {
            break;
        }
        let mut locals = vec![own(&result), (loop_.iter_var.clone(), Ok(first))];
        if let Some(name) = &loop_.iter_var2 {
            locals.push((name.clone(), Ok(second)));
        }
        result = evaluator.with(locals, |inner| inner.evaluate(&loop_.loop_step));
        if matches!(result, Err(Fault::TooMuch)) {
            return result;
        }
    }
    evaluator.with([(loop_.accu_var.clone(), result)], |inner| {
        inner.evaluate(&loop_.result)
    })
}

/// What a loop goes over: elements or keys alone, or places and elements, keys and values.
fn pairs(range: Value, two: bool) -> Result<Vec<(Value, Value)>, Fault> {
    match range {
        Value::List(list) if two => Ok((0..).map(Value::Int).zip(list).collect()),
        Value::List(list) => Ok(list
            .into_iter()
            .map(|element| (element, Value::Null))
            .collect()),
        Value::Map(map) => Ok(map),
        other => Err(Fault::NoOverload(format!(
            "a loop over {}",
            other.type_name()
        ))),
    }
}

/// A macro that the parser does not know; `None` where the call is none.
pub(crate) fn macro_call(evaluator: &mut Evaluator<'_>, call: &CallExpr) -> Option<Outcome> {
    let target = call.target.as_deref()?;
    let args = call.args.as_slice();
    match (call.func_name.as_str(), &target.expr, args) {
        ("bind", Expr::Ident(root), [name, value, body]) if root == "cel" => {
            let name = variable(name)?;
            let value = evaluator.evaluate(value);
            Some(evaluator.with([(name, value)], |inner| inner.evaluate(body)))
        }
        (
            name @ ("exists" | "all" | "existsOne" | "exists_one" | "transformList"
            | "transformMap" | "transformMapEntry"),
            _,
            [first, second, rest @ ..],
        ) => {
            let (first, second) = (variable(first)?, variable(second)?);
            let (filter, body) = match (name.starts_with("transform"), rest) {
                (_, [body]) => (None, body),
                (true, [filter, body]) => (Some(filter), body),
                _ => return None,
            };
            let two = TwoVariables {
                first,
                second,
                filter,
                body,
            };
            Some(two.run(evaluator, name, target))
        }
        _ => None,
    }
}

fn variable(expression: &IdedExpr) -> Option<String> {
    match &expression.expr {
        Expr::Ident(name) => Some(name.clone()),
        _ => None,
    }
}

struct TwoVariables<'a> {
    first: String,
    second: String,
    filter: Option<&'a IdedExpr>,
    body: &'a IdedExpr,
}

impl TwoVariables<'_> {
    fn run(&self, evaluator: &mut Evaluator<'_>, name: &str, range: &IdedExpr) -> Outcome {
        let elements = pairs(evaluator.evaluate(range)?, true)?;
        match name {
            "exists" => self.any(evaluator, elements, true),
            "all" => self.any(evaluator, elements, false),
            "existsOne" | "exists_one" => {
                let mut count = 0;
                for pair in &elements {
                    count += u32::from(truth(self.of(evaluator, pair, self.body)?)?);
                }
                Ok(Value::Bool(count == 1))
            }
            _ => self.transform(evaluator, name, &elements),
        }
    }

    fn of(
        &self,
        evaluator: &mut Evaluator<'_>,
        (first, second): &(Value, Value),
        body: &IdedExpr,
    ) -> Outcome {
        let locals = [
            (self.first.clone(), Ok(first.clone())),
            (self.second.clone(), Ok(second.clone())),
        ];
        evaluator.with(locals, |inner| inner.evaluate(body))
    }

    /// One decisive element is enough, whatever the others are.
    fn any(
        &self,
        evaluator: &mut Evaluator<'_>,
        elements: Vec<(Value, Value)>,
        decisive: bool,
    ) -> Outcome {
        let mut fault = None;
        for pair in &elements {
            match self.of(evaluator, pair, self.body).and_then(truth) {
                Ok(value) if value == decisive => return Ok(Value::Bool(value)),
                Ok(_) => {}
                Err(other) => fault = fault.or(Some(other)),
            }
        }
        match fault {
            Some(fault) => Err(fault),
            None => Ok(Value::Bool(!decisive)),
        }
    }

    fn transform(
        &self,
        evaluator: &mut Evaluator<'_>,
        name: &str,
        elements: &[(Value, Value)],
    ) -> Outcome {
        let (mut list, mut map) = (Vec::new(), Vec::new());
        for pair in elements {
            let kept = match self.filter {
                Some(filter) => truth(self.of(evaluator, pair, filter)?)?,
                None => true,
            };
            if !kept {
                continue;
            }
            let value = self.of(evaluator, pair, self.body)?;
            match (name, value) {
                ("transformList", value) => list.push(value),
                ("transformMap", value) => add_entry(&mut map, pair.0.clone(), value)?,
                (_, Value::Map(entries)) => {
                    for (key, value) in entries {
                        add_entry(&mut map, key, value)?;
                    }
                }
                (_, other) => return Err(Fault::NoOverload(other.type_name().to_owned())),
            }
        }
        Ok(match name {
            "transformList" => Value::List(list),
            _ => Value::Map(map),
        })
    }
}

fn truth(value: Value) -> Result<bool, Fault> {
    match value {
        Value::Bool(value) => Ok(value),
        other => Err(Fault::NoOverload(format!(
            "a condition of {}",
            other.type_name()
        ))),
    }
}
