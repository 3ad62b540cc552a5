//! The promise of three values, tried: what is decided while facts are unknown is decided alike by every completion.
//!
//! Small families are made from fixed seeds, a few of their facts are forgotten, and every combination of values for
//! those is decided on its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod dice;

use dice::Dice;
use naik_kelas_compiler::build;
use naik_kelas_rules::evaluate::{DecisionResult, Decisions, ReadinessOutcome};
use naik_kelas_rules::pack::FactKind;
use naik_kelas_rules::{Colour, Date, FactIndex, FactRef, Family, Outcome, Pack, Value, decide};
use std::path::PathBuf;

fn published() -> Pack {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
    build(&dir).unwrap().pack
}

/// Values that lie on and beside what the rules compare with; all there are for codes and truths.
fn values(pack: &Pack, fact: FactIndex, day: Date) -> Vec<Value> {
    let definition = pack.fact(fact).unwrap();
    let within = |value: &i64| {
        definition.min.is_none_or(|min| *value >= min)
            && definition.max.is_none_or(|max| *value <= max)
    };
    let ints = |list: &[i64]| {
        list.iter()
            .copied()
            .filter(within)
            .map(Value::Int)
            .collect()
    };
    match definition.kind {
        FactKind::Bool => vec![Value::Bool(true), Value::Bool(false)],
        FactKind::Code => pack
            .codes(fact)
            .iter()
            .map(|code| Value::Code(code.code.clone()))
            .collect(),
        FactKind::Money => ints(&[
            0,
            1,
            400_000,
            769_732,
            1_600_001,
            5_000_000,
            10_000_001,
            60_000_000,
            400_000_001,
        ]),
        FactKind::Int => ints(&[0, 1, 2, 3, 4, 5, 6, 9, 10, 12]),
        FactKind::Decimal => {
            let list = [7_199, 7_200, 14_400, 21_600, 50_000];
            list.iter()
                .map(|value| Value::Decimal(naik_kelas_rules::Decimal(*value)))
                .collect()
        }
        FactKind::Date => {
            let (year, month, of_month) = day.ymd();
            let ages = [0, 5, 6, 7, 15, 18, 21, 22, 60, 65];
            let born = ages
                .iter()
                .map(|age| Date::from_ymd(year - age, month, of_month.min(28)).unwrap());
            born.map(Value::Date).collect()
        }
        FactKind::Text => ["1171010001", "3209012017", "9201010001"]
            .map(|code| Value::Text(code.to_owned()))
            .into(),
        FactKind::Codes => Vec::new(),
    }
}

/// Facts that decisions read: the groups that none reads are left out.
fn read_by_rules(pack: &Pack) -> Vec<FactIndex> {
    let unread = [
        "assets.",
        "kk",
        "desil_version",
        "members.name",
        "members.nik",
        "members.relation",
    ];
    let places = 0..pack.facts().len() as u16;
    places
        .map(FactIndex)
        .filter(|fact| {
            let definition = pack.fact(*fact).unwrap();
            let path = definition.path.as_str();
            definition.kind != FactKind::Codes
                && !unread.iter().any(|unread| path.starts_with(unread))
                && (definition.kind != FactKind::Text || path == "village")
        })
        .collect()
}

struct Trial {
    family: Family,
    forgotten: Vec<FactRef>,
}

fn trial(pack: &Pack, facts: &[FactIndex], dice: &mut Dice) -> Trial {
    let days = ["2026-11-24", "2026-02-08", "2025-06-15", "2024-12-31"];
    let day = Date::parse(days[dice.throw(days.len())]).unwrap();
    let mut family = Family::new(pack, day, 1 + dice.throw(3));
    let mut all = Vec::new();
    for &fact in facts {
        let of_member = pack.fact(fact).unwrap().of_member();
        let members = if of_member { family.persons() } else { 1 };
        for member in 0..members {
            let at = FactRef {
                fact,
                member: of_member.then_some(member as u16),
            };
            let choices = values(pack, fact, day);
            family
                .set(pack, at, &choices[dice.throw(choices.len())])
                .unwrap();
            all.push(at);
        }
    }
    let mut forgotten = Vec::new();
    let mut combinations = 1;
    for _ in 0..1 + dice.throw(4) {
        let at = all[dice.throw(all.len())];
        let choices = values(pack, at.fact, day).len();
        if !forgotten.contains(&at) && combinations * choices <= 160 {
            combinations *= choices;
            family.set_unknown(pack, at).unwrap();
            forgotten.push(at);
        }
    }
    Trial { family, forgotten }
}

