//! Node.js, and the npm packages of `package-lock.json`: wasm-opt, esbuild, Playwright, axe.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Found, installing};
use crate::failure::{Doing, Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;

/// The oldest that Playwright takes and whose test runner knows a time limit.
pub const OLDEST_NODE: Version = Version {
    major: 20,
    minor: 11,
};
/// For a person to type.
pub const NODE_REMEDY: &str =
    "Install Node.js 20.11 or newer with npm, on Debian 13 by `sudo apt-get install nodejs npm`";

/// Node.js in a version that is new enough.
pub fn find_node() -> Option<Found> {
    let path = installing::on_path(&["node"])?;
    installing::on_path(&["npm"])?;
    let version = process::asked(Command::new(&path).arg("--version"))?;
    (Version::parse(&version)? >= OLDEST_NODE).then_some(Found {
        path,
        remark: version,
    })
}

/// As far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    /// Reads `v20.20.2`.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix('v')?.split('.');
        Some(Self {
            major: parts.next()?.parse().ok()?,
            minor: parts.next()?.parse().ok()?,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.major, self.minor)
    }
}

/// The `node_modules` folder in the cache, keyed by what the lock file says.
pub fn find_packages(project: &Project) -> Outcome<Option<Found>> {
    let path = project
        .cache
        .join(folder_name(project)?)
        .join("node_modules");
    Ok(path.is_dir().then(|| Found {
        path,
        remark: "wasm-opt, esbuild, Playwright, axe".into(),
    }))
}

/// `npm ci` into the cache. No install script runs, so no package downloads a browser of its own.
pub fn install_packages(project: &Project) -> Outcome {
    if find_node().is_none() {
        return Err(Failure::new("npm packages need Node.js with npm first"));
    }
    installing::whole_or_absent(project, &folder_name(project)?, |staging, log| {
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            files::write(
                &staging.join(file),
                files::read_bytes(&project.root.join(file))?,
            )?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(staging);
        process::logged("npm packages", &mut npm, log)
    })
}

/// Lets `import 'playwright-core'` work from any folder of the project: modules are looked for in `node_modules` above.
/// A real folder, from somebody's own `npm ci`, is left as it is.
pub fn link_packages(project: &Project) -> Outcome {
    let Some(packages) = find_packages(project)? else {
        return Ok(());
    };
    let link = project.root.join("node_modules");
    match link.symlink_metadata() {
        Ok(there) if !there.is_symlink() => return Ok(()),
        Ok(_) if link.read_link().is_ok_and(|target| target == packages.path) => return Ok(()),
        _ => {}
    }
    // Made beside and moved over, so that a test which runs meanwhile always finds one.
    let fresh = project
        .root
        .join(format!("node_modules.{}", std::process::id()));
    make_link(&packages.path, &fresh)?;
    files::rename(&fresh, &link)
}

#[cfg(unix)]
fn make_link(target: &Path, link: &Path) -> Outcome {
    std::os::unix::fs::symlink(target, link).doing(|| format!("linking {}", link.display()))
}

#[cfg(not(unix))]
fn make_link(target: &Path, link: &Path) -> Outcome {
    std::os::windows::fs::symlink_dir(target, link).doing(|| format!("linking {}", link.display()))
}

fn folder_name(project: &Project) -> Outcome<String> {
    let lock: PathBuf = project.root.join("package-lock.json");
    let hash = files::sha256_hex(&files::read_bytes(&lock)?);
    Ok(format!("node-tools-{}", &hash[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let is_new_enough =
            |text| Version::parse(text).is_some_and(|version| version >= OLDEST_NODE);
        assert!(
            is_new_enough("v20.11.0") && is_new_enough("v20.20.2") && is_new_enough("v100.0.0")
        );
        assert!(
            !is_new_enough("v20.9.1") && !is_new_enough("v18.20.4") && !is_new_enough("20.20.2")
        );
    }
}
