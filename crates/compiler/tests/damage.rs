//! A damaged pack is refused or is another whole pack; it never panics, hangs or asks for memory without end.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use naik_kelas_compiler::{build, read};
use naik_kelas_rules::evaluate::Evaluation;
use naik_kelas_rules::node::Node;
use naik_kelas_rules::{Date, Family, PackError};
use std::path::PathBuf;

fn published() -> Vec<u8> {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
    build(&dir).unwrap().bytes
}

/// Whatever could be read is used: a pack that passes the checks can be evaluated.
fn use_if_read(bytes: &[u8]) -> bool {
    let Ok(pack) = read(bytes) else {
        return false;
    };
    let family = Family::new(&pack, Date::parse("2026-11-24").unwrap(), 2);
    let mut evaluation = Evaluation::new(&pack, &family);
    evaluation.decisions();
    evaluation.form();
    for decision in 0..pack.decisions().len() {
        evaluation.explain(decision);
    }
    true
}

#[test]
fn a_pack_that_is_cut_off_is_refused_wherever_it_is_cut() {
    let bytes = published();
    for length in (0..bytes.len()).step_by(499).chain([bytes.len() - 1]) {
        assert_eq!(
            read(&bytes[..length]).unwrap_err(),
            PackError::Malformed,
            "cut at {length}"
        );
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(read(&longer).unwrap_err(), PackError::Malformed);
}

#[test]
fn a_pack_with_any_byte_changed_is_refused_or_can_still_be_used() {
    let bytes = published();
    let (mut refused, mut used) = (0, 0);
    let mut state = 0x9E37_79B9_u32;
    // Half of the changes fall on the first fifth and the last tenth, where lengths and structure are dense.
    for round in 0..150 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let place = match round % 2 {
            0 => state as usize % bytes.len(),
            _ => (state >> 8) as usize % (bytes.len() / 5),
        };
        let mut damaged = bytes.clone();
        damaged[place] ^= 1 << (state >> 29);
        match use_if_read(&damaged) {
            true => used += 1,
            false => refused += 1,
        }
    }
    assert!(refused > 15 && used > 15, "{refused} refused, {used} used");
}

#[test]
fn nodes_that_are_changed_are_refused_or_can_still_be_used() {
    let bytes = published();
    let pack = read(&bytes).unwrap();
    // The nodes are where a wrong number does the most harm: find their bytes by writing them alone.
    let nodes = minicbor::to_vec(&pack.file().nodes).unwrap();
    let start = bytes
        .windows(nodes.len())
        .position(|window| window == nodes)
        .unwrap();
    for place in (0..nodes.len()).step_by(41) {
        for change in [1u8, 0x10, 0xff] {
            let mut damaged = bytes.clone();
            damaged[start + place] ^= change;
            if read(&damaged).is_ok() && place % 3 == 0 {
                use_if_read(&damaged);
            }
        }
    }
}

#[test]
fn lengths_beyond_the_bytes_ask_for_no_memory() {
    // A map with one key whose list claims four thousand million entries, at several keys.
    for key in 0..20u8 {
        for kind in [0x9a, 0xba, 0x7a, 0x5a] {
            let bytes = [0xa1, key, kind, 0xff, 0xff, 0xff, 0xff];
            assert_eq!(read(&bytes).unwrap_err(), PackError::Malformed);
        }
    }
    assert_eq!(read(&[0x9f; 64]).unwrap_err(), PackError::Malformed);
    assert_eq!(
        read(&vec![0x81; 100_000]).unwrap_err(),
        PackError::Malformed
    );
}

#[test]
fn nodes_that_hang_on_one_another_without_end_are_refused() {
    let pack = read(&published()).unwrap();
    let with_a_chain = |length: u16| {
        let mut file = pack.file().clone();
        let mut last = file.decisions[0].eligible;
        for _ in 0..length {
            file.nodes.push(Node::Not(last));
            last = file.nodes.len() as u16 - 1;
        }
        file.decisions[0].eligible = last;
        read(&minicbor::to_vec(&file).unwrap())
    };
    assert_eq!(with_a_chain(300).unwrap_err(), PackError::TooLarge);
    // The longest chain that is taken can be explained on a stack as small as a phone's.
    let longest = with_a_chain(230).unwrap();
    let explained = std::thread::Builder::new()
        .stack_size(512 << 10)
        .spawn(move || {
            let family = Family::new(&longest, Date::parse("2026-11-24").unwrap(), 2);
            Evaluation::new(&longest, &family).explain(0).reasons.len()
        });
    assert!(explained.unwrap().join().unwrap() > 0);
}
