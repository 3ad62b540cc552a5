//! Whatever is changed in a compiled pack, the comparison has something to say about it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use naik_kelas_compiler::diff::{Side, between};
use naik_kelas_compiler::{build, read};
use naik_kelas_rules::Pack;
use std::ops::Range;
use std::path::PathBuf;

fn published() -> Vec<u8> {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
    build(&dir).unwrap().bytes
}

fn differ(old: &Pack, new: &Pack) -> bool {
    let side = |pack| Side {
        pack,
        sources: None,
    };
    !between(side(old), side(new)).is_empty()
}

/// Where the texts of a CBOR file stand.
fn texts(bytes: &[u8]) -> Vec<Range<usize>> {
    let (mut at, mut texts) = (0, Vec::new());
    while at < bytes.len() {
        let (kind, short) = (bytes[at] >> 5, usize::from(bytes[at] & 31));
        at += 1;
        let width = match short {
            24..=27 => 1 << (short - 24),
            _ => 0,
        };
        let number = match width {
            0 => short,
            _ => bytes[at..at + width]
                .iter()
                .fold(0, |number, byte| number << 8 | usize::from(*byte)),
        };
        at += width;
        if kind == 2 || kind == 3 {
            if kind == 3 && number > 0 {
                texts.push(at..at + number);
            }
            at += number;
        }
    }
    texts
}

#[test]
fn no_word_of_a_pack_changes_in_silence() {
    let bytes = published();
    let old = read(&bytes).unwrap();
    let texts = texts(&bytes);
    assert!(texts.len() > 1000, "{}", texts.len());
    let (mut changed, mut silent) = (0, Vec::new());
    // Some of the sentences, and more of what is short: names, codes, units.
    let chosen = texts.iter().enumerate();
    for (_, text) in
        chosen.filter(|(place, text)| place % if text.len() < 12 { 5 } else { 37 } == 0)
    {
        let mut other = bytes.clone();
        other[text.end - 1] = b'~';
        // What nothing can read any more is refused, and no other pack.
        let Ok(new) = read(&other) else { continue };
        changed += 1;
        if !differ(&old, &new) {
            silent.push(String::from_utf8_lossy(&bytes[text.clone()]).into_owned());
        }
    }
    assert!(changed > 100, "{changed}");
    assert_eq!(silent, Vec::<String>::new(), "of {changed}");
}
