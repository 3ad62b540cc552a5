//! Known weaknesses of dependencies, from the RustSec advisory database by cargo-audit.
//!
//! The database lies outside of the package registries. Where it cannot be reached the check says so and what to do,
//! and does not fail: it would otherwise fail for ever on a machine without an open network.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::failure::Outcome;
use crate::process;
use crate::project::Project;
use crate::tools;

const DATABASE: &str = "https://github.com/RustSec/advisory-db.git";
const PATIENCE: Duration = Duration::from_secs(15);

/// Runs cargo-audit where the database can be had.
pub fn check(project: &Project) -> Outcome {
    let Some(database) = database(project)? else {
        println!(
            "NOT CHECKED: the RustSec advisory database ({DATABASE}) cannot be reached from here.\n\
             Where it can: `cargo xtask check`, or `cargo install cargo-audit && cargo audit`."
        );
        return Ok(());
    };
    let audit = tools::cargo_audit(project)?;
    process::shown(
        Command::new(audit)
            .args(["audit", "--no-fetch", "--db"])
            .arg(database)
            .current_dir(&project.root),
    )
}

/// The database in the cache, brought up to date; `None` where it cannot be reached and was never fetched.
fn database(project: &Project) -> Outcome<Option<PathBuf>> {
    let folder = project.cache.join("advisory-db");
    let mut git = Command::new("git");
    if folder.is_dir() {
        git.arg("-C")
            .arg(&folder)
            .args(["pull", "--quiet", "--ff-only", "--depth", "1"]);
    } else {
        // git removes what it made of a clone that fails, so the folder is whole or absent.
        git.args(["clone", "--quiet", "--depth", "1", DATABASE])
            .arg(&folder);
    }
    git.env("GIT_TERMINAL_PROMPT", "0");
    let is_fresh = process::succeeds_within(PATIENCE, &mut git)?;
    if !is_fresh && folder.is_dir() {
        println!(
            "The advisory database cannot be reached: using the copy in {}",
            folder.display()
        );
    }
    Ok(folder.is_dir().then_some(folder))
}
