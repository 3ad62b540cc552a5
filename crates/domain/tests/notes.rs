//! A family's notes: their order, how many are kept, and what follows from them.

#![allow(clippy::unwrap_used, clippy::panic)]

use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, Answers, FactPath},
    decision::PackRef,
    id::{KpmId, NoteId},
    journey::Due,
    kpm::{JourneyState, Kpm, Past},
    note::{Note, Notes},
    plan::Upon,
};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(number: u16) -> NoteId {
    let mut bytes = [0; 16];
    bytes[14..].copy_from_slice(&number.to_be_bytes());
    NoteId::from_bytes(bytes)
}

/// A note of this day and instant.
fn note(number: u16, on: &str, written: i64) -> Note {
    Note {
        id: id(number),
        kpm: KpmId::from_bytes([1; 16]),
        form: "visit".into(),
        pack: PackRef {
            id: String::new(),
            version: String::new(),
            hash: [0; 32],
        },
        on: day(on),
        written: Millis(written),
        answers: Answers::default(),
        becomes: None,
        next: None,
        upon: Upon::default(),
    }
}

/// A note on a form that says these codes, on the day of its number in November.
fn said(number: u16, form: &str, codes: &[(&str, &str)]) -> Note {
    let answers = codes.iter().map(|(fact, code)| {
        let value = Value::Code((*code).into());
        (FactPath::family(*fact), Answer::asked(value))
    });
    Note {
        form: form.into(),
        answers: answers.collect(),
        ..note(number, &format!("2026-11-{number:02}"), 0)
    }
}

fn consent(number: u16, to: &str, agreed: Answer) -> Note {
    let mut note = said(number, "consent", &[("consent.to", to)]);
    note.answers.set(FactPath::family("consent.agreed"), agreed);
    note
}

fn yes() -> Answer {
    Answer::asked(Value::Bool(true))
}

fn family(notes: Vec<Note>) -> Kpm {
    Kpm {
        id: KpmId::from_bytes([1; 16]),
        name: "Siti Contoh".into(),
        kk: None,
        village: None,
        village_name: String::new(),
        address: String::new(),
        state: JourneyState::Assessed,
        roster: Vec::new(),
        known: Answers::default(),
        last: None,
        notes: Notes(notes),
        past: Past::default(),
        registered: None,
    }
}

fn ids(notes: &Notes) -> Vec<NoteId> {
    notes.0.iter().map(|note| note.id).collect()
}

#[test]
fn notes_stand_by_day_then_instant_then_as_they_came_and_once() {
    let all = [
        note(1, "2026-11-01", 50),
        note(2, "2026-11-02", 10),
        note(3, "2026-11-02", 20),
        note(4, "2026-11-03", 5),
    ];
    // In whatever order they come.
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let mut notes = Notes::default();
        for place in order {
            notes.add(&all[place]);
            notes.add(&all[place]);
        }
        assert_eq!(ids(&notes), [1, 2, 3, 4].map(id), "{order:?}");
    }
    // Of one day and instant: as they came.
    let mut notes = Notes::default();
    for number in [7, 5, 6] {
        notes.add(&note(number, "2026-11-01", 0));
    }
    assert_eq!(ids(&notes), [7, 5, 6].map(id));
    // The same identity is the same note, whatever else it says.
    notes.add(&note(5, "2026-12-01", 9));
    assert_eq!(ids(&notes), [7, 5, 6].map(id));
}

#[test]
fn the_oldest_gives_way_to_more_than_a_year_of_visits() {
    let mut notes = Notes::default();
    let first = day("2026-01-01").days();
    let on = |number: u16| Date::from_days(first + i32::from(number)).unwrap();
    let most = u16::try_from(Notes::MOST).unwrap();
    for number in 1..=most + 2 {
        notes.add(&Note {
            on: on(number),
            ..note(number, "2026-01-01", 0)
        });
    }
    assert_eq!(notes.0.len(), Notes::MOST);
    assert_eq!(
        (notes.0[0].id, notes.0[Notes::MOST - 1].id),
        (id(3), id(most + 2))
    );
    // What is older than all of them has no room, and takes none.
    let before = notes.clone();
    notes.add(&note(900, "2025-01-01", 0));
    assert_eq!(notes, before);
}

#[test]
fn the_last_note_of_a_form_is_the_latest_by_day() {
    let mut notes = Notes::default();
    notes.add(&said(9, "plan", &[]));
    notes.add(&said(3, "plan", &[]));
    notes.add(&said(12, "visit", &[]));
    assert_eq!(notes.last("plan").map(|note| note.id), Some(id(9)));
    assert_eq!(notes.last("relapse"), None);
}

#[test]
fn a_note_leads_on_or_leaves_the_family_where_it_stands() {
    let led = Note {
        becomes: Some(JourneyState::Planned),
        ..said(1, "plan", &[])
    };
    let planned = family(Vec::new()).after_note(&led);
    assert_eq!(planned.state, JourneyState::Planned);
    let visited = planned.after_note(&said(2, "visit", &[]));
    assert_eq!(visited.state, JourneyState::Planned);
    assert_eq!(ids(&visited.notes), [1, 2].map(id));
}

