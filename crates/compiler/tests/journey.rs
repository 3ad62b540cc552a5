//! The forms of the journey: what is wrong in them is said with its line, and a partner is looked for among partners.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod broken;

use broken::{finds, finds_only, listed, with};
use naik_kelas_rules::evaluate::Evaluation;
use naik_kelas_rules::explain::Named;
use naik_kelas_rules::{Date, Family, Pack, Value};

const JOURNEY: &str = "journey.toml";

#[test]
fn a_state_that_there_is_not_is_found() {
    finds_only(
        JOURNEY,
        "from = [\"proposed\", \"verified\"]",
        "from = [\"proposed\", \"verifed\"]",
        0,
        "'verifed' is no state of the journey",
    );
    finds_only(
        JOURNEY,
        "becomes = [{ state = \"returned\" }]",
        "becomes = [{ state = \"poor\" }]",
        0,
        "'poor' is no state of the journey",
    );
}

#[test]
fn a_condition_that_leads_nowhere_is_found_on_its_line() {
    finds_only(
        JOURNEY,
        "when = \"verdict.result == 'approved'\"",
        "when = \"verdict.result == 'aproved'\"",
        0,
        "aproved",
    );
    finds(
        JOURNEY,
        "when = \"verdict.result == 'approved'\"",
        "when = \"plan.goals\"",
        "is not true or false",
    );
}

#[test]
fn a_form_names_only_what_it_asks() {
    finds_only(
        JOURNEY,
        "next = \"plan.visit_on\"",
        "next = \"visit.next_on\"",
        0,
        "no question of this form asks for visit.next_on",
    );
    finds_only(
        JOURNEY,
        "next = \"plan.visit_on\"",
        "next = \"plan.who\"",
        0,
        "plan.who is not a day",
    );
    finds_only(
        JOURNEY,
        "carries = [\"plan.goals\", \"plan.steps\", \"plan.who\"]",
        "carries = [\"plan.goals\", \"visit.note\"]",
        0,
        "no question of this form asks for visit.note",
    );
    // Not about one member, not what follows from the notes, not what there is not.
    finds(
        JOURNEY,
        "fact = \"plan.who\"",
        "fact = \"members.name\"",
        "members.name cannot be asked in this section",
    );
    finds(
        JOURNEY,
        "fact = \"note.text\"",
        "fact = \"journey.state\"",
        "is worked out from the family's notes",
    );
    finds(
        JOURNEY,
        "fact = \"note.text\"",
        "fact = \"note.tekst\"",
        "Did you mean note.text?",
    );
}

#[test]
fn two_forms_with_one_id_are_found() {
    finds_only(
        JOURNEY,
        "id = \"relapse\"\ntitle",
        "id = \"verdict\"\ntitle",
        0,
        "there are two forms verdict",
    );
}

#[test]
fn texts_that_are_missing_are_found() {
    finds_only(
        JOURNEY,
        "en = \"Record a visit\"",
        "en = \"\"",
        0,
        "this text is empty",
    );
    for label in ["Payment monitoring", "Partner's answer", "Goals"] {
        let label = format!("en = \"{label}\"");
        finds_only(JOURNEY, &label, "en = \"\"", 0, "this text is empty");
    }
    finds(
        JOURNEY,
        ", en = \"Who will do them?\"",
        "",
        "missing field `en`",
    );
    finds_only(
        JOURNEY,
        "Verify first, then approve.",
        "Verify {verdict.result} first.",
        0,
        "the two languages put in different values",
    );
}

#[test]
fn a_form_that_nobody_can_reach_is_no_fault() {
    let (checked, _) = with(&[(
        JOURNEY,
        "from = [\"graduated\", \"followed_up\"]",
        "from = [\"returned\"]",
    )]);
    assert!(checked.findings.is_empty(), "{}", listed(&checked.findings));
}

/// The pack with a derived value of this expression.
fn asking(expression: &str) -> Pack {
    let start = "# What follows from the facts.";
    let derived = format!("[[derived]]\nid = \"asked\"\nexpr = \"{expression}\"\n\n{start}");
    let (checked, _) = with(&[("derived.toml", start, &derived)]);
    let findings = listed(&checked.findings);
    checked
        .compiled
        .unwrap_or_else(|| panic!("{findings}"))
        .pack
}

#[test]
fn one_code_is_looked_for_among_several_of_its_list() {
    let pack = asking("consent.to in journey.consents");
    let code = |code: &str| Value::Code(code.into());
    let codes =
        |codes: &[&str]| Value::Codes(codes.iter().map(|code| (*code).to_owned()).collect());
    for (sought, held, expected) in [
        (
            Some(code("kur")),
            Some(codes(&["mekaar", "kur"])),
            Some(true),
        ),
        (Some(code("kdmp")), Some(codes(&["kdmp"])), Some(true)),
        (
            Some(code("umi")),
            Some(codes(&["mekaar", "kur"])),
            Some(false),
        ),
        (Some(code("umi")), Some(codes(&[])), Some(false)),
        // What is not known stays open, but nothing is among none.
        (Some(code("umi")), None, None),
        (None, Some(codes(&["mekaar"])), None),
        (None, None, None),
        (None, Some(codes(&[])), Some(false)),
    ] {
        let mut family = Family::new(&pack, Date::parse("2026-11-24").unwrap(), 1);
        for (path, value) in [("consent.to", &sought), ("journey.consents", &held)] {
            if let Some(value) = value {
                family
                    .set(&pack, pack.fact_at(path).unwrap(), value)
                    .unwrap();
            }
        }
        let found = match Evaluation::new(&pack, &family).named("asked") {
            Named::Derived(_, Some(Value::Bool(found))) => Some(found),
            Named::Derived(_, None) => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected, "{sought:?} in {held:?}");
    }
}

#[test]
fn codes_of_two_lists_are_refused_even_where_the_words_are_the_same() {
    let test = "test = \"withdrawal.from in journey.consents\"";
    for other in [
        "note.kind in journey.consents",
        "withdrawal.from in plan.steps",
        // Both have a code `books`; they are two lists.
        "answer.status in visit.done",
    ] {
        finds(
            JOURNEY,
            test,
            &format!("test = \"{other}\""),
            "do not have the same codes",
        );
    }
    finds(
        JOURNEY,
        test,
        "test = \"withdrawal.from in answer.status\"",
        "needs a list on its right",
    );
    finds(
        JOURNEY,
        "codes_of = \"journey.consents\"",
        "codes_of = \"journey.consent\"",
        "journey.consent",
    );
}

#[test]
fn forms_that_the_app_reads_keep_their_names_and_questions() {
    // Renamed, with the questions that it had, or without any that the app reads.
    finds_only(
        JOURNEY,
        "id = \"consent\"\ntitle",
        "id = \"agreement\"\ntitle",
        0,
        "there is no form consent",
    );
    finds_only(
        JOURNEY,
        "id = \"verdict\"\ntitle",
        "id = \"verdicts\"\ntitle",
        0,
        "there is no form verdict",
    );
    finds(
        JOURNEY,
        "id = \"answer\"\ntitle",
        "id = \"reply\"\ntitle",
        "call it answer again",
    );
    finds_only(
        JOURNEY,
        "[[form.question]]\nfact = \"withdrawal.from\"",
        "[[form.question]]\nfact = \"referral.need\"",
        -4,
        "the form withdrawal does not ask for withdrawal.from",
    );
}

#[test]
fn only_registering_asks_about_a_person() {
    finds(
        JOURNEY,
        "fact = \"visit.note\"\nask",
        "fact = \"members.name\"\nask",
        "members.name cannot be asked in this section",
    );
}
