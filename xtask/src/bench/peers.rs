//! Other tools that do the same work: copied to the per-user cache and installed there by pip, cargo and npm.
//!
//! A peer that cannot be installed is no reason to measure nothing: its rows then say why they have no figure.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Doing, Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;
use crate::steps::say;
use crate::tools::{browser, whole_or_absent};

/// The folder that was named, where one was: it holds `rules/` and `browser/`.
pub struct Peers {
    folder: Option<PathBuf>,
}

impl Peers {
    /// Takes the folder as it was typed.
    pub fn find(folder: Option<&Path>) -> Outcome<Self> {
        let folder = folder
            .map(|folder| {
                let whole = folder.canonicalize();
                whole.doing(|| format!("looking at --peers {}", folder.display()))
            })
            .transpose()?;
        if let Some(folder) = &folder
            && !folder.join("rules").is_dir()
        {
            return Err(Failure::new(format!(
                "{} holds no folder `rules`: is it the one with the peers?",
                folder.display()
            )));
        }
        Ok(Self { folder })
    }

    /// Rule engines: tells the bench where they are, or why they are not.
    pub fn provide_rules(&self, project: &Project, bench: &mut Command) -> Outcome {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let source = folder.join("rules");
        let hash = hash_of(&source)?;
        let python = format!("peers-rules-{hash}");
        match whole_or_absent(project, &python, |staging, log| {
            copy(&source, staging)?;
            make_python(staging, "venv", log)
        }) {
            Ok(()) => {
                bench.env("NK_PEERS_RULES", project.cache.join(&python));
            }
            Err(failure) => explain(bench, &failure),
        }
        let engines = format!("peer-engines-{hash}");
        match whole_or_absent(project, &engines, |staging, log| {
            build_engines(project, &source, staging, log)
        }) {
            Ok(()) => {
                bench.env(
                    "NK_PEER_ENGINES",
                    project.cache.join(&engines).join(ENGINES),
                );
            }
            Err(failure) => explain(bench, &failure),
        }
        Ok(())
    }
}

impl Peers {
    /// Forms, stores and sync in a browser: tells the bench where they are, or why they are not.
    pub fn provide_browser(&self, project: &Project, bench: &mut Command) -> Outcome {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let source = folder.join("browser");
        let name = format!("peers-browser-{}", hash_of(&source)?);
        let (chromium, _) = browser(project)?;
        match whole_or_absent(project, &name, |staging, log| {
            copy(&source, staging)?;
            install_browser_peers(staging, &chromium, log)
        }) {
            Ok(()) => {
                bench.env("NK_PEERS_BROWSER", project.cache.join(&name));
            }
            Err(failure) => explain(bench, &failure),
        }
        Ok(())
    }
}

const ENGINES: &str = "peer-engines";

fn explain(bench: &mut Command, failure: &Failure) {
    let why = failure.message().unwrap_or("no reason was given");
    say(&format!("    not installed: {why}"));
    let first = why.lines().next().unwrap_or(why);
    bench.env("NK_PEERS_TROUBLE", format!("not installed: {first}"));
}

/// No install script runs; the peers' own build then bundles what a page loads.
fn install_browser_peers(folder: &Path, chromium: &Path, log: &Path) -> Outcome {
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-package-lock", "--ignore-scripts"])
        .args(["--no-audit", "--no-fund"])
        .current_dir(folder);
    process::logged("Enketo, Dexie, PouchDB and RxDB", &mut npm, log)?;
    make_python(folder, ".venv", log)?;
    let mut build = Command::new("node");
    build
        .arg("build.mjs")
        .env("CHROMIUM", chromium)
        .current_dir(folder);
    process::logged("the peers' pages", &mut build, log)
}

/// A Python of the folder's own, with what its `requirements.txt` names.
fn make_python(folder: &Path, name: &str, log: &Path) -> Outcome {
    let mut make = Command::new("python3");
    make.args(["-m", "venv"]).arg(folder.join(name));
    process::logged("a Python of its own", &mut make, log)?;
    // By the interpreter and never by the scripts beside it: those name the folder in which they were made.
    let mut pip = Command::new(folder.join(name).join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "-r", "requirements.txt"])
        .current_dir(folder);
    process::logged("Python packages", &mut pip, log)
}

/// Some twenty minutes on two cores: objects survive an interruption.
fn build_engines(project: &Project, source: &Path, staging: &Path, log: &Path) -> Outcome {
    let work = project.cache.join("peer-engines.source");
    files::remove_folder(&work)?;
    copy(source, &work)?;
    let objects = project.cache.join("peer-engines.objects");
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release"])
        .current_dir(work.join("zen"))
        .env("CARGO_TARGET_DIR", &objects);
    process::logged("ZEN, JSONLogic and CEL", &mut cargo, log)?;
    let built = files::read_bytes(&objects.join("release").join(ENGINES))?;
    files::write(&staging.join(ENGINES), built)?;
    make_program(&staging.join(ENGINES))
}

#[cfg(unix)]
fn make_program(path: &Path) -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
        .doing(|| format!("making {} a program", path.display()))
}

#[cfg(not(unix))]
fn make_program(_: &Path) -> Outcome {
    Ok(())
}

/// Contents alone: the originals may be read-only, and a tool writes beside them.
fn copy(from: &Path, to: &Path) -> Outcome {
    for file in files::walk(from)? {
        files::write(
            &to.join(files::relative(from, &file)),
            files::read_bytes(&file)?,
        )?;
    }
    Ok(())
}

fn hash_of(folder: &Path) -> Outcome<String> {
    let mut all = Vec::new();
    for file in files::walk(folder)? {
        all.extend(files::relative(folder, &file).into_bytes());
        all.extend(files::sha256_hex(&files::read_bytes(&file)?).into_bytes());
    }
    let mut hash = files::sha256_hex(&all);
    hash.truncate(12);
    Ok(hash)
}