#[test]
fn a_family_is_due_when_the_last_word_says_so_and_at_once_where_others_have_answered() {
    let due = |notes: Vec<Note>| {
        let family = family(notes);
        let said = |due| match due {
            Due::Said(note) => note.id,
            Due::FollowUp(months) => panic!("{months}"),
        };
        family.due().map(|(day, due)| (day.to_string(), said(due)))
    };
    let visit = |number, next: &str| Note {
        next: Some(day(next)),
        ..said(number, "visit", &[])
    };
    assert_eq!(due(Vec::new()), None);
    assert_eq!(due(vec![said(1, "consent", &[])]), None);
    let first = visit(1, "2026-11-20");
    // A later day that was named first gives way to the last word.
    let second = visit(2, "2026-11-10");
    assert_eq!(
        due(vec![first.clone(), second.clone()]),
        Some(("2026-11-10".into(), id(2)))
    );
    // Whoever named no day takes none away.
    assert_eq!(
        due(vec![second.clone(), said(3, "consent", &[])]),
        Some(("2026-11-10".into(), id(2)))
    );
    for form in ["verdict", "answer"] {
        let answered = vec![second.clone(), said(4, form, &[])];
        assert_eq!(due(answered), Some(("2026-11-04".into(), id(4))), "{form}");
        // Until the facilitator has written again.
        let seen = vec![second.clone(), said(4, form, &[]), visit(5, "2026-12-01")];
        assert_eq!(due(seen), Some(("2026-12-01".into(), id(5))), "{form}");
    }
}

#[test]
fn a_family_that_graduated_is_followed_up_until_it_is_visited() {
    let graduated = |state, more: Vec<Note>| {
        let approved = Note {
            form: "verdict".into(),
            becomes: Some(JourneyState::Graduated),
            ..note(1, "2026-11-24", 0)
        };
        let mut family = family([vec![approved], more].concat());
        family.state = state;
        family
    };
    let due = |state, more| {
        let family = graduated(state, more);
        family.due().map(|(day, due)| (day.to_string(), due.kept()))
    };
    let visit = |number, on: &str, next: Option<&str>| Note {
        next: next.map(day),
        ..note(number, on, 0)
    };
    let at = |day: &str, why: &str| Some((day.to_owned(), why.to_owned()));
    let followed = |more| due(JourneyState::FollowedUp, more);
    // What the office has decided is told at once; then the months count from that day.
    assert_eq!(
        due(JourneyState::Graduated, Vec::new()),
        at("2026-11-24", "verdict")
    );
    let told = visit(2, "2026-11-30", None);
    assert_eq!(followed(vec![told.clone()]), at("2027-02-24", "+3"));
    // An earlier promise comes first, a later one after.
    let promised = visit(2, "2026-11-30", Some("2026-12-20"));
    assert_eq!(followed(vec![promised]), at("2026-12-20", "visit"));
    let far = visit(2, "2026-11-30", Some("2027-12-20"));
    assert_eq!(followed(vec![far]), at("2027-02-24", "+3"));
    // A month ahead counts, a day more does not; one that is missed stays.
    assert_eq!(
        followed(vec![visit(3, "2027-01-23", None)]),
        at("2027-02-24", "+3")
    );
    assert_eq!(
        followed(vec![visit(3, "2027-01-24", None)]),
        at("2027-05-24", "+6")
    );
    assert_eq!(
        followed(vec![visit(3, "2027-04-01", None)]),
        at("2027-05-24", "+6")
    );
    assert_eq!(
        followed(vec![visit(3, "2027-06-01", None)]),
        at("2027-11-24", "+12")
    );
    assert_eq!(followed(vec![visit(3, "2027-11-01", None)]), None);
    // Other notes are no visit; a family that came back is followed up no more.
    let consent = Note {
        form: "consent".into(),
        ..visit(3, "2027-02-24", None)
    };
    assert_eq!(
        followed(vec![told.clone(), consent]),
        at("2027-02-24", "+3")
    );
    assert_eq!(due(JourneyState::Returned, vec![told]), None);
}

#[test]
fn the_day_of_graduating_outlives_any_number_of_visits() {
    let mut kpm = family(Vec::new()).after_note(&Note {
        form: "verdict".into(),
        becomes: Some(JourneyState::Graduated),
        ..note(1, "2026-11-24", 0)
    });
    for number in 2..200 {
        kpm = kpm.after_note(&note(number, "2026-12-01", i64::from(number)));
    }
    assert_eq!(kpm.due().map(|(_, due)| due), Some(Due::FollowUp(3)));
}

