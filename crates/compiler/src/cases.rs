//! A pack's own cases: a family in, decisions and reasons out.

use crate::files::Files;
use crate::finding::{Findings, Place, Problem};
use crate::source::{CaseSource, ExpectSource};
use crate::values::to_value;
use naik_kelas_rules::evaluate::{Evaluation, Outcome, ReadinessOutcome};
use naik_kelas_rules::explain::{Missing, Truth};
use naik_kelas_rules::{Colour, Date, FactRef, Family, Pack};

/// Runs all cases and says which do not come out; gives how many were run.
pub(crate) fn run(pack: &Pack, files: &Files, findings: &mut Findings) -> usize {
    let mut count = 0;
    for cases in &files.cases {
        let base = files
            .bases
            .iter()
            .find(|(name, _)| *name == cases.parsed.base);
        let Some((_, base)) = base else {
            let problem = Problem::new(
                format!("there is no base {}", cases.parsed.base),
                "A base is a file of cases/ with [family].",
            );
            findings.error(
                Place {
                    file: &cases.file.name,
                    line: 1,
                },
                problem,
            );
            continue;
        };
        for case in &cases.parsed.case {
            count += 1;
            let place = cases.file.place(&case.id);
            match family(pack, &base.family, case) {
                Ok(family) => {
                    for (decision, expected) in &case.expect {
                        for message in compare(pack, &family, decision, expected) {
                            let message =
                                format!("case {}, {decision}: {message}", case.id.get_ref());
                            findings.error(
                                place,
                                Problem::new(message, "The rule or the case is wrong."),
                            );
                        }
                    }
                }
                Err(message) => {
                    let problem = Problem::new(
                        format!("case {}: {message}", case.id.get_ref()),
                        "See packs/README.md for cases.",
                    );
                    findings.error(place, problem);
                }
            }
        }
    }
    count
}

fn family(pack: &Pack, base: &toml::Table, case: &CaseSource) -> Result<Family, String> {
    let members = base
        .get("members")
        .and_then(|members| members.as_array())
        .map_or(&[][..], |members| members);
    let day = case
        .set
        .get("assessed_on")
        .or_else(|| base.get("assessed_on"));
    let day = day
        .and_then(|day| day.as_str())
        .and_then(|day| Date::parse(day).ok());
    let day = day.ok_or_else(|| "assessed_on is not a day".to_owned())?;
    let mut family = Family::new(pack, day, members.len());
    set_all(pack, &mut family, "", base, None)?;
    for (place, member) in members.iter().enumerate() {
        let member = member
            .as_table()
            .ok_or_else(|| "a member is not a table".to_owned())?;
        set_all(pack, &mut family, "members.", member, Some(place))?;
    }
    for (path, value) in case.set.iter().filter(|(path, _)| *path != "assessed_on") {
        let at = pack
            .fact_at(path)
            .ok_or_else(|| format!("there is no fact {path}"))?;
        set(pack, &mut family, at, path, value)?;
    }
    for path in &case.unknown {
        let at = pack
            .fact_at(path)
            .ok_or_else(|| format!("there is no fact {path}"))?;
        family
            .set_unknown(pack, at)
            .map_err(|error| format!("{path}: {error:?}"))?;
    }
    if let Some(keep) = &case.keep {
        for place in (0..members.len())
            .rev()
            .filter(|place| !keep.contains(place))
        {
            family
                .remove_member(place)
                .map_err(|error| format!("keep: {error:?}"))?;
        }
    }
    Ok(family)
}

/// Names of a family's table that are no facts.
const NO_FACTS: [&str; 4] = ["household_id", "assessed_on", "members", "member_id"];

fn set_all(
    pack: &Pack,
    family: &mut Family,
    prefix: &str,
    table: &toml::Table,
    member: Option<usize>,
) -> Result<(), String> {
    for (name, value) in table {
        if NO_FACTS.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{prefix}{name}");
        match value.as_table() {
            Some(group) => set_all(pack, family, &format!("{path}."), group, member)?,
            None => {
                let fact = pack
                    .fact_index(&path)
                    .ok_or_else(|| format!("there is no fact {path}"))?;
                let member = member.map(|member| member as u16);
                set(pack, family, FactRef { fact, member }, &path, value)?;
            }
        }
    }
    Ok(())
}

