//! Tests compiled to wasm and run in Chromium: those of the app's library, and `tests/browser*.rs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::GroupResult;
use super::counts::Counts;
use crate::failure::{Doing, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;
use crate::steps::step;
use crate::tools::{self, Tool};

const DEFAULT_CHROMIUM: &str = "/usr/bin/chromium";
/// A slow machine in its first start of Chromium must not look like a failure.
const SECONDS_PER_BINARY: &str = "120";

/// Runs them all.
pub fn run(project: &Project) -> Outcome<GroupResult> {
    let (status, output) = process::shown_and_captured(&mut tests(project)?)?;
    Ok(GroupResult {
        counts: Counts::of_libtest(&output),
        runner_succeeded: status.success(),
    })
}

/// Compiles them while something else has the right of way. Where it fails, `run` fails again and shows why.
pub fn compile_behind(project: &Project) -> Outcome {
    let name = "compiling the tests for the browser";
    step(name, || {
        let mut cargo = process::unhurried(tests(project)?.arg("--no-run"));
        let log = project.own_output().join("wasm-tests.log");
        process::into_log(name, &mut cargo, &log, super::BEHIND_SAYS_EVERY).map(|_| ())
    })
}

fn tests(project: &Project) -> Outcome<Command> {
    let (chromium, driver) = tools::browser(project)?;
    let runner =
        tools::path_of(project, Tool::WasmBindgen)?.with_file_name("wasm-bindgen-test-runner");
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "test",
            "--locked",
            "--no-fail-fast",
            "--package",
            "naik-kelas-app",
            "--lib",
        ])
        .args(["--target", "wasm32-unknown-unknown"])
        .current_dir(&project.root)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", SECONDS_PER_BINARY)
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            browser_settings(project, &chromium)?,
        );
    for name in browser_tests(&project.root.join("tests"))? {
        cargo.args(["--test", &name]);
    }
    Ok(cargo)
}

/// `webdriver.json`, with the Chromium that is on this machine.
fn browser_settings(project: &Project, chromium: &Path) -> Outcome<PathBuf> {
    let settings = files::read_text(&project.root.join("webdriver.json"))?;
    let path = project.own_output().join("webdriver.json");
    files::write(
        &path,
        settings.replace(DEFAULT_CHROMIUM, &chromium.to_string_lossy()),
    )?;
    Ok(path)
}

/// Files `browser*.rs` and folders `browser*/main.rs`: cargo would build every test for wasm, the native ones too.
fn browser_tests(folder: &Path) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder).doing(|| format!("listing {}", folder.display()))? {
            let path = entry
                .doing(|| format!("listing {}", folder.display()))?
                .path();
            let is_test = path.extension().is_some_and(|extension| extension == "rs")
                || path.join("main.rs").is_file();
            if let Some(name) = path.file_stem().and_then(|name| name.to_str())
                && is_test
                && name.starts_with("browser")
            {
                names.push(name.to_owned());
            }
        }
    }
    names.sort();
    Ok(names)
}
