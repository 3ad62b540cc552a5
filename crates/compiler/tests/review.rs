//! What a look at the whole of a pack finds: each fault alone in a copy of the published pack, with its line, and
//! nothing at all in the published pack itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod broken;

use broken::{finds_only, listed, published, with};
use naik_kelas_compiler::{Finding, Severity, check};

const PKH: &str = "decisions/pkh.toml";
const PKH_TEST: &str = "desil <= param('pkh.desil_max')";

#[test]
fn the_published_pack_gives_no_finding() {
    let findings = check(&published()).findings;
    assert!(findings.is_empty(), "{}", listed(&findings));
}

#[test]
fn conditions_that_can_never_or_always_hold_are_found() {
    let cases = ("cases/pkh.toml", "base = \"base\"", "base = \"base\"");
    for (test, words) in [
        // The decile is between 1 and 10.
        ("desil > 10", "the condition pkh/desil can never hold"),
        ("desil >= 1", "the condition pkh/desil always holds"),
        // Bounds together with a parameter, codes that do not meet, and counts.
        ("desil * 3 <= param('pkh.desil_max') - 2", "can never hold"),
        (
            "housing.floor in ['earth'] && housing.floor in ['bamboo']",
            "can never hold",
        ),
        ("size(members) >= 1", "always holds"),
        (
            "members.filter(m, m.age > 3).size() <= persons + 1",
            "always holds",
        ),
        ("income_other_month < 0", "can never hold"),
    ] {
        let (checked, line) = with(&[(PKH, PKH_TEST, test), cases]);
        let found: Vec<_> = checked
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Warning && finding.file == PKH)
            .collect();
        let right = found.len() == 1
            && found[0].line == line
            && found[0].message.contains(words)
            && !found[0].advice.is_empty();
        assert!(right, "{test}:\n{}", listed(&checked.findings));
    }
}

#[test]
fn conditions_that_exclude_one_another_are_found() {
    let (checked, _) = with(&[(
        "decisions/nib.toml",
        "!business.nib\"",
        "!business.exists || business.months < 0\"",
    )]);
    let said = |words: &str| {
        checked.findings.iter().any(|finding| {
            finding.file == "decisions/nib.toml"
                && finding.line > 0
                && finding.message.contains(words)
        })
    };
    assert!(
        said("nib exclude one another: nobody is ever eligible"),
        "{}",
        listed(&checked.findings)
    );
}

#[test]
fn what_only_seems_certain_is_not_complained_about() {
    let open = [
        // Open for want of a parameter, of a fact, of a member.
        "desil <= param('pkh.desil_max')",
        "members.filter(m, m.relation == 'head').size() <= 1",
        "members.exists(m, m.birth_date > assessed_on)",
        "business.exists || !business.plan",
        "size(members) > 39",
        "param('minimum_wage', province) > income_month",
    ];
    let derived: Vec<String> = open.iter().map(|test| format!("({test})")).collect();
    let (checked, _) = with(&[(
        "questionnaire.toml",
        "relevant = \"known(desil)\"",
        &format!("relevant = \"known(desil) && {}\"", derived.join(" && ")),
    )]);
    assert!(checked.findings.is_empty(), "{}", listed(&checked.findings));
}

#[test]
fn questions_that_are_never_or_always_asked_are_found() {
    let file = "questionnaire.toml";
    finds_only(
        file,
        "relevant = \"m.sex == 'female' && m.age >= 10 && m.age <= 54\"",
        "relevant = \"m.age >= 54 && m.age <= 10\"",
        0,
        "the question members.pregnant is never asked",
    );
    finds_only(
        file,
        "relevant = \"known(desil)\"",
        "relevant = \"known(desil) || desil > 0\"",
        0,
        "the question desil_version is always asked",
    );
    finds_only(
        file,
        "id = \"food\"\n",
        "id = \"food\"\nrelevant = \"desil > 10\"\n",
        1,
        "the section food is never asked",
    );
    finds_only(
        file,
        "test = \"m.age <= 120\"",
        "test = \"m.age <= 9999\"",
        0,
        "this check of members.birth_date can never be broken",
    );
    finds_only(
        file,
        "test = \"expenditure_month > 0\"",
        "test = \"expenditure_month < 0\"",
        0,
        "this check of expenditure_month is broken by every answer",
    );
}

#[test]
fn options_and_tests_of_readiness_that_can_never_hold_are_found() {
    finds_only(
        "derived.toml",
        "when = \"m.rights_violation_victim\"",
        "when = \"m.rights_violation_victim && m.income_month < 0\"",
        0,
        "the option rights_victim of members.pkh_component can never hold",
    );
    let (checked, line) = with(&[(
        "decisions/readiness.toml",
        "yellow = \"savings > 0\"",
        "yellow = \"savings >= 0\"",
    )]);
    let found = |finding: &Finding| {
        finding.line == line
            && finding
                .message
                .contains("yellow of the indicator savings always holds")
    };
    assert!(
        checked.findings.iter().any(found),
        "{}",
        listed(&checked.findings)
    );
    finds_only(
        "decisions/readiness.toml",
        "reds <= param('graduation.nearly_reds') && greens",
        "reds + 20 <= param('graduation.nearly_reds') && greens",
        0,
        "the grade nearly can never hold",
    );
}

