//! The public conformance suite of CEL, run over this language.
//!
//! Every case is evaluated over dynamic values, by an evaluator that is there for the suite alone. A case that a pack
//! could hold goes the pack's way as well: it is compiled to typed nodes and evaluated by `naik_kelas_rules`, and both
//! must say the same. What packs do not have (protobuf messages, libraries beside the standard one) is passed over
//! with its reason.

mod convert;
mod decode;
mod evaluate;
mod functions;
mod literals;
mod loops;
mod operators;
mod outside;
mod suite;
mod time;
mod typed;
mod value;
mod variables;

use crate::limits;
use decode::{Unread, is_of_type, same};
use evaluate::Evaluator;
use std::collections::BTreeMap;
use suite::{Case, Expected};
use value::{Fault, Outcome};

/// What came of one file of the suite.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// How many cases came out as they should.
    pub passed: usize,
    /// How many of those went through the pack's own evaluator too.
    pub typed: usize,
    /// What did not come out as it should, each with its case.
    pub failures: Vec<String>,
    /// How many cases were passed over, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
}

/// Runs one file of the suite, from the text of its JSON.
#[must_use]
pub fn run(text: &str) -> FileReport {
    limits::on_deep_stack(|| run_here(text)).unwrap_or_else(|error| FileReport {
        failures: vec![format!("no room for another thread: {error}")],
        ..FileReport::default()
    })
}

fn run_here(text: &str) -> FileReport {
    let mut report = FileReport::default();
    let cases = match suite::cases(text) {
        Ok(cases) => cases,
        Err(error) => {
            report
                .failures
                .push(format!("the file cannot be read: {error}"));
            return report;
        }
    };
    for (name, case) in cases {
        let verdict = match case {
            Ok(case) => judge(&case),
            Err(Unread::Outside(reason)) => Verdict::Skipped(reason),
            Err(Unread::Malformed(why)) => Verdict::Failed(format!("{name}: {why}")),
        };
        match verdict {
            Verdict::Passed { typed } => {
                report.passed += 1;
                report.typed += usize::from(typed);
            }
            Verdict::Failed(why) => report.failures.push(why),
            Verdict::Skipped(reason) => *report.skipped.entry(reason).or_default() += 1,
        }
    }
    report
}

enum Verdict {
    Passed { typed: bool },
    Failed(String),
    Skipped(&'static str),
}

fn judge(case: &Case) -> Verdict {
    let failed =
        |why: String| Verdict::Failed(format!("{}: `{}`: {why}", case.name, case.expression));
    let expression = match literals::parse(&case.expression) {
        Ok(expression) => expression,
        Err(_) if matches!(case.expected, Expected::Error) => {
            return Verdict::Passed { typed: false };
        }
        Err(error) => return failed(format!("cannot be parsed: {error}")),
    };
    if let Some(reason) = outside::reason(&expression) {
        return Verdict::Skipped(reason);
    }
    let found = Evaluator::new(&case.variables).evaluate(&expression);
    // Also where an error is expected: it is not the one that is meant.
    if names_protobuf(case, &found) {
        return Verdict::Skipped("protobuf enums and types");
    }
    let typed = match typed::answer(&case.expression, &expression, &case.variables) {
        None => false,
        Some(Ok(answer)) if answer.agrees(&found) => true,
        Some(Ok(answer)) => return failed(format!("a pack finds {answer:?}, and not {found:?}")),
        Some(Err(why)) => return failed(format!("as a pack: {why}")),
    };
    match is_expected(&case.expected, &found) {
        true => Verdict::Passed { typed },
        false => failed(format!("found {found:?}")),
    }
}

fn is_expected(expected: &Expected, found: &Outcome) -> bool {
    match (expected, found) {
        (Expected::Error, Err(fault)) => *fault != Fault::TooMuch,
        (Expected::Value(expected), Ok(found)) => same(expected, found),
        (Expected::Typed(expected, kind), Ok(found)) => {
            same(expected, found) && is_of_type(found, kind)
        }
        _ => false,
    }
}

/// A name that nobody declared, in a case that stands among protobuf's types, is one of them.
fn names_protobuf(case: &Case, found: &Outcome) -> bool {
    let Err(Fault::Unbound(name)) = found else {
        return false;
    };
    let among = |text: &str| text.contains("proto2") || text.contains("proto3");
    among(&case.variables.container) || among(name) || name.starts_with("google.protobuf")
}
