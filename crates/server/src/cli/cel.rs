//! `naik-kelas cel --conformance DIR`: the public suite of the expression language.

use naik_kelas_compiler::conformance::{self, FileReport};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs the conformance suite of CEL.
#[derive(clap::Args, Debug)]
pub struct CelArgs {
    /// Folder of the suite's JSON files.
    #[arg(long, value_name = "DIR")]
    conformance: PathBuf,
}

/// Runs the command. Exit status 1 where a case failed, 2 where the folder cannot be read.
#[must_use]
pub fn run(args: &CelArgs) -> ExitCode {
    let files = match files(&args.conformance) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("naik-kelas: {}: {error}", args.conformance.display());
            return ExitCode::from(2);
        }
    };
    let reports = files
        .iter()
        .map(|(name, text)| (name.as_str(), conformance::run(text)));
    let reports: Vec<(&str, FileReport)> = reports.collect();
    match say(&mut io::stdout().lock(), &reports) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("naik-kelas: {error}");
            ExitCode::from(2)
        }
    }
}

/// Names and texts of the JSON files of a folder, in the order of their names.
fn files(dir: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            files.push((name, std::fs::read_to_string(&path)?));
        }
    }
    if files.is_empty() {
        return Err(io::Error::other("no JSON file in this folder"));
    }
    files.sort();
    Ok(files)
}

/// Prints what came out; gives how many cases failed.
fn say(out: &mut impl Write, reports: &[(&str, FileReport)]) -> io::Result<usize> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut passed, mut typed, mut failed, mut skipped) = (0, 0, 0, 0);
    for (name, report) in reports {
        let own_skipped: usize = report.skipped.values().sum();
        writeln!(
            out,
            "{name}: {} passed ({} of them through a pack's typed form), {} failed, {own_skipped} skipped",
            report.passed,
            report.typed,
            report.failures.len(),
        )?;
        for failure in &report.failures {
            writeln!(out, "  {failure}")?;
        }
        for (reason, count) in &report.skipped {
            *reasons.entry(reason).or_default() += count;
        }
        passed += report.passed;
        typed += report.typed;
        failed += report.failures.len();
        skipped += own_skipped;
    }
    writeln!(
        out,
        "through a pack's typed form, with the same answer: {typed}"
    )?;
    for (reason, count) in reasons {
        writeln!(out, "skipped, {reason}: {count}")?;
    }
    writeln!(out, "{passed} passed, {failed} failed, {skipped} skipped")?;
    Ok(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(files: &[(&str, &str)]) -> (usize, Vec<String>) {
        let reports: Vec<(&str, FileReport)> = files
            .iter()
            .map(|(name, text)| (*name, conformance::run(text)))
            .collect();
        let mut out = Vec::new();
        let failed = say(&mut out, &reports).unwrap();
        let text = String::from_utf8(out).unwrap();
        (failed, text.lines().map(str::to_owned).collect())
    }

    const SOUND: &str = r#"{"section": [{"name": "a", "test": [
        {"name": "one", "expr": "1 + 1 == 2"},
        {"name": "two", "expr": "M{a: 1} == M{a: 1}"},
        {"name": "three", "expr": "1 / 0", "eval_error": {}}
    ]}]}"#;

    #[test]
    fn a_line_a_file_the_reasons_and_the_counts_alone_at_the_end() {
        let (failed, lines) = shown(&[("sound.json", SOUND)]);
        assert_eq!(failed, 0);
        assert_eq!(
            lines,
            [
                "sound.json: 2 passed (2 of them through a pack's typed form), 0 failed, 1 skipped",
                "through a pack's typed form, with the same answer: 2",
                "skipped, protobuf messages: 1",
                "2 passed, 0 failed, 1 skipped",
            ]
        );
    }

    #[test]
    fn what_failed_is_named_and_counted() {
        let wrong = SOUND.replace("== 2", "== 3");
        let (failed, lines) = shown(&[
            ("wrong.json", &wrong),
            ("no.json", "{"),
            ("sound.json", SOUND),
        ]);
        assert_eq!(failed, 2);
        assert!(
            lines
                .iter()
                .any(|line| line.contains("a/one: `1 + 1 == 3`: found Ok(Bool(false))"))
        );
        assert!(lines.iter().any(|line| line.contains("cannot be read")));
        assert_eq!(lines.last().unwrap(), "3 passed, 2 failed, 2 skipped");
    }

    #[test]
    fn a_folder_without_files_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(files(dir.path()).is_err());
        assert!(files(&dir.path().join("absent")).is_err());
        std::fs::write(dir.path().join("b.json"), SOUND).unwrap();
        std::fs::write(dir.path().join("a.json"), SOUND).unwrap();
        std::fs::write(dir.path().join("README.md"), "no case").unwrap();
        let names: Vec<String> = files(dir.path())
            .unwrap()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["a.json", "b.json"]);
    }
}
