//! Tools that cargo compiles from their published source, each in a profile that is quick to build.

use std::path::Path;
use std::process::Command;

use super::{Found, installing};
use crate::failure::Outcome;
use crate::files;
use crate::lockfile;
use crate::process;
use crate::project::Project;
use crate::steps::say;

/// 0.22 wants a newer compiler than `rust-toolchain.toml` pins.
pub const TRUNK_VERSION: &str = "0.21.14";
/// Reads `Cargo.lock` and the advisory database.
const CARGO_AUDIT_VERSION: &str = "0.22.2";

/// A program that `cargo install` brings.
pub struct CargoTool {
    package: &'static str,
    /// What is asked for its version.
    program: &'static str,
    version: String,
    /// Programs that come with it and must lie beside it.
    companions: &'static [&'static str],
    /// Of the debug profile: 0 builds fastest; a tool that works long on each run deserves 1.
    optimisation: &'static str,
}

/// Trunk mostly starts other programs, so nothing is optimised.
pub fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        program: "trunk",
        version: TRUNK_VERSION.to_owned(),
        companions: &[],
        optimisation: "0",
    }
}

/// Reads the advisory database; its work is short.
pub fn cargo_audit() -> CargoTool {
    CargoTool {
        package: "cargo-audit",
        program: "cargo-audit",
        version: CARGO_AUDIT_VERSION.to_owned(),
        companions: &[],
        optimisation: "0",
    }
}

/// wasm-bindgen reads and writes the whole wasm of the app and of each test: unoptimised it would take longer than it saves.
pub fn wasm_bindgen(project: &Project) -> Outcome<CargoTool> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: wasm_bindgen_version(project)?,
        companions: &["wasm-bindgen-test-runner"],
        optimisation: "1",
    })
}

/// The tool must match the library exactly.
pub fn wasm_bindgen_version(project: &Project) -> Outcome<String> {
    lockfile::locked_version(project, "wasm-bindgen")
}

impl CargoTool {
    fn folder_name(&self) -> String {
        format!("{}-{}", self.package, self.version)
    }

    /// In the cache, or on `PATH` in exactly the wanted version.
    pub fn find(&self, project: &Project) -> Outcome<Option<Found>> {
        let cached = project
            .cache
            .join(self.folder_name())
            .join("bin")
            .join(self.program);
        if cached.is_file() {
            return Ok(Some(Found {
                path: cached,
                remark: self.version.clone(),
            }));
        }
        Ok(installing::on_path(&[self.program])
            .filter(|path| {
                self.companions
                    .iter()
                    .all(|name| path.with_file_name(name).is_file())
            })
            .filter(|path| {
                process::asked(Command::new(path).arg("--version"))
                    .is_some_and(|answer| answer.split_whitespace().nth(1) == Some(&self.version))
            })
            .map(|path| Found {
                path,
                remark: format!("{}, from PATH", self.version),
            }))
    }

    /// For a person to type.
    pub fn remedy(&self) -> String {
        format!(
            "cargo install --debug {} --version {}",
            self.package, self.version
        )
    }

    /// Compiles it into the cache.
    pub fn install(&self, project: &Project) -> Outcome {
        installing::whole_or_absent(project, &self.folder_name(), |staging, log| {
            // Objects survive an interruption, so that a second try goes on where the first stopped.
            let objects = project
                .cache
                .join(format!("{}.objects", self.folder_name()));
            let locked = self.compile(project, staging, log, &objects, true);
            if let Err(failure) = locked {
                if !resolution_failed(log)? {
                    return Err(failure);
                }
                say(&format!(
                    "    {}: a version that its own lock file names is not to be had; others are chosen",
                    self.package
                ));
                self.compile(project, staging, log, &objects, false)?;
            }
            files::remove_folder(&objects)
        })
    }

    fn compile(
        &self,
        project: &Project,
        root: &Path,
        log: &Path,
        objects: &Path,
        locked: bool,
    ) -> Outcome {
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "install",
                "--debug",
                "--version",
                &format!("={}", self.version),
            ])
            .arg("--root")
            .arg(root)
            .args(locked.then_some("--locked"))
            .arg(self.package)
            // Not in the workspace: its settings are for the project and not for the tools.
            .current_dir(&project.cache)
            .env("CARGO_TARGET_DIR", objects)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", self.optimisation)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        process::logged(&self.folder_name(), &mut cargo, log)
    }
}

/// A registry may lag behind a lock file; a compile error or a full disk is another matter.
fn resolution_failed(log: &Path) -> Outcome<bool> {
    Ok(files::read_text(log)?.contains("failed to select a version"))
}
