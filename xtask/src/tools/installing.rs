//! Installs that are whole or absent, and done by one process at a time.

use std::env;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Outcome};
use crate::files;
use crate::project::Project;
use crate::steps::{say, step};

/// Fills `<cache>/<name>` by `fill`, which gets a folder to fill and a log to write.
///
/// The folder appears under its name only when `fill` succeeded. Another process that wants the same waits.
pub fn whole_or_absent(
    project: &Project,
    name: &str,
    fill: impl FnOnce(&Path, &Path) -> Outcome,
) -> Outcome {
    let place = project.cache.join(name);
    let _lock = lock(project, name)?;
    if place.is_dir() {
        return Ok(());
    }
    step(&format!("installing {name}"), || {
        let staging = project.cache.join(format!("{name}.part"));
        let log = project.cache.join(format!("{name}.log"));
        files::remove_folder(&staging)?;
        files::make_folder(&staging)?;
        fill(&staging, &log)?;
        files::rename(&staging, &place)
    })
}

/// Holds the lock of one tool until the value is dropped.
pub fn lock(project: &Project, name: &str) -> Outcome<File> {
    files::make_folder(&project.cache)?;
    let path = project.cache.join(format!("{name}.lock"));
    let file = File::create(&path).doing(|| format!("creating {}", path.display()))?;
    if file.try_lock().is_err() {
        say(&format!(
            "    another process is installing {name}: waiting for it"
        ));
        file.lock()
            .doing(|| format!("locking {}", path.display()))?;
    }
    Ok(file)
}

/// The first of `names` that is a file in a folder of `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}
