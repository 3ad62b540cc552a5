//! Decisions: their conditions, amounts and order.

use crate::build::{compile_at, family_condition};
use crate::expression::{self, Scope};
use crate::files::{Files, Parsed, SourceFile};
use crate::finding::{Findings, Place, Problem, Severity, nearest};
use crate::graph::Typed;
use crate::names::Names;
use crate::review::Role;
use crate::source::DecisionSource;
use crate::vocabulary::choose;
use naik_kelas_rules::pack::{AmountKind, AmountUnit, Condition, Decision, DecisionGroup};

pub(crate) fn decisions(names: &mut Names<'_>, files: &Files) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::new();
    for source in &files.decisions {
        if let Some(decision) = decision(names, source) {
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
            // A decision that is written and could not be compiled is missing because of errors that are said.
            None if is_written(files, &ordered, id.get_ref())
                || has_errors(&names.findings, &format!("decisions/{}.toml", id.get_ref())) => {}
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

/// What is paid a year is in rupiah/year, and what is paid once in rupiah.
fn check_amount_unit(
    names: &mut Names<'_>,
    file: &SourceFile,
    decision: &DecisionSource,
    amount: Option<Typed>,
) {
    let (Some(source), Some(unit), Some(amount)) =
        (&decision.amount, &decision.amount_unit, amount)
    else {
        return;
    };
    let wanted = match unit.get_ref().as_str() {
        "year" => "rupiah/year",
        "once" => "rupiah",
        _ => return,
    };
    if let Err(problem) = names.units.declared(wanted, amount.unit) {
        names.findings.error(file.place(source), problem);
    }
}

/// There is such a decision, and it does not stand in the order already.
fn is_written(files: &Files, ordered: &[Decision], id: &str) -> bool {
    let mut written = files
        .decisions
        .iter()
        .map(|source| source.parsed.id.get_ref());
    written.any(|written| written == id) && ordered.iter().all(|decision| decision.id != id)
}

fn has_errors(findings: &Findings, file: &str) -> bool {
    findings
        .list
        .iter()
        .any(|finding| finding.file == file && finding.severity == Severity::Error)
}

fn decision(names: &mut Names<'_>, source: &Parsed<DecisionSource>) -> Option<Decision> {
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
        names.say_fault(place);
        let name = format!("the condition {}/{id}", decision.id.get_ref());
        names.ask(place, Role::Condition, name, test);
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
    if let Some(eligible) = eligible {
        let (place, name) = (file.place(&decision.id), decision.id.get_ref().clone());
        names.ask(place, Role::Decision, name, eligible);
    }
    let amount = decision.amount.as_ref().map(|amount| {
        compile_at(names, file, amount, |names, text| {
            expression::amount(names, text, &Scope::family())
        })
    });
    check_amount_unit(names, file, decision, amount.flatten());
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
