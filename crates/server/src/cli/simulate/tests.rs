use super::tally::{ALL_AT, Counts};
use super::work::{Outcome, run};
use super::{By, Source, report};
use crate::cli::synth::tests::write_families;
use crate::cli::trust::load;
use naik_kelas_rules::Pack;
use std::path::{Path, PathBuf};

fn pack() -> Pack {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
    load(&dir, None).unwrap()
}

/// The published pack with another amount for pupils, and another limit for Sembako.
fn changed() -> Pack {
    let mut file = pack().file().clone();
    for parameter in &mut file.parameters {
        let value = match parameter.key.as_str() {
            "pkh.amount_year.sd" => 1_000_000,
            "sembako.desil_max" => 3,
            _ => continue,
        };
        for line in &mut parameter.values {
            line.value = value;
        }
    }
    Pack::from_file(file, [1; 32]).unwrap()
}

fn counts<'o>(outcome: &'o Outcome, id: &str) -> &'o Counts {
    let place = outcome
        .programmes
        .list
        .iter()
        .position(|programme| programme.id == id);
    &outcome.tally.groups[ALL_AT].programmes[place.unwrap()]
}

fn report_of(packs: &[Pack], outcome: &Outcome) -> serde_json::Value {
    let mut out = Vec::new();
    let by = [By::Province, By::Desil, By::Sex];
    report::write(packs, outcome, &by, true, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn lines_rows_and_memory_come_to_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let packs = [pack()];
    let (lines, rows) = (
        dir.path().join("families.ndjson"),
        dir.path().join("families.parquet"),
    );
    write_families(200, 3, 0.0, &lines);
    write_families(200, 3, 0.0, &rows);
    let memory = run(
        &packs,
        &Source::Synthetic {
            count: 200,
            seed: 3,
        },
        2,
        false,
    )
    .unwrap();
    assert_eq!(memory.tally.groups[ALL_AT].families, 200);
    assert!(counts(&memory, "pkh").eligible[0] > 20);
    for source in [Source::Lines(lines), Source::Parquet(rows)] {
        let outcome = run(&packs, &source, 2, false).unwrap();
        assert_eq!(outcome.bad, [], "{source:?}");
        for (group, wanted) in outcome.tally.groups.iter().zip(&memory.tally.groups) {
            assert_eq!(group.families, wanted.families, "{source:?}");
            assert_eq!(group.programmes, wanted.programmes, "{source:?}");
            assert_eq!(group.readiness, wanted.readiness, "{source:?}");
        }
    }
}

#[test]
fn unknown_facts_are_the_same_in_lines_and_in_rows() {
    let dir = tempfile::tempdir().unwrap();
    let packs = [pack()];
    let (lines, rows) = (
        dir.path().join("families.ndjson"),
        dir.path().join("families.parquet"),
    );
    write_families(60, 5, 0.1, &lines);
    write_families(60, 5, 0.1, &rows);
    let lines = run(&packs, &Source::Lines(lines), 1, false).unwrap();
    let rows = run(&packs, &Source::Parquet(rows), 1, false).unwrap();
    assert!(counts(&lines, "pkh").undetermined[0] > 0);
    assert!(lines.fallbacks > 0);
    for (group, wanted) in rows.tally.groups.iter().zip(&lines.tally.groups) {
        assert_eq!(group.programmes, wanted.programmes);
        assert_eq!(group.readiness, wanted.readiness);
    }
}

#[test]
fn who_gains_and_who_loses_is_counted_and_shown() {
    let packs = [pack(), changed()];
    let source = Source::Synthetic {
        count: 400,
        seed: 9,
    };
    let outcome = run(&packs, &source, 2, false).unwrap();
    let (pkh, sembako) = (counts(&outcome, "pkh"), counts(&outcome, "sembako"));
    assert!(sembako.lose > 0 && sembako.gain == 0, "{sembako:?}");
    assert_eq!(sembako.eligible[0] - sembako.eligible[1], sembako.lose);
    assert!(sembako.amount[1] < sembako.amount[0]);
    assert!(
        pkh.paid_more > 0 && pkh.paid_less == 0 && pkh.lose == 0,
        "{pkh:?}"
    );
    let json = report_of(&packs, &outcome);
    let lost = json["examples"].as_array().unwrap().iter();
    let lost: Vec<_> = lost.filter(|one| one["decision"] == "sembako").collect();
    assert_eq!(lost.len(), 2);
    assert_eq!(lost[0]["before"]["outcome"], "eligible");
    assert_eq!(lost[0]["after"]["outcome"], "not_eligible");
    let reasons = lost[0]["after"]["reasons"].as_array().unwrap();
    assert!(
        reasons
            .iter()
            .any(|reason| reason["condition"] == "desil" && reason["outcome"] == "no")
    );
    // Every family stands in one province, one desil and one sex.
    for by in ["province", "desil", "sex"] {
        let groups = json["by"][by].as_object().unwrap().values();
        let families: u64 = groups
            .map(|group| group["families"].as_u64().unwrap())
            .sum();
        assert_eq!(families, 400, "{by}");
    }
    assert!(json["families_per_second"].as_f64().unwrap() > 0.0);
}

#[test]
fn the_same_examples_are_shown_however_many_threads_there_are() {
    let packs = [pack(), changed()];
    let source = Source::Synthetic {
        count: 9_000,
        seed: 2,
    };
    let shown = |threads| {
        let outcome = run(&packs, &source, threads, false).unwrap();
        report_of(&packs, &outcome)["examples"].clone()
    };
    assert_eq!(shown(1), shown(3));
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_the_others_are_counted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("families.ndjson");
    write_families(3, 1, 0.0, &path);
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.insert_str(0, "\n{\"household_id\": 1}\n");
    text.push_str(
        &text
            .lines()
            .nth(2)
            .unwrap()
            .replace("\"desil\":", "\"desil\":9"),
    );
    std::fs::write(&path, text).unwrap();
    let outcome = run(&[pack()], &Source::Lines(path), 2, false).unwrap();
    assert_eq!(outcome.tally.groups[ALL_AT].families, 3);
    let bad: Vec<_> = outcome
        .bad
        .iter()
        .map(|bad| (bad.row, bad.error.path.as_str()))
        .collect();
    assert_eq!(bad, [(2, "household_id"), (6, "desil")]);
}

#[test]
fn a_file_that_is_none_is_said_to_be_none() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("families.parquet");
    std::fs::write(&path, "no rows here").unwrap();
    for source in [
        Source::Parquet(path),
        Source::Lines(Path::new("/nowhere/at/all").into()),
    ] {
        let trouble = run(&[pack()], &source, 1, false).unwrap_err();
        assert!(trouble.0.contains("cannot be read"), "{}", trouble.0);
    }
}
