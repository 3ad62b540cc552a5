//! Frozen vectors: a compiled pack of the first format that must be read for ever, and what it decides.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

#[path = "vectors/run.rs"]
mod run;

#[test]
fn the_frozen_pack_is_read_and_decides_as_it_did() {
    let pack = include_bytes!("vectors/graduasi-2026.nkp");
    let families = run::run(pack, include_str!("vectors/families.txt"));
    assert_eq!(families, 40);
}

#[test]
fn values_are_written_as_they_are_read() {
    for (kind, text) in [
        ("b", "true"),
        ("i", "-5"),
        ("n", "64.8"),
        ("d", "2026-11-24"),
        ("c", "sd"),
        ("s", "a,b"),
        ("t", "x y"),
    ] {
        assert_eq!(
            run::written(&run::value(kind, text)),
            format!("{kind} {text}")
        );
    }
}
