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
        .env("RUST_LOG", "warn")
        .env("RUST_BACKTRACE", "0")
        .env_remove("NO_COLOR");
    let mut flags = without_this_machine(project)?;
    if flavour == Flavour::Release {
        fetch_library(project)?;
        small_library(&mut trunk);
        flags.extend(small_code());
    }
    trunk.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    tools::put_on_path(project, &mut trunk)?;
    process::shown(&mut trunk)?;
    Ok(folder)
}

/// Compiles an example of the app's package as the app itself is compiled for phones, and gives the wasm.
pub fn example(project: &Project, name: &str) -> Outcome<PathBuf> {
    let what = ["--package", "naik-kelas-app", "--example", name];
    let built = like_the_app(project, &what)?;
    Ok(built.join("examples").join(format!("{name}.wasm")))
}

/// Compiles the way back from the dense wasm.
pub fn way_back(project: &Project) -> Outcome<PathBuf> {
    let built = like_the_app(project, &["--package", "naik-kelas-dense", "--lib"])?;
    Ok(built.join("naik_kelas_dense.wasm"))
}

/// With the same flags, so that the library is not compiled once more; gives the folder of what came out.
fn like_the_app(project: &Project, what: &[&str]) -> Outcome<PathBuf> {
    fetch_library(project)?;
    let mut flags = without_this_machine(project)?;
    flags.extend(small_code());
    let mut cargo = Command::new("cargo");
    small_library(&mut cargo);
    cargo
        .args(["build", "--locked", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", cargo_profile(Flavour::Release)])
        .args(what)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        .current_dir(&project.root);
    process::shown(&mut cargo)?;
    Ok(project.target.join("wasm32-unknown-unknown/web"))
}

fn small_code() -> impl Iterator<Item = String> {
    SMALL.iter().map(|flag| (*flag).to_owned())
}

fn cargo_profile(flavour: Flavour) -> &'static str {
    match flavour {
        Flavour::Release => "web",
        Flavour::Debug => "dev",
    }
}

/// What makes the wasm small beside `opt-level = "z"` (docs/adr/0007 tells the numbers).
const SMALL: &[&str] = &[
    // A copy of a function in its caller has to make the whole smaller.
    "-Cllvm-args=-inline-threshold=0",
    // Half of what is usual: addresses of texts behind the stack are a byte shorter.
    "-Clink-arg=-zstack-size=524288",
    // A panic is a trap and nothing else: no text, no formatting of it, no place. The page's own script sees the trap.
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];

/// Rust's own library, compiled like the app. The compiler is the pinned stable one; it is only told to take the
/// options that are not promised to stay.
fn small_library(cargo: &mut Command) {
    cargo
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
}

/// What the library is made of, for Trunk builds without the network.
fn fetch_library(project: &Project) -> Outcome {
    let mut fetch = Command::new("cargo");
    fetch
        .args(["fetch", "--locked", "--target", "wasm32-unknown-unknown"])
        .current_dir(&project.root);
    small_library(&mut fetch);
    process::shown(&mut fetch)
}

/// Panic messages hold paths of sources. Without the folders of this machine they are shorter, tell nothing about who
/// built, and the same sources give the same wasm anywhere.
fn without_this_machine(project: &Project) -> Outcome<Vec<String>> {
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
    prefixes.push(tools::path_of(project, Tool::LibrarySource)?);
    prefixes.sort();
    Ok(prefixes
        .iter()
        .map(|prefix| format!("--remap-path-prefix={}=", prefix.display()))
        .collect())
}

fn cargo_home() -> Outcome<PathBuf> {
    match env::var_os("CARGO_HOME") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => env::home_dir()
            .map(|home| home.join(".cargo"))
            .ok_or_else(|| Failure::new("no home folder: set CARGO_HOME")),
    }
}
