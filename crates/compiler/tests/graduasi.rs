//! The first pack, as it is published.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use naik_kelas_compiler::{Severity, check, read};
use std::path::PathBuf;

fn published() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026")
}

#[test]
fn the_published_pack_has_no_errors_and_its_cases_come_out() {
    let checked = check(&published());
    let errors: Vec<String> = checked
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert!(checked.cases > 50, "only {} cases were run", checked.cases);
}

#[test]
fn the_same_source_gives_the_same_bytes_and_they_are_read_back_whole() {
    let first = check(&published()).compiled.unwrap();
    let second = check(&published()).compiled.unwrap();
    assert_eq!(first.bytes, second.bytes);
    let back = read(&first.bytes).unwrap();
    assert_eq!(back.file(), first.pack.file());
    assert_eq!(back.hash(), &first.hash);
    assert_eq!(minicbor::to_vec(back.file()).unwrap(), first.bytes);
}
