//! Expressions of the public suite with characters changed, left out and mixed up: none makes the parser or an evaluator
//! panic, and what a pack could hold comes out of both evaluators the same.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod dice;

use dice::Dice;
use naik_kelas_compiler::conformance;
use serde_json::{Value as Json, json};
use std::path::Path;

fn expressions() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/cel");
    let mut all = Vec::new();
    for name in ["integer_math", "logic", "lists", "macros", "string"] {
        let text = std::fs::read_to_string(dir.join(format!("{name}.json"))).unwrap();
        let file: Json = serde_json::from_str(&text).unwrap();
        for section in file["section"].as_array().unwrap() {
            let tests = section["test"].as_array().unwrap();
            all.extend(
                tests
                    .iter()
                    .map(|test| test["expr"].as_str().unwrap().to_owned()),
            );
        }
    }
    all
}

fn mutated(all: &[String], signs: &[char], dice: &mut Dice) -> String {
    let mut text: Vec<char> = all[dice.throw(all.len())].chars().collect();
    for _ in 0..1 + dice.throw(3) {
        let at = dice.throw(text.len() + 1);
        match dice.throw(4) {
            0 if at < text.len() => {
                text.remove(at);
            }
            1 if at < text.len() => text[at] = signs[dice.throw(signs.len())],
            2 => {
                let other: Vec<char> = all[dice.throw(all.len())].chars().collect();
                let from = dice.throw(other.len() + 1);
                let until = from + dice.throw(other.len() + 1 - from);
                text.splice(at..at, other[from..until].iter().copied());
            }
            _ => text.insert(at, signs[dice.throw(signs.len())]),
        }
    }
    text.into_iter().collect()
}

#[test]
fn no_mutated_expression_panics_or_parts_the_two_evaluators() {
    let all = expressions();
    let signs: Vec<char> = "()[]{}.,:?!&|=<>+-*/%'\"`\\ \n\r\u{0}019aexumrb_é🐱@#$"
        .chars()
        .collect();
    let mut dice = Dice(0x2026_1124_0002);
    let tests: Vec<Json> = (0..2_000)
        .map(|_| json!({ "expr": mutated(&all, &signs, &mut dice), "eval_error": {} }))
        .collect();
    let file = json!({ "section": [{ "name": "mutated", "test": tests }] });
    let report = conformance::run(&file.to_string());
    let parted: Vec<&String> = report
        .failures
        .iter()
        .filter(|failure| failure.contains("a pack finds") || failure.contains("as a pack"))
        .collect();
    assert!(parted.is_empty(), "{parted:#?}");
    // Some have a value after all, and some cannot be read: the mutations are neither too wild nor too tame.
    assert!(
        report.failures.len() > 100 && report.passed > 500,
        "{}",
        report.passed
    );
}
