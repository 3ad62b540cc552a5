//! The tools that the commands need: which, in what version, where they are found, how a missing one comes.
//!
//! Found means found whole: an install goes to a folder of its own and is renamed into place when it is complete,
//! under a lock, so neither an interruption nor a second run leaves half a tool behind.

mod browser;
mod cargo_tool;
mod installing;
mod library_source;
mod node;
mod wasm_target;

use std::path::PathBuf;
use std::process::Command;
use std::thread;

use crate::failure::{Doing, Failure, Outcome};
use crate::project::Project;
use crate::steps::{say, step};

pub use installing::{on_path, whole_or_absent};

/// A tool that some command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// The standard library for WebAssembly, by rustup.
    WasmTarget,
    /// The source of the standard library, by rustup.
    LibrarySource,
    /// Lays out the app's files and runs wasm-bindgen.
    Trunk,
    /// The glue between JavaScript and wasm, and the runner of the tests in a browser.
    WasmBindgen,
    /// Node.js itself with npm, which xtask does not install.
    Node,
    /// wasm-opt, esbuild, Playwright and axe, as `package-lock.json` pins them.
    NodePackages,
    /// Chromium and its driver.
    Browser,
}

/// What building the app and the command needs.
pub const FOR_BUILDING: &[Tool] = &[
    Tool::Node,
    Tool::WasmTarget,
    Tool::LibrarySource,
    Tool::NodePackages,
    Tool::WasmBindgen,
    Tool::Trunk,
];
/// What the tests need.
pub const FOR_TESTING: &[Tool] = &[
    Tool::Node,
    Tool::WasmTarget,
    Tool::LibrarySource,
    Tool::NodePackages,
    Tool::Browser,
    Tool::WasmBindgen,
    Tool::Trunk,
];

impl Tool {
    /// Name and wanted version.
    pub fn title(self, project: &Project) -> Outcome<String> {
        Ok(match self {
            Self::WasmTarget => format!("target {}", wasm_target::TARGET),
            Self::LibrarySource => format!("component {}", library_source::COMPONENT),
            Self::Trunk => format!("trunk {}", cargo_tool::TRUNK_VERSION),
            Self::WasmBindgen => format!(
                "wasm-bindgen-cli {}",
                cargo_tool::wasm_bindgen_version(project)?
            ),
            Self::Node => format!("Node.js {} or newer with npm", node::OLDEST_NODE),
            Self::NodePackages => "npm packages of package-lock.json".to_owned(),
            Self::Browser => "Chromium and ChromeDriver".to_owned(),
        })
    }

    /// Where the tool is, or `None` where it is missing.
    pub fn find(self, project: &Project) -> Outcome<Option<Found>> {
        match self {
            Self::WasmTarget => wasm_target::find(project),
            Self::LibrarySource => library_source::find(project),
            Self::Trunk => cargo_tool::trunk().find(project),
            Self::WasmBindgen => cargo_tool::wasm_bindgen(project)?.find(project),
            Self::Node => Ok(node::find_node()),
            Self::NodePackages => node::find_packages(project),
            Self::Browser => Ok(browser::find()),
        }
    }

    /// The command that brings it, for a person to type.
    pub fn remedy(self, project: &Project) -> Outcome<String> {
        Ok(match self {
            Self::WasmTarget => wasm_target::REMEDY.to_owned(),
            Self::LibrarySource => library_source::REMEDY.to_owned(),
            Self::Trunk => cargo_tool::trunk().remedy(),
            Self::WasmBindgen => cargo_tool::wasm_bindgen(project)?.remedy(),
            Self::Node => node::NODE_REMEDY.to_owned(),
            Self::NodePackages => "npm ci".to_owned(),
            Self::Browser => browser::remedy(),
        })
    }

    fn install(self, project: &Project) -> Outcome {
        match self {
            Self::WasmTarget => wasm_target::install(project),
            Self::LibrarySource => library_source::install(project),
            Self::Trunk => cargo_tool::trunk().install(project),
            Self::WasmBindgen => cargo_tool::wasm_bindgen(project)?.install(project),
            Self::Node => Err(Failure::new(format!(
                "Node.js with npm is missing. {}",
                node::NODE_REMEDY
            ))),
            Self::NodePackages => node::install_packages(project),
            Self::Browser => browser::install(project),
        }
    }
}

/// A tool that is there.
#[derive(Debug, Clone)]
pub struct Found {
    /// The program or folder to use.
    pub path: PathBuf,
    /// Its version and whatever else a person wants to know in `doctor`.
    pub remark: String,
}

/// Installs those of `wanted` that are missing, side by side, and says what and why.
pub fn provide(project: &Project, wanted: &[Tool]) -> Outcome {
    let mut missing = Vec::new();
    for tool in wanted {
        if tool.find(project)?.is_none() {
            missing.push(*tool);
        }
    }
    if !missing.is_empty() {
        step("installing what is missing", || {
            install_all(project, &missing)
        })?;
    }
    if wanted.contains(&Tool::NodePackages) {
        node::link_packages(project)?;
    }
    Ok(())
}

fn install_all(project: &Project, missing: &[Tool]) -> Outcome {
    for tool in missing {
        say(&format!("    missing: {}", tool.title(project)?));
    }
    let failures: Vec<String> = thread::scope(|scope| {
        let installs: Vec<_> = missing
            .iter()
            .map(|tool| (tool, scope.spawn(|| tool.install(project))))
            .collect();
        installs
            .into_iter()
            .filter_map(|(tool, install)| match install.join() {
                Ok(Ok(())) => None,
                Ok(Err(failure)) => failure.message().map(str::to_owned),
                Err(_) => Some(format!("installing {tool:?} broke off")),
            })
            .collect()
    });
    if failures.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(failures.join("\n")))
    }
}

/// The tool's path; `provide` was called before.
pub fn path_of(project: &Project, tool: Tool) -> Outcome<PathBuf> {
    match tool.find(project)? {
        Some(found) => Ok(found.path),
        None => Err(Failure::new(format!(
            "{} is missing: {}",
            tool.title(project)?,
            tool.remedy(project)?
        ))),
    }
}

/// Chromium and its driver.
pub fn browser(project: &Project) -> Outcome<(PathBuf, PathBuf)> {
    let chromium = path_of(project, Tool::Browser)?;
    let driver = browser::driver()
        .ok_or_else(|| Failure::new(format!("ChromeDriver is missing: {}", browser::remedy())))?;
    Ok((chromium, driver))
}

/// cargo-audit, installed when first wanted: only a machine that reaches the advisory database has a use for it.
pub fn cargo_audit(project: &Project) -> Outcome<PathBuf> {
    let tool = cargo_tool::cargo_audit();
    if let Some(found) = tool.find(project)? {
        return Ok(found.path);
    }
    tool.install(project)?;
    match tool.find(project)? {
        Some(found) => Ok(found.path),
        None => Err(Failure::new(format!(
            "cargo-audit is missing: {}",
            tool.remedy()
        ))),
    }
}

/// Puts wasm-bindgen, its test runner and the npm programs first on a command's `PATH`.
pub fn put_on_path(project: &Project, command: &mut Command) -> Outcome {
    let wasm_bindgen = path_of(project, Tool::WasmBindgen)?;
    let packages = path_of(project, Tool::NodePackages)?;
    let mut folders = vec![packages.join(".bin")];
    folders.extend(wasm_bindgen.parent().map(PathBuf::from));
    folders.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let path = std::env::join_paths(folders).doing(|| "composing PATH".into())?;
    command.env("PATH", path);
    Ok(())
}