#[test]
fn gaps_and_overlaps_of_dates_are_found() {
    let file = "parameters.toml";
    let pkh = "values = [{ from = \"2018-01-08\", value = 60,";
    finds_only(
        file,
        pkh,
        &pkh.replace("2018", "2027"),
        -4,
        "pkh.elderly_min_age is in force from 2027-01-08, the pack from 2026-01-01",
    );
    let line = "{ from = \"2025-05-26\", value = 4, law = \"Kepmensos 79/HUK/2025\" }";
    for earlier in ["2025-05-26", "2024-05-26"] {
        let two = format!("{line}, {{ from = \"{earlier}\", value = 5 }}");
        finds_only(file, line, &two, 0, "not in the order of their dates");
    }
    let row = "{ region = \"11\", from = \"2025-01-01\", value = 3_685_615 }, { region = \"11\", from = \"2026-01-01\", value = 3_932_552 }";
    finds_only(
        file,
        row,
        &row.replace("2025-01-01", "2026-01-01"),
        0,
        "two rows of minimum_wage for 11 begin on 2026-01-01",
    );
    let late = "{ region = \"11\", from = \"2026-02-01\", value = 3_932_552 }";
    finds_only(
        file,
        row,
        late,
        0,
        "minimum_wage begins after the pack (2026-01-01) for 11",
    );
    // A regency has its province's row until its own begins.
    let regency =
        format!("{row}, {{ region = \"1171\", from = \"2026-03-01\", value = 4_000_000 }}");
    let (checked, _) = with(&[(file, row, &regency)]);
    assert!(checked.findings.is_empty(), "{}", listed(&checked.findings));
}

#[test]
fn codes_without_a_row_are_found() {
    let path = published().join("parameters.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let rural: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("region = \"rural\""))
        .collect();
    assert!(rural.len() > 3);
    let removed: Vec<_> = rural
        .iter()
        .map(|line| ("parameters.toml", *line, ""))
        .collect();
    let (checked, line) = with(&removed);
    let found = |finding: &Finding| {
        finding.message == "poverty_line has no row for rural"
            && finding.line < line
            && finding.line > 0
    };
    assert!(
        checked.findings.iter().any(found),
        "{}",
        listed(&checked.findings)
    );
}

#[test]
fn the_end_of_a_pack_is_looked_at() {
    let begins = "effective_from = \"2026-01-01\"";
    finds_only(
        "pack.toml",
        begins,
        &format!("effective_to = \"2025-12-31\"\n{begins}"),
        0,
        "before it begins",
    );
    let (checked, _) = with(&[(
        "pack.toml",
        begins,
        &format!("effective_to = \"2026-01-31\"\n{begins}"),
    )]);
    let [only] = checked.findings.as_slice() else {
        panic!("{}", listed(&checked.findings));
    };
    assert!(
        only.message.contains(
            "this line of sembako.desil_max begins on 2026-02-09, after the pack has ended"
        ),
        "{only}"
    );
    assert!(only.file == "parameters.toml" && only.line > 0);
}

#[test]
fn parameters_that_nothing_reads_are_found() {
    let file = "parameters.toml";
    finds_only(
        file,
        "read_by = \"screens\"\n",
        "",
        -3,
        "nothing reads the parameter graduation.target_per_facilitator_year",
    );
    finds_only(
        file,
        "read_by = \"screens\"\n",
        "read_by = \"screen\"\n",
        0,
        "'screen' is not known here",
    );
}

#[test]
fn texts_that_are_missing_in_a_language_are_found() {
    finds_only(
        PKH,
        ", en = \"PKH cash transfer\"",
        "",
        0,
        "missing field `en`",
    );
    finds_only(
        PKH,
        "en = \"PKH cash transfer\"",
        "en = \" \"",
        0,
        "this text is empty",
    );
    finds_only(
        "facts.toml",
        "en = \"Bamboo\"",
        "en = \"\"",
        0,
        "this text is empty",
    );
    finds_only(
        "parameters.toml",
        "id = \"Anak SD\"",
        "id = \"\"",
        0,
        "this text is empty",
    );
    finds_only(
        "derived.toml",
        "en = \"Age\"",
        "en = \"\"",
        0,
        "this text is empty",
    );
    finds_only(
        "decisions/readiness.toml",
        "en = \"Protected\"",
        "en = \"\"",
        0,
        "this text is empty",
    );
    finds_only(
        "questionnaire.toml",
        "en = \"Family members\"",
        "en = \"\"",
        0,
        "this text is empty",
    );
    finds_only(
        "pack.toml",
        "en = \"PKH graduation 2026\"",
        "en = \"\"",
        0,
        "this text is empty",
    );
}

#[test]
fn decisions_without_cases_are_found() {
    let text = std::fs::read_to_string(published().join("cases/nib.toml")).unwrap();
    let (checked, _) = with(&[("cases/nib.toml", &text, "base = \"base\"\n")]);
    let [only] = checked.findings.as_slice() else {
        panic!("{}", listed(&checked.findings));
    };
    assert_eq!(
        (only.file.as_str(), only.message.as_str()),
        ("decisions/nib.toml", "nib has no case")
    );
    assert!(only.line > 0 && !only.advice.is_empty());
}

#[test]
fn facts_that_are_read_and_not_asked_are_found() {
    let ask = |fact: &str, text: &str| {
        (
            format!("[[section.question]]\nfact = \"{fact}\"\n{text}"),
            String::new(),
        )
    };
    let (from, to) = ask(
        "meals_per_day",
        "ask = { id = \"Berapa kali keluarga ini makan dalam sehari?\", en = \"How many meals a day does the family eat?\" }\n",
    );
    let (checked, _) = with(&[("questionnaire.toml", &from, &to)]);
    let found = |finding: &Finding| {
        finding.file == "facts.toml"
            && finding.line > 0
            && finding.message == "rules read meals_per_day, and no question asks for it"
    };
    assert!(
        checked.findings.len() == 1 && checked.findings.iter().any(found),
        "{}",
        listed(&checked.findings)
    );
}
