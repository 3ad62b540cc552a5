//! What `packs/README.md` says about the language is true: every name is explained, nothing else is, and every example
//! gives what stands beside it, for the family of the published pack's cases.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod broken;

use broken::{listed, published, with};
use naik_kelas_compiler::{Finding, language};
use naik_kelas_rules::evaluate::Evaluation;
use naik_kelas_rules::explain::Named;
use naik_kelas_rules::pack::FactKind;
use naik_kelas_rules::{Date, Decimal, FactRef, Family, Pack, Value};
use std::collections::BTreeSet;

fn readme() -> String {
    std::fs::read_to_string(published().join("../README.md")).unwrap()
}

/// One line of the reference: ``- `size(members)` → `5` ``.
#[derive(Debug)]
struct Example {
    expression: String,
    expected: Expected,
    /// It is about the first member.
    of_member: bool,
    /// It belongs to the questionnaire.
    of_question: bool,
    without: Option<String>,
    on: Option<String>,
}

#[derive(Debug, PartialEq)]
enum Expected {
    Value(String),
    Open,
    Error,
    Refused(String),
}

/// The text between the next two backticks, and what follows them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once('`')?;
    rest.split_once('`')
}

fn examples() -> Vec<Example> {
    let readme = readme();
    let lines = readme
        .lines()
        .filter(|line| line.starts_with("- `") && line.contains(" → "));
    let example = |line: &str| {
        let (left, right) = line.split_once(" → ").unwrap();
        let expression = quoted(left).unwrap().0.to_owned();
        let after = |words: &str| {
            right
                .split_once(words)
                .map(|(_, rest)| quoted(rest).unwrap().0.to_owned())
        };
        let expected = match right {
            right if right.starts_with("open") => Expected::Open,
            right if right.starts_with("error") => Expected::Error,
            right if right.starts_with("refused: ") => {
                Expected::Refused(quoted(right).unwrap().0.to_owned())
            }
            right => Expected::Value(
                quoted(right)
                    .unwrap_or_else(|| panic!("{line}"))
                    .0
                    .to_owned(),
            ),
        };
        Example {
            expression,
            expected,
            of_member: right.contains("for the first member"),
            of_question: right.contains("in a question"),
            without: after("where nobody knows "),
            on: after(" on "),
        }
    };
    lines.map(example).collect()
}

