//! Chromium and ChromeDriver, from Debian where xtask may install packages, else from whoever looks after the machine.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Found, installing};
use crate::failure::{Failure, Outcome};
use crate::process;
use crate::project::Project;
use crate::steps::step;

const CHROMIUM_NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const PACKAGES: &[&str] = &["chromium", "chromium-driver"];

/// Chromium, where its driver of the same major version is there too.
pub fn find() -> Option<Found> {
    let chromium = chosen("CHROMIUM").or_else(|| installing::on_path(CHROMIUM_NAMES))?;
    let driver = driver()?;
    let version = version_of(&chromium)?;
    let driver_version = version_of(&driver)?;
    (major(&version) == major(&driver_version)).then(|| Found {
        path: chromium,
        remark: format!("{version}, driver {driver_version}"),
    })
}

/// ChromeDriver.
pub fn driver() -> Option<PathBuf> {
    chosen("CHROMEDRIVER").or_else(|| installing::on_path(&["chromedriver"]))
}

/// For a person to type.
pub fn remedy() -> String {
    if is_debian() {
        format!(
            "sudo apt-get update && sudo apt-get install {}",
            PACKAGES.join(" ")
        )
    } else {
        "install Chromium and the ChromeDriver of the same major version; \
         name them in CHROMIUM and CHROMEDRIVER where they are not on PATH"
            .to_owned()
    }
}

/// Debian's packages, where this user may install them.
pub fn install(project: &Project) -> Outcome {
    if !(is_debian() && is_root()) {
        return Err(Failure::new(format!(
            "Chromium and a ChromeDriver of the same major version are missing. To get them: {}",
            remedy()
        )));
    }
    let _lock = installing::lock(project, "debian-packages")?;
    if find().is_some() {
        return Ok(());
    }
    step("installing Debian's chromium and chromium-driver", || {
        let log = project.cache.join("debian-packages.log");
        process::logged("package lists", &mut apt_get(&["update"]), &log)?;
        let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
        arguments.extend(PACKAGES);
        process::logged("chromium", &mut apt_get(&arguments), &log)
    })
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn chosen(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

/// `Chromium 156.0.8078.79 built on Debian` and `ChromeDriver 156.0.8078.79 (…)` both give `156.0.8078.79`.
fn version_of(program: &Path) -> Option<String> {
    let answer = process::asked(Command::new(program).arg("--version"))?;
    answer
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").is_file() && installing::on_path(&["apt-get"]).is_some()
}

fn is_root() -> bool {
    process::asked(Command::new("id").arg("-u")).as_deref() == Some("0")
}
