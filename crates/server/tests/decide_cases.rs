//! `decide` beside an independent oracle: `tests/cases/README.md` says what is compared and why.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use flate2::read::GzDecoder;
use naik_kelas_compiler::build;
use naik_kelas_rules::Pack;
use naik_kelas_server::cli::decide::decide_all;
use serde_json::Value as Json;
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

fn lines(name: &str) -> Vec<u8> {
    let file = std::fs::File::open(root().join("tests/cases").join(name)).unwrap();
    let mut text = Vec::new();
    GzDecoder::new(file).read_to_end(&mut text).unwrap();
    text
}

fn json_lines(text: &[u8]) -> Vec<Json> {
    serde_json::Deserializer::from_slice(text)
        .into_iter()
        .map(Result::unwrap)
        .collect()
}

/// One answer that is not the oracle's: where, ours, the oracle's.
struct Difference {
    at: String,
    ours: Json,
    oracle: Json,
}

/// Every single answer compared: how many there were, and which differ.
fn compare(name: &str) -> (usize, Vec<Difference>) {
    let mut output = Vec::new();
    let households = lines(&format!("{name}.ndjson.gz"));
    let decided = decide_all(pack(), None, false, &households[..], &mut output).unwrap();
    let (ours, oracle) = (
        json_lines(&output),
        json_lines(&lines(&format!("{name}.answers.ndjson.gz"))),
    );
    let refused = ours.iter().find(|answer| answer.get("error").is_some());
    assert!(decided, "a line was refused: {refused:?}");
    assert_eq!(ours.len(), oracle.len());
    let (mut count, mut differences) = (0, Vec::new());
    for (ours, oracle) in ours.iter().zip(&oracle) {
        let id = &oracle["household_id"];
        assert_eq!(&ours["household_id"], id);
        let mut check = |at: String, ours: &Json, oracle: &Json| {
            count += 1;
            if ours != oracle {
                differences.push(Difference {
                    at: format!("{id} {at}"),
                    ours: ours.clone(),
                    oracle: oracle.clone(),
                });
            }
        };
        for (decision, wanted) in oracle["decisions"].as_object().unwrap() {
            check(decision.clone(), &ours["decisions"][decision], wanted);
        }
        check(
            "readiness".to_owned(),
            &ours["readiness"]["outcome"],
            &oracle["readiness"]["outcome"],
        );
        for (indicator, wanted) in oracle["readiness"]["indicators"].as_object().unwrap() {
            check(
                indicator.clone(),
                &ours["readiness"]["indicators"][indicator],
                wanted,
            );
        }
    }
    (count, differences)
}

fn listed(differences: &[Difference]) -> String {
    let lines = differences.iter().take(20);
    lines
        .map(|one| {
            format!(
                "{}: ours {}, the oracle's {}\n",
                one.at, one.ours, one.oracle
            )
        })
        .collect()
}

#[test]
fn every_fully_known_family_is_decided_as_the_oracle_decides_it() {
    let (count, differences) = compare("known-2k");
    assert!(
        count > 2_000 * 26 && differences.is_empty(),
        "{}",
        listed(&differences)
    );
}

#[test]
fn every_boundary_is_decided_as_the_oracle_decides_it() {
    let (count, differences) = compare("edge");
    assert!(
        count > 3_900 * 26 && differences.is_empty(),
        "{}",
        listed(&differences)
    );
}

#[test]
fn unknown_facts_never_decide_what_they_leave_open() {
    let (count, differences) = compare("unknown-1k");
    let open = |answer: &Json| {
        let outcome = answer.get("outcome").unwrap_or(answer);
        outcome == "undetermined" || outcome == "unknown"
    };
    // Where both are certain they must agree; where the oracle is open, only more exactness can be defended, and
    // where we are open and the oracle is not, we are less exact.
    let contradicting: Vec<&Difference> = differences
        .iter()
        .filter(|one| !open(&one.ours) && (!open(&one.oracle)))
        .collect();
    assert!(contradicting.is_empty(), "{}", listed(&differences));
    let decided_alone = differences
        .iter()
        .filter(|one| !open(&one.ours) && open(&one.oracle))
        .count();
    assert_eq!(decided_alone, 0, "{}", listed(&differences));
    assert!(
        differences.len() * 100 <= count,
        "{} of {count} differ:\n{}",
        differences.len(),
        listed(&differences)
    );
}
