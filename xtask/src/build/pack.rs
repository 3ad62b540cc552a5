//! Compiles `packs/<id>/` by the command itself, so that phones get what the ministry's own tool makes.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Doing, Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;

/// A compiled pack.
pub struct CompiledPack {
    /// Its name as a file: `<id>.nkp`.
    pub name: String,
    /// Its bytes.
    pub contents: Vec<u8>,
}

/// Compiles the pack that this release of the app carries.
pub fn build(project: &Project) -> Outcome<CompiledPack> {
    let (id, source) = the_pack(project)?;
    let compiled = place(project, &id);
    files::make_folder(&project.own_output())?;
    process::shown(
        Command::new(project.command())
            .args(["pack", "build"])
            .arg(&source)
            .arg("-o")
            .arg(&compiled)
            .current_dir(&project.root),
    )?;
    let contents = files::read_bytes(&compiled)?;
    Ok(CompiledPack {
        name: format!("{id}.nkp"),
        contents,
    })
}

/// Where [`build`] left the compiled pack.
pub fn compiled(project: &Project) -> Outcome<PathBuf> {
    Ok(place(project, &the_pack(project)?.0))
}

fn place(project: &Project, id: &str) -> PathBuf {
    project.own_output().join(format!("{id}.nkp"))
}

/// The app names one pack. Several in the tree would need a choice that nobody has made yet.
fn the_pack(project: &Project) -> Outcome<(String, PathBuf)> {
    let folder = project.root.join("packs");
    let mut packs = Vec::new();
    for entry in fs::read_dir(&folder).doing(|| format!("listing {}", folder.display()))? {
        let path = entry
            .doing(|| format!("listing {}", folder.display()))?
            .path();
        if path.join("pack.toml").is_file() {
            packs.push(path);
        }
    }
    match packs.as_slice() {
        [only] => Ok((files::relative(&folder, only), only.clone())),
        [] => Err(Failure::new("packs/ holds no folder with a pack.toml")),
        _ => Err(Failure::new(
            "packs/ holds several packs: say in xtask/src/build/pack.rs which the app carries",
        )),
    }
}