fn completions(
    pack: &Pack,
    family: &Family,
    forgotten: &[FactRef],
    each: &mut dyn FnMut(&Family, Decisions),
) {
    let Some((&at, rest)) = forgotten.split_first() else {
        each(family, decide(pack, family));
        return;
    };
    for value in values(pack, at.fact, family.assessed_on()) {
        let mut completed = family.clone();
        completed.set(pack, at, &value).unwrap();
        completions(pack, &completed, rest, each);
    }
}

/// What all completions so far agree on.
struct Agreement {
    decisions: Vec<Option<DecisionResult>>,
    indicators: Vec<Option<Colour>>,
    readiness: Option<ReadinessOutcome>,
}

fn keep<T: PartialEq + Copy>(slot: &mut Option<T>, value: T) {
    if *slot != Some(value) {
        *slot = None;
    }
}

#[test]
fn what_is_decided_is_decided_alike_by_every_completion() {
    let pack = published();
    let facts = read_by_rules(&pack);
    let mut dice = Dice(0x2026_1124_0001);
    let (mut determined, mut open, mut too_careful) = (0, 0, Vec::new());
    for _ in 0..400 {
        let trial = trial(&pack, &facts, &mut dice);
        let answer = decide(&pack, &trial.family);
        assert!(!answer.gave_up);
        let mut agreement: Option<Agreement> = None;
        completions(
            &pack,
            &trial.family,
            &trial.forgotten,
            &mut |completed, complete| {
                let context = || format!("{completed:?}\nunknown: {:?}", trial.forgotten);
                for (place, (ours, theirs)) in
                    answer.decisions.iter().zip(&complete.decisions).enumerate()
                {
                    let id = &pack.decisions()[place].id;
                    if ours.outcome != Outcome::Undetermined {
                        assert_eq!(ours.outcome, theirs.outcome, "{id}: {}", context());
                    }
                    if let Some(amount) = ours.amount {
                        assert_eq!(Some(amount), theirs.amount, "{id}: {}", context());
                    }
                }
                for (place, (ours, theirs)) in answer
                    .readiness
                    .indicators
                    .iter()
                    .zip(&complete.readiness.indicators)
                    .enumerate()
                {
                    let id = &pack.readiness().indicators[place].id;
                    assert!(
                        *ours == Colour::Unknown || ours == theirs,
                        "{id}: {}",
                        context()
                    );
                }
                let (ours, theirs) = (answer.readiness.outcome, complete.readiness.outcome);
                assert!(
                    ours == ReadinessOutcome::Undetermined || ours == theirs,
                    "readiness: {}",
                    context()
                );
                match &mut agreement {
                    None => {
                        agreement = Some(Agreement {
                            decisions: complete
                                .decisions
                                .iter()
                                .map(|result| Some(*result))
                                .collect(),
                            indicators: complete
                                .readiness
                                .indicators
                                .iter()
                                .map(|colour| Some(*colour))
                                .collect(),
                            readiness: Some(complete.readiness.outcome),
                        });
                    }
                    Some(agreement) => {
                        for (slot, result) in
                            agreement.decisions.iter_mut().zip(&complete.decisions)
                        {
                            keep(slot, *result);
                        }
                        for (slot, colour) in agreement
                            .indicators
                            .iter_mut()
                            .zip(&complete.readiness.indicators)
                        {
                            keep(slot, *colour);
                        }
                        keep(&mut agreement.readiness, complete.readiness.outcome);
                    }
                }
            },
        );
        // Where all completions agree on a certain result, being open about it would be too careful.
        let agreement = agreement.unwrap();
        for (place, (ours, theirs)) in answer
            .decisions
            .iter()
            .zip(&agreement.decisions)
            .enumerate()
        {
            match ours.outcome {
                Outcome::Undetermined => open += 1,
                _ => determined += 1,
            }
            let certain = theirs.is_some_and(|theirs| theirs.outcome != Outcome::Undetermined);
            if ours.outcome == Outcome::Undetermined && certain {
                too_careful.push((pack.decisions()[place].id.clone(), trial.forgotten.clone()));
            }
        }
    }
    assert!(
        determined > 4_000 && open > 300,
        "{determined} determined, {open} open"
    );
    let paths = |facts: &[FactRef]| {
        facts
            .iter()
            .map(|at| pack.path_of(*at))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let listed: Vec<String> = too_careful
        .iter()
        .map(|(id, facts)| format!("{id}: {}", paths(facts)))
        .collect();
    assert!(
        listed.is_empty(),
        "{} of {open} are open without need:\n{}",
        listed.len(),
        listed.join("\n")
    );
}
