use super::{ways, ways_to_green};
use crate::{i18n::Lang, words::Words};
use flate2::read::GzDecoder;
use naik_kelas_rules::{
    evaluate::{Colour, Evaluation},
    family::Family,
    pack::Pack,
    value::Value,
};
use naik_kelas_server::cli::{decide::decide_all, households::read_household};
use serde_json::Value as Json;
use std::{io::Read, path::Path};

fn pack() -> Pack {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/graduasi-2026");
    naik_kelas_compiler::build(&source).unwrap().pack
}

/// Some of the oracle's families, as lines and as read.
fn families(pack: &Pack) -> (Vec<String>, Vec<Family>) {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut lines = Vec::new();
    for (name, every) in [("edge.ndjson.gz", 9), ("known-2k.ndjson.gz", 97)] {
        let mut text = String::new();
        let file = std::fs::File::open(cases.join(name)).unwrap();
        GzDecoder::new(file).read_to_string(&mut text).unwrap();
        lines.extend(text.lines().step_by(every).map(str::to_owned));
    }
    let read = |line: &String| read_household(pack, line.as_bytes(), None).unwrap().family;
    let families = lines.iter().map(read).collect();
    (lines, families)
}

#[test]
fn the_phone_says_what_the_command_says() {
    let pack = pack();
    let words = Words::new(&pack, Lang::Id);
    let (lines, families) = families(&pack);
    let mut output = Vec::new();
    decide_all(&pack, None, true, lines.join("\n").as_bytes(), &mut output).unwrap();
    let answers = serde_json::Deserializer::from_slice(&output).into_iter::<Json>();
    let mut said = 0;
    for (family, answer) in families.iter().zip(answers.map(Result::unwrap)) {
        for (place, decision) in pack.decisions().iter().enumerate() {
            let proposals = answer["decisions"][&decision.id]["to_change"].as_array();
            let proposals = proposals.unwrap().iter();
            let commands: Vec<String> = proposals
                .map(|proposal| {
                    let changes = proposal["changes"].as_array().unwrap().iter();
                    let texts: Vec<String> = changes
                        .map(|change| as_named(family, &pack, change))
                        .collect();
                    crate::words::listed(words.t, &texts)
                })
                .collect();
            said += commands.len();
            assert_eq!(ways(words, family, place), commands, "{}", decision.id);
        }
    }
    assert!(said > 100, "{said}");
}

/// The command counts members; the phone knows their names.
fn as_named(family: &Family, pack: &Pack, change: &Json) -> String {
    let text = change["text"].as_str().unwrap();
    match text.rsplit_once(" (anggota ") {
        Some((what, number)) => {
            let number: u16 = number.trim_end_matches(')').parse().unwrap();
            let name = Words::new(pack, Lang::Id).member_name(family, number - 1);
            format!("{what} ({name})")
        }
        None => text.to_owned(),
    }
}

#[test]
fn what_would_turn_an_indicator_green_was_tried() {
    let pack = pack();
    let (_, families) = families(&pack);
    let mut tried = vec![0; pack.readiness().indicators.len()];
    for family in &families {
        let mut evaluation = Evaluation::of_decisions(&pack, family);
        for (place, tried) in tried.iter_mut().enumerate() {
            for proposal in evaluation.to_green(place) {
                let mut then = family.clone();
                for change in &proposal.changes {
                    // To wait is to let the day come; since when something is stays as it was.
                    if !matches!(change.to, Value::Date(_)) {
                        then.set(&pack, change.at, &change.to).unwrap();
                    }
                }
                if let Some(day) = proposal.until {
                    then.set_assessed_on(day);
                }
                let now = Evaluation::of_decisions(&pack, &then).decisions();
                assert_eq!(
                    now.readiness.indicators[place],
                    Colour::Green,
                    "{proposal:?}"
                );
                *tried += 1;
            }
        }
    }
    let proposed = tried.iter().filter(|tried| **tried > 0).count();
    assert!(proposed >= 5, "{tried:?}");
}

#[test]
fn indicators_are_named_and_what_is_green_is_not() {
    let pack = pack();
    let words = Words::new(&pack, Lang::En);
    let (_, families) = families(&pack);
    for family in &families {
        let colours = Evaluation::of_decisions(&pack, family)
            .decisions()
            .readiness
            .indicators;
        for (label, ways) in ways_to_green(words, family) {
            let indicators = pack.readiness().indicators.iter().zip(&colours);
            let mut of_name = indicators.filter(|(known, _)| words.say(&known.label) == label);
            assert_ne!(of_name.next().unwrap().1, &Colour::Green);
            assert!((1..=3).contains(&ways.len()));
        }
    }
}
