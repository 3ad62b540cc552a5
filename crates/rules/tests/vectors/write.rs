//! Writes families as `run.rs` reads them: for new vectors, and for benches in a browser.

use super::run;
use naik_kelas_rules::{Answer, FactIndex, FactRef, Family, Pack};
use std::fmt::Write;

/// What decides nothing is left out: the vectors stay small.
const QUIET: [&str; 5] = [
    "members.name",
    "members.nik",
    "kk",
    "assets.",
    "desil_version",
];

/// Adds a family and what the pack decides for it.
///
/// # Errors
/// A pack of more facts than places have room.
pub fn write_family(
    pack: &Pack,
    family: &Family,
    text: &mut String,
) -> Result<(), Box<dyn std::error::Error>> {
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
            let at = FactRef {
                fact: FactIndex(u16::try_from(place)?),
                member: fact.of_member().then_some(u16::try_from(member)?),
            };
            if QUIET.iter().any(|quiet| fact.path.starts_with(quiet)) {
                continue;
            }
            if let Answer::Known(value) = family.get(pack, at) {
                writeln!(text, "set {} {}", pack.path_of(at), run::written(&value))?;
            }
        }
    }
    writeln!(text, "{}", run::answers(pack, family))?;
    Ok(())
}
