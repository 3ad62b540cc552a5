//! ARCHITECTURE.md is short and true: what it names exists, and every crate stands in it.

use std::process::Command;

use super::{Finding, SourceFile};
use crate::failure::Outcome;
use crate::process;
use crate::project::Project;

const MAP: &str = "ARCHITECTURE.md";
/// A map longer than this is not read.
const MOST_LINES: usize = 200;

/// All that is wrong with the map.
pub fn findings(project: &Project, sources: &[SourceFile]) -> Outcome<Vec<Finding>> {
    let packages = process::captured(
        Command::new("cargo")
            .args([
                "tree",
                "--locked",
                "--workspace",
                "--depth",
                "0",
                "--prefix",
                "none",
                "--format",
                "{p}",
            ])
            .current_dir(&project.root),
    )?;
    let packages: Vec<&str> = packages
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let Some(map) = sources.iter().find(|file| file.path == MAP) else {
        return Ok(vec![Finding {
            place: MAP.into(),
            message: "is missing".into(),
        }]);
    };
    let exists = |path: &str| {
        let beneath = format!("{path}/");
        sources
            .iter()
            .any(|file| file.path == path || file.path.starts_with(&beneath))
            || project.root.join(path).exists()
    };
    let is_somewhere = |name: &str| {
        sources
            .iter()
            .any(|file| file.path.rsplit('/').next() == Some(name))
    };
    Ok(judge(&map.text, &packages, exists, is_somewhere))
}

fn judge(
    map: &str,
    packages: &[&str],
    exists: impl Fn(&str) -> bool,
    is_somewhere: impl Fn(&str) -> bool,
) -> Vec<Finding> {
    let finding = |line: usize, message: String| Finding {
        place: format!("{MAP}:{line}"),
        message,
    };
    let mut findings = Vec::new();
    let lines = map.lines().count();
    if lines > MOST_LINES {
        findings.push(finding(
            lines,
            format!("has {lines} lines; at most {MOST_LINES} are read"),
        ));
    }
    for (line, path) in paths(map) {
        let is_true = if path.contains('/') {
            exists(&path)
        } else {
            is_somewhere(&path)
        };
        if !is_true {
            findings.push(finding(
                line,
                format!("names `{path}`, which does not exist"),
            ));
        }
    }
    for package in packages.iter().filter(|package| !map.contains(**package)) {
        findings.push(finding(1, format!("does not name the crate {package}")));
    }
    findings
}

/// What looks like a path, in code spans and code blocks, with its line.
fn paths(map: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (number, line) in map.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
            continue;
        }
        let spans: Vec<&str> = if in_block {
            line.split_whitespace()
                .map(|word| word.trim_matches([',', '(', ')']))
                .collect()
        } else {
            line.split('`').skip(1).step_by(2).collect()
        };
        found.extend(
            spans
                .into_iter()
                .map(|span| span.trim_end_matches('/'))
                .filter(|span| is_path(span))
                .map(|span| (number + 1, span.to_owned())),
        );
    }
    found
}

/// Addresses (`/health`), placeholders (`src/pages/<page>.rs`), Rust paths and commands are not files.
fn is_path(span: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".rs",
        ".toml",
        ".md",
        ".html",
        ".js",
        ".mjs",
        ".css",
        ".json",
        ".webmanifest",
    ];
    let is_plain = span
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'_' | b'-'));
    let is_file_name = ENDINGS.iter().any(|ending| span.ends_with(ending));
    is_plain && !span.starts_with('/') && (span.contains('/') || is_file_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(map: &str) -> Vec<String> {
        judge(
            map,
            &["naik-kelas-app"],
            |path| path == "src/ui",
            |name| name == "view.rs",
        )
        .into_iter()
        .map(|finding| finding.message)
        .collect()
    }

    #[test]
    fn a_true_map_passes() {
        assert!(
            check("naik-kelas-app: `src/ui`, `view.rs`, `/health`, `a::{b,c}`\n```\n src/ui → a::b\n```\n")
                .is_empty()
        );
    }

    #[test]
    fn what_is_gone_or_forgotten_is_found() {
        assert_eq!(
            check("naik-kelas-app `src/gone`"),
            ["names `src/gone`, which does not exist"]
        );
        assert_eq!(
            check("naik-kelas-app `gone.rs`"),
            ["names `gone.rs`, which does not exist"]
        );
        assert_eq!(
            check("naik-kelas-app\n```\nsrc/gone, x\n```"),
            ["names `src/gone`, which does not exist"]
        );
        assert_eq!(
            check("`src/ui`"),
            ["does not name the crate naik-kelas-app"]
        );
        assert_eq!(
            check(&format!("naik-kelas-app{}", "\n".repeat(201))).len(),
            1
        );
    }
}
