//! From the files of a pack to its compiled form.

use crate::decisions::decisions;
use crate::expression::{self, Scope};
use crate::files::{Files, SourceFile};
use crate::finding::{Findings, Place, Problem};
use crate::graph::Typed;
use crate::journey;
use crate::names::Names;
use crate::questionnaire;
use crate::readiness::readiness;
use crate::review::Asked;
use crate::source::PackSource;
use crate::texts;
use crate::vocabulary::{Vocabulary, date};
use naik_kelas_rules::pack::{Decision, Derived, FORMAT, PackFile, Readiness};
use toml::Spanned;

/// The compiled file, where there are no errors, and all that is to be said.
pub(crate) struct Built {
    pub(crate) file: Option<PackFile>,
    pub(crate) findings: Findings,
    pub(crate) notes: Notes,
}

/// What was seen while building, for the findings that look at the whole.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) facts_read: Vec<u16>,
    pub(crate) fact_lines: Vec<usize>,
    /// Keys of parameters and tables that nothing reads, with their lines.
    pub(crate) unused_parameters: Vec<(String, usize)>,
    /// Facts that only questions read.
    pub(crate) facts_asked_about: Vec<u16>,
    /// Conditions with their places.
    pub(crate) asked: Vec<Asked>,
}

pub(crate) fn build(files: &Files, mut findings: Findings) -> Built {
    let vocabulary = Vocabulary::read(files, &mut findings);
    let mut names = Names::new(files, vocabulary, findings);
    define_all(&mut names);
    let decisions = decisions(&mut names, files);
    let readiness = files
        .readiness
        .as_ref()
        .and_then(|source| readiness(&mut names, source));
    let sections = match &files.questionnaire {
        Some(source) => questionnaire::sections(&mut names, source),
        None => Vec::new(),
    };
    let forms = match &files.journey {
        Some(source) => journey::forms(&mut names, source),
        None => Vec::new(),
    };
    let derived = derived(&mut names, files);
    let file = head(&mut names, files, decisions, readiness, sections, derived);
    let file = file.map(|file| PackFile { forms, ..file });
    texts::check(&mut names, files);
    names.say_fault(Place {
        file: "pack.toml",
        line: 0,
    });
    let notes = Notes {
        facts_read: names.facts_read.iter().copied().collect(),
        fact_lines: names.vocabulary.fact_lines.clone(),
        unused_parameters: unused_parameters(&names),
        facts_asked_about: names.facts_asked_about.iter().copied().collect(),
        asked: std::mem::take(&mut names.asked),
    };
    let file = file.filter(|_| !names.findings.has_errors());
    Built {
        file,
        findings: names.findings,
        notes,
    }
}

