//! `cargo xtask build`: `dist/`, the app as a web server sends it, and `target/release/naik-kelas`.
//!
//! Trunk compiles and lays out (`site`), then every file gets its last contents, name and compressed forms
//! (`release`), and only a whole site takes the place of the old `dist/`.

pub mod example;
mod inputs;
mod keys;
mod pack;
mod release;
mod scripts;
mod site;

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;
use crate::steps::{say, say_total, step};
use crate::tools;

/// For a phone, or quickly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// What phones get: small, and what is tested.
    Release,
    /// Built quickly and large, with names and checks in the wasm. The command is a release one all the same.
    Debug,
}

impl Flavour {
    /// Reads `[--debug]`.
    pub fn parse(options: &[String]) -> Outcome<Self> {
        match options {
            [] => Ok(Self::Release),
            [option] if option == "--debug" => Ok(Self::Debug),
            _ => Err(Failure::usage("cargo xtask build [--debug]")),
        }
    }
}

/// Builds all, whether or not anything changed.
pub fn build(project: &Project, flavour: Flavour) -> Outcome {
    tools::provide(project, tools::FOR_BUILDING)?;
    build_with_tools(project, flavour)?;
    say_total("build");
    Ok(())
}

/// Builds where an input changed or an output is missing; else takes a moment.
pub fn ensure_built(project: &Project) -> Outcome {
    tools::provide(project, tools::FOR_BUILDING)?;
    if inputs::built_from_these(project)? {
        say("dist/ and naik-kelas are up to date");
        return Ok(());
    }
    build_with_tools(project, Flavour::Release)
}

pub use release::{is_screenshot, is_the_endpoints};

/// Where the optimised wasm with the names of its functions is kept for `cargo xtask size`.
pub fn named_wasm(project: &Project) -> PathBuf {
    project.own_output().join("app.named.wasm")
}

/// The pack as this build compiled it.
pub fn compiled_pack(project: &Project) -> Outcome<PathBuf> {
    pack::compiled(project)
}

fn build_with_tools(project: &Project, flavour: Flavour) -> Outcome {
    inputs::forget(project)?;
    // Taken before: what changes while the build runs wants another build.
    let stamp = inputs::stamp(project)?;
    step("building the command naik-kelas", || build_command(project))?;
    let packs = step("compiling the pack", || pack::build(project))?;
    let site = step("building the app", || site::build(project, flavour))?;
    let keys = keys::of_the_release(project)?;
    step("preparing the release", || {
        release::prepare(project, &site, &packs, &keys, flavour)
    })?;
    match flavour {
        Flavour::Release => inputs::remember(project, &stamp),
        Flavour::Debug => Ok(()),
    }
}

fn build_command(project: &Project) -> Outcome {
    process::shown(
        Command::new("cargo")
            .args([
                "build",
                "--release",
                "--locked",
                "--package",
                "naik-kelas-server",
                "--bin",
                "naik-kelas",
            ])
            .current_dir(&project.root),
    )?;
    if project.command().is_file() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "cargo built no {}",
            project.command().display()
        )))
    }
}

/// Replaces `dist/` by a finished folder.
fn put_in_place(project: &Project, finished: &std::path::Path) -> Outcome {
    let old = finished.with_extension("old");
    files::remove_folder(&old)?;
    if project.dist().exists() {
        files::rename(&project.dist(), &old)?;
    }
    files::rename(finished, &project.dist())?;
    files::remove_folder(&old)
}
