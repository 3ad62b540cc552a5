//! An example of the app's package as wasm for a browser, compiled and optimised as the app is. Benches use it.

use std::path::PathBuf;
use std::process::Command;

use super::{release, site};
use crate::failure::Outcome;
use crate::files;
use crate::process;
use crate::project::Project;
use crate::tools::{self, Tool};

/// Gives the folder with `<name>.js` and `<name>_bg.wasm`.
pub fn build(project: &Project, name: &str) -> Outcome<PathBuf> {
    let compiled = site::example(project, name)?;
    let folder = project.own_output().join(name);
    files::remove_folder(&folder)?;
    files::make_folder(&folder)?;
    process::shown(
        Command::new(tools::path_of(project, Tool::WasmBindgen)?)
            .args(["--target", "web", "--no-typescript", "--out-dir"])
            .arg(&folder)
            .arg(&compiled),
    )?;
    let wasm = folder.join(format!("{name}_bg.wasm"));
    release::squeeze(project, &wasm, &wasm)?;
    Ok(folder)
}