#[test]
fn consents_are_those_said_yes_to_last_and_not_withdrawn() {
    let consents = |notes: Vec<Note>| family(notes).consents();
    let mekaar = || consent(1, "mekaar", yes());
    assert_eq!(
        consents(vec![mekaar(), consent(2, "kur", yes())]),
        ["mekaar", "kur"]
    );
    assert_eq!(consents(vec![mekaar(), mekaar()]), ["mekaar"]);
    // No, and not known, are no consent, and take an earlier one back.
    for answer in [Answer::asked(Value::Bool(false)), Answer::unknown()] {
        assert!(consents(vec![mekaar(), consent(2, "mekaar", answer)]).is_empty());
    }
    let withdrawn = |from| said(3, "withdrawal", &[("withdrawal.from", from)]);
    assert!(consents(vec![mekaar(), withdrawn("mekaar")]).is_empty());
    assert_eq!(consents(vec![mekaar(), withdrawn("kur")]), ["mekaar"]);
    assert_eq!(
        consents(vec![
            mekaar(),
            withdrawn("mekaar"),
            consent(4, "mekaar", yes())
        ]),
        ["mekaar"]
    );
}

#[test]
fn a_referral_is_under_way_until_it_is_refused_served_or_withdrawn() {
    let referred = |mut more: Vec<Note>| {
        let mut notes = vec![
            said(1, "referral", &[("referral.to", "kur")]),
            said(2, "referral", &[("referral.to", "ppse")]),
        ];
        notes.append(&mut more);
        family(notes).referred()
    };
    let answered = |status| {
        let codes = [("answer.from", "kur"), ("answer.status", status)];
        vec![said(3, "answer", &codes)]
    };
    assert_eq!(referred(Vec::new()), ["kur", "ppse"]);
    for going in ["received", "accepted", "in_progress"] {
        assert_eq!(referred(answered(going)), ["kur", "ppse"], "{going}");
    }
    for ended in ["rejected", "served"] {
        assert_eq!(referred(answered(ended)), ["ppse"], "{ended}");
    }
    let withdrawn = said(3, "withdrawal", &[("withdrawal.from", "ppse")]);
    assert_eq!(referred(vec![withdrawn]), ["kur"]);
    let again = said(4, "referral", &[("referral.to", "kur")]);
    assert_eq!(
        referred([answered("rejected"), vec![again]].concat()),
        ["ppse", "kur"]
    );
}

#[test]
fn what_packs_are_told_of_the_journey() {
    let mut family = family(vec![
        consent(1, "kur", yes()),
        said(2, "referral", &[("referral.to", "kur")]),
    ]);
    family.state = JourneyState::InEmpowerment;
    let told = family.journey(day("2026-11-24"));
    let value = |fact: &str| {
        told.get(&FactPath::family(fact))
            .and_then(Answer::value)
            .cloned()
    };
    assert_eq!(
        value("journey.state"),
        Some(Value::Code("in_empowerment".into()))
    );
    assert_eq!(
        value("journey.consents"),
        Some(Value::Codes(vec!["kur".into()]))
    );
    assert_eq!(
        value("journey.referred"),
        Some(Value::Codes(vec!["kur".into()]))
    );
    assert_eq!(
        value("journey.readiness"),
        None,
        "nobody has assessed it yet"
    );
}

#[test]
fn states_are_read_back_by_number_and_by_name() {
    for (state, name) in JourneyState::ALL {
        assert_eq!(JourneyState::of_number(state.number()), Some(state));
        assert_eq!(JourneyState::from_name(name), Some(state));
        assert_eq!(state.name(), name);
    }
    assert_eq!(JourneyState::of_number(0), None);
    assert_eq!(JourneyState::of_number(10), None);
    assert_eq!(JourneyState::from_name("poor"), None);
}

#[test]
fn what_was_agreed_to_outlives_any_number_of_visits() {
    let mut kpm = family(Vec::new())
        .after_note(&consent(1, "mekaar", yes()))
        .after_note(&said(2, "referral", &[("referral.to", "mekaar")]));
    for number in 3..200 {
        kpm = kpm.after_note(&note(number, "2026-12-01", i64::from(number)));
    }
    assert_eq!(kpm.notes.0.len(), Notes::MOST);
    assert_eq!(kpm.consents(), ["mekaar"]);
    assert_eq!(kpm.referred(), ["mekaar"]);
}

#[test]
fn a_note_that_comes_late_changes_no_state() {
    let becomes = |number, on, state| Note {
        becomes: Some(state),
        ..note(number, on, 0)
    };
    let proposed = family(Vec::new()).after_note(&becomes(2, "2026-11-20", JourneyState::Proposed));
    let late = proposed.after_note(&becomes(1, "2026-11-01", JourneyState::Planned));
    assert_eq!(late.state, JourneyState::Proposed);
    assert_eq!(ids(&late.notes), [1, 2].map(id));
}

#[test]
fn a_service_that_the_family_confirms_ends_its_referral() {
    let mut visit = note(9, "2026-11-09", 0);
    let served = Answer::asked(Value::Codes(vec!["mekaar".into()]));
    visit.answers.set(FactPath::family("visit.served"), served);
    let referred = family(Vec::new())
        .after_note(&said(2, "referral", &[("referral.to", "mekaar")]))
        .after_note(&said(3, "referral", &[("referral.to", "oss")]));
    assert_eq!(referred.after_note(&visit).referred(), ["oss"]);
}
