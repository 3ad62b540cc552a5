//! What became of referrals: the order of the notes decides, each partner for itself.

use super::*;
use crate::testing::{nobodys_kpm, pack};
use naik_kelas_domain::{Millis, answer::Answers, decision::PackRef};

fn code(code: &str) -> Value {
    Value::Code(code.into())
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A note of this day, as somebody wrote it.
fn said(number: u8, on: &str, form: &str, said: &[(&str, Value)]) -> Written {
    let answers = said.iter().map(|(fact, value)| {
        let answer = Answer::asked(value.clone());
        (FactPath::family(format!("{form}.{fact}")), answer)
    });
    let answers: Answers = answers.collect();
    Written {
        note: Note {
            id: NoteId::from_bytes([number; 16]),
            kpm: nobodys_kpm(),
            form: form.to_owned(),
            pack: PackRef {
                id: pack().id().to_owned(),
                version: pack().version().to_owned(),
                hash: *pack().hash(),
            },
            on: day(on),
            written: Millis(i64::from(number)),
            answers,
            becomes: None,
            next: None,
            upon: naik_kelas_domain::plan::Upon::default(),
        },
        author: Some("pendamping1".into()),
    }
}

fn consent(number: u8, on: &str, to: &str, agreed: bool) -> Written {
    let agreed = Value::Bool(agreed);
    said(
        number,
        on,
        "consent",
        &[("to", code(to)), ("agreed", agreed)],
    )
}

fn referral(number: u8, on: &str, to: &str) -> Written {
    let amount = Value::Int(3_000_000);
    said(
        number,
        on,
        "referral",
        &[("to", code(to)), ("amount", amount)],
    )
}

fn answer(number: u8, on: &str, from: &str, status: &str) -> Written {
    said(
        number,
        on,
        "answer",
        &[("from", code(from)), ("status", code(status))],
    )
}

fn withdrawal(number: u8, on: &str, from: &str) -> Written {
    said(number, on, "withdrawal", &[("from", code(from))])
}

/// Partner, status and since when of each.
fn stand(notes: Vec<Written>) -> Vec<(String, String, String)> {
    let all = referrals(notes).into_iter();
    all.map(|referral| {
        (
            referral.partner.unwrap(),
            referral.status,
            referral.since.to_string(),
        )
    })
    .collect()
}

fn row(partner: &str, status: &str, since: &str) -> (String, String, String) {
    (partner.into(), status.into(), since.into())
}

#[test]
fn a_referral_goes_from_sent_to_served() {
    let served = said(
        9,
        "2026-11-20",
        "answer",
        &[
            ("from", code("kur")),
            ("status", code("served")),
            ("amount", Value::Int(2_500_000)),
            ("served_on", Value::Date(day("2026-11-18"))),
        ],
    );
    let steps = || {
        vec![
            consent(1, "2026-11-02", "kur", true),
            referral(2, "2026-11-03", "kur"),
            answer(3, "2026-11-04", "kur", "received"),
            answer(4, "2026-11-05", "kur", "in_progress"),
        ]
    };
    for (steps_done, status, since) in [
        (2, "sent", "2026-11-03"),
        (3, "received", "2026-11-04"),
        (4, "in_progress", "2026-11-05"),
    ] {
        let notes = steps().into_iter().take(steps_done).collect();
        assert_eq!(stand(notes), [row("kur", status, since)]);
    }
    let mut notes = steps();
    notes.push(served);
    let expected = Referral {
        id: NoteId::from_bytes([2; 16]),
        author: Some("pendamping1".into()),
        partner: Some("kur".into()),
        consented: Some(day("2026-11-02")),
        referred: day("2026-11-03"),
        status: "served".into(),
        since: day("2026-11-18"),
        asked: Some(3_000_000),
        given: Some(2_500_000),
    };
    assert_eq!(referrals(notes), [expected]);
}

#[test]
fn each_partner_stands_for_itself_and_a_second_referral_is_another_row() {
    let notes = vec![
        consent(1, "2026-11-01", "kur", true),
        consent(2, "2026-11-01", "ppse", true),
        referral(3, "2026-11-02", "kur"),
        referral(4, "2026-11-02", "ppse"),
        answer(5, "2026-11-03", "kur", "rejected"),
        // What ended is not answered again.
        answer(6, "2026-11-04", "kur", "accepted"),
        withdrawal(7, "2026-11-05", "kur"),
        consent(8, "2026-11-06", "kur", true),
        referral(9, "2026-11-07", "kur"),
        withdrawal(10, "2026-11-08", "kur"),
    ];
    assert_eq!(
        stand(notes),
        [
            row("kur", "rejected", "2026-11-03"),
            row("ppse", "sent", "2026-11-02"),
            row("kur", "withdrawn", "2026-11-08"),
        ]
    );
}

#[test]
fn the_consent_is_the_one_in_force_that_day() {
    let consented = |notes: Vec<Written>| referrals(notes)[0].consented.map(|day| day.to_string());
    let renewed = vec![
        consent(1, "2026-10-01", "kur", true),
        withdrawal(2, "2026-10-05", "kur"),
        consent(3, "2026-10-10", "kur", true),
        consent(4, "2026-10-11", "ppse", true),
        referral(5, "2026-10-12", "kur"),
        consent(6, "2026-10-20", "kur", true),
    ];
    assert_eq!(consented(renewed), Some("2026-10-10".into()));
    let refused = vec![
        consent(1, "2026-10-01", "kur", true),
        consent(2, "2026-10-02", "kur", false),
        referral(3, "2026-10-12", "kur"),
    ];
    assert_eq!(consented(refused), None);
}

#[test]
fn notes_that_came_late_or_twice_change_nothing() {
    let notes = vec![
        answer(3, "2026-11-04", "kur", "accepted"),
        referral(2, "2026-11-03", "kur"),
        referral(2, "2026-11-03", "kur"),
        consent(1, "2026-11-02", "kur", true),
    ];
    let found = referrals(notes);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].status, "accepted");
    assert_eq!(found[0].consented, Some(day("2026-11-02")));
}
