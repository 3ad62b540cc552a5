//! Runs Trunk: cargo, wasm-bindgen, and the files that `index.html` names, into a folder of their own.

use std::path::PathBuf;
use std::process::Command;

use super::Flavour;
use crate::failure::Outcome;
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
            "--locked",
            "--cargo-profile",
            cargo_profile(flavour),
            "--dist",
        ])
        .arg(&folder)
        .current_dir(&project.root)
        .env("RUST_LOG", "warn")
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
