//! Whatever is written in a pack gives a finding with its place, in time that a person waits for; whatever a family is
//! gives a decision or an error, never a wrong decision.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod broken;

use broken::{after, finds, listed, with};
use naik_kelas_compiler::Severity;
use naik_kelas_rules::evaluate::{DecisionResult, EvalError, Evaluation};
use naik_kelas_rules::explain::Missing;
use naik_kelas_rules::family::MAX_MEMBERS;
use naik_kelas_rules::{Date, FactError, FactRef, Family, Outcome, Pack, Value};

const FILE: &str = "decisions/pkh.toml";
const TEST: &str = "desil <= param('pkh.desil_max')";

/// Each expression, as a derived value of one broken pack, gives a finding on its own line that holds the words.
fn refused(expressions: &[(String, &str)]) {
    let start = "# What follows from the facts.";
    let mut derived = String::new();
    for (number, (expression, _)) in expressions.iter().enumerate() {
        derived.push_str(&format!(
            "[[derived]]\nid = \"bad{number}\"\nexpr = \"{expression}\"\n\n"
        ));
    }
    let (findings, first) = after("derived.toml", start, &format!("{derived}{start}"));
    for (number, (expression, words)) in expressions.iter().enumerate() {
        let line = first + 4 * number + 2;
        let on_line = findings
            .iter()
            .find(|finding| finding.file == "derived.toml" && finding.line == line);
        let shown: String = expression.chars().take(80).collect();
        let found = on_line.unwrap_or_else(|| panic!("nothing is said about {shown}"));
        assert!(found.to_string().contains(words), "{shown}: {found}");
        assert!(
            !found.advice.is_empty() && found.message.len() < 1_000,
            "{found}"
        );
    }
}

/// Conditions joined by `&&`, each another one.
fn joined(count: usize, from: usize) -> String {
    let tests: Vec<String> = (0..count)
        .map(|n| format!("desil != {}", from + n))
        .collect();
    tests.join(" && ")
}

#[test]
fn an_expression_too_large_is_a_finding() {
    let deep = "nested deeper than";
    let mut all = Vec::new();
    for levels in [65, 500, 4_000] {
        let (open, close) = ("(".repeat(levels), ")".repeat(levels));
        all.push((format!("{open}desil{close} < 1"), deep));
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        all.push((format!("{open}desil{close} == 1"), deep));
    }
    all.push((format!("{}desil < 1", "true ? true : ".repeat(600)), deep));
    all.push((format!("{} < 1", vec!["desil"; 1_200].join(" + ")), deep));
    all.push((format!("desil{} < 1", ".size()".repeat(1_000)), deep));
    all.push((format!("desil{} < 1", "[0]".repeat(1_000)), deep));
    all.push((
        format!("{}1 < 1", "desil + ".repeat(20_000)),
        "at most 10000 are read",
    ));
    let numbers: Vec<String> = (0..300).map(|number| number.to_string()).collect();
    all.push((
        format!("desil in [{}]", numbers.join(", ")),
        "a chain of more than",
    ));
    refused(&all);
}

#[test]
fn an_expression_at_the_limit_is_compiled() {
    let nested = format!(
        "{}{TEST}{} && {}",
        "(".repeat(55),
        ")".repeat(55),
        joined(200, 1_000)
    );
    let (findings, _) = after(FILE, TEST, &nested);
    assert!(findings.is_empty(), "{}", listed(&findings));
}

#[test]
fn loops_in_loops_end() {
    let numbers: Vec<String> = (0..MAX_MEMBERS).map(|number| number.to_string()).collect();
    let list = format!("[{}]", numbers.join(", "));
    refused(&[
        (
            format!("{list}.all(a, {list}.all(b, {list}.all(c, a + b + c != desil)))"),
            "more than 4000 parts",
        ),
        (
            format!(
                "{list}.map(a, {list}.map(b, {list}.map(c, {list}.map(d, desil)))).size() == 1"
            ),
            "more than 4000 parts",
        ),
        (
            format!("{list}.all(a, {list}.all(b, a * b != desil))"),
            "more than 4000 parts",
        ),
        (
            "members.exists(a, members.exists(b, members.exists(c, a.age == b.age)))".to_owned(),
            "belongs to the member of an outer loop",
        ),
    ]);
}