fn set(
    pack: &Pack,
    family: &mut Family,
    at: FactRef,
    path: &str,
    value: &toml::Value,
) -> Result<(), String> {
    let fact = pack
        .fact(at.fact)
        .ok_or_else(|| format!("there is no fact {path}"))?;
    let value = to_value(fact, value)
        .ok_or_else(|| format!("{path}: {value} is not a value of this fact"))?;
    family
        .set(pack, at, &value)
        .map_err(|error| format!("{path}: {error:?}"))
}

/// What does not come out as expected.
fn compare(pack: &Pack, family: &Family, decision: &str, expected: &ExpectSource) -> Vec<String> {
    let mut messages = Vec::new();
    let mut evaluation = Evaluation::of_decisions(pack, family);
    if decision == "readiness" {
        let result = evaluation.readiness();
        let outcome = match result.outcome {
            ReadinessOutcome::Grade(place) => pack.readiness().grades[place].id.as_str(),
            ReadinessOutcome::Protected => "protected",
            ReadinessOutcome::Undetermined => "undetermined",
            ReadinessOutcome::Error(_) => "error",
        };
        differ(&mut messages, "outcome", &expected.outcome, outcome);
        for (id, colour) in expected.indicators.iter().flatten() {
            let place = pack
                .readiness()
                .indicators
                .iter()
                .position(|indicator| indicator.id == *id);
            match place {
                Some(place) => differ(
                    &mut messages,
                    id,
                    colour,
                    colour_name(result.indicators[place]),
                ),
                None => messages.push(format!("there is no indicator {id}")),
            }
        }
        return messages;
    }
    let Some(place) = pack.decision_index(decision) else {
        return vec!["there is no such decision".to_owned()];
    };
    let result = evaluation.decision(place);
    let outcome = match result.outcome {
        Outcome::Eligible => "eligible",
        Outcome::NotEligible => "not_eligible",
        Outcome::Undetermined => "undetermined",
        Outcome::Error(_) => "error",
    };
    differ(&mut messages, "outcome", &expected.outcome, outcome);
    if expected.amount != result.amount {
        messages.push(format!(
            "amount: expected {:?}, found {:?}",
            expected.amount, result.amount
        ));
    }
    let explanation = evaluation.explain(place);
    for (wanted, truth) in [
        (&expected.yes, Truth::Yes),
        (&expected.no, Truth::No),
        (&expected.open, Truth::Unknown),
    ] {
        let Some(wanted) = wanted else {
            continue;
        };
        let reasons = explanation
            .reasons
            .iter()
            .filter(|reason| reason.truth == truth);
        let found: Vec<&str> = reasons
            .map(|reason| {
                pack.decisions()[place].conditions[reason.condition]
                    .id
                    .as_str()
            })
            .collect();
        if !same_names(wanted, &found) {
            messages.push(format!(
                "conditions that are {truth:?}: expected {wanted:?}, found {found:?}"
            ));
        }
    }
    if let Some(wanted) = &expected.missing {
        let found: Vec<String> = explanation
            .missing
            .iter()
            .map(|missing| missing_name(pack, missing))
            .collect();
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        if !same_names(wanted, &found) {
            messages.push(format!("missing: expected {wanted:?}, found {found:?}"));
        }
    }
    messages
}

fn missing_name(pack: &Pack, missing: &Missing) -> String {
    match missing {
        Missing::Fact(at) => pack.path_of(*at),
        Missing::Parameter(place) => {
            format!("param:{}", pack.file().parameters[usize::from(*place)].key)
        }
    }
}

fn same_names(wanted: &[String], found: &[&str]) -> bool {
    let mut wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let mut found = found.to_vec();
    wanted.sort_unstable();
    found.sort_unstable();
    wanted == found
}

fn differ(messages: &mut Vec<String>, what: &str, expected: &str, found: &str) {
    if expected != found {
        messages.push(format!("{what}: expected {expected}, found {found}"));
    }
}

fn colour_name(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "green",
        Colour::Yellow => "yellow",
        Colour::Red => "red",
        Colour::Unknown => "unknown",
    }
}
