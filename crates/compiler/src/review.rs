//! Findings that look at a pack as a whole: what nothing reads, what nobody asks, what cannot come out.

use crate::build::Notes;
use crate::files::Files;
use crate::finding::{Findings, Place, Problem};
use naik_kelas_rules::Pack;
use naik_kelas_rules::node::{Node, NodeId};
use naik_kelas_rules::pack::Source;

pub(crate) fn review(pack: &Pack, files: &Files, notes: &Notes, findings: &mut Findings) {
    for (key, line) in &notes.unused_parameters {
        let problem = Problem::new(
            format!("nothing reads the parameter {key}"),
            "Remove it, or use it.",
        );
        findings.warning(
            Place {
                file: "parameters.toml",
                line: *line,
            },
            problem,
        );
    }
    dates(pack, notes, findings);
    asked(pack, notes, findings);
    constant(pack, notes, findings);
    for decision in pack.decisions() {
        let has_case = |expect: &str| {
            let cases = files.cases.iter().flat_map(|cases| &cases.parsed.case);
            cases
                .into_iter()
                .any(|case| case.expect.contains_key(expect))
        };
        if !has_case(&decision.id) {
            let file = format!("decisions/{}.toml", decision.id);
            let problem = Problem::new(
                format!("{} has no case", decision.id),
                "Add families and what comes out to cases/.",
            );
            findings.warning(
                Place {
                    file: &file,
                    line: 1,
                },
                problem,
            );
        }
    }
}

/// A parameter that begins after the pack leaves a gap in which what needs it is undetermined.
fn dates(pack: &Pack, notes: &Notes, findings: &mut Findings) {
    let begins = pack.file().effective_from;
    for (parameter, line) in pack.file().parameters.iter().zip(&notes.parameter_lines) {
        let first = parameter.values.first().map(|line| line.from);
        if first.is_none_or(|first| first > begins) {
            let since = first.map_or("never".to_owned(), |first| format!("from {first}"));
            let problem = Problem::new(
                format!(
                    "{} is in force {since}, the pack from {begins}: what needs it is undetermined in between",
                    parameter.key
                ),
                "Right if the law begins then; otherwise add the earlier line.",
            );
            findings.warning(
                Place {
                    file: "parameters.toml",
                    line: *line,
                },
                problem,
            );
        }
    }
}

/// A fact that a rule reads and no question asks stays unknown for ever.
fn asked(pack: &Pack, notes: &Notes, findings: &mut Findings) {
    for &place in &notes.facts_read {
        let fact = &pack.facts()[usize::from(place)];
        let asked = pack
            .sections()
            .iter()
            .flat_map(|section| &section.questions)
            .any(|question| question.fact == place);
        if !asked && fact.source == Source::Question {
            let line = notes
                .fact_lines
                .get(usize::from(place))
                .copied()
                .unwrap_or(0);
            let problem = Problem::new(
                format!("rules read {}, and no question asks for it", fact.path),
                "Add the question, or give the fact source = \"registry\".",
            );
            findings.warning(
                Place {
                    file: "facts.toml",
                    line,
                },
                problem,
            );
        }
    }
}

/// A condition that reads no fact comes out the same for every family.
fn constant(pack: &Pack, notes: &Notes, findings: &mut Findings) {
    for (file, line, name, node) in &notes.conditions {
        if !reads_a_fact(pack, *node) {
            let problem = Problem::new(
                format!("the condition {name} comes out the same for every family"),
                "Compare a fact with something, or remove the condition.",
            );
            findings.warning(Place { file, line: *line }, problem);
        }
    }
    for decision in pack.decisions() {
        let mut tests: Vec<NodeId> = Vec::new();
        for condition in &decision.conditions {
            let nodes = &pack.file().nodes;
            let opposite = |test: &NodeId| {
                nodes[usize::from(*test)] == Node::Not(condition.test)
                    || nodes[usize::from(condition.test)] == Node::Not(*test)
            };
            let name = format!("{}/{}", decision.id, condition.id);
            let place = notes
                .conditions
                .iter()
                .find(|(_, _, known, _)| *known == name);
            let place = place.map_or(
                Place {
                    file: "decisions",
                    line: 0,
                },
                |(file, line, ..)| Place { file, line: *line },
            );
            if tests.contains(&condition.test) {
                let problem = Problem::new(
                    format!("{name} asks what another condition asks"),
                    "Remove one of them.",
                );
                findings.warning(place, problem);
            } else if tests.iter().any(opposite) {
                let problem = Problem::new(
                    format!("{name} is the opposite of another condition: nobody is eligible"),
                    "One of the two must go.",
                );
                findings.error(place, problem);
            }
            tests.push(condition.test);
        }
    }
}

fn reads_a_fact(pack: &Pack, root: NodeId) -> bool {
    let nodes = &pack.file().nodes;
    let mut waiting = vec![root];
    let mut seen = vec![false; nodes.len()];
    while let Some(node) = waiting.pop() {
        if std::mem::replace(&mut seen[usize::from(node)], true) {
            continue;
        }
        match &nodes[usize::from(node)] {
            Node::Fact(_) | Node::Region | Node::Persons => return true,
            Node::Schedule(schedule) => {
                let options = &pack.file().schedules[usize::from(*schedule)].options;
                waiting.extend(options.iter().map(|option| option.when));
            }
            other => waiting.extend(other.reads()),
        }
    }
    false
}
