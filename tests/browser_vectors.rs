//! The frozen vectors in a browser: the phone's build reads, writes and decides what is committed as the native build
//! does. Both compare with the same bytes (`crates/rules/tests/vectors`, `crates/domain/tests/vectors`).
#![cfg(target_family = "wasm")]
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

#[path = "../crates/rules/tests/vectors/run.rs"]
mod run;

use naik_kelas_domain::{record, wire::v1};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_frozen_pack_is_read_and_decides_in_a_browser_as_it_does_natively() {
    let pack = include_bytes!("../crates/rules/tests/vectors/graduasi-2026.nkp");
    let families = run::run(
        pack,
        include_str!("../crates/rules/tests/vectors/families.txt"),
    );
    assert_eq!(families, 40);
}

/// What phones hold and send: read and written again in the browser, every byte is as it was.
#[wasm_bindgen_test]
fn records_and_messages_are_read_and_written_byte_for_byte() {
    macro_rules! again {
        ($name:literal, $read:expr, $write:expr) => {{
            let committed = bytes(include_str!(concat!(
                "../crates/domain/tests/vectors/",
                $name,
                ".hex"
            )));
            let read = $read(&committed).expect($name);
            assert_eq!($write(&read), committed, $name);
        }};
    }
    again!("record-kpm", record::kpm_from_bytes, record::kpm_to_bytes);
    again!(
        "record-assessment",
        record::assessment_from_bytes,
        record::assessment_to_bytes
    );
    again!(
        "record-draft",
        record::draft_from_bytes,
        record::draft_to_bytes
    );
    again!(
        "entry-family-registered",
        v1::Entry::from_bytes,
        v1::Entry::to_bytes
    );
    again!(
        "entry-assessment-finished",
        v1::Entry::from_bytes,
        v1::Entry::to_bytes
    );
    again!(
        "sync-request",
        v1::from_bytes::<v1::SyncRequest>,
        v1::to_bytes
    );
    again!(
        "sync-response",
        v1::from_bytes::<v1::SyncResponse>,
        v1::to_bytes
    );
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.trim().as_bytes();
    let pairs = digits.chunks(2).map(|pair| str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}
