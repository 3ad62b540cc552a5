//! The one thing that xtask reads in `Cargo.lock`: which version of a package was chosen.

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::project::Project;

/// The locked version of a package; an error where there is none or more than one.
pub fn locked_version(project: &Project, package: &str) -> Outcome<String> {
    let text = files::read_text(&project.root.join("Cargo.lock"))?;
    let versions = versions_in(&text, package);
    match versions.as_slice() {
        [only] => Ok((*only).to_owned()),
        [] => Err(Failure::new(format!("Cargo.lock has no {package}"))),
        several => Err(Failure::new(format!(
            "Cargo.lock has {package} in several versions ({}): its command line tool can match only one",
            several.join(", ")
        ))),
    }
}

fn versions_in<'text>(lock: &'text str, package: &str) -> Vec<&'text str> {
    let name_line = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    let mut versions = Vec::new();
    while let Some(line) = lines.next() {
        if line == name_line
            && let Some(version) = lines
                .next()
                .and_then(|next| next.strip_prefix("version = \""))
                .and_then(|rest| rest.strip_suffix('"'))
        {
            versions.push(version);
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::versions_in;

    const LOCK: &str = "[[package]]\nname = \"toml\"\nversion = \"1.2.0\"\n\n[[package]]\nname = \"toml_edit\"\nversion = \"0.2.0\"\n\n\
                        [[package]]\nname = \"toml\"\nversion = \"0.9.1\"\n";

    #[test]
    fn only_the_exact_name_counts_and_all_its_versions() {
        assert_eq!(versions_in(LOCK, "toml"), ["1.2.0", "0.9.1"]);
        assert_eq!(versions_in(LOCK, "toml_edit"), ["0.2.0"]);
        assert!(versions_in(LOCK, "serde").is_empty());
    }
}
