//! `decide` line by line: what is refused and how, what is explained, and that nothing moves out of its place.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use naik_kelas_compiler::build;
use naik_kelas_rules::{Date, Pack};
use naik_kelas_server::cli::decide::decide_all;
use serde_json::{Value as Json, json};
use std::path::PathBuf;
use std::sync::OnceLock;

fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
        build(&dir).unwrap().pack
    })
}

fn decide(lines: &str, on: Option<&str>, explain: bool) -> (bool, Vec<Json>) {
    let mut output = Vec::new();
    let on = on.map(|day| Date::parse(day).unwrap());
    let all = decide_all(pack(), on, explain, lines.as_bytes(), &mut output).unwrap();
    let answers = serde_json::Deserializer::from_slice(&output)
        .into_iter()
        .map(Result::unwrap);
    (all, answers.collect())
}

fn household(change: impl FnOnce(&mut Json)) -> String {
    let mut household = json!({
        "household_id": "contoh", "assessed_on": "2026-11-24", "village": "3209012017", "area": "rural", "desil": 2,
        "social_assistance": {"pkh": true, "sembako": true, "since": "2019-03-01"},
        "members": [
            {"member_id": "1", "sex": "female", "birth_date": "1984-06-12", "relation": "head", "marital": "widowed",
             "pregnant": false, "attending": false, "level": "sd", "severe_disability": false,
             "rights_violation_victim": false, "jkn": true, "employment": "casual_farm", "income_month": 700_000},
            {"member_id": "2", "sex": "male", "birth_date": "2015-01-09", "relation": "child", "marital": "never",
             "pregnant": false, "attending": true, "level": "sd", "severe_disability": false,
             "rights_violation_victim": false, "jkn": true, "employment": "none", "income_month": 0}
        ],
        "income_other_month": 0,
        "business": {"exists": true, "sector": "food_beverage", "months": 3, "turnover_month": 900_000,
                     "profit_month": 300_000, "nib": false, "sku": false, "trained": false, "group_size": 0,
                     "loan_needed": 5_000_000},
        "credit": {"bank_productive": false, "nonbank_productive": false, "bad": false, "npwp": false}
    });
    change(&mut household);
    household.to_string()
}

/// A line with one fault gives its code and path, and a message that says what to do.
fn refuses(line: &str, code: &str, path: &str) {
    let (all, answers) = decide(line, None, false);
    assert!(!all);
    let error = &answers[0]["error"];
    assert_eq!(
        (&error["code"], &error["path"]),
        (&json!(code), &json!(path)),
        "{line}"
    );
    assert!(error["message"].as_str().unwrap().len() > 20);
}

#[test]
fn a_fault_is_named_with_its_code_and_place() {
    refuses("{", "not_json", "");
    refuses("[]", "wrong_type", "");
    refuses(
        &household(|h| h["assessed_on"] = json!("2026-02-30")),
        "bad_date",
        "assessed_on",
    );
    refuses(
        &household(|h| h["members"] = json!([])),
        "no_members",
        "members",
    );
    refuses(
        &household(|h| h["members"][1]["birth_date"] = json!("2026-11-25")),
        "after_assessed_on",
        "members.1.birth_date",
    );
    refuses(
        &household(|h| h["social_assistance"]["since"] = json!("2027-01-01")),
        "after_assessed_on",
        "social_assistance.since",
    );
    refuses(
        &household(|h| h["credit"] = Json::Null),
        "wrong_type",
        "credit",
    );
    refuses(
        &household(|h| h["desil"] = json!(11)),
        "out_of_range",
        "desil",
    );
    refuses(
        &household(|h| h["desil"] = json!("2")),
        "wrong_type",
        "desil",
    );
    refuses(
        &household(|h| h["members"][0]["sex"] = json!("x")),
        "unknown_code",
        "members.0.sex",
    );
    refuses(
        &household(|h| h["members"][0]["nik"] = json!("3,2E+15")),
        "bad_format",
        "members.0.nik",
    );
    refuses(
        &household(|h| h["members"][0]["skills"] = json!(["trade", "trade"])),
        "unknown_code",
        "members.0.skills",
    );
    refuses(
        &household(|h| h["members"][0]["hobby"] = json!("x")),
        "unknown_field",
        "members.0.hobby",
    );
    refuses(
        &household(|h| h["business"]["income"] = json!(1)),
        "unknown_field",
        "business.income",
    );
    refuses(
        &household(|h| {
            h.as_object_mut().unwrap().remove("household_id");
        }),
        "missing_field",
        "household_id",
    );
    refuses(
        &household(|h| h["members"] = json!(vec![json!({"member_id": "1"}); 41])),
        "too_many_members",
        "members",
    );
    let area = |text: &str| {
        household(|h| h["housing"] = json!({})).replace(
            "\"housing\":{}",
            &format!("\"housing\":{{\"floor_area_m2\":{text}}}"),
        )
    };
    refuses(&area("7.2001"), "too_precise", "housing.floor_area_m2");
    refuses(&area("0.5"), "out_of_range", "housing.floor_area_m2");
    refuses(&area("1e400"), "out_of_range", "housing.floor_area_m2");
    refuses(
        &format!("{{\"a\":\"{}\"}}", "x".repeat(1 << 20)),
        "too_long",
        "",
    );
}

