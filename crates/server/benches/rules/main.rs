//! How quick the rules are natively: a family decided and explained, columns of families, reading lines, and beside them
//! what the machine's memory gives. `cargo xtask bench rules` runs it and compares with other engines.
//!
//!     rules PACK.nkp FAMILIES.ndjson VECTORS
//!
//! Prints JSON. Writes `VECTORS`: some of the families with their answers, for the same measurement in a browser.
//! Columns must give the answers of the other driver before they are timed.

mod columns;
mod memory;
mod one;
#[path = "../../../rules/tests/vectors/run.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    reason = "it is a test elsewhere, and here only writes"
)]
mod run;
mod samples;
#[path = "../../../rules/tests/vectors/write.rs"]
mod write;

use naik_kelas_rules::{Family, Pack};
use naik_kelas_server::cli::households::read_household;
use samples::{Samples, timed};
use serde_json::json;
use std::error::Error;

/// How many families are timed one by one, and go to the browser.
const ONE_BY_ONE: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    // cargo adds `--bench`.
    let given: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let [pack, families, vectors] = given.as_slice() else {
        return Err("rules PACK.nkp FAMILIES.ndjson VECTORS".into());
    };
    let pack = naik_kelas_compiler::read(&std::fs::read(pack)?).map_err(|e| format!("{e:?}"))?;
    let text = std::fs::read(families)?;
    let lines: Vec<&[u8]> = text
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .collect();
    let families = read_all(&pack, &lines)?;
    let few = &families[..families.len().min(ONE_BY_ONE)];
    let mut written = String::new();
    for family in few {
        write::write_family(&pack, family, &mut written)?;
    }
    std::fs::write(vectors, written)?;
    let result = json!({
        "families": families.len(),
        "persons_mean": families.iter().map(Family::persons).sum::<usize>() as f64 / families.len() as f64,
        "memory": memory::measure(),
        "one": one::measure(&pack, few),
        "columns": columns::measure(&pack, &families)?,
        "reading_lines": reading(&pack, &lines)?,
    });
    println!("{result}");
    Ok(())
}

fn read_all(pack: &Pack, lines: &[&[u8]]) -> Result<Vec<Family>, Box<dyn Error>> {
    let read = lines.iter().map(|line| read_household(pack, line, None));
    let read: Result<Vec<_>, _> = read.map(|read| read.map(|read| read.family)).collect();
    read.map_err(|error| format!("{}: {}", error.path, error.message).into())
}

/// Lines of JSON to families, one thread; lines a second.
fn reading(pack: &Pack, lines: &[&[u8]]) -> Result<serde_json::Value, Box<dyn Error>> {
    let some = &lines[..lines.len().min(10_000)];
    let mut samples = Samples::default();
    for _ in 0..9 {
        let (read, seconds) = timed(|| read_all(pack, some));
        samples.add(read?.len() as f64 / seconds);
    }
    Ok(samples.json())
}
