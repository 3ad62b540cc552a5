//! Runs Trunk: cargo, wasm-bindgen, and the files that `index.html` names, into a folder of their own.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::Flavour;
use crate::failure::{Doing, Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;
use crate::tools::{self, Tool};

/// Builds the app and gives the folder with what Trunk made of it.
pub fn build(project: &Project, flavour: Flavour) -> Outcome<PathBuf> {
    let folder = project.own_output().join("site");
    files::remove_folder(&folder)?;
    // Trunk copies all that lies here, snippets of earlier builds too.
    files::remove_folder(&project.target.join("wasm-bindgen"))?;
    let mut trunk = Command::new(tools::path_of(project, Tool::Trunk)?);
    // Never Trunk's own `--release`: it would run wasm-opt, which is done here with flags of our own.
    trunk
        .args([
            "build",
            "--offline",
            "--skip-version-check",
            "--locked",
            "--cargo-profile",
            cargo_profile(flavour),
            "--dist",
        ])
        .arg(&folder)
        .current_dir(&project.root)
        .env("CARGO_ENCODED_RUSTFLAGS", without_this_machine(project)?)
        .env("RUST_LOG", "warn")
        .env("RUST_BACKTRACE", "0")
        .env_remove("NO_COLOR");
    tools::put_on_path(project, &mut trunk)?;
    process::shown(&mut trunk)?;
    Ok(folder)
}

fn cargo_profile(flavour: Flavour) -> &'static str {
    match flavour {
        Flavour::Release => "web",
        Flavour::Debug => "dev",
    }
}

/// A copy of a function in its caller has to make the whole smaller: on top of `opt-level = "z"`, 2.5 % of the app.
const NEVER_INLINE_FOR_SPEED: &str = "-Cllvm-args=-inline-threshold=0";

/// Panic messages hold paths of sources. Without the folders of this machine they are shorter, tell nothing about who
/// built, and the same sources give the same wasm anywhere.
fn without_this_machine(project: &Project) -> Outcome<String> {
    let mut prefixes = vec![project.root.clone()];
    let registry = cargo_home()?.join("registry").join("src");
    if registry.is_dir() {
        for entry in fs::read_dir(&registry).doing(|| format!("listing {}", registry.display()))? {
            prefixes.push(
                entry
                    .doing(|| format!("listing {}", registry.display()))?
                    .path(),
            );
        }
    }
    prefixes.sort();
    let mut flags: Vec<String> = prefixes
        .iter()
        .map(|prefix| format!("--remap-path-prefix={}=", prefix.display()))
        .collect();
    flags.push(NEVER_INLINE_FOR_SPEED.to_owned());
    Ok(flags.join("\x1f"))
}

fn cargo_home() -> Outcome<PathBuf> {
    match env::var_os("CARGO_HOME") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => env::home_dir()
            .map(|home| home.join(".cargo"))
            .ok_or_else(|| Failure::new("no home folder: set CARGO_HOME")),
    }
}
