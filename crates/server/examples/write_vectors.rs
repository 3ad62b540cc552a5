//! Writes the frozen vectors of `crates/rules/tests/vectors` anew. Only for a new format: what is frozen stays.

use flate2::read::GzDecoder;
use naik_kelas_server::cli::households::read_household;
use std::error::Error;
use std::io::Read;
use std::path::Path;

#[path = "../../rules/tests/vectors/run.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    reason = "it is a test elsewhere, and here only writes"
)]
mod run;
#[path = "../../rules/tests/vectors/write.rs"]
mod write;

/// Files of cases, and how many families of each, spread over the file.
const TAKEN: [(&str, usize); 3] = [("known-2k", 10), ("edge", 14), ("unknown-1k", 16)];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let compiled = naik_kelas_compiler::build(&root.join("packs/graduasi-2026"))
        .map_err(|_| "the pack has errors")?;
    let mut text =
        String::from("# Synthetic families and what the pack beside this file decides for them.\n");
    for (name, wanted) in TAKEN {
        let file = std::fs::File::open(root.join(format!("tests/cases/{name}.ndjson.gz")))?;
        let mut lines = String::new();
        GzDecoder::new(file).read_to_string(&mut lines)?;
        let lines: Vec<&str> = lines.lines().collect();
        for number in 0..wanted {
            let line = lines[number * (lines.len() / wanted)];
            let read = read_household(&compiled.pack, line.as_bytes(), None);
            let family = read.map_err(|error| error.message)?.family;
            write::write_family(&compiled.pack, &family, &mut text)?;
        }
    }
    let folder = root.join("crates/rules/tests/vectors");
    std::fs::write(folder.join("graduasi-2026.nkp"), &compiled.bytes)?;
    std::fs::write(folder.join("families.txt"), text)?;
    Ok(())
}
