//! Walks through the built site in Chromium, by node's own test runner. Each starts the endpoint that it needs.
//! Beside them run the tests of what benches say.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::GroupResult;
use super::counts::Counts;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;
use crate::tools::{self, Tool};

/// For one file of walks: node counts the whole file. The longest takes somewhat over a minute.
const PATIENCE: Duration = Duration::from_secs(600);

/// Runs `tests/e2e/*.test.mjs`; other files there are their helpers.
pub fn run(project: &Project) -> Outcome<GroupResult> {
    let walks = walk_files(project)?;
    let results = project.own_output().join("walks.tap");
    files::write(&results, "")?;
    let mut node = node(project, PATIENCE)?;
    // Two browsers at once on two cores make each wait for the other.
    node.arg("--test-concurrency=1")
        .args([
            "--test-reporter=spec",
            "--test-reporter-destination=stdout",
            "--test-reporter=tap",
        ])
        .arg(format!("--test-reporter-destination={}", results.display()))
        .args(&walks);
    let (status, _) = process::shown_and_captured(&mut node)?;
    let counts = Counts::of_node(&files::read_text(&results)?);
    Ok(GroupResult {
        counts,
        runner_succeeded: status.success(),
    })
}

/// The walk in which the app is killed, with so many kills of the whole browser.
pub fn kills(project: &Project, kills: u64) -> Outcome {
    let each = Duration::from_secs(10);
    let patience = each.saturating_mul(u32::try_from(kills).unwrap_or(u32::MAX));
    let mut node = node(project, PATIENCE + patience)?;
    node.arg("--test-reporter=spec")
        .arg("tests/e2e/kills.test.mjs")
        .env("NK_KILLS", kills.to_string());
    process::shown(&mut node)
}

/// Node's test runner on what was built. A file that takes longer than `patience`, waiting for ever or leaving a browser
/// behind, fails and does not keep the others from running.
fn node(project: &Project, patience: Duration) -> Outcome<Command> {
    let (chromium, _) = tools::browser(project)?;
    let mut node = Command::new("node");
    node.arg("--test")
        .arg(format!("--test-timeout={}", patience.as_millis()))
        .current_dir(&project.root)
        .env("NK_DIST", project.dist())
        .env("NK_BIN", project.command())
        .env("CHROMIUM", chromium)
        .env("NODE_PATH", tools::path_of(project, Tool::NodePackages)?);
    Ok(node)
}

fn walk_files(project: &Project) -> Outcome<Vec<PathBuf>> {
    let folder = project.root.join("tests/e2e");
    let mut found = if folder.is_dir() {
        files::walk(&folder)?
    } else {
        Vec::new()
    };
    found.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    if found.is_empty() {
        return Err(Failure::new("tests/e2e has no *.test.mjs: no walk ran"));
    }
    let mut benches = files::walk(&project.root.join("benches"))?;
    benches.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    found.extend(benches);
    Ok(found)
}
