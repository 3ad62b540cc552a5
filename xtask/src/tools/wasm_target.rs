//! The standard library for WebAssembly, which rustup brings.

use std::path::PathBuf;
use std::process::Command;

use super::{Found, installing};
use crate::failure::Outcome;
use crate::process;
use crate::project::Project;

/// The app's target.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// For a person to type.
pub const REMEDY: &str = "rustup target add wasm32-unknown-unknown";

/// The compiler is asked where its libraries are, so that a toolchain without rustup is fine as well.
pub fn find(project: &Project) -> Outcome<Option<Found>> {
    let folder = process::captured(
        Command::new("rustc")
            .args(["--print", "target-libdir", "--target", TARGET])
            .current_dir(&project.root),
    )?;
    let path = PathBuf::from(folder.trim());
    Ok(path.is_dir().then(|| Found {
        path,
        remark: "standard library for wasm".into(),
    }))
}

/// Asks rustup for the target.
pub fn install(project: &Project) -> Outcome {
    let _lock = installing::lock(project, installing::RUSTUP)?;
    if find(project)?.is_some() {
        return Ok(());
    }
    let log = project.cache.join("wasm-target.log");
    let mut rustup = Command::new("rustup");
    rustup
        .args(["target", "add", TARGET])
        .current_dir(&project.root);
    process::logged(TARGET, &mut rustup, &log)
}
