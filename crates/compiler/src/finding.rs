//! What `pack check` has to say: where, what, and what to do about it.

use std::fmt;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack cannot be built.
    Error,
    /// The pack can be built; someone should look.
    Warning,
}

/// One thing found in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How serious.
    pub severity: Severity,
    /// File within the pack, such as `decisions/pkh.toml`.
    pub file: String,
    /// Line, counted from 1; 0 where no line can be named.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(
            out,
            "{}:{}: {severity}: {}",
            self.file, self.line, self.message
        )?;
        if !self.advice.is_empty() {
            write!(out, "\n    {}", self.advice)?;
        }
        Ok(())
    }
}

/// What is wrong, and what to do, before it is known where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) advice: String,
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>, advice: impl Into<String>) -> Problem {
        Problem {
            message: message.into(),
            advice: advice.into(),
        }
    }
}

/// All findings so far.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
}

impl Findings {
    pub(crate) fn error(&mut self, place: Place<'_>, problem: Problem) {
        self.add(Severity::Error, place, problem);
    }

    pub(crate) fn warning(&mut self, place: Place<'_>, problem: Problem) {
        self.add(Severity::Warning, place, problem);
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    fn add(&mut self, severity: Severity, place: Place<'_>, problem: Problem) {
        self.list.push(Finding {
            severity,
            file: place.file.to_owned(),
            line: place.line,
            message: problem.message,
            advice: problem.advice,
        });
    }
}

/// A line of a file of the pack.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: usize,
}

/// The nearest of some names to one that does not exist, where one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distances = known.map(|candidate| (distance(name, candidate), candidate));
    let (distance, candidate) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + name.len() / 4).then_some(candidate)
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let exchange = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = exchange.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}
