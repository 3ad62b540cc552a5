//! What was written down of some families after their assessment: plans with a promised day, visits with figures.

use super::{PracticeError, family::Drawn, today};
use crate::packs::Shelf;
use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, Answers, FactPath},
    id::NoteId,
    journey::follow,
    kpm::Kpm,
    note::Note,
};

/// Of each so many assessed families one has a plan, and every other one of these was visited.
const PLANNED: usize = 5;

/// The notes of the family in this place among the assessed ones, in the order of their days.
pub(super) fn notes(
    shelf: &Shelf,
    drawn: &Drawn,
    place: usize,
) -> Result<Vec<Note>, PracticeError> {
    let Some(before) = drawn
        .before
        .as_ref()
        .filter(|_| place.is_multiple_of(PLANNED))
    else {
        return Ok(Vec::new());
    };
    // Promised days lie around today: some are due, some are still to come.
    let around = |days: i32| Date::from_days(today().days() + days).unwrap_or(today());
    let turn = place / PLANNED;
    let spread = i32::try_from(turn % 9).unwrap_or(0) - 4;
    let mut kpm = drawn.kpm.clone().after(before);
    let first = before.decision.on;
    let plan = [
        ("plan.goals", codes(&["savings", "livelihood"])),
        ("plan.steps", codes(&["save", "books"])),
        ("plan.visit_on", Value::Date(around(spread).max(first))),
        ("plan.agreed", Value::Bool(true)),
    ];
    let mut written = vec![note(shelf, &mut kpm, before, "plan", first, &plan, 1)?];
    if turn % 2 == 1 {
        let on = Date::from_days(first.days() + 14)
            .unwrap_or(first)
            .min(today());
        let visit = [
            ("visit.done", codes(&["talk", "books"])),
            ("visit.plan", Value::Code("going".into())),
            ("visit.savings", Value::Int(150_000 + 25_000 * turn as i64)),
            ("visit.next_on", Value::Date(around(spread + 2).max(on))),
        ];
        written.push(note(shelf, &mut kpm, before, "visit", on, &visit, 2)?);
    }
    Ok(written)
}

fn note(
    shelf: &Shelf,
    kpm: &mut Kpm,
    before: &naik_kelas_domain::assessment::Assessment,
    form: &str,
    on: Date,
    said: &[(&str, Value)],
    number: u8,
) -> Result<Note, PracticeError> {
    let pack = &before.decision.pack;
    let shelved = shelf.get(&pack.hash).ok_or(PracticeError::Pack)?;
    let definition = shelved.pack.form(form).ok_or(PracticeError::Pack)?;
    let turned = shelved.forms.get(form).ok_or(PracticeError::Pack)?;
    let answers: Answers = said
        .iter()
        .map(|(fact, value)| (FactPath::family(*fact), Answer::asked(value.clone())))
        .collect();
    let follows = follow(turned, definition, kpm, on, &answers).map_err(|_| PracticeError::Pack)?;
    // Named after the assessment, so that the same district comes out each time.
    let mut id = *before.id.as_bytes();
    id[15] ^= number;
    let note = Note {
        id: NoteId::from_bytes(id),
        kpm: kpm.id,
        form: form.to_owned(),
        pack: pack.clone(),
        on,
        written: Millis(super::midnight(on).0 + 4 * 3_600_000),
        answers,
        becomes: follows.becomes,
        next: follows.next,
        upon: naik_kelas_domain::plan::Upon::default(),
    };
    *kpm = kpm.clone().after_note(&note);
    Ok(note)
}

fn codes(all: &[&str]) -> Value {
    Value::Codes(all.iter().map(|code| (*code).to_owned()).collect())
}
