//! Reading the folder of a pack, and finding the line on which something stands.

use crate::finding::{Findings, Place, Problem};
use crate::source::{
    BaseSource, CasesSource, DecisionSource, DerivedFileSource, FactsSource, JourneySource,
    PackSource, ParametersSource, QuestionnaireSource, ReadinessSource,
};
use serde::de::DeserializeOwned;
use std::path::Path;
use toml::Spanned;

const JOURNEY: &str = "journey.toml";

/// The text of one file, by its name within the pack.
pub(crate) struct SourceFile {
    pub(crate) name: String,
    text: String,
}

impl SourceFile {
    pub(crate) fn new(name: &str, text: String) -> SourceFile {
        let name = name.to_owned();
        SourceFile { name, text }
    }

    pub(crate) fn place<T>(&self, spanned: &Spanned<T>) -> Place<'_> {
        Place {
            file: &self.name,
            line: self.line_at(spanned.span().start),
        }
    }

    fn line_at(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        1 + before.filter(|byte| **byte == b'\n').count()
    }
}

/// A file and what it says.
pub(crate) struct Parsed<T> {
    pub(crate) file: SourceFile,
    pub(crate) parsed: T,
}

/// All files of a pack that could be read.
#[derive(Default)]
pub(crate) struct Files {
    pub(crate) pack: Option<Parsed<PackSource>>,
    pub(crate) facts: Option<Parsed<FactsSource>>,
    pub(crate) derived: Option<Parsed<DerivedFileSource>>,
    pub(crate) parameters: Option<Parsed<ParametersSource>>,
    pub(crate) questionnaire: Option<Parsed<QuestionnaireSource>>,
    /// A pack may do without the journey.
    pub(crate) journey: Option<Parsed<JourneySource>>,
    pub(crate) readiness: Option<Parsed<ReadinessSource>>,
    pub(crate) decisions: Vec<Parsed<DecisionSource>>,
    pub(crate) bases: Vec<(String, BaseSource)>,
    pub(crate) cases: Vec<Parsed<CasesSource>>,
}

impl Files {
    pub(crate) fn read(dir: &Path, findings: &mut Findings) -> Files {
        let mut files = Files {
            pack: parse(dir, "pack.toml", findings),
            facts: parse(dir, "facts.toml", findings),
            derived: parse(dir, "derived.toml", findings),
            parameters: parse(dir, "parameters.toml", findings),
            questionnaire: parse(dir, "questionnaire.toml", findings),
            journey: dir
                .join(JOURNEY)
                .exists()
                .then(|| parse(dir, JOURNEY, findings))
                .flatten(),
            readiness: parse(dir, "decisions/readiness.toml", findings),
            decisions: Vec::new(),
            bases: Vec::new(),
            cases: Vec::new(),
        };
        for name in toml_files(dir, "decisions", findings) {
            if name != "decisions/readiness.toml" {
                files.decisions.extend(parse(dir, &name, findings));
            }
        }
        for name in toml_files(dir, "cases", findings) {
            files.read_cases(dir, &name, findings);
        }
        files
    }

    /// A file of `cases/` holds either a family to start from, or cases.
    fn read_cases(&mut self, dir: &Path, name: &str, findings: &mut Findings) {
        let is_base = std::fs::read_to_string(dir.join(name))
            .is_ok_and(|text| text.lines().any(|line| line.trim() == "[family]"));
        if !is_base {
            self.cases.extend(parse(dir, name, findings));
            return;
        }
        if let Some(base) = parse::<BaseSource>(dir, name, findings) {
            let stem = name.trim_start_matches("cases/").trim_end_matches(".toml");
            self.bases.push((stem.to_owned(), base.parsed));
        }
    }
}

fn parse<T: DeserializeOwned>(
    dir: &Path,
    name: &str,
    findings: &mut Findings,
) -> Option<Parsed<T>> {
    let text = match std::fs::read_to_string(dir.join(name)) {
        Ok(text) => text,
        Err(error) => {
            let problem = Problem::new(
                format!("cannot be read ({})", error.kind()),
                "The files of a pack are described in packs/README.md.",
            );
            findings.error(
                Place {
                    file: name,
                    line: 0,
                },
                problem,
            );
            return None;
        }
    };
    let file = SourceFile {
        name: name.to_owned(),
        text,
    };
    match toml::from_str::<T>(&file.text) {
        Ok(parsed) => Some(Parsed { file, parsed }),
        Err(error) => {
            let line = error.span().map_or(0, |span| file.line_at(span.start));
            let advice = match error.message() {
                "missing field `en`" | "missing field `id`" => {
                    "A text is written in both languages: { id = \"...\", en = \"...\" }."
                }
                _ => "See packs/README.md for the fields of this file.",
            };
            let problem = Problem::new(error.message().to_owned(), advice);
            findings.error(Place { file: name, line }, problem);
            None
        }
    }
}

/// Names within the pack of the TOML files of a folder, sorted, so that the same folder gives the same pack.
fn toml_files(dir: &Path, folder: &str, findings: &mut Findings) -> Vec<String> {
    let entries = match std::fs::read_dir(dir.join(folder)) {
        Ok(entries) => entries,
        Err(error) => {
            let problem = Problem::new(
                format!("the folder cannot be read ({})", error.kind()),
                "A pack has the folders decisions and cases.",
            );
            findings.error(
                Place {
                    file: folder,
                    line: 0,
                },
                problem,
            );
            return Vec::new();
        }
    };
    let mut names = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => {
                let name = entry.file_name();
                if let Some(name) = name.to_str().filter(|name| name.ends_with(".toml")) {
                    names.push(format!("{folder}/{name}"));
                }
            }
            Err(error) => {
                let problem = Problem::new(
                    format!("a file of the folder cannot be read ({})", error.kind()),
                    "",
                );
                findings.error(
                    Place {
                        file: folder,
                        line: 0,
                    },
                    problem,
                );
            }
        }
    }
    names.sort();
    names
}
