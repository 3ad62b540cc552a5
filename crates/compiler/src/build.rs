//! From the files of a pack to its compiled form.

use crate::expression::{self, Scope};
use crate::files::{Files, Parsed, SourceFile};
use crate::finding::{Findings, Place, Problem, Severity, nearest};
use crate::graph::Typed;
use crate::names::Names;
use crate::questionnaire;
use crate::source::{DecisionSource, PackSource, ReadinessSource};
use crate::texts;
use crate::vocabulary::{Vocabulary, choose, date};
use naik_kelas_rules::node::NodeId;
use naik_kelas_rules::pack::{
    AmountKind, AmountUnit, Condition, Decision, DecisionGroup, Derived, FORMAT, Grade, Indicator,
    PackFile, Readiness,
};
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
    pub(crate) parameter_lines: Vec<usize>,
    /// Conditions with their places: file, line, decision and condition.
    pub(crate) conditions: Vec<(String, usize, String, NodeId)>,
}

pub(crate) fn build(files: &Files, mut findings: Findings) -> Built {
    let vocabulary = Vocabulary::read(files, &mut findings);
    let mut names = Names::new(files, vocabulary, findings);
    let mut notes = Notes::default();
    define_all(&mut names);
    let decisions = decisions(&mut names, files, &mut notes);
    let readiness = files
        .readiness
        .as_ref()
        .and_then(|readiness| self::readiness(&mut names, readiness));
    let sections = match &files.questionnaire {
        Some(source) => questionnaire::sections(&mut names, source),
        None => Vec::new(),
    };
    let derived = derived(&mut names, files);
    let file = head(&mut names, files, decisions, readiness, sections, derived);
    texts::check(&mut names, files);
    if names.graph.too_large {
        let problem = Problem::new(
            "the pack has more expressions than can be numbered",
            "Split the pack in two.",
        );
        names.findings.error(
            Place {
                file: "pack.toml",
                line: 0,
            },
            problem,
        );
    }
    notes.facts_read = names.facts_read.iter().copied().collect();
    notes.fact_lines = names.vocabulary.fact_lines.clone();
    notes.parameter_lines = names.vocabulary.parameter_lines.clone();
    notes.unused_parameters = unused_parameters(&names);
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

fn decisions(names: &mut Names<'_>, files: &Files, notes: &mut Notes) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::new();
    for source in &files.decisions {
        if let Some(decision) = decision(names, source, notes) {
            if decisions.iter().any(|other| other.id == decision.id) {
                let problem = Problem::new(
                    format!("the decision {} is defined twice", decision.id),
                    "Rename one.",
                );
                names
                    .findings
                    .error(source.file.place(&source.parsed.id), problem);
            }
            decisions.push(decision);
        }
    }
    let Some(pack) = &files.pack else {
        return decisions;
    };
    let mut ordered = Vec::new();
    for id in &pack.parsed.order {
        match decisions
            .iter()
            .position(|decision| decision.id == *id.get_ref())
        {
            Some(place) => ordered.push(decisions.remove(place)),
            // A decision whose own file has errors is missing because of them.
            None if has_errors(&names.findings, &format!("decisions/{}.toml", id.get_ref())) => {}
            None => {
                let near = nearest(
                    id.get_ref(),
                    decisions.iter().map(|decision| decision.id.as_str()),
                );
                let advice = match near {
                    Some(near) => format!("Did you mean {near}?"),
                    None => "Each decision of the order is a file in decisions/.".to_owned(),
                };
                let problem = Problem::new(
                    format!(
                        "there is no decision {}, or it stands twice here",
                        id.get_ref()
                    ),
                    advice,
                );
                names.findings.error(pack.file.place(id), problem);
            }
        }
    }
    for left in decisions {
        let problem = Problem::new(
            format!("the decision {} is missing in `order`", left.id),
            "Add it where it should be shown.",
        );
        names.findings.error(
            Place {
                file: &pack.file.name,
                line: 0,
            },
            problem,
        );
    }
    ordered
}

fn has_errors(findings: &Findings, file: &str) -> bool {
    findings
        .list
        .iter()
        .any(|finding| finding.file == file && finding.severity == Severity::Error)
}

fn decision(
    names: &mut Names<'_>,
    source: &Parsed<DecisionSource>,
    notes: &mut Notes,
) -> Option<Decision> {
    let (file, decision) = (&source.file, &source.parsed);
    let mut eligible: Option<Typed> = None;
    let mut conditions: Vec<Condition> = Vec::new();
    for condition in &decision.condition {
        let Some(test) = compile_at(names, file, &condition.test, family_condition) else {
            continue;
        };
        let id = condition.id.get_ref().clone();
        if conditions.iter().any(|other| other.id == id) {
            let problem = Problem::new(
                format!("the condition {id} stands twice"),
                "Rename one of them.",
            );
            names.findings.error(file.place(&condition.id), problem);
        }
        eligible = Some(eligible.map_or(test, |sum| names.graph.and(sum, test)));
        let place = file.place(&condition.test);
        let name = format!("{}/{id}", decision.id.get_ref());
        notes
            .conditions
            .push((place.file.to_owned(), place.line, name, test.node));
        conditions.push(Condition {
            id,
            test: test.node,
            yes: condition.yes.text(),
            no: condition.no.text(),
            unknown: condition.unknown.text(),
            law: condition.law.clone(),
            never_propose: condition.never_propose,
        });
    }
    let amount = decision.amount.as_ref().map(|amount| {
        compile_at(names, file, amount, |names, text| {
            expression::amount(names, text, &Scope::family())
        })
    });
    let names_members = decision.names_members.as_ref().map(|named| {
        compile_at(names, file, named, |names, text| {
            expression::condition(names, text, &Scope::member())
        })
    });
    let findings = &mut names.findings;
    let group = choose(
        file,
        &decision.group,
        findings,
        &[
            ("protection", DecisionGroup::Protection),
            ("empowerment", DecisionGroup::Empowerment),
        ],
    );
    let amount_unit = decision.amount_unit.as_ref().and_then(|unit| {
        choose(
            file,
            unit,
            findings,
            &[("year", AmountUnit::Year), ("once", AmountUnit::Once)],
        )
    });
    let amount_kind = decision.amount_kind.as_ref().and_then(|kind| {
        choose(
            file,
            kind,
            findings,
            &[
                ("cash", AmountKind::Cash),
                ("premium", AmountKind::Premium),
                ("goods", AmountKind::Goods),
                ("grant", AmountKind::Grant),
            ],
        )
    });
    if amount.is_some() != (decision.amount_unit.is_some() && decision.amount_kind.is_some()) {
        let problem = Problem::new(
            "an amount has a unit and a kind",
            "Write amount, amount_unit and amount_kind, or none of them.",
        );
        findings.error(file.place(&decision.id), problem);
    }
    let Some(eligible) = eligible else {
        if decision.condition.is_empty() {
            let problem = Problem::new(
                "a decision has at least one condition",
                "Add [[condition]].",
            );
            findings.error(file.place(&decision.id), problem);
        }
        return None;
    };
    Some(Decision {
        id: decision.id.get_ref().clone(),
        group: group?,
        title: decision.title.text(),
        about: decision.about.text(),
        law: decision.law.clone(),
        conditions,
        eligible: eligible.node,
        amount: amount.flatten().map(|amount| amount.node),
        amount_unit,
        amount_kind,
        per_quarter: decision.per_quarter,
        loan: decision.loan,
        names_members: names_members.flatten().map(|named| named.node),
    })
}

fn readiness(names: &mut Names<'_>, source: &Parsed<ReadinessSource>) -> Option<Readiness> {
    let (file, readiness) = (&source.file, &source.parsed);
    let mut indicators = Vec::new();
    for indicator in &readiness.indicator {
        let green = compile_at(names, file, &indicator.green, family_condition);
        let yellow = compile_at(names, file, &indicator.yellow, family_condition);
        if let (Some(green), Some(yellow)) = (green, yellow) {
            indicators.push(Indicator {
                id: indicator.id.get_ref().clone(),
                label: indicator.label.text(),
                help: indicator.help.as_ref().map(|help| help.text()),
                green: green.node,
                yellow: yellow.node,
                law: indicator.law.clone(),
            });
        }
    }
    let scope = Scope {
        grades: true,
        ..Scope::family()
    };
    let mut grades = Vec::new();
    for grade in &readiness.grade {
        let when = grade.when.as_ref().map(|when| {
            compile_at(names, file, when, |names, text| {
                expression::condition(names, text, &scope)
            })
        });
        grades.push(Grade {
            id: grade.id.get_ref().clone(),
            when: when.flatten().map(|when| when.node),
            label: grade.label.text(),
            text: grade.text.as_ref().map(|text| text.text()),
        });
    }
    if let Some((last, others)) = readiness.grade.split_last()
        && (last.when.is_some() || others.iter().any(|grade| grade.when.is_none()))
    {
        let problem = Problem::new(
            "only the last grade has no `when`",
            "It is given where no other one is.",
        );
        names.findings.error(file.place(&last.id), problem);
    }
    let protected = compile_at(names, file, &readiness.protected, family_condition)?;
    Some(Readiness {
        title: readiness.title.as_ref().map(|title| title.text()),
        about: readiness.about.as_ref().map(|about| about.text()),
        indicators,
        protected: protected.node,
        protected_label: readiness.protected_label.text(),
        protected_text: readiness.protected_text.text(),
        grades,
        law: readiness.law.clone(),
        unknown_label: readiness.unknown_label.as_ref().map(|label| label.text()),
        unknown_text: readiness.unknown_text.as_ref().map(|text| text.text()),
    })
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
    let unused = parameters
        .chain(tables)
        .filter(|(key, _)| !names.parameters_read.contains(*key));
    unused.map(|(key, line)| (key.clone(), *line)).collect()
}