#[test]
fn loops_over_forty_members_three_deep_are_decided() {
    let nested =
        "members.all(a, a.age >= 0 && members.all(b, b.age >= 0 && members.all(c, c.age >= 0)))";
    let (checked, _) = with(&[(FILE, TEST, &format!("{TEST} && {nested}"))]);
    let pack = checked.compiled.unwrap().pack;
    let mut family = family(&pack, "2026-11-24", MAX_MEMBERS);
    assert_eq!(pkh(&pack, &family).outcome, Outcome::Eligible);
    // Nobody's birth date is known: every member may be of any age.
    for member in 0..MAX_MEMBERS as u16 {
        let birth = pack.fact_index("members.birth_date").unwrap();
        family.clear(&pack, FactRef::member(birth, member)).unwrap();
    }
    assert_eq!(pkh(&pack, &family).outcome, Outcome::Undetermined);
    assert_eq!(family.add_member(), Err(FactError::TooManyMembers));
}

#[test]
fn a_pack_with_too_many_nodes_is_one_finding_where_the_room_ends() {
    let mut derived = String::new();
    for number in 0..60 {
        let expression = joined(150, number * 1_000);
        derived.push_str(&format!(
            "[[derived]]\nid = \"d{number}\"\nexpr = \"{expression}\"\n\n"
        ));
    }
    let start = "# What follows from the facts.";
    let (findings, _) = after("derived.toml", start, &format!("{derived}{start}"));
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    let [only] = errors.as_slice() else {
        panic!("{}", listed(&findings));
    };
    assert!(only.message.contains("more than 8192 nodes"), "{only}");
    assert!(only.file == "derived.toml" && only.line > 40, "{only}");
}

#[test]
fn values_that_hang_on_themselves_are_found_with_their_lines() {
    for (from, to, ring) in [
        (
            "expr = \"size(members)\"",
            "expr = \"persons + 1\"",
            "persons → persons",
        ),
        (
            "expr = \"size(members)\"",
            "expr = \"size(members) + income_per_capita\"",
            "persons → income_per_capita → persons",
        ),
        (
            "when = \"m.pregnant\"",
            "when = \"m.pkh_component == 'none'\"",
            "members.pkh_component → members.pkh_component",
        ),
        (
            "amount = \"param('pkh.amount_year.pregnant')\"",
            "amount = \"sum(members.map(m, m.pkh_component_amount))\"",
            "members.pkh_component → members.pkh_component",
        ),
    ] {
        let (findings, _) = after("derived.toml", from, to);
        let found = findings
            .iter()
            .find(|finding| finding.message.contains(ring));
        let found = found.unwrap_or_else(|| panic!("{ring} is not found:\n{}", listed(&findings)));
        assert!(
            found.file == "derived.toml" && found.line > 0 && !found.advice.is_empty(),
            "{found}"
        );
    }
}

#[test]
fn a_fact_of_the_wrong_type_and_a_code_outside_its_list_are_found() {
    let all = [
        ("desil <= 'low'", "cannot stand here"),
        ("housing.floor == 'erth'", "is not a code of this list"),
        (
            "housing.floor in ['earth', 'straw']",
            "is not a code of this list",
        ),
        ("business.exists > 2", "cannot be compared"),
        ("village == '3209012017'", "only facts with codes"),
        ("members.exists(m, m.birth_date > 3)", "cannot be compared"),
        ("desil in 4", "needs a list"),
        ("desil in [1, 'a']", "only facts with codes"),
    ];
    refused(&all.map(|(expression, words)| (expression.to_owned(), words)));
    let case = "cases/pkh.toml";
    finds(
        case,
        "id = \"base\"",
        "id = \"base\"\nset = { desil = \"low\" }",
        "desil: \"low\" is not a value",
    );
    finds(
        case,
        "id = \"base\"",
        "id = \"base\"\nset = { desil = 11 }",
        "desil: OutOfRange",
    );
    finds(
        case,
        "id = \"base\"",
        "id = \"base\"\nset = { 'housing.floor' = \"straw\" }",
        "housing.floor: UnknownCode",
    );
    finds(
        "questionnaire.toml",
        "skip = { value = \"never\" }",
        "skip = { value = \"nevr\" }",
        "not a value of members.marital",
    );
}

