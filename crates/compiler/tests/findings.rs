//! What is wrong in a pack is said with file, line and advice.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod broken;

use broken::{after, finds};
use naik_kelas_compiler::Finding;

#[test]
fn names_that_do_not_exist_are_found_and_the_nearest_is_named() {
    let file = "decisions/pkh.toml";
    finds(
        file,
        "desil <= param('pkh.desil_max')",
        "decil <= param('pkh.desil_max')",
        "Did you mean desil?",
    );
    finds(
        file,
        "desil <= param('pkh.desil_max')",
        "desil <= param('pkh.desil_mx')",
        "Did you mean pkh.desil_max?",
    );
    finds(
        "decisions/rst.toml",
        "== 'owned'",
        "== 'ownd'",
        "Did you mean 'owned'?",
    );
    finds(
        "decisions/pkh.toml",
        "best(param(",
        "bset(param(",
        "Did you mean best(...)?",
    );
    finds(
        "questionnaire.toml",
        "fact = \"housing.wall\"",
        "fact = \"housing.wal\"",
        "Did you mean housing.wall?",
    );
    finds(
        "pack.toml",
        "\"pkh\", \"sembako\"",
        "\"pkhh\", \"sembako\"",
        "Did you mean pkh?",
    );
}

#[test]
fn types_that_do_not_fit_are_found() {
    let test = "desil <= param('pkh.desil_max')";
    finds("decisions/pkh.toml", test, "desil", "is not true or false");
    finds(
        "decisions/pkh.toml",
        test,
        "desil <= housing.floor",
        "cannot be compared",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "desil == 'low'",
        "only facts with codes",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "members.sex == 'male'",
        "members.exists(m, m.sex",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "members.exists(m, desil < 3)",
        "does not read the member",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "known(desil)",
        "belongs to the questionnaire",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "param('minimum_wage') > 0",
        "what chooses the row?",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "param('minimum_wage', area) > 0",
        "does not choose the rows",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "housing.floor_area_m2 / persons > 7",
        "Multiply the other side",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "desil <",
        "not a CEL expression",
    );
    finds(
        "decisions/pkh.toml",
        test,
        "has(housing.floor)",
        "has(...) is not used here",
    );
}

#[test]
fn a_derived_value_that_hangs_on_itself_is_found() {
    let (findings, _) = after(
        "derived.toml",
        "\"size(members)\"",
        "\"size(members) + income_per_capita\"",
    );
    let said = |finding: &Finding| {
        finding
            .message
            .contains("persons → income_per_capita → persons")
    };
    assert!(findings.iter().any(said));
}

#[test]
fn fields_dates_and_texts_are_checked() {
    finds("decisions/pkh.toml", "law = ", "lwa = ", "unknown field");
    finds(
        "parameters.toml",
        "from = \"2025-05-26\"",
        "from = \"2025-05-32\"",
        "is not a day",
    );
    finds(
        "parameters.toml",
        "value = 4, law = \"Kepmensos",
        "value = \"four\", law = \"Kepmensos",
        "is not of its type",
    );
    finds(
        "facts.toml",
        "source = \"registry\"",
        "source = \"registy\"",
        "Write one of question, registry.",
    );
    finds(
        "decisions/pkh.toml",
        "{param:pkh.desil_max}",
        "{param:pkh.desilmax}",
        "stands for nothing",
    );
}

#[test]
fn what_nothing_reads_and_what_cannot_differ_is_said() {
    let (findings, _) = after(
        "parameters.toml",
        "key = \"pkh.max_persons\"",
        "key = \"pkh.unused\"\ntype = \"int\"\nlabel = { id = \"a\", en = \"a\" }\nvalues = [{ from = \"2018-01-08\", value = 4 }]\n\n[[parameter]]\nkey = \"pkh.max_persons\"",
    );
    assert!(
        findings
            .iter()
            .any(|finding| finding.message == "nothing reads the parameter pkh.unused")
    );
    finds(
        "decisions/nib.toml",
        "business.exists\"",
        "param('pkh.desil_max') > 3\"",
        "the same for every family",
    );
    finds(
        "decisions/nib.toml",
        "!business.nib\"",
        "!business.exists\"",
        "nobody is eligible",
    );
}

#[test]
fn a_case_that_does_not_come_out_is_an_error() {
    finds(
        "cases/pkh.toml",
        "id = \"base\"",
        "id = \"base\"\nset = { desil = 9 }",
        "expected eligible, found not_eligible",
    );
}

#[test]
fn one_mistake_gives_one_finding_and_not_a_page() {
    let (findings, _) = after(
        "facts.toml",
        "path = \"desil\"\ntype = \"int\"",
        "path = \"desil\"\ntype = \"integer\"",
    );
    let errors: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity == naik_kelas_compiler::Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert_eq!(errors.len(), 1, "{}", errors.join("\n"));
    let (findings, _) = after("decisions/pkh.toml", "law = ", "lwa = ");
    assert_eq!(findings.len(), 1, "{findings:?}");
}
