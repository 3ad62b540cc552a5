//! Copies of the published pack with one fault in them.

#![allow(dead_code, reason = "each file of tests uses a part")]

use naik_kelas_compiler::{Checked, Finding, check};
use std::fs;
use std::path::{Path, PathBuf};

pub fn published() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => {
                fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
}

/// What comes of the pack after texts of its files were replaced by others, and the line on which the first one stands.
pub fn with(changes: &[(&str, &str, &str)]) -> (Checked, usize) {
    let dir = tempfile::tempdir().unwrap();
    copy(&published(), dir.path());
    let mut first = None;
    for (file, from, to) in changes {
        let path = dir.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let place = text
            .find(from)
            .unwrap_or_else(|| panic!("{file} does not hold {from}"));
        first.get_or_insert(1 + text[..place].matches('\n').count());
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
    (check(dir.path()), first.unwrap())
}

/// The findings after one text of one file was replaced by another, and the line on which it stands.
pub fn after(file: &str, from: &str, to: &str) -> (Vec<Finding>, usize) {
    let (checked, line) = with(&[(file, from, to)]);
    (checked.findings, line)
}

pub fn listed(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// One mistake gives a finding on its own line that holds the words.
pub fn finds(file: &str, from: &str, to: &str, words: &str) {
    let (findings, line) = after(file, from, to);
    let found = findings.iter().any(|finding| {
        finding.file == file && finding.line == line && finding.to_string().contains(words)
    });
    assert!(
        found,
        "{file}:{line} should say {words:?}; found:\n{}",
        listed(&findings)
    );
}

/// One mistake gives this one finding, so many lines below it, and no other, but for cases that it breaks.
pub fn finds_only(file: &str, from: &str, to: &str, below: isize, words: &str) {
    let (findings, line) = after(file, from, to);
    let line = line.saturating_add_signed(below);
    let findings: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| !finding.file.starts_with("cases/"))
        .collect();
    match findings.as_slice() {
        [only] => {
            let right = only.file == file && only.line == line && only.message.contains(words);
            assert!(right, "{file}:{line} should say {words:?}; found:\n{only}");
            assert!(!only.advice.is_empty(), "no advice: {only}");
        }
        others => panic!(
            "{file}:{line} should say {words:?} alone; found:\n{}",
            listed(others)
        ),
    }
}
