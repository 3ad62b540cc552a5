//! Where things are: the workspace, its outputs, and the per-user cache of tools.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};

/// The folders that commands read and write.
#[derive(Debug, Clone)]
pub struct Project {
    /// The root of the workspace.
    pub root: PathBuf,
    /// Cargo's output folder, `target/` unless `CARGO_TARGET_DIR` says otherwise.
    pub target: PathBuf,
    /// Tools by name and version, shared by all clones of this user.
    pub cache: PathBuf,
}

impl Project {
    /// Finds the workspace that this command was built from.
    pub fn find() -> Outcome<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .parent()
            .map(Path::to_path_buf)
            .ok_or_else(|| Failure::new("xtask lies outside of a workspace"))?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => env::current_dir()
                .doing(|| "finding the current folder".into())?
                .join(folder),
            None => root.join("target"),
        };
        Ok(Self {
            cache: cache_folder()?,
            root,
            target,
        })
    }

    /// The site as a web server serves it.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The command and endpoint, `naik-kelas`.
    pub fn command(&self) -> PathBuf {
        self.target
            .join("release")
            .join(format!("naik-kelas{}", env::consts::EXE_SUFFIX))
    }

    /// What xtask itself keeps between runs: stamps, the wasm with names, logs.
    pub fn own_output(&self) -> PathBuf {
        self.target.join("xtask")
    }
}

fn cache_folder() -> Outcome<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => env::home_dir()
            .ok_or_else(|| {
                Failure::new("no home folder: set XDG_CACHE_HOME to a folder for the tools")
            })?
            .join(".cache"),
    };
    Ok(base.join("naik-kelas"))
}
