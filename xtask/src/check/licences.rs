//! Licences and sources of all that is compiled into the app, the endpoint and the build, against `deny.toml`.

use std::process::Command;

use super::spdx;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;

/// Fails where a dependency has a licence that is not allowed, or comes from anywhere but the registry and this tree.
pub fn check(project: &Project) -> Outcome {
    let allowed = allowed_licences(&files::read_text(&project.root.join("deny.toml"))?);
    if allowed.is_empty() {
        return Err(Failure::new(
            "deny.toml allows no licence: is `allow = [` under [licenses] gone?",
        ));
    }
    let tree = process::captured(
        Command::new("cargo")
            .args([
                "tree",
                "--workspace",
                "--locked",
                "--prefix",
                "none",
                "--no-dedupe",
            ])
            .args([
                "--edges",
                "normal,build,dev",
                "--target",
                "all",
                "--format",
                "{p}|{l}",
            ])
            .current_dir(&project.root),
    )?;
    let mut packages: Vec<&str> = tree.lines().filter(|line| !line.is_empty()).collect();
    packages.sort_unstable();
    packages.dedup();
    let root = project.root.to_string_lossy();
    let findings: Vec<String> = packages
        .iter()
        .filter_map(|package| finding(package, &allowed, &root))
        .collect();
    if findings.is_empty() {
        println!(
            "{} packages, all under allowed licences and from the registry",
            packages.len()
        );
        return Ok(());
    }
    Err(Failure::new(findings.join("\n")))
}

/// A line of the tree: `name v1.2.3 (source)|licence`, the source only where it is not the registry.
fn finding(line: &str, allowed: &[String], root: &str) -> Option<String> {
    let (package, licence) = line.split_once('|')?;
    let source = package.split_once(" (").map(|(_, rest)| rest);
    let is_fine =
        source.is_none_or(|source| source.starts_with(root) || source.starts_with("proc-macro)"));
    if !is_fine {
        return Some(format!(
            "{package}: comes neither from the registry nor from this tree"
        ));
    }
    if licence.is_empty() {
        return Some(format!("{package}: names no licence"));
    }
    (!spdx::is_satisfied(licence, allowed))
        .then(|| format!("{package}: `{licence}` is not among the licences that deny.toml allows"))
}

/// The strings of `allow = [ … ]` under `[licenses]`; comments end a line.
fn allowed_licences(text: &str) -> Vec<String> {
    let mut in_section = false;
    let mut in_list = false;
    let mut allowed = Vec::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.starts_with('[') && !in_list {
            in_section = line == "[licenses]";
        } else if in_section {
            in_list |= line.starts_with("allow");
            if in_list {
                allowed.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
                in_list = !line.ends_with(']');
            }
        }
    }
    allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENY: &str = "[advisories]\nignore = [\"X\"]\n[licenses]\nconfidence = 1\nallow = [\n  \"MIT\", # most\n  \"Zlib\",\n]\n[sources]\nallow-git = [\"Y\"]\n";

    #[test]
    fn only_the_allow_list_of_licenses_counts() {
        assert_eq!(allowed_licences(DENY), ["MIT", "Zlib"]);
    }

    #[test]
    fn strangers_are_found() {
        let allowed = allowed_licences(DENY);
        let check = |line| finding(line, &allowed, "/home/me/naik-kelas");
        assert_eq!(check("a v1.0.0|MIT"), None);
        assert_eq!(check("a v1.0.0 (proc-macro)|MIT"), None);
        assert_eq!(
            check("own v0.1.0 (/home/me/naik-kelas/crates/own)|MIT"),
            None
        );
        for line in [
            "a v1.0.0|GPL-3.0",
            "a v1.0.0|",
            "a v1.0.0 (https://example.org/a#1f)|MIT",
        ] {
            assert!(check(line).is_some(), "{line}");
        }
    }
}
