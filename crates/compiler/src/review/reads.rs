//! What nothing reads, what nobody asks, and conditions that are written twice.

use super::{Asked, Role};
use crate::build::Notes;
use crate::finding::{Findings, Place, Problem};
use naik_kelas_rules::Pack;
use naik_kelas_rules::node::{Node, NodeId};
use naik_kelas_rules::pack::Source;

pub(super) fn review(pack: &Pack, notes: &Notes, findings: &mut Findings) {
    for (key, line) in &notes.unused_parameters {
        let place = Place {
            file: "parameters.toml",
            line: *line,
        };
        let problem = Problem::new(
            format!("nothing reads the parameter {key}"),
            "Remove it, or use it; one that a screen reads by its key has read_by = \"screens\".",
        );
        findings.warning(place, problem);
    }
    unasked(pack, &notes.facts_read, "rules read", notes, findings);
    let only_questions = notes.facts_asked_about.iter();
    let only_questions: Vec<u16> = only_questions
        .filter(|fact| !notes.facts_read.contains(fact))
        .copied()
        .collect();
    unasked(
        pack,
        &only_questions,
        "the questionnaire reads",
        notes,
        findings,
    );
    for asked in &notes.asked {
        if asked.role == Role::Condition && !reads_a_fact(pack, asked.node) {
            let problem = Problem::new(
                format!("{} comes out the same for every family", asked.name),
                "Compare a fact with something, or remove the condition.",
            );
            findings.warning(asked.place(), problem);
        }
    }
    twice(pack, notes, findings);
}

/// A fact that is read and that no question asks stays unknown for ever.
fn unasked(pack: &Pack, facts: &[u16], who: &str, notes: &Notes, findings: &mut Findings) {
    for &place in facts {
        let fact = &pack.facts()[usize::from(place)];
        let asked = pack
            .file()
            .all_sections()
            .flat_map(|section| &section.questions)
            .any(|question| question.fact == place);
        if asked || fact.source != Source::Question {
            continue;
        }
        let line = notes
            .fact_lines
            .get(usize::from(place))
            .copied()
            .unwrap_or(0);
        let problem = Problem::new(
            format!("{who} {}, and no question asks for it", fact.path),
            "Add the question, or give the fact source = \"registry\".",
        );
        let place = Place {
            file: "facts.toml",
            line,
        };
        findings.warning(place, problem);
    }
}

/// Two conditions of a decision that ask the same, or the opposite.
fn twice(pack: &Pack, notes: &Notes, findings: &mut Findings) {
    let nodes = &pack.file().nodes;
    let negates = |a: NodeId, b: NodeId| nodes[usize::from(a)] == Node::Not(b);
    let conditions: Vec<&Asked> = notes
        .asked
        .iter()
        .filter(|asked| asked.role == Role::Condition)
        .collect();
    for (place, asked) in conditions.iter().enumerate() {
        let mut before = conditions[..place]
            .iter()
            .filter(|other| other.file == asked.file)
            .map(|other| other.node);
        if before.clone().any(|other| other == asked.node) {
            let problem = Problem::new(
                format!("{} asks what another condition asks", asked.name),
                "Remove one of them.",
            );
            findings.warning(asked.place(), problem);
        } else if before.any(|other| negates(asked.node, other) || negates(other, asked.node)) {
            let problem = Problem::new(
                format!(
                    "{} is the opposite of another condition: nobody is eligible",
                    asked.name
                ),
                "One of the two must go.",
            );
            findings.error(asked.place(), problem);
        }
    }
}

/// Whether a result can differ from family to family.
pub(super) fn reads_a_fact(pack: &Pack, root: NodeId) -> bool {
    below(pack, root).iter().any(|node| {
        matches!(
            node,
            Node::Fact(_)
                | Node::Region
                | Node::Persons
                | Node::Indicator(_)
                | Node::Greens
                | Node::Reds
        )
    })
}

/// A node and all that it hangs on.
pub(super) fn below(pack: &Pack, root: NodeId) -> Vec<Node> {
    let nodes = &pack.file().nodes;
    let (mut waiting, mut found) = (vec![root], Vec::new());
    let mut seen = vec![false; nodes.len()];
    while let Some(node) = waiting.pop() {
        if std::mem::replace(&mut seen[usize::from(node)], true) {
            continue;
        }
        let node = nodes[usize::from(node)];
        found.push(node);
        if let Node::Schedule(schedule) = node {
            let options = &pack.file().schedules[usize::from(schedule)].options;
            waiting.extend(
                options
                    .iter()
                    .flat_map(|option| [option.when, option.amount]),
            );
        }
        waiting.extend(node.reads());
    }
    found
}
