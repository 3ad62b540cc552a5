//! Installs that are whole or absent, and done by one process at a time.

use std::env;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Outcome};
use crate::files;
use crate::project::Project;
use crate::steps::{say, step};

/// The lock of whoever changes the toolchain: rustup does one thing at a time.
pub const RUSTUP: &str = "rustup";

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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;
    use crate::failure::Failure;

    /// A project with an empty cache of its own, gone with the value.
    struct Scratch(Project);

    impl Scratch {
        fn new(test: &str) -> Self {
            let cache = env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
            files::remove_folder(&cache).expect("an old cache can be removed");
            Self(Project {
                root: cache.clone(),
                target: cache.clone(),
                cache,
            })
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            files::remove_folder(&self.0.cache).expect("the cache can be removed");
        }
    }

    #[test]
    fn a_tool_whose_install_failed_is_absent_and_the_next_try_begins_anew() {
        let scratch = Scratch::new("failed");
        let place = scratch.0.cache.join("tool-1");
        let failed = whole_or_absent(&scratch.0, "tool-1", |staging, _| {
            files::write(&staging.join("half"), "x")?;
            Err(Failure::new("the network went away"))
        });
        assert!(failed.is_err() && !place.exists());
        whole_or_absent(&scratch.0, "tool-1", |staging, _| {
            files::write(&staging.join("whole"), "x")
        })
        .expect("the second try succeeds");
        assert!(place.join("whole").is_file() && !place.join("half").exists());
    }

    #[test]
    fn of_two_at_once_one_installs_and_the_other_waits() {
        let scratch = Scratch::new("twice");
        let installs = AtomicUsize::new(0);
        let install = || {
            whole_or_absent(&scratch.0, "tool-1", |staging, _| {
                installs.fetch_add(1, Ordering::SeqCst);
                files::write(&staging.join("whole"), "x")
            })
        };
        thread::scope(|scope| {
            let both = [scope.spawn(install), scope.spawn(install)];
            for one in both {
                one.join().expect("no panic").expect("installed or found");
            }
        });
        assert_eq!(installs.load(Ordering::SeqCst), 1);
    }
}
