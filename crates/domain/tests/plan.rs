//! A plan that several people write: what they changed in different places comes together, what they changed in the same
//! place stays open until one who knows both writes it again.

#![allow(clippy::unwrap_used)]

use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, FactPath},
    decision::PackRef,
    id::{KpmId, NoteId},
    note::{Note, Notes},
    plan::{Upon, Versions},
};

const PATHS: [&str; 3] = ["plan.goals", "plan.steps", "plan.who"];

fn id(number: u8) -> NoteId {
    NoteId::from_bytes([number; 16])
}

/// A plan that was written upon others; its clock is of no account.
fn plan(number: u8, upon: &[u8], said: [&str; 3]) -> Note {
    let said = PATHS.iter().zip(said).filter(|(_, word)| !word.is_empty());
    Note {
        id: id(number),
        kpm: KpmId::from_bytes([1; 16]),
        form: "plan".into(),
        pack: PackRef {
            id: String::new(),
            version: String::new(),
            hash: [0; 32],
        },
        on: Date::parse("2026-11-02").unwrap(),
        written: Millis(i64::from(number) * 7 % 5),
        answers: said
            .map(|(path, word)| {
                (
                    FactPath::family(*path),
                    Answer::asked(Value::Text(word.into())),
                )
            })
            .collect(),
        becomes: None,
        next: None,
        upon: Upon(upon.iter().copied().map(id).collect()),
    }
}

/// What stands at each path, in the order in which it lies; and what the next plan is written upon.
fn standing(notes: &[Note]) -> ([Vec<String>; 3], Vec<NoteId>) {
    let notes = Notes(notes.to_vec());
    let versions = Versions::new(&notes, "plan");
    let word = |note: &Note, path: &str| match note.answers.get(&FactPath::family(path)) {
        Some(answer) => match answer.value() {
            Some(Value::Text(word)) => word.clone(),
            _ => "?".into(),
        },
        None => "-".into(),
    };
    let said = PATHS.map(|path| {
        let said = versions.said(&FactPath::family(path));
        let mut words: Vec<String> = said.iter().map(|note| word(note, path)).collect();
        words.sort();
        words
    });
    let mut last = versions.last().0;
    last.sort();
    (said, last)
}

fn all_orders(notes: &[Note]) -> Vec<Vec<Note>> {
    if notes.len() < 2 {
        return vec![notes.to_vec()];
    }
    (0..notes.len())
        .flat_map(|first| {
            let mut rest = notes.to_vec();
            let first = rest.remove(first);
            all_orders(&rest).into_iter().map(move |mut order| {
                order.insert(0, first.clone());
                order
            })
        })
        .collect()
}

/// The same in whatever order they came.
fn stands(notes: &[Note], goals: &[&str], steps: &[&str], who: &[&str], last: &[u8]) {
    for order in all_orders(notes) {
        let (said, next) = standing(&order);
        assert_eq!(said, [goals, steps, who]);
        assert_eq!(next, last.iter().copied().map(id).collect::<Vec<_>>());
    }
}

#[test]
fn a_plan_upon_a_plan_takes_its_place() {
    let first = plan(1, &[], ["income", "start", "Siti"]);
    stands(
        std::slice::from_ref(&first),
        &["income"],
        &["start"],
        &["Siti"],
        &[1],
    );
    let second = plan(2, &[1], ["income", "training", ""]);
    stands(&[first, second], &["income"], &["training"], &["-"], &[2]);
    stands(&[], &[], &[], &[], &[]);
}

#[test]
fn what_two_changed_in_different_places_comes_together() {
    let notes = [
        plan(1, &[], ["income", "start", "Siti"]),
        plan(2, &[1], ["savings", "start", "Siti"]),
        plan(3, &[1], ["income", "training", "Siti"]),
    ];
    stands(&notes, &["savings"], &["training"], &["Siti"], &[2, 3]);
}

#[test]
fn what_two_changed_in_the_same_place_stays_in_both_ways_until_somebody_chooses() {
    let mut notes = vec![
        plan(1, &[], ["income", "start", "Siti"]),
        plan(2, &[1], ["savings", "start", "Siti"]),
        plan(3, &[1], ["food", "start", "Siti"]),
    ];
    stands(&notes, &["food", "savings"], &["start"], &["Siti"], &[2, 3]);
    // One of them goes on without having heard of the other: it is still open.
    notes.push(plan(4, &[3], ["food", "books", "Siti"]));
    stands(&notes, &["food", "savings"], &["books"], &["Siti"], &[2, 4]);
    // Who knows both chooses, also what stood before.
    notes.push(plan(5, &[2, 4], ["savings", "books", "Siti"]));
    stands(&notes, &["savings"], &["books"], &["Siti"], &[5]);
}

#[test]
fn two_who_say_the_same_agree_and_two_first_plans_are_two() {
    let notes = [
        plan(1, &[], ["income", "start", ""]),
        plan(2, &[], ["income", "training", ""]),
    ];
    stands(&notes, &["income"], &["start", "training"], &[], &[1, 2]);
}

#[test]
fn notes_that_name_themselves_or_what_is_not_here_do_no_harm() {
    let notes = [
        plan(1, &[1, 2, 77], ["income", "start", ""]),
        plan(2, &[1], ["savings", "start", ""]),
    ];
    for order in all_orders(&notes) {
        let (said, _) = standing(&order);
        assert!(said.iter().all(|words| words.len() <= 2));
    }
    let mut visit = plan(3, &[], ["income", "", ""]);
    visit.form = "visit".into();
    stands(&[visit], &[], &[], &[], &[]);
}
