//! The fuzz targets' entries on the stable compiler: the committed corpus is replayed, and mutated for a while.
//! `cargo xtask soak` runs the same loop for minutes or hours.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

#[path = "../../../fuzz/src/entries.rs"]
mod entries;
#[path = "fuzz/memory.rs"]
mod memory;
#[path = "fuzz/mutation.rs"]
mod mutation;

use entries::{ALL, Entrance};
use mutation::Mutations;
use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// No input of some kilobytes deserves more.
const MOST_MEMORY: usize = 256 << 20;
/// Far beyond what a slow machine needs: longer is a hang.
const MOST_TIME: Duration = Duration::from_secs(30);

#[test]
fn the_corpus_is_read_or_refused() {
    for entrance in ALL {
        let seeds = seeds(entrance.0);
        assert!(!seeds.is_empty(), "{} has no corpus", entrance.0);
        for (name, bytes) in seeds {
            enter(entrance, &bytes).unwrap_or_else(|why| panic!("{}/{name}: {why}", entrance.0));
        }
    }
}

#[test]
fn a_few_thousand_mutations_are_read_or_refused() {
    for (entrance, count) in ALL.into_iter().zip([150, 4_000, 4_000, 300, 1_500]) {
        let found = mutate(entrance, 1, |done, _| done < count);
        assert_eq!(found, None, "{}", entrance.0);
    }
}

/// For `cargo xtask soak`: so many seconds, evenly over the entries, from another seed each time.
#[test]
#[ignore = "runs as long as NAIK_KELAS_SOAK_SECONDS says: cargo xtask soak"]
fn soak() {
    let seconds: u64 = env::var("NAIK_KELAS_SOAK_SECONDS").map_or(60, |text| text.parse().unwrap());
    let each = Duration::from_secs(seconds) / u32::try_from(ALL.len()).unwrap();
    let seed = env::var("NAIK_KELAS_SOAK_SEED").map_or(1, |text| text.parse().unwrap());
    let mut all = Vec::new();
    for entrance in ALL {
        let mut tried = 0;
        let found = mutate(entrance, seed, |done, begun| {
            tried = done;
            begun.elapsed() < each
        });
        println!("{}: {tried} inputs of seed {seed}", entrance.0);
        all.extend(found);
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Mutates until told to stop; what is found is kept in a file, named in what is said.
fn mutate(
    entrance: Entrance,
    seed: u64,
    mut goes_on: impl FnMut(u64, Instant) -> bool,
) -> Option<String> {
    let seeds: Vec<Vec<u8>> = seeds(entrance.0)
        .into_iter()
        .map(|(_, bytes)| bytes)
        .collect();
    let mut mutations = Mutations::of(seeds, seed);
    let begun = Instant::now();
    let mut done = 0;
    while goes_on(done, begun) {
        let bytes = mutations.next();
        if let Err(why) = enter(entrance, &bytes) {
            let kept =
                PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{done}", entrance.0));
            fs::write(&kept, &bytes).unwrap();
            return Some(format!(
                "{}: {why}; the input is in {}",
                entrance.0,
                kept.display()
            ));
        }
        done += 1;
    }
    None
}

/// Lets an entry read some bytes, and says what was wrong.
fn enter((_, read): Entrance, bytes: &[u8]) -> Result<(), String> {
    let begun = Instant::now();
    let before = memory::restart();
    let panicked = catch_unwind(AssertUnwindSafe(|| read(bytes))).is_err();
    let most = memory::most().saturating_sub(before);
    let took = begun.elapsed();
    if panicked {
        Err("it panicked".to_owned())
    } else if most > MOST_MEMORY {
        Err(format!("it asked for {most} bytes at a time"))
    } else if took > MOST_TIME {
        Err(format!("it took {} s", took.as_secs()))
    } else {
        Ok(())
    }
}

/// The committed corpus of an entry, and the frozen pack for packs: sorted, so that a seed means the same everywhere.
fn seeds(name: &str) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("fuzz/corpus").join(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    if name == "pack" {
        files.push(root.join("crates/rules/tests/vectors/graduasi-2026.nkp"));
    }
    files.sort();
    let named = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    files
        .iter()
        .map(|path| (named(path), fs::read(path).unwrap()))
        .collect()
}
