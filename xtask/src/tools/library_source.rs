//! The source of Rust's own library, which is compiled together with the app so that it is as small.

use std::path::PathBuf;
use std::process::Command;

use super::{Found, installing};
use crate::failure::Outcome;
use crate::process;
use crate::project::Project;

/// The component of the toolchain.
pub const COMPONENT: &str = "rust-src";
/// For a person to type.
pub const REMEDY: &str = "rustup component add rust-src";

/// The folder of the library, where it is whole: cargo reads its lock file.
pub fn find(project: &Project) -> Outcome<Option<Found>> {
    let path = folder(project)?;
    Ok(path.join("Cargo.lock").is_file().then(|| Found {
        path,
        remark: "source of Rust's library".into(),
    }))
}

/// Asks rustup for the component.
pub fn install(project: &Project) -> Outcome {
    let _lock = installing::lock(project, installing::RUSTUP)?;
    if find(project)?.is_some() {
        return Ok(());
    }
    let log = project.cache.join("rust-src.log");
    let mut rustup = Command::new("rustup");
    rustup
        .args(["component", "add", COMPONENT])
        .current_dir(&project.root);
    process::logged(COMPONENT, &mut rustup, &log)
}

fn folder(project: &Project) -> Outcome<PathBuf> {
    let sysroot = process::captured(
        Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(&project.root),
    )?;
    Ok(PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}