#[test]
fn a_bad_line_is_answered_in_its_place_and_the_others_are_decided() {
    let good = household(|_| {});
    let (all, answers) = decide(&format!("{good}\nnothing\n\n{good}"), None, false);
    assert!(!all);
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[1]["line"], json!(2));
    for decided in [&answers[0], &answers[2]] {
        assert_eq!(decided["household_id"], json!("contoh"));
        assert_eq!(
            decided["decisions"]["pkh"],
            json!({"outcome": "eligible", "amount": 900_000})
        );
        assert_eq!(decided["pack"]["id"], json!("graduasi-2026"));
    }
    assert!(decide(&good, None, false).0);
}

#[test]
fn another_day_takes_the_place_of_the_households_own() {
    let line = household(|h| h["desil"] = json!(5));
    let outcome = |on: Option<&str>| {
        let (_, answers) = decide(&line, on, false);
        (
            answers[0]["on"].clone(),
            answers[0]["decisions"]["sembako"]["outcome"].clone(),
        )
    };
    assert_eq!(outcome(None), (json!("2026-11-24"), json!("not_eligible")));
    assert_eq!(
        outcome(Some("2026-02-08")),
        (json!("2026-02-08"), json!("eligible"))
    );
    assert_eq!(
        outcome(Some("2024-01-01")),
        (json!("2024-01-01"), json!("undetermined"))
    );
}

#[test]
fn what_changes_no_decision_is_warned_of() {
    let (all, answers) = decide(
        &household(|h| h["members"][1]["relation"] = json!("head")),
        None,
        false,
    );
    assert!(all);
    assert_eq!(answers[0]["warnings"][0]["code"], json!("several_heads"));
    let (_, answers) = decide(
        &household(|h| h["members"][1]["member_id"] = json!("1")),
        None,
        false,
    );
    assert_eq!(
        answers[0]["warnings"][0]["path"],
        json!("members.1.member_id")
    );
}

#[test]
fn an_explanation_names_conditions_facts_and_what_is_missing() {
    let line = household(|h| h["credit"]["bad"] = Json::Null);
    let (_, answers) = decide(&line, None, true);
    let desil = &answers[0]["decisions"]["pkh"]["reasons"][0];
    assert_eq!(desil["condition"], json!("desil"));
    assert_eq!(desil["outcome"], json!("yes"));
    assert_eq!(desil["facts"], json!({"desil": 2}));
    assert!(desil["text"].as_str().unwrap().contains('2') && desil["law"].is_string());
    let (_, answers) = decide(
        &household(|h| h["business"]["nib"] = Json::Null),
        None,
        true,
    );
    assert_eq!(
        answers[0]["decisions"]["nib"]["missing"],
        json!(["business.nib"])
    );
    let (_, answers) = decide(
        &household(|h| h["members"][1]["attending"] = Json::Null),
        None,
        true,
    );
    assert_eq!(
        answers[0]["decisions"]["pip"]["missing"],
        json!(["members.1.attending"])
    );
}

#[test]
fn what_would_change_a_decision_was_tried_before_it_is_named() {
    let line = household(|_| {});
    let (_, answers) = decide(&line, None, true);
    let decision = &answers[0]["decisions"]["kur_super_micro"];
    assert_eq!(decision["outcome"], json!("not_eligible"));
    let proposals = decision["to_change"].as_array().unwrap();
    assert!(!proposals.is_empty());
    for proposal in proposals {
        let changed = household(|household| {
            for change in proposal["changes"].as_array().unwrap() {
                let path = change["fact"].as_str().unwrap().replace('.', "/");
                *household.pointer_mut(&format!("/{path}")).unwrap() = change["to"].clone();
            }
        });
        let (_, answers) = decide(&changed, None, false);
        assert_eq!(
            answers[0]["decisions"]["kur_super_micro"]["outcome"],
            json!("eligible"),
            "{proposal}"
        );
    }
    // Nobody is told to give a permit back, or to be poorer.
    assert_eq!(answers[0]["decisions"]["nib"]["outcome"], json!("eligible"));
    let (_, answers) = decide(
        &household(|h| h["business"]["nib"] = json!(true)),
        None,
        true,
    );
    assert_eq!(answers[0]["decisions"]["nib"]["to_change"], json!([]));
    let (_, answers) = decide(&household(|h| h["desil"] = json!(9)), None, true);
    assert_eq!(answers[0]["decisions"]["pkh"]["to_change"], json!([]));
}