#[test]
fn whatever_stands_in_a_file_gives_a_finding() {
    for text in [
        "[[[[",
        "id = ",
        "\u{0}",
        "ÿ = \"\\q\"",
        "a = 1\na = 2",
        &"a.".repeat(5_000),
        &format!("x = {}", "[".repeat(50_000)),
    ] {
        let (findings, _) = after(FILE, "# PKH:", &format!("{text}\n# PKH:"));
        assert!(
            findings
                .iter()
                .any(|finding| finding.file == FILE && finding.line > 0),
            "{}",
            listed(&findings)
        );
    }
}

fn family(pack: &Pack, day: &str, members: usize) -> Family {
    let mut family = Family::new(pack, Date::parse(day).unwrap(), members);
    let mut set = |path: &str, value: Value| {
        for member in 0..members as u16 {
            let at = match path.starts_with("members.") {
                true => FactRef::member(pack.fact_index(path).unwrap(), member),
                false => FactRef::family(pack.fact_index(path).unwrap()),
            };
            family.set(pack, at, &value).unwrap();
        }
    };
    set("desil", Value::Int(2));
    set(
        "members.birth_date",
        Value::Date(Date::parse("1950-01-01").unwrap()),
    );
    set("members.employment", Value::Code("none".into()));
    set("members.attending", Value::Bool(false));
    set("members.pregnant", Value::Bool(true));
    set("members.severe_disability", Value::Bool(false));
    set("members.rights_violation_victim", Value::Bool(false));
    family
}

fn pkh(pack: &Pack, family: &Family) -> DecisionResult {
    let place = pack.decision_index("pkh").unwrap();
    Evaluation::of_decisions(pack, family).decision(place)
}

#[test]
fn an_amount_that_overflows_is_an_error_of_that_decision_alone() {
    // The cases of the pack meet the overflow: they say so, and the pack is not built.
    let (checked, _) = with(&[(
        FILE,
        "amount = \"best(",
        "amount = \"9223372036854775807 + best(",
    )]);
    assert!(checked.compiled.is_none());
    let case = checked
        .findings
        .iter()
        .find(|finding| finding.message.contains("found error"));
    assert!(
        case.is_some_and(|case| case.file == "cases/pkh.toml" && case.line > 0),
        "{}",
        listed(&checked.findings)
    );
    // With an amount that only a large family reaches, the pack is sound and the family's decision is an error.
    let large = "amount = \"best(param('pkh.max_persons'), members.map(m, m.pkh_component_amount)) * (persons > 30 ? 9000000000000 : 1)";
    let amount =
        "amount = \"best(param('pkh.max_persons'), members.map(m, m.pkh_component_amount))";
    let (checked, _) = with(&[(FILE, amount, large)]);
    let pack = checked.compiled.unwrap().pack;
    assert_eq!(
        pkh(&pack, &family(&pack, "2026-11-24", 30)).amount,
        Some(12_000_000)
    );
    let of_forty = family(&pack, "2026-11-24", 40);
    let result = pkh(&pack, &of_forty);
    assert_eq!(result.outcome, Outcome::Error(EvalError::Arithmetic));
    assert_eq!(result.amount, None);
    // The other decisions stand.
    let all = Evaluation::of_decisions(&pack, &of_forty).decisions();
    let errors = all
        .decisions
        .iter()
        .filter(|result| matches!(result.outcome, Outcome::Error(_)));
    assert_eq!(errors.count(), 1);
}

#[test]
fn a_parameter_that_is_not_in_force_leaves_the_decision_open_and_is_named() {
    let pack = naik_kelas_compiler::build(&broken::published())
        .unwrap()
        .pack;
    let result = pkh(&pack, &family(&pack, "2026-11-24", 2));
    assert_eq!(
        (result.outcome, result.amount),
        (Outcome::Eligible, Some(6_000_000))
    );
    // The decile's limit is in force since 2025-05-26.
    let before = family(&pack, "2025-05-25", 2);
    let result = pkh(&pack, &before);
    assert_eq!(
        (result.outcome, result.amount),
        (Outcome::Undetermined, None)
    );
    let place = pack.decision_index("pkh").unwrap();
    let missing = Evaluation::of_decisions(&pack, &before)
        .explain(place)
        .missing;
    let named: Vec<&str> = missing
        .iter()
        .filter_map(|missing| match missing {
            Missing::Parameter(place) => {
                Some(pack.file().parameters[usize::from(*place)].key.as_str())
            }
            Missing::Fact(_) => None,
        })
        .collect();
    assert_eq!(named, ["pkh.desil_max"]);
}
