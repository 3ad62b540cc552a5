//! `cargo xtask test`: every test there is, natively, in a browser's wasm, and of the whole site; counted together.
//!
//! Walks wait for a browser most of the time, and native tests compile most of the time: they run side by side, and walks
//! have the right of way.

mod counts;
mod walks;
mod wasm_tests;

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use counts::Counts;
pub use walks::kills;

use crate::build;
use crate::failure::{Doing, Failure, Outcome};
use crate::files;
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

/// What runs behind the walks says how far it is between what they say.
const BEHIND_SAYS_EVERY: Duration = Duration::from_secs(60);

impl Group {
    fn name(self) -> &'static str {
        match self {
            Self::Native => "native tests",
            Self::Wasm => "tests in the browser",
            Self::Walks => "walks through the site",
        }
    }
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
}

/// Runs the tests. A group that fails does not keep the others from running.
pub fn test(project: &Project, selection: Selection) -> Outcome {
    if selection != Selection::Only(Group::Native) {
        tools::provide(project, tools::FOR_TESTING)?;
    }
    let results = match selection {
        Selection::All => all(project),
        Selection::Only(group) => vec![(group, run_group(project, group))],
    };
    let mut total = Counts::default();
    let mut complaints = Vec::new();
    for (group, result) in results {
        let name = group.name();
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

/// What compiles runs behind the walks; what it says is kept, and shown whole afterwards.
fn all(project: &Project) -> Vec<(Group, Outcome<GroupResult>)> {
    let (native, walks) = thread::scope(|scope| {
        let behind = scope.spawn(|| {
            let native = native_behind(project);
            (native, wasm_tests::compile_behind(project))
        });
        let walks = run_group(project, Group::Walks);
        let broke_off = |_| (Err(Failure::new("they broke off")), Ok(()));
        let (native, _compiled_or_said_by_their_run) = behind.join().unwrap_or_else(broke_off);
        (native, walks)
    });
    let native = native.and_then(|result| show_log(project).map(|()| result));
    let wasm = run_group(project, Group::Wasm);
    vec![
        (Group::Native, native),
        (Group::Wasm, wasm),
        (Group::Walks, walks),
    ]
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

fn run_group(project: &Project, group: Group) -> Outcome<GroupResult> {
    let name = group.name();
    match group {
        Group::Native => step(name, || {
            let (status, output) = process::shown_and_captured(&mut native(project))?;
            Ok(GroupResult {
                counts: Counts::of_libtest(&output),
                runner_succeeded: status.success(),
            })
        }),
        Group::Wasm => step(name, || wasm_tests::run(project)),
        Group::Walks => {
            build::ensure_built(project).and_then(|()| step(name, || walks::run(project)))
        }
    }
}

fn native(project: &Project) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["test", "--workspace", "--locked", "--no-fail-fast"])
        .current_dir(&project.root);
    cargo
}

fn native_behind(project: &Project) -> Outcome<GroupResult> {
    let name = Group::Native.name();
    step(name, || {
        let log = native_log(project);
        files::write(&log, "")?;
        let mut cargo = process::unhurried(&native(project));
        let status = process::into_log(name, &mut cargo, &log, BEHIND_SAYS_EVERY)?;
        Ok(GroupResult {
            counts: Counts::of_libtest(&files::read_text(&log)?),
            runner_succeeded: status.success(),
        })
    })
}

fn native_log(project: &Project) -> PathBuf {
    project.own_output().join("native-tests.log")
}

fn show_log(project: &Project) -> Outcome {
    say("==> what the native tests said");
    std::io::stdout()
        .write_all(&files::read_bytes(&native_log(project))?)
        .doing(|| "writing test results".into())
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