#[test]
fn every_name_of_the_language_is_explained_and_no_other() {
    let readme = readme();
    let headings = readme
        .lines()
        .filter_map(|line| line.strip_prefix("#### `"));
    let explained: BTreeSet<&str> = headings
        .map(|heading| {
            let name = heading.split(['(', '`']).next().unwrap();
            name.rsplit('.').next().unwrap()
        })
        .collect();
    let names = language::FUNCTIONS
        .into_iter()
        .chain(language::MACROS)
        .chain(language::NAMES);
    assert_eq!(explained, names.collect());
    // The first cell of the rows of the table of operators; a bar within a cell is written \\|.
    let rows = readme.replace("\\|", "\u{1}");
    let cells = rows
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|line| line.split(" | ").next().unwrap());
    let signs: BTreeSet<String> = cells
        .flat_map(|cell| cell.trim_end_matches('`').split("` `"))
        .map(|sign| sign.replace('\u{1}', "|"))
        .collect();
    let unexplained = language::OPERATORS
        .into_iter()
        .filter(|sign| !signs.contains(*sign));
    assert_eq!(unexplained.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn every_name_has_an_example() {
    let examples = examples();
    let names = language::FUNCTIONS
        .into_iter()
        .chain(language::MACROS)
        .chain(language::NAMES);
    for name in names.chain(
        language::OPERATORS
            .into_iter()
            .filter(|sign| *sign != "? :"),
    ) {
        let shown = examples.iter().any(|example| {
            !matches!(example.expected, Expected::Refused(_)) && example.expression.contains(name)
        });
        assert!(shown, "no example of {name}");
    }
    assert!(
        examples
            .iter()
            .any(|example| example.expression.contains(" ? "))
    );
}

#[test]
fn every_example_gives_what_stands_beside_it() {
    let examples = examples();
    assert!(examples.len() > 50, "only {} examples", examples.len());
    let (mut derived, mut relevant, mut places) = (String::new(), Vec::new(), Vec::new());
    for (number, example) in examples.iter().enumerate() {
        if example.of_question {
            relevant.push(number);
            continue;
        }
        let prefix = if example.of_member { "members." } else { "" };
        let expression = &example.expression;
        places.push((number, 1 + derived.matches('\n').count() + 2));
        derived.push_str(&format!(
            "[[derived]]\nid = \"{prefix}e{number}\"\nexpr = \"{expression}\"\n\n"
        ));
        if example.expected == Expected::Error {
            // An open number is below, at or above nought; an error is neither.
            derived.push_str(&format!("[[derived]]\nid = \"{prefix}c{number}\"\nexpr = \"({expression}) <= 0 || ({expression}) > 0\"\n\n"));
        }
    }
    let start = "# What follows from the facts.";
    let with_derived = format!("{derived}{start}");
    let refused = check_refusals(&examples, &places, start, &with_derived);
    // Again without what is refused: the others are evaluated.
    let mut kept = String::new();
    for block in derived.split("\n\n").filter(|block| !block.is_empty()) {
        let is_refused = refused
            .iter()
            .any(|number| block.contains(&format!("e{number}\"")));
        if !is_refused {
            kept.push_str(block);
            kept.push_str("\n\n");
        }
    }
    let (checked, _) = with(&[("derived.toml", start, &format!("{kept}{start}"))]);
    let pack = checked
        .compiled
        .unwrap_or_else(|| panic!("{}", listed(&checked.findings)))
        .pack;
    for (number, example) in examples.iter().enumerate() {
        if !matches!(example.expected, Expected::Refused(_)) && !example.of_question {
            evaluate(&pack, number, example);
        }
    }
    for number in relevant {
        question(&examples[number]);
    }
}

/// Whether a question that is relevant where the expression holds is asked.
fn question(example: &Example) {
    let from = "fact = \"kk\"\n";
    let relevant = format!("{from}relevant = \"{}\"\n", example.expression);
    let (checked, _) = with(&[("questionnaire.toml", from, &relevant)]);
    let pack = checked.compiled.unwrap().pack;
    let family = family(&pack, example);
    let form = naik_kelas_rules::form::form(&pack, &family);
    let kk = pack.fact_index("kk").unwrap();
    let entry = form
        .sections
        .iter()
        .flat_map(|section| &section.entries)
        .find(|entry| entry.at == FactRef::family(kk))
        .unwrap();
    let asked = entry.relevance == naik_kelas_rules::form::Relevance::Asked;
    assert_eq!(
        Expected::Value(asked.to_string()),
        example.expected,
        "{}",
        example.expression
    );
}

/// The examples that must be refused are, with the words that stand beside them; gives their numbers.
fn check_refusals(
    examples: &[Example],
    places: &[(usize, usize)],
    start: &str,
    derived: &str,
) -> Vec<usize> {
    let (checked, _) = with(&[("derived.toml", start, derived)]);
    let mut refused = Vec::new();
    for (number, example) in examples.iter().enumerate() {
        let Some((_, line)) = places.iter().find(|(place, _)| *place == number) else {
            continue;
        };
        let found: Vec<&Finding> = checked
            .findings
            .iter()
            .filter(|finding| finding.file == "derived.toml" && finding.line == *line)
            .collect();
        match &example.expected {
            Expected::Refused(words) => {
                assert!(
                    found
                        .iter()
                        .any(|finding| finding.to_string().contains(words)),
                    "{}: {found:?}",
                    example.expression
                );
                refused.push(number);
            }
            _ => assert!(found.is_empty(), "{}: {found:?}", example.expression),
        }
    }
    refused
}

fn evaluate(pack: &Pack, number: usize, example: &Example) {
    let family = family(pack, example);
    let mut evaluation = Evaluation::new(pack, &family);
    let mut value = |id: String| match example.of_member {
        true => {
            let id = format!("members.{id}");
            let place = pack
                .file()
                .derived
                .iter()
                .position(|derived| derived.id == id)
                .unwrap();
            evaluation.member_value(place, 0)
        }
        false => match evaluation.named(&id) {
            Named::Derived(_, value) => value,
            other => panic!("{other:?}"),
        },
    };
    let found = match (value(format!("e{number}")), &example.expected) {
        (Some(value), _) => Expected::Value(shown(&value)),
        (None, Expected::Error) if value(format!("c{number}")).is_none() => Expected::Error,
        (None, _) => Expected::Open,
    };
    assert_eq!(found, example.expected, "{}", example.expression);
}

fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Code(code) | Value::Text(code) => format!("'{code}'"),
        Value::Codes(codes) => codes.join(", "),
    }
}

/// The family of the cases, on another day or without a fact where the example says so.
fn family(pack: &Pack, example: &Example) -> Family {
    let text = std::fs::read_to_string(published().join("cases/base.toml")).unwrap();
    let base: toml::Table = toml::from_str(&text).unwrap();
    let base = base["family"].as_table().unwrap();
    let members = base["members"].as_array().unwrap();
    let day = example
        .on
        .as_deref()
        .unwrap_or_else(|| base["assessed_on"].as_str().unwrap());
    let mut family = Family::new(pack, Date::parse(day).unwrap(), members.len());
    set(pack, &mut family, "", base, None);
    for (place, member) in members.iter().enumerate() {
        set(
            pack,
            &mut family,
            "members.",
            member.as_table().unwrap(),
            Some(place as u16),
        );
    }
    if let Some(path) = &example.without {
        family
            .set_unknown(pack, pack.fact_at(path).unwrap())
            .unwrap();
    }
    family
}

fn set(pack: &Pack, family: &mut Family, prefix: &str, table: &toml::Table, member: Option<u16>) {
    for (name, value) in table {
        let path = format!("{prefix}{name}");
        if let Some(inner) = value.as_table() {
            set(pack, family, &format!("{path}."), inner, member);
            continue;
        }
        let Some(fact) = pack.fact_index(&path) else {
            continue;
        };
        let value = match (pack.fact(fact).unwrap().kind, value) {
            (FactKind::Bool, value) => Value::Bool(value.as_bool().unwrap()),
            (FactKind::Int | FactKind::Money, value) => Value::Int(value.as_integer().unwrap()),
            (FactKind::Decimal, value) => {
                Value::Decimal(Decimal(value.as_integer().unwrap() * 1_000))
            }
            (FactKind::Date, value) => Value::Date(Date::parse(value.as_str().unwrap()).unwrap()),
            (FactKind::Code, toml::Value::Integer(code)) => Value::Code(code.to_string()),
            (FactKind::Code, value) => Value::Code(value.as_str().unwrap().to_owned()),
            (FactKind::Text, value) => Value::Text(value.as_str().unwrap().to_owned()),
            (FactKind::Codes, value) => panic!("{value}"),
        };
        family.set(pack, FactRef { fact, member }, &value).unwrap();
    }
}
