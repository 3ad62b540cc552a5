//! `cargo xtask test`: every test there is, natively, in a browser's wasm, and of the whole site; counted together.

mod counts;
mod walks;
mod wasm_tests;

use std::process::Command;

use counts::Counts;
pub use walks::kills;

use crate::build;
use crate::failure::{Failure, Outcome};
use crate::process;
use crate::project::Project;
use crate::steps::{say, say_total, step};
use crate::tools;

/// A group of tests that run the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Everything that needs no browser.
    Native,
    /// Tests compiled to wasm, in Chromium.
    Wasm,
    /// Walks through the built site, in Chromium, against the real endpoint.
    Walks,
}

/// What to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// What CI runs.
    All,
    /// What a developer asked for.
    Only(Group),
}

impl Selection {
    /// Reads `[--only native|wasm|e2e]`.
    pub fn parse(options: &[String]) -> Outcome<Self> {
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        match options.as_slice() {
            [] => Ok(Self::All),
            ["--only", "native"] => Ok(Self::Only(Group::Native)),
            ["--only", "wasm"] => Ok(Self::Only(Group::Wasm)),
            ["--only", "e2e"] => Ok(Self::Only(Group::Walks)),
            _ => Err(Failure::usage("cargo xtask test [--only native|wasm|e2e]")),
        }
    }

    fn groups(self) -> &'static [Group] {
        match self {
            Self::All => &[Group::Native, Group::Wasm, Group::Walks],
            Self::Only(Group::Native) => &[Group::Native],
            Self::Only(Group::Wasm) => &[Group::Wasm],
            Self::Only(Group::Walks) => &[Group::Walks],
        }
    }
}

/// Runs the tests. A group that fails does not keep the others from running.
pub fn test(project: &Project, selection: Selection) -> Outcome {
    let groups = selection.groups();
    if groups != [Group::Native] {
        tools::provide(project, tools::FOR_TESTING)?;
    }
    let mut total = Counts::default();
    let mut complaints = Vec::new();
    for group in groups {
        let (name, result) = run_group(project, *group);
        match result {
            Ok(result) => {
                say(&format!("    {name}: {}", result.counts));
                complaints.extend(result.complaint(name));
                total = total.plus(result.counts);
            }
            Err(failure) => {
                complaints.push(format!("{name}: {}", failure.message().unwrap_or("failed")))
            }
        }
    }
    for complaint in &complaints {
        eprintln!("\nxtask: {complaint}");
    }
    say_total("test");
    println!("{total}");
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(Failure::already_said())
    }
}

/// How a group went.
struct GroupResult {
    counts: Counts,
    /// The runner itself was content.
    runner_succeeded: bool,
}

impl GroupResult {
    /// A runner that broke off may have counted no failure, and a group that ran nothing proves nothing.
    fn complaint(&self, name: &str) -> Option<String> {
        if self.counts.failed > 0 {
            Some(format!("{name}: {} failed", self.counts.failed))
        } else if !self.runner_succeeded {
            Some(format!(
                "{name}: the tests did not compile or broke off, see above"
            ))
        } else if self.counts.passed == 0 {
            Some(format!("{name}: no test ran"))
        } else {
            None
        }
    }
}

fn run_group(project: &Project, group: Group) -> (&'static str, Outcome<GroupResult>) {
    let name = match group {
        Group::Native => "native tests",
        Group::Wasm => "tests in the browser",
        Group::Walks => "walks through the site",
    };
    let result = match group {
        Group::Native => step(name, || native(project)),
        Group::Wasm => step(name, || wasm_tests::run(project)),
        Group::Walks => {
            build::ensure_built(project).and_then(|()| step(name, || walks::run(project)))
        }
    };
    (name, result)
}

fn native(project: &Project) -> Outcome<GroupResult> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["test", "--workspace", "--locked", "--no-fail-fast"])
        .current_dir(&project.root);
    let (status, output) = process::shown_and_captured(&mut cargo)?;
    Ok(GroupResult {
        counts: Counts::of_libtest(&output),
        runner_succeeded: status.success(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_ran_nothing_or_broke_off_is_no_success() {
        let result = |passed, failed, runner_succeeded| {
            let counts = Counts {
                passed,
                failed,
                skipped: 0,
            };
            GroupResult {
                counts,
                runner_succeeded,
            }
            .complaint("group")
        };
        assert_eq!(result(3, 0, true), None);
        assert!(result(0, 0, true).is_some_and(|text| text.contains("no test ran")));
        assert!(result(3, 0, false).is_some_and(|text| text.contains("broke off")));
        assert!(result(3, 1, false).is_some_and(|text| text.contains("1 failed")));
    }
}
