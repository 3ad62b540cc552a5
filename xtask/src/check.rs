//! `cargo xtask check`: what must hold besides the tests. All of it runs, so that one run shows all that is wrong.

mod advisories;
mod licences;
mod spdx;

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::process;
use crate::project::Project;
use crate::size;
use crate::steps::{say_total, step};
use crate::tidy;
use crate::tools::{self, Tool};

/// A name and what is checked under it.
type Check = (&'static str, fn(&Project) -> Outcome);

/// Runs every check.
pub fn check(project: &Project) -> Outcome {
    tools::provide(project, &[Tool::WasmTarget])?;
    let checks: [Check; 7] = [
        ("formatting", formatting),
        ("tidy", tidy::tidy),
        ("licences and sources of dependencies", licences::check),
        ("advisories on dependencies", advisories::check),
        ("clippy", clippy_native),
        ("clippy for wasm", clippy_wasm),
        ("size budget", size::check_budget),
    ];
    let mut failed = Vec::new();
    for (name, check) in checks {
        if let Err(failure) = step(name, || check(project)) {
            if let Some(message) = failure.message() {
                eprintln!("{message}");
            }
            failed.push(name);
        }
    }
    say_total("check");
    if failed.is_empty() {
        println!("all {} checks passed", checks.len());
        Ok(())
    } else {
        Err(Failure::new(format!("failed: {}", failed.join(", "))))
    }
}

fn formatting(project: &Project) -> Outcome {
    process::shown(
        Command::new("cargo")
            .args(["fmt", "--all", "--check"])
            .current_dir(&project.root),
    )
}

fn clippy_native(project: &Project) -> Outcome {
    clippy(project, &["--workspace", "--all-targets"])
}

/// The app alone: nothing else is compiled to wasm.
fn clippy_wasm(project: &Project) -> Outcome {
    clippy(
        project,
        &[
            "--package",
            "naik-kelas-app",
            "--lib",
            "--bins",
            "--target",
            "wasm32-unknown-unknown",
        ],
    )
}

fn clippy(project: &Project, what: &[&str]) -> Outcome {
    process::shown(
        Command::new("cargo")
            .args(["clippy", "--quiet", "--locked"])
            .args(what)
            .args(["--", "-D", "warnings"])
            .current_dir(&project.root),
    )
}
