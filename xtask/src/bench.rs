//! `cargo xtask bench [GROUP] [--peers DIR]`: measures, compares, and says what misses its target.
//!
//! The measuring is done by `benches/<group>.mjs` and what those start; here are the build, the peers and the folders.

mod peers;

use std::path::PathBuf;
use std::process::Command;

use crate::build;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;
use crate::steps::{say_total, step};
use crate::tools::{self, Tool};
use peers::Peers;

/// What is measured together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Deciding, natively and in wasm.
    Rules,
    /// Storage, start, lists and memory in a browser.
    Phone,
    /// Answering in an assessment.
    Form,
    /// What a sync costs, and how many entries the endpoint stores.
    Sync,
}

impl Group {
    const ALL: &[Self] = &[Self::Rules, Self::Phone, Self::Form, Self::Sync];

    fn name(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Phone => "phone",
            Self::Form => "form",
            Self::Sync => "sync",
        }
    }
}

/// How it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    groups: Vec<Group>,
    peers: Option<PathBuf>,
}

impl Options {
    /// Reads `[GROUP] [--peers DIR]`.
    pub fn parse(options: &[String]) -> Outcome<Self> {
        let mut parsed = Self {
            groups: Vec::new(),
            peers: None,
        };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let group = Group::ALL.iter().find(|group| group.name() == option);
            match (option.as_str(), group) {
                ("--peers", _) => {
                    let folder = options
                        .next()
                        .ok_or_else(|| Failure::usage("--peers wants a folder"))?;
                    parsed.peers = Some(PathBuf::from(folder));
                }
                (_, Some(group)) => parsed.groups.push(*group),
                _ => {
                    let names: Vec<_> = Group::ALL.iter().map(|group| group.name()).collect();
                    return Err(Failure::usage(format!(
                        "cargo xtask bench [{}] [--peers DIR]",
                        names.join("|")
                    )));
                }
            }
        }
        if parsed.groups.is_empty() {
            parsed.groups = Group::ALL.to_vec();
        }
        Ok(parsed)
    }
}

/// Measures each group. A target that is missed fails nothing: it is said.
pub fn bench(project: &Project, options: &Options) -> Outcome {
    tools::provide(project, tools::FOR_TESTING)?;
    build::ensure_built(project)?;
    let peers = Peers::find(options.peers.as_deref())?;
    for group in &options.groups {
        let mut node = node(project, *group)?;
        match group {
            Group::Rules => {
                let wasm = step("compiling the rules for a browser, as the app's", || {
                    build::example::build(project, "rules_in_wasm")
                })?;
                node.env("NK_RULES_WASM", wasm);
                peers.provide_rules(project, &mut node)?;
            }
            Group::Phone | Group::Form | Group::Sync => {
                peers.provide_browser(project, &mut node)?
            }
        }
        step(&format!("bench {}", group.name()), || {
            process::shown(&mut node)
        })?;
    }
    say_total("bench");
    Ok(())
}

fn node(project: &Project, group: Group) -> Outcome<Command> {
    let out = project.target.join("bench");
    files::make_folder(&out)?;
    let (chromium, _) = tools::browser(project)?;
    let mut node = Command::new("node");
    node.arg(format!("benches/{}.mjs", group.name()))
        .current_dir(&project.root)
        .env("NK_BENCH_OUT", out)
        .env("NK_BIN", project.command())
        .env("NK_DIST", project.dist())
        .env("NK_PACK", build::compiled_pack(project)?)
        .env("NK_NAMED_WASM", build::named_wasm(project))
        .env("CHROMIUM", chromium)
        .env("NODE_PATH", tools::path_of(project, Tool::NodePackages)?);
    Ok(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(options: &[&str]) -> Option<Options> {
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        Options::parse(&options).ok()
    }

    #[test]
    fn a_group_that_does_not_exist_is_not_passed_over() {
        let all = parse(&[]).map(|options| options.groups);
        assert_eq!(all.as_deref(), Some(Group::ALL));
        let asked = parse(&["rules", "--peers", "../p"]);
        let wanted = Options {
            groups: vec![Group::Rules],
            peers: Some("../p".into()),
        };
        assert_eq!(asked, Some(wanted));
        assert_eq!(parse(&["rule"]), None);
        assert_eq!(parse(&["rules", "--peers"]), None);
    }
}
