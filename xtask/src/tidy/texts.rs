//! What no text of the project may hold, and how long a file may be.

use super::{Finding, SourceFile};

/// A file of code over this is asked why.
const LONG: usize = 300;
/// Over this it is certainly two things.
const TOO_LONG: usize = 600;

/// Where packages come from is a setting of each machine: an address in the project would break all others.
/// Put together here, so that this file does not hold them itself.
const REGISTRY_HOSTS: &[&str] = &[
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "yarnpkg.com"),
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
    concat!("files.", "pythonhosted.org"),
    concat!("deb.", "debian.org"),
];

/// All that is wrong with one file's text.
pub fn findings(file: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let mut found = |message: String| {
            findings.push(Finding {
                place: format!("{}:{}", file.path, number + 1),
                message,
            });
        };
        for host in REGISTRY_HOSTS.iter().filter(|host| line.contains(**host)) {
            found(format!(
                "names the package registry {host}, which is each machine's own setting"
            ));
        }
        if file.path.ends_with("package-lock.json") && line.trim_start().starts_with("\"resolved\"")
        {
            found("holds a download address: .npmrc keeps `npm install` from writing them".into());
        }
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
            found("holds an unfinished merge".into());
        }
    }
    let lines = file.text.lines().count();
    if is_code(&file.path) && lines > TOO_LONG {
        findings.push(Finding {
            place: file.path.clone(),
            message: format!("has {lines} lines; more than {TOO_LONG} are more than one idea"),
        });
    }
    findings
}

/// A file that is long but not too long.
pub fn note(file: &SourceFile) -> Option<String> {
    let lines = file.text.lines().count();
    (is_code(&file.path) && lines > LONG && lines <= TOO_LONG)
        .then(|| format!("{} has {lines} lines: is it one idea?", file.path))
}

fn is_code(path: &str) -> bool {
    [".rs", ".js", ".mjs", ".css"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> usize {
        findings(&SourceFile {
            path: path.into(),
            text: text.into(),
        })
        .len()
    }

    #[test]
    fn each_forbidden_text_is_found() {
        let address = format!("fetch https://{}/x", REGISTRY_HOSTS[0]);
        assert_eq!(check("README.md", &address), 1);
        assert_eq!(check("package-lock.json", "  \"resolved\": \"x\","), 1);
        assert_eq!(check("src/app.rs", "<<<<<<< ours\n"), 1);
        assert_eq!(check("src/app.rs", &"x\n".repeat(601)), 1);
    }

    #[test]
    fn what_is_allowed_passes() {
        assert_eq!(
            check("package-lock.json", "  \"integrity\": \"sha512-x\","),
            0
        );
        assert_eq!(
            check(
                "Cargo.lock",
                "source = \"registry+https://github.com/rust-lang/crates.io-index\""
            ),
            0
        );
        assert_eq!(check("packs/p/questionnaire.toml", &"x\n".repeat(2000)), 0);
    }

    #[test]
    fn long_files_are_noted_before_they_are_refused() {
        let file = |lines: usize| SourceFile {
            path: "src/a.rs".into(),
            text: "x\n".repeat(lines),
        };
        assert!(
            note(&file(300)).is_none() && note(&file(301)).is_some() && note(&file(601)).is_none()
        );
    }
}
