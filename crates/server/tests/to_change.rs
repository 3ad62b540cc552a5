//! What would change a decision: every proposal is tried on the family that it is made to, for every decision.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use flate2::read::GzDecoder;
use naik_kelas_compiler::build;
use naik_kelas_rules::pack::Change;
use naik_kelas_rules::{Date, Pack};
use naik_kelas_server::cli::decide::decide_all;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;
use std::sync::OnceLock;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| build(&root().join("packs/graduasi-2026")).unwrap().pack)
}

/// Families of the oracle's cases, every so many-th.
fn families(name: &str, every: usize) -> Vec<Json> {
    let file = std::fs::File::open(root().join("tests/cases").join(name)).unwrap();
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let lines = text.lines().step_by(every);
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn decide(families: &[Json], on: Option<Date>, explain: bool) -> Vec<Json> {
    let lines: Vec<String> = families.iter().map(Json::to_string).collect();
    let mut output = Vec::new();
    decide_all(
        pack(),
        on,
        explain,
        lines.join("\n").as_bytes(),
        &mut output,
    )
    .unwrap();
    let answers = serde_json::Deserializer::from_slice(&output).into_iter();
    answers.map(Result::unwrap).collect()
}

fn set(family: &mut Json, change: &Json) {
    let mut place = family;
    for name in change["fact"].as_str().unwrap().split('.') {
        place = match name.parse::<usize>() {
            Ok(number) => &mut place[number],
            Err(_) => &mut place[name],
        };
    }
    *place = change["to"].clone();
}

fn changed(family: &Json, changes: &[&Json]) -> Json {
    let mut family = family.clone();
    changes.iter().for_each(|change| set(&mut family, change));
    family
}

/// A family with a change, the decision that is asked about it, and whether it must be eligible.
struct Trial {
    family: Json,
    decision: String,
    eligible: bool,
    proposal: Json,
}

/// All proposals to these families, and how many each decision has.
fn trials(families: &[Json]) -> (Vec<Trial>, BTreeMap<String, usize>) {
    let (mut trials, mut counts) = (Vec::new(), BTreeMap::new());
    for (family, answer) in families.iter().zip(decide(families, None, true)) {
        for (id, decision) in answer["decisions"].as_object().unwrap() {
            let proposals = decision["to_change"].as_array().unwrap();
            assert!(proposals.len() <= 3, "{id}: {proposals:?}");
            assert!(decision["outcome"] == "not_eligible" || proposals.is_empty());
            *counts.entry(id.clone()).or_default() += proposals.len();
            for proposal in proposals {
                let changes: Vec<&Json> = proposal["changes"].as_array().unwrap().iter().collect();
                assert!((1..=4).contains(&changes.len()));
                changes.iter().for_each(|change| allowed(change));
                let trial = |changes: &[&Json], eligible| Trial {
                    family: changed(family, changes),
                    decision: id.clone(),
                    eligible,
                    proposal: proposal.clone(),
                };
                trials.push(trial(&changes, true));
                // Nothing of it is superfluous.
                for left_out in 0..changes.len() {
                    let mut fewer = changes.clone();
                    fewer.remove(left_out);
                    trials.push(trial(&fewer, false));
                }
            }
        }
    }
    (trials, counts)
}

/// What may be proposed at all, and in which direction.
fn allowed(change: &Json) {
    let at = pack().fact_at(change["fact"].as_str().unwrap()).unwrap();
    let (from, to) = (&change["from"], &change["to"]);
    let up = match (from.as_f64(), to.as_f64(), to.as_bool()) {
        (Some(from), Some(to), _) => from < to,
        (_, _, Some(to)) => to,
        // A day since when something is: longer is earlier.
        _ => to.as_str().unwrap() < from.as_str().unwrap(),
    };
    match pack().fact(at.fact).unwrap().change {
        Change::Never => panic!("never to be proposed: {change}"),
        Change::Gain | Change::Waiting => assert!(up, "{change}"),
        Change::Shed => assert!(!up, "{change}"),
        Change::Family => {}
    }
    assert_ne!(from, to);
    let text = change["text"].as_str().unwrap();
    let verbs = [
        "tunggu ",
        "urus ",
        "siapkan ",
        "usahakan: ",
        "selesaikan ",
        "naikkan ",
        "turunkan ",
        "ubah ",
    ];
    assert!(verbs.iter().any(|verb| text.starts_with(verb)), "{text}");
}

#[test]
fn every_proposal_makes_its_family_eligible_and_nothing_of_it_is_superfluous() {
    let mut families = families("known-2k.ndjson.gz", 13);
    families.extend(self::families("edge.ndjson.gz", 41));
    let (trials, counts) = trials(&families);
    let tried: Vec<Json> = trials.iter().map(|trial| trial.family.clone()).collect();
    for (trial, answer) in trials.iter().zip(decide(&tried, None, false)) {
        let outcome = &answer["decisions"][&trial.decision]["outcome"];
        assert_eq!(
            outcome == "eligible",
            trial.eligible,
            "{}: {outcome}, {}",
            trial.decision,
            trial.proposal
        );
    }
    // What is in nobody's hands is proposed to nobody; every other decision has its proposals among these families.
    for (id, count) in counts {
        let in_hand = !["sembako", "pbi_jkn", "rst"].contains(&id.as_str());
        assert_eq!(count > 0, in_hand, "{id}: {count} proposals");
    }
}

#[test]
fn no_single_step_in_the_familys_hands_is_overlooked() {
    let families = families("known-2k.ndjson.gz", 29);
    let mut steps: Vec<Json> = Vec::new();
    for (place, fact) in pack().facts().iter().enumerate() {
        let index = naik_kelas_rules::FactIndex(u16::try_from(place).unwrap());
        assert!(pack().fact(index).is_some());
        let tos: Vec<Json> = match (fact.change, fact.kind) {
            (Change::Gain, naik_kelas_rules::pack::FactKind::Bool) => vec![json!(true)],
            (Change::Shed, naik_kelas_rules::pack::FactKind::Bool) => vec![json!(false)],
            _ => Vec::new(),
        };
        steps.extend(
            tos.into_iter()
                .map(|to| json!({"fact": fact.path, "to": to})),
        );
    }
    steps.extend([json!({"fact": "business.group_size", "to": 10})]);
    steps.retain(|step| !step["fact"].as_str().unwrap().starts_with("members."));
    assert!(steps.len() > 8);
    let explained = decide(&families, None, true);
    for step in &steps {
        let pointer = format!("/{}", step["fact"].as_str().unwrap().replace('.', "/"));
        let stepped: Vec<Json> = families
            .iter()
            .map(|family| changed(family, &[step]))
            .collect();
        for ((before, after), family) in explained
            .iter()
            .zip(decide(&stepped, None, false))
            .zip(&families)
        {
            // Only where it is a step forward from something known.
            let now = family.pointer(&pointer).unwrap_or(&Json::Null);
            let forward = match (now.as_i64(), step["to"].as_i64()) {
                (Some(now), Some(to)) => now < to,
                _ => !now.is_null(),
            };
            if !forward {
                continue;
            }
            for (id, decision) in before["decisions"].as_object().unwrap() {
                let helped = decision["outcome"] == "not_eligible"
                    && after["decisions"][id]["outcome"] == "eligible";
                let proposals = decision["to_change"].as_array().unwrap();
                let single = proposals
                    .iter()
                    .any(|proposal| proposal["changes"].as_array().unwrap().len() == 1);
                assert!(!helped || single, "{id}: {step} would help, {proposals:?}");
            }
        }
    }
}

#[test]
fn who_has_to_wait_is_eligible_on_the_day_that_is_named_and_not_on_the_day_before() {
    let (mut days, mut months) = (0, 0);
    for (number, mut family) in families("known-2k.ndjson.gz", 13).into_iter().enumerate() {
        family["social_assistance"]["since"] = json!("2022-02-28");
        family["assessed_on"] = json!("2026-11-24");
        family["business"]["months"] = json!(number % 6);
        let answer = decide(std::slice::from_ref(&family), None, true).remove(0);
        for (id, decision) in answer["decisions"].as_object().unwrap() {
            for proposal in decision["to_change"].as_array().unwrap() {
                let changes = proposal["changes"].as_array().unwrap();
                let day_of = |fact: &str| changes.iter().find(|change| change["fact"] == fact);
                let since = day_of("social_assistance.since");
                let business = day_of("business.months");
                assert_eq!(proposal["until"].is_string(), since.or(business).is_some());
                let Some(until) = proposal["until"].as_str() else {
                    continue;
                };
                // What is known of then: the business is so much older, and the family has done the rest.
                let others: Vec<&Json> = changes
                    .iter()
                    .filter(|change| Some(*change) != since)
                    .collect();
                let then = changed(&family, &others);
                let outcome = |day: Date| {
                    let answer = decide(std::slice::from_ref(&then), Some(day), false);
                    answer[0]["decisions"][id]["outcome"].clone()
                };
                let until = Date::parse(until).unwrap();
                assert_eq!(outcome(until), "eligible", "{id} {proposal}");
                if let Some(since) = since {
                    assert_eq!(since["text"], "tunggu sampai 1 Mar 2027");
                    assert_eq!(since["to"], "2021-11-23");
                    let before = Date::from_days(until.days() - 1).unwrap();
                    assert_eq!(outcome(before), "not_eligible", "{id} {proposal}");
                    days += 1;
                }
                if let Some(business) = business {
                    let left =
                        business["to"].as_i64().unwrap() - business["from"].as_i64().unwrap();
                    assert_eq!(business["text"], format!("tunggu {left} bulan lagi"));
                    assert_eq!(
                        Some(until),
                        Date::parse("2026-11-24").unwrap().after_months(left as i32)
                    );
                    months += 1;
                }
            }
        }
    }
    assert!(days > 5 && months > 5, "{days} {months}");
}

#[test]
fn waiting_is_not_proposed_to_whom_it_would_not_help() {
    // The only one who could run a business is 64, and 65 before the five years are over.
    let mut family = families("known-2k.ndjson.gz", 2000).remove(0);
    family["assessed_on"] = json!("2026-11-24");
    family["desil"] = json!(2);
    family["social_assistance"]["since"] = json!("2022-02-28");
    family["members"].as_array_mut().unwrap().truncate(2);
    family["business"] = json!({"exists": true, "plan": true, "months": 12, "loan_needed": 0});
    family["members"][1]["birth_date"] = json!("2016-01-01");
    family["members"][1]["attending"] = json!(true);
    family["members"][1]["level"] = json!("sd");
    let ppse = |family: &Json| {
        decide(std::slice::from_ref(family), None, true).remove(0)["decisions"]["ppse"].clone()
    };
    family["members"][0]["birth_date"] = json!("1980-01-01");
    let younger = ppse(&family);
    assert_eq!(younger["to_change"][0]["until"], "2027-03-01", "{younger}");
    family["members"][0]["birth_date"] = json!("1962-01-15");
    let older = ppse(&family);
    assert_eq!(older["outcome"], "not_eligible");
    assert_eq!(older["to_change"], json!([]));
}

#[test]
fn lines_name_member_and_component_and_add_up_to_the_amount() {
    let mut of_members = 0;
    let families = families("known-2k.ndjson.gz", 13);
    for (family, answer) in families.iter().zip(decide(&families, None, true)) {
        for id in ["pkh", "pip"] {
            let decision = &answer["decisions"][id];
            let lines = decision["lines"].as_array().unwrap();
            if decision["outcome"] != "eligible" {
                assert!(lines.is_empty());
                continue;
            }
            let sum: i64 = lines
                .iter()
                .map(|line| line["amount"].as_i64().unwrap())
                .sum();
            assert_eq!(Some(sum), decision["amount"].as_i64(), "{id}: {lines:?}");
            for line in lines {
                let member = line["member"].as_u64().unwrap();
                assert!(family["members"][member as usize].is_object());
                assert!(line["component"].is_string() && line["label"].is_string());
                of_members += 1;
            }
        }
    }
    assert!(of_members > 80, "{of_members}");
}
