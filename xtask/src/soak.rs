//! `cargo xtask soak [--minutes N]`: kills the browser in the middle of assessments, hundreds of times, and looks for
//! inputs that make a decoder panic, hang or ask for too much memory.
//!
//! With cargo-fuzz and a nightly compiler the targets of `fuzz/` run, guided by coverage. Else the stable compiler
//! mutates the committed corpus over the same entries.

use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;
use crate::steps::{say, say_total, step};
use crate::test;
use crate::{build, tools};

const TARGETS: &[&str] = &["pack", "wire", "record", "facts", "expression"];
const DEFAULT_MINUTES: u64 = 10;
/// How often the browser is killed at least, and for each minute that was asked for.
const LEAST_KILLS: u64 = 200;
const KILLS_A_MINUTE: u64 = 10;
/// No input deserves more memory at a time, nor more time: the same bounds as those of the loop on stable.
const MOST_MEGABYTES: u32 = 256;
const MOST_SECONDS: u32 = 30;

/// How it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    minutes: u64,
}

impl Options {
    /// Reads `[--minutes N]`.
    pub fn parse(options: &[String]) -> Outcome<Self> {
        let minutes = match options {
            [] => Some(DEFAULT_MINUTES),
            [flag, minutes] if flag == "--minutes" => minutes.parse().ok().filter(|n| *n > 0),
            _ => None,
        };
        minutes
            .map(|minutes| Self { minutes })
            .ok_or_else(|| Failure::usage("cargo xtask soak [--minutes N]"))
    }
}

/// Fuzzes for about so many minutes, evenly over the targets; compiling and kills come on top.
pub fn soak(project: &Project, options: Options) -> Outcome {
    let kills = LEAST_KILLS.max(options.minutes * KILLS_A_MINUTE);
    tools::provide(project, tools::FOR_TESTING)?;
    build::ensure_built(project)?;
    step(&format!("killing the browser {kills} times"), || {
        test::kills(project, kills)
    })?;
    let whole = Duration::from_secs(options.minutes * 60);
    match missing() {
        None => guided(project, whole)?,
        Some(missing) => {
            say(&format!(
                "{missing}: the stable compiler mutates the corpus instead, without coverage to guide it"
            ));
            mutating(project, whole)?;
        }
    }
    say_total("soak");
    Ok(())
}

/// What coverage-guided fuzzing would need and is not here.
fn missing() -> Option<&'static str> {
    if process::asked(Command::new("cargo").args(["fuzz", "--version"])).is_none() {
        return Some("cargo-fuzz is missing (`cargo install cargo-fuzz`)");
    }
    let nightly = ["run", "nightly", "rustc", "--version"];
    if process::asked(Command::new("rustup").args(nightly)).is_none() {
        return Some("the nightly compiler is missing (`rustup toolchain install nightly`)");
    }
    None
}

fn guided(project: &Project, whole: Duration) -> Outcome {
    let each = whole.as_secs() / TARGETS.len() as u64;
    for target in TARGETS {
        // What is found on the way is kept for the next time, beside the committed corpus and not in it.
        let grown = project.target.join("soak").join(target);
        files::make_folder(&grown)?;
        let mut fuzz = Command::new("rustup");
        fuzz.args([
            "run",
            "nightly",
            "cargo",
            "fuzz",
            "run",
            target,
            "--target-dir",
        ])
        .arg(project.target.join("fuzz"))
        .arg(&grown)
        .arg(project.root.join("fuzz/corpus").join(target));
        if *target == "pack" {
            fuzz.arg(project.root.join("crates/rules/tests/vectors"));
        }
        fuzz.arg("--")
            .arg(format!("-max_total_time={each}"))
            .arg(format!("-timeout={MOST_SECONDS}"))
            .arg(format!("-malloc_limit_mb={MOST_MEGABYTES}"))
            .arg("-max_len=98304")
            .env_remove("RUSTUP_TOOLCHAIN")
            .current_dir(&project.root);
        step(&format!("fuzzing {target}"), || process::shown(&mut fuzz))?;
    }
    Ok(())
}

fn mutating(project: &Project, whole: Duration) -> Outcome {
    // Another seed each time; it is said with what is found, so that it can be found again.
    let seed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(1, |since| since.as_secs());
    let mut cargo = Command::new("cargo");
    cargo
        .args(["test", "--release", "--locked"])
        .args(["--package", "naik-kelas-server", "--test", "fuzz"])
        .args(["--", "--ignored", "--exact", "soak", "--nocapture"])
        .env("NAIK_KELAS_SOAK_SECONDS", whole.as_secs().to_string())
        .env("NAIK_KELAS_SOAK_SEED", seed.to_string())
        .current_dir(&project.root);
    step(&format!("mutating the corpus, seed {seed}"), || {
        process::shown(&mut cargo)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_a_number_above_nothing() {
        let parse = |options: &[&str]| {
            let options: Vec<String> = options.iter().map(ToString::to_string).collect();
            Options::parse(&options).ok().map(|options| options.minutes)
        };
        assert_eq!(parse(&[]), Some(DEFAULT_MINUTES));
        assert_eq!(parse(&["--minutes", "90"]), Some(90));
        for wrong in [
            &["--minutes"][..],
            &["--minutes", "0"],
            &["--minutes", "x"],
            &["90"],
        ] {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn every_target_has_a_file_and_a_corpus() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for target in TARGETS {
            assert!(
                root.join(format!("fuzz/fuzz_targets/{target}.rs"))
                    .is_file()
            );
            assert!(root.join("fuzz/corpus").join(target).is_dir());
        }
    }
}
