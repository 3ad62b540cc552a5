//! `cargo xtask tidy`: the rules of the house that a compiler does not check. ARCHITECTURE.md says them in words.

mod dependencies;
mod imports;
mod map;
mod module_path;
mod texts;

use std::fmt;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;

/// Something that is not as the house wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// File and line, where there is one: `src/ui/card.rs:3`.
    pub place: String,
    /// What is wrong and which rule says so.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.message)
    }
}

/// A text file of the project.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// From the root, with `/`.
    pub path: String,
    /// Its contents.
    pub text: String,
}

/// Prints every finding; fails where there is one. Notes are printed and fail nothing.
pub fn tidy(project: &Project) -> Outcome {
    let sources = sources(project)?;
    let mut findings = imports::findings(&sources);
    for file in &sources {
        findings.extend(texts::findings(file));
    }
    findings.extend(dependencies::findings(project)?);
    findings.extend(map::findings(project, &sources)?);
    for note in sources.iter().filter_map(texts::note) {
        println!("note: {note}");
    }
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("tidy: {} files, nothing found", sources.len());
        Ok(())
    } else {
        Err(Failure::new(format!("tidy: {} findings", findings.len())))
    }
}

/// All text files that are, or would be, in version control.
fn sources(project: &Project) -> Outcome<Vec<SourceFile>> {
    let listing = process::captured(
        Command::new("git")
            .args([
                "ls-files",
                "--cached",
                "--others",
                "--exclude-standard",
                "-z",
            ])
            .current_dir(&project.root),
    )?;
    let mut sources = Vec::new();
    for path in listing.split('\0').filter(|path| !path.is_empty()) {
        let file = project.root.join(path);
        // Listed although removed and not committed yet, or a link to a folder.
        if !file.is_file() {
            continue;
        }
        if let Ok(text) = String::from_utf8(files::read_bytes(&file)?) {
            sources.push(SourceFile {
                path: path.to_owned(),
                text,
            });
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources.dedup_by(|a, b| a.path == b.path);
    Ok(sources)
}
