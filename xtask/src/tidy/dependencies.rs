//! Which packages may be reached from which, read from cargo's own resolution.

use std::process::Command;

use super::Finding;
use crate::failure::Outcome;
use crate::files;
use crate::process;
use crate::project::Project;

struct Rule {
    package: &'static str,
    folder: &'static str,
    /// Packages of the workspace that it may reach, itself apart.
    may_reach: &'static [&'static str],
    /// Packages from elsewhere that it must not reach; a star at the end stands for anything.
    must_not_reach: &'static [&'static str],
    may_have_features: bool,
    /// A native build of the app, for its tests, reaches more than a phone does.
    target: &'static str,
}

/// Packages that do I/O, read a clock, draw chance or a screen.
const IMPURE: &[&str] = &[
    "axum",
    "cel",
    "chrono",
    "fastrand",
    "getrandom",
    "gloo*",
    "hyper",
    "js-sys",
    "jiff",
    "leptos*",
    "log",
    "mio",
    "rand*",
    "reqwest",
    "rusqlite",
    "serde_json",
    "socket2",
    "sqlx*",
    "tempfile",
    "time",
    "tokio*",
    "toml*",
    "tracing*",
    "wasm-bindgen*",
    "web-sys",
    "web-time",
];

const RULES: &[Rule] = &[
    Rule {
        package: "naik-kelas-rules",
        folder: "crates/rules",
        may_reach: &[],
        must_not_reach: IMPURE,
        may_have_features: false,
        target: "all",
    },
    Rule {
        package: "naik-kelas-domain",
        folder: "crates/domain",
        may_reach: &["naik-kelas-rules"],
        must_not_reach: IMPURE,
        may_have_features: false,
        target: "all",
    },
    // Compiled before the first line that a newcomer sees, and for the phone by itself.
    Rule {
        package: "naik-kelas-dense",
        folder: "crates/dense",
        may_reach: &[],
        must_not_reach: IMPURE,
        may_have_features: false,
        target: "all",
    },
    Rule {
        package: "naik-kelas-compiler",
        folder: "crates/compiler",
        may_reach: &["naik-kelas-rules", "naik-kelas-domain"],
        must_not_reach: &["leptos*", "axum", "rusqlite", "tokio*"],
        may_have_features: true,
        target: "all",
    },
    Rule {
        package: "naik-kelas-server",
        folder: "crates/server",
        may_reach: &[
            "naik-kelas-rules",
            "naik-kelas-domain",
            "naik-kelas-compiler",
        ],
        must_not_reach: &["leptos*"],
        may_have_features: true,
        target: "all",
    },
    // The phone holds no parser of the pack's sources and nothing of the endpoint; tokio comes for its locks alone.
    Rule {
        package: "naik-kelas-app",
        folder: "",
        may_reach: &["naik-kelas-rules", "naik-kelas-domain"],
        must_not_reach: &["cel", "axum", "rusqlite", "mio"],
        may_have_features: true,
        target: "wasm32-unknown-unknown",
    },
];

/// Every package that is reached and must not be.
pub fn findings(project: &Project) -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    for rule in RULES {
        let tree = process::captured(
            Command::new("cargo")
                .args([
                    "tree",
                    "--locked",
                    "--package",
                    rule.package,
                    "--edges",
                    "normal,no-proc-macro",
                ])
                .args([
                    "--target",
                    rule.target,
                    "--prefix",
                    "none",
                    "--format",
                    "{p}",
                ])
                .current_dir(&project.root),
        )?;
        let mut reached: Vec<&str> = tree
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        reached.sort_unstable();
        reached.dedup();
        findings.extend(judge(rule, &reached));
        let manifest = files::read_text(&project.root.join(rule.folder).join("Cargo.toml"))?;
        findings.extend(judge_features(rule, &manifest));
    }
    Ok(findings)
}

fn judge(rule: &Rule, reached: &[&str]) -> Vec<Finding> {
    reached
        .iter()
        .filter(|name| **name != rule.package)
        .filter(|name| {
            let is_ours = name.starts_with("naik-kelas-") || **name == "xtask";
            (is_ours && !rule.may_reach.contains(name))
                || rule
                    .must_not_reach
                    .iter()
                    .any(|forbidden| matches(forbidden, name))
        })
        .map(|name| Finding {
            place: rule.package.to_owned(),
            message: format!(
                "depends on {name}, directly or through another package, and must not"
            ),
        })
        .collect()
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    }
}

fn judge_features(rule: &Rule, manifest: &str) -> Option<Finding> {
    let has_features = manifest.lines().any(|line| line.trim() == "[features]");
    (has_features && !rule.may_have_features).then(|| Finding {
        place: format!("{}/Cargo.toml", rule.folder),
        message: "has cargo features, and must behave alike wherever it is compiled".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PURE: &Rule = &RULES[1];

    #[test]
    fn a_forbidden_package_is_found_however_it_is_reached() {
        let reached = [
            "minicbor",
            "naik-kelas-domain",
            "naik-kelas-rules",
            "naik-kelas-server",
            "tokio-util",
        ];
        let named: Vec<String> = judge(PURE, &reached)
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(named.len(), 2, "{named:?}");
        assert!(named[0].contains("naik-kelas-server") && named[1].contains("tokio-util"));
    }

    #[test]
    fn a_name_that_only_begins_alike_is_another_package() {
        assert!(judge(PURE, &["timeless", "logos"]).is_empty());
    }

    #[test]
    fn features_of_pure_crates_are_found() {
        assert!(judge_features(PURE, "[package]\n[features]\nstd = []\n").is_some());
        assert!(judge_features(PURE, "[package]\n").is_none());
    }
}