/// Compiles an expression, or writes its problem down.
pub(crate) fn compile_at(
    names: &mut Names<'_>,
    file: &SourceFile,
    text: &Spanned<String>,
    compile: impl FnOnce(&mut Names<'_>, &str) -> Result<Typed, Problem>,
) -> Option<Typed> {
    match compile(names, text.get_ref()) {
        Ok(typed) => Some(typed),
        Err(problem) => {
            if !problem.message.is_empty() {
                names.findings.error(file.place(text), problem);
            }
            None
        }
    }
}

/// A condition about the family as a whole.
pub(crate) fn family_condition(names: &mut Names<'_>, text: &str) -> Result<Typed, Problem> {
    expression::condition(names, text, &Scope::family())
}

/// Derived values that nothing reads are checked too.
fn define_all(names: &mut Names<'_>) {
    let all: Vec<&str> = names.derived_names().collect();
    for id in all {
        // What is wrong with one is written down where it is defined.
        if let Some(Err(problem)) = names.derived(id)
            && !problem.message.is_empty()
        {
            names.findings.error(
                Place {
                    file: "derived.toml",
                    line: 0,
                },
                problem,
            );
        }
    }
}

fn derived(names: &mut Names<'_>, files: &Files) -> Vec<Derived> {
    let mut list = Vec::new();
    let Some(source) = &files.derived else {
        return list;
    };
    for derived in &source.parsed.derived {
        let id = derived.id.get_ref();
        if names.vocabulary.fact(id).is_some() {
            let problem = Problem::new(
                format!("{id} is a fact and a derived value"),
                "Rename the derived value.",
            );
            names
                .findings
                .error(source.file.place(&derived.id), problem);
        }
        if let Some(Ok(typed)) = names.derived(id) {
            let unit = derived
                .unit
                .clone()
                .or_else(|| typed.money.then(|| "rupiah".to_owned()));
            let label = derived.label.as_ref().map(|label| label.text());
            list.push(Derived {
                id: id.clone(),
                label,
                node: typed.node,
                unit,
            });
        }
    }
    for schedule in &source.parsed.schedule {
        let id = schedule.id.get_ref();
        let label = schedule.label.as_ref().map(|label| label.text());
        for (id, label, unit) in [
            (id.clone(), label, None),
            (format!("{id}_amount"), None, Some("rupiah".to_owned())),
        ] {
            if let Some(Ok(typed)) = names.derived(&id) {
                list.push(Derived {
                    id,
                    label,
                    node: typed.node,
                    unit,
                });
            }
        }
    }
    list
}

fn head(
    names: &mut Names<'_>,
    files: &Files,
    decisions: Vec<Decision>,
    readiness: Option<Readiness>,
    sections: Vec<naik_kelas_rules::pack::Section>,
    derived: Vec<Derived>,
) -> Option<PackFile> {
    let pack = files.pack.as_ref()?;
    let (file, source): (&SourceFile, &PackSource) = (&pack.file, &pack.parsed);
    let effective_from = date(
        file.place(&source.effective_from),
        source.effective_from.get_ref(),
        &mut names.findings,
    );
    let effective_to = source
        .effective_to
        .as_ref()
        .and_then(|to| date(file.place(to), to.get_ref(), &mut names.findings));
    if source.languages.get_ref() != &["id", "en"] {
        let problem = Problem::new(
            "a pack is written in both languages",
            "Write languages = [\"id\", \"en\"].",
        );
        names.findings.error(file.place(&source.languages), problem);
    }
    if let Some(key) = &source.loan_order {
        match names.vocabulary.parameter(key.get_ref()) {
            Some(_) => {
                names.parameters_read.insert(key.get_ref().clone());
            }
            None => {
                let problem = Problem::new(
                    format!("there is no parameter {}", key.get_ref()),
                    "Name a list parameter.",
                );
                names.findings.error(file.place(key), problem);
            }
        }
    }
    let readiness = readiness?;
    Some(PackFile {
        format: FORMAT,
        id: source.id.clone(),
        version: source.version.clone(),
        title: source.title.text(),
        effective_from: effective_from?,
        effective_to,
        signed_off_by: source.signed_off_by.clone(),
        groups: names.vocabulary.groups.clone(),
        code_lists: names.vocabulary.code_lists.clone(),
        facts: names.vocabulary.facts.clone(),
        parameters: for_the_phone(&names.vocabulary),
        tables: names.vocabulary.tables.clone(),
        nodes: names.graph.nodes.clone(),
        derived,
        schedules: names.schedules.clone(),
        decisions,
        readiness,
        sections,
        loan_order: source.loan_order.as_ref().map(|key| key.get_ref().clone()),
        forms: Vec::new(),
    })
}

/// Notes of parameters are for readers of the source; the phone does without them.
fn for_the_phone(vocabulary: &Vocabulary) -> Vec<naik_kelas_rules::pack::Parameter> {
    let mut parameters = vocabulary.parameters.clone();
    for line in parameters
        .iter_mut()
        .flat_map(|parameter| &mut parameter.values)
    {
        line.note = None;
    }
    parameters
}

fn unused_parameters(names: &Names<'_>) -> Vec<(String, usize)> {
    let vocabulary = &names.vocabulary;
    let parameters = vocabulary
        .parameters
        .iter()
        .map(|parameter| &parameter.key)
        .zip(&vocabulary.parameter_lines);
    let tables = vocabulary
        .tables
        .iter()
        .map(|table| &table.key)
        .zip(&vocabulary.table_lines);
    let unused = parameters.chain(tables).filter(|(key, _)| {
        !names.parameters_read.contains(*key) && !vocabulary.read_by_screens.contains(key)
    });
    unused.map(|(key, line)| (key.clone(), *line)).collect()
}
