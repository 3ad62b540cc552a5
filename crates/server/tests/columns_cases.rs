//! Columns beside the first driver on the oracle's families, and on synthetic ones with unknown facts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use flate2::read::GzDecoder;
use naik_kelas_compiler::build;
use naik_kelas_rules::columns::{Block, CAPACITY, Driver, Layout, Results};
use naik_kelas_rules::{Family, decide};
use naik_kelas_server::cli::households::read_household;
use std::io::Read;
use std::path::PathBuf;

/// Decides a file of cases by both; gives families and how many of them the first driver had to decide.
fn check(name: &str) -> (usize, usize) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let pack = build(&root.join("packs/graduasi-2026")).unwrap().pack;
    let file = std::fs::File::open(root.join("tests/cases").join(name)).unwrap();
    let mut text = Vec::new();
    GzDecoder::new(file).read_to_end(&mut text).unwrap();
    let lines = text
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    let families: Vec<Family> = lines
        .map(|line| read_household(&pack, line, None).unwrap().family)
        .collect();
    let layout = Layout::new(&pack);
    let (mut block, mut driver) = (Block::new(&layout), Driver::new(&layout));
    let mut results = Results::default();
    let mut fallbacks = 0;
    for chunk in families.chunks(CAPACITY) {
        let shape: Vec<_> = chunk
            .iter()
            .map(|family| (family.assessed_on(), family.persons()))
            .collect();
        block.begin(&shape).unwrap();
        for (place, family) in chunk.iter().enumerate() {
            block.put(place, family);
        }
        driver.decide(&block, &mut results);
        fallbacks += results.fallbacks();
        for (place, family) in chunk.iter().enumerate() {
            assert_eq!(
                results.decisions(place),
                decide(&pack, family),
                "{name} {place}"
            );
        }
    }
    (families.len(), fallbacks)
}

#[test]
fn known_families_are_decided_alike_and_nearly_all_in_columns() {
    let (families, fallbacks) = check("known-2k.ndjson.gz");
    assert_eq!(families, 2_000);
    assert!(fallbacks * 10 < families, "{fallbacks}");
}

#[test]
fn families_at_every_boundary_are_decided_alike() {
    assert!(check("edge.ndjson.gz").0 > 3_000);
}

#[test]
fn families_with_unknown_facts_are_decided_alike() {
    assert_eq!(check("unknown-1k.ndjson.gz").0, 1_000);
}
