//! From the source of a pack (TOML and CEL) to findings and to the compiled pack.
//!
//! This is the only crate that knows the CEL parser. It runs where packs are written and built, never on a phone.

mod build;
mod cases;
pub mod conformance;
mod decisions;
pub mod diff;
mod expression;
mod files;
mod finding;
mod graph;
mod journey;
pub mod language;
mod limits;
mod names;
mod questionnaire;
mod readiness;
mod review;
pub mod signed;
mod source;
mod texts;
mod units;
mod values;
mod vocabulary;

pub use finding::{Finding, Severity};

use crate::files::Files;
use crate::finding::{Findings, Place, Problem};
use naik_kelas_rules::Pack;
use naik_kelas_rules::pack::PackFile;
use sha2::{Digest, Sha256};
use std::path::Path;

/// A pack as it is delivered: its bytes, their hash, and the same pack ready to be used.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Canonical bytes: the same source always gives the same ones.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes.
    pub hash: [u8; 32],
    /// The pack.
    pub pack: Pack,
}

/// What a look at a pack came to.
#[derive(Debug)]
pub struct Checked {
    /// All findings, in the order of files and lines.
    pub findings: Vec<Finding>,
    /// The compiled pack, where no finding is an error.
    pub compiled: Option<Compiled>,
    /// How many cases were run.
    pub cases: usize,
}

/// Reads the folder of a pack, checks and compiles it, and runs its cases.
pub fn check(dir: &Path) -> Checked {
    limits::on_deep_stack(|| check_here(dir)).unwrap_or_else(|error| {
        let place = Place {
            file: "pack.toml",
            line: 0,
        };
        let mut findings = Findings::default();
        let problem = Problem::new(
            format!("the pack cannot be checked: no room for another thread ({error})"),
            "Close other programs and try again.",
        );
        findings.error(place, problem);
        Checked {
            findings: findings.list,
            compiled: None,
            cases: 0,
        }
    })
}

fn check_here(dir: &Path) -> Checked {
    let mut findings = Findings::default();
    let files = Files::read(dir, &mut findings);
    let built = build::build(&files, findings);
    let mut findings = built.findings;
    let compiled = built.file.and_then(|file| match encode(file) {
        Ok(compiled) => Some(compiled),
        Err(problem) => {
            findings.error(
                Place {
                    file: "pack.toml",
                    line: 0,
                },
                problem,
            );
            None
        }
    });
    let mut run = 0;
    if let Some(compiled) = &compiled {
        review::review(&compiled.pack, &files, &built.notes, &mut findings);
        run = cases::run(&compiled.pack, &files, &mut findings);
    }
    let compiled = compiled.filter(|_| !findings.has_errors());
    let mut findings = findings.list;
    findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    findings.dedup();
    Checked {
        findings,
        compiled,
        cases: run,
    }
}

/// Compiles the folder of a pack.
///
/// # Errors
/// All findings, where one of them is an error.
pub fn build(dir: &Path) -> Result<Compiled, Vec<Finding>> {
    let checked = check(dir);
    checked.compiled.ok_or(checked.findings)
}

/// Reads a compiled file, signed or not, with the hash of the pack in it. Signatures are not looked at:
/// [`signed::Trust::pack_in`] does that.
///
/// # Errors
/// The bytes are not a pack.
pub fn read(bytes: &[u8]) -> Result<Pack, naik_kelas_rules::PackError> {
    let pack = signed::PackBytes::of_file(bytes).pack;
    Pack::decode(pack, Sha256::digest(pack).into())
}

fn encode(file: PackFile) -> Result<Compiled, Problem> {
    let advice = "This is a fault of the compiler: please report it with the pack.";
    let bytes = minicbor::to_vec(&file)
        .map_err(|_| Problem::new("the compiled pack cannot be written", advice))?;
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    let pack = Pack::decode(&bytes, hash).map_err(|error| {
        Problem::new(
            format!("the compiled pack does not hold together ({error:?})"),
            advice,
        )
    })?;
    if pack.file() != &file {
        return Err(Problem::new(
            "the compiled pack is not read back as it was written",
            advice,
        ));
    }
    Ok(Compiled { bytes, hash, pack })
}
