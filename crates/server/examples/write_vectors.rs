//! Writes the frozen vectors of `crates/rules/tests/vectors` anew. Only for a new format: what is frozen stays.

use flate2::read::GzDecoder;
use naik_kelas_rules::{Answer, FactIndex, FactRef, Pack};
use naik_kelas_server::cli::households::read_household;
use std::error::Error;
use std::fmt::Write;
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
            write_family(&compiled.pack, line, &mut text)?;
        }
    }
    let folder = root.join("crates/rules/tests/vectors");
    std::fs::write(folder.join("graduasi-2026.nkp"), &compiled.bytes)?;
    std::fs::write(folder.join("families.txt"), text)?;
    Ok(())
}

fn write_family(pack: &Pack, line: &str, text: &mut String) -> Result<(), Box<dyn Error>> {
    let family = read_household(pack, line.as_bytes(), None)
        .map_err(|error| error.message)?
        .family;
    writeln!(
        text,
        "\nfamily {} {}",
        family.assessed_on(),
        family.persons()
    )?;
    for (place, fact) in pack.facts().iter().enumerate() {
        let members = if fact.of_member() {
            family.persons()
        } else {
            1
        };
        for member in 0..members {
            let fact_index = FactIndex(u16::try_from(place)?);
            let member = fact.of_member().then_some(u16::try_from(member)?);
            let at = FactRef {
                fact: fact_index,
                member,
            };
            // What decides nothing is left out: the vectors stay small.
            let quiet = [
                "members.name",
                "members.nik",
                "kk",
                "assets.",
                "desil_version",
            ];
            if quiet.iter().any(|quiet| fact.path.starts_with(quiet)) {
                continue;
            }
            if let Answer::Known(value) = family.get(pack, at) {
                writeln!(text, "set {} {}", pack.path_of(at), run::written(&value))?;
            }
        }
    }
    writeln!(text, "{}", run::answers(pack, &family))?;
    Ok(())
}
