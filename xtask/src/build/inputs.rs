//! Whether a build would make anything new: a hash over all that goes into one, kept beside what came out.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Outcome;
use crate::files;
use crate::process;
use crate::project::Project;

/// Files and folders that a build reads.
const INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "crates",
    "index.html",
    "migrations",
    "package-lock.json",
    "packs",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask",
];

/// A hash of all inputs: contents and not times, since a fresh checkout has new times.
pub fn stamp(project: &Project) -> Outcome<String> {
    let mut listing =
        process::captured(Command::new("rustc").arg("-vV").current_dir(&project.root))?;
    for input in INPUTS {
        let path = project.root.join(input);
        let found = if path.is_dir() {
            files::walk(&path)?
        } else {
            vec![path]
        };
        for file in found.iter().filter(|file| file.is_file()) {
            let hash = files::sha256_hex(&files::read_bytes(file)?);
            listing.push_str(&format!(
                "{} {hash}\n",
                files::relative(&project.root, file)
            ));
        }
    }
    Ok(files::sha256_hex(listing.as_bytes()))
}

/// True where the last build was made of what is here now, and what it made is still there.
pub fn built_from_these(project: &Project) -> Outcome<bool> {
    let outputs = [
        stamp_file(project),
        project.command(),
        super::named_wasm(project),
    ];
    if !outputs.iter().all(|file| file.is_file()) {
        return Ok(false);
    }
    let remembered = files::read_text(&stamp_file(project))?;
    Ok(remembered == record(project, &stamp(project)?)?)
}

/// Writes down what the finished build was made of.
pub fn remember(project: &Project, stamp: &str) -> Outcome {
    files::write(&stamp_file(project), record(project, stamp)?)
}

/// From now until `remember`, no build counts as finished.
pub fn forget(project: &Project) -> Outcome {
    files::write(&stamp_file(project), "")
}

/// The inputs, and names and sizes of all files of the site: a file that went missing or was cut wants a build.
fn record(project: &Project, stamp: &str) -> Outcome<String> {
    let mut record = format!("{stamp}\n");
    let dist = project.dist();
    if dist.is_dir() {
        for file in files::walk(&dist)? {
            let bytes = files::read_bytes(&file)?.len();
            record.push_str(&format!("{} {bytes}\n", files::relative(&dist, &file)));
        }
    }
    Ok(record)
}

fn stamp_file(project: &Project) -> PathBuf {
    project.own_output().join("build.stamp")
}
