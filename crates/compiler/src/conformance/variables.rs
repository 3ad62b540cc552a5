//! Names from outside the expression: variables, perhaps within a container, and the names of types.

use super::value::{Outcome, Value};
use cel::common::ast::{Expr, IdedExpr};
use std::collections::BTreeMap;

/// Types that an expression can name.
const TYPES: [&str; 12] = [
    "bool",
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "list",
    "map",
    "null_type",
    "type",
    "google.protobuf.Timestamp",
    "google.protobuf.Duration",
];

/// The variables of a case.
#[derive(Default)]
pub(crate) struct Variables {
    /// `x` within the container `a.b` may be `a.b.x`, `a.x` or `x`.
    pub(crate) container: String,
    pub(crate) bound: BTreeMap<String, Outcome>,
}

impl Variables {
    /// The longest beginning of a name that stands for something, and how many of its parts that takes.
    pub(crate) fn longest(&self, parts: &[&str]) -> Option<(Outcome, usize)> {
        (1..=parts.len()).rev().find_map(|taken| {
            let name = parts[..taken].join(".");
            self.named(&name).map(|outcome| (outcome, taken))
        })
    }

    fn named(&self, name: &str) -> Option<Outcome> {
        // A name that begins with a point is looked up outside every container.
        let (container, name) = match name.strip_prefix('.') {
            Some(name) => ("", name),
            None => (self.container.as_str(), name),
        };
        let mut container = Some(container).filter(|container| !container.is_empty());
        while let Some(within) = container {
            if let Some(outcome) = self.bound.get(&format!("{within}.{name}")) {
                return Some(outcome.clone());
            }
            container = within.rsplit_once('.').map(|(outer, _)| outer);
        }
        if let Some(outcome) = self.bound.get(name) {
            return Some(outcome.clone());
        }
        let known = TYPES.iter().find(|known| **known == name)?;
        Some(Ok(Value::Type((*known).to_owned())))
    }
}

/// The parts of a name such as `a.b.c`; nothing where the expression is more than a name.
pub(crate) fn segments(expression: &IdedExpr) -> Option<Vec<&str>> {
    match &expression.expr {
        Expr::Ident(name) => Some(vec![name]),
        Expr::Select(select) if !select.test => {
            let mut parts = segments(&select.operand)?;
            parts.push(&select.field);
            Some(parts)
        }
        _ => None,
    }
}
