//! Bytes that must decode for ever: what phones of every released version hold and send.
//!
//! A vector is never edited. A change that makes one fail is a change of meaning: make a new
//! version of the message instead. `NAIK_KELAS_NEW_VECTORS=1` writes vectors that are not there yet.

#![allow(clippy::unwrap_used, clippy::panic)]

use naik_kelas_domain::{
    Date, Millis, Value,
    access::Role,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    assessment::{Assessment, Draft},
    decision::{FrozenDecision, FrozenOutcome, PackRef},
    id::{AssessmentId, DeviceId, EntryId, KpmId, MemberId, NoteId, UserId, VaultId},
    kpm::{JourneyState, Kpm, LastAssessment, LeftBecause, Member, Past, Presence},
    note::{Note, Notes},
    plan::Upon,
    record,
    registration::Registration,
    wire::v1::{
        self, About, Area, Change, Entry, PackOffer, Payload, PracticeAccount, Realm, Receipt,
        ReceiptOutcome, RefusalCode, SignIn, SignedIn, SyncRequest, SyncResponse,
    },
};
use naik_kelas_rules::{
    evaluate::{Colour, EvalError, Outcome},
    value::Decimal,
};
use std::{fs, path::PathBuf};

fn day(year: i32, month: u32, of_month: u32) -> Date {
    Date::from_ymd(year, month, of_month).unwrap()
}

fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

fn answers() -> Answers {
    let family = FactPath::family;
    [
        (
            family("desil"),
            Answer {
                reply: Reply::Known(Value::Int(2)),
                provenance: Provenance::Registry(day(2026, 2, 9)),
            },
        ),
        (
            family("housing.floor"),
            Answer::asked(Value::Code("earth".into())),
        ),
        (
            family("housing.floor_area_m2"),
            Answer::asked(Value::Decimal(Decimal(64_800))),
        ),
        (family("savings"), Answer::unknown()),
        (
            family("business.exists"),
            Answer {
                reply: Reply::Known(Value::Bool(false)),
                provenance: Provenance::Carried(day(2026, 5, 5)),
            },
        ),
        (
            FactPath::member(member(1), "name"),
            Answer::asked(Value::Text("Siti Aminah Contoh".into())),
        ),
        (
            FactPath::member(member(1), "birth_date"),
            Answer::asked(Value::Date(day(1993, 5, 1))),
        ),
        (
            FactPath::member(member(1), "skills"),
            Answer::asked(Value::Codes(vec!["cooking".into(), "sewing".into()])),
        ),
        (
            FactPath::member(member(2), "employment"),
            Answer {
                reply: Reply::Known(Value::Code("none".into())),
                provenance: Provenance::Skipped,
            },
        ),
    ]
    .into_iter()
    .collect()
}

fn pack() -> PackRef {
    PackRef {
        id: "graduasi-2026".into(),
        version: "2026.11.1".into(),
        hash: [0xab; 32],
    }
}

fn decision() -> FrozenDecision {
    let outcome = |decision: &str, outcome, amount| FrozenOutcome {
        decision: decision.into(),
        outcome,
        amount,
    };
    FrozenDecision {
        pack: pack(),
        on: day(2026, 11, 24),
        outcomes: vec![
            outcome("pkh", Outcome::Eligible, Some(3_000_000)),
            outcome("sembako", Outcome::NotEligible, None),
            outcome("mekaar", Outcome::Undetermined, None),
            outcome("rst", Outcome::Error(EvalError::Arithmetic), None),
        ],
        readiness: "nearly".into(),
        indicators: vec![
            ("income".into(), Colour::Green),
            ("wage".into(), Colour::Yellow),
            ("savings".into(), Colour::Red),
            ("debt".into(), Colour::Unknown),
        ],
    }
}

fn assessment() -> Assessment {
    Assessment {
        id: AssessmentId::from_bytes([3; 16]),
        kpm: KpmId::from_bytes([2; 16]),
        started: Millis(1_795_500_000_000),
        finished: Millis(1_795_501_000_000),
        members: vec![member(1), member(2)],
        removed: vec![(member(9), LeftBecause::Died)],
        answers: answers(),
        decision: decision(),
        replaces: Some(AssessmentId::from_bytes([8; 16])),
    }
}

fn entry() -> Entry {
    Entry {
        id: EntryId::from_bytes([4; 16]),
        author: UserId::from_bytes([5; 16]),
        vault: VaultId::from_bytes([6; 16]),
        device_seq: 7,
        device_time: Millis(1_795_501_000_001),
        clock_offset: Some(-42_000),
        kpm: KpmId::from_bytes([2; 16]),
        payload: Payload::AssessmentFinished(Box::new(assessment())),
    }
}

fn kpm() -> Kpm {
    Kpm {
        notes: Notes::default(),
        past: Past::default(),
        registered: None,
        id: KpmId::from_bytes([2; 16]),
        name: "Siti Aminah Contoh".into(),
        kk: "3209012407209094".parse().ok(),
        village: "3209012017".parse().ok(),
        village_name: "Sukamaju".into(),
        address: "RT 02 RW 05".into(),
        state: JourneyState::Assessed,
        roster: vec![
            Member {
                id: member(1),
                presence: Presence::Here,
            },
            Member {
                id: member(9),
                presence: Presence::Left(LeftBecause::Moved),
            },
        ],
        known: answers(),
        last: Some(LastAssessment {
            id: AssessmentId::from_bytes([3; 16]),
            on: day(2026, 11, 24),
            decision: decision(),
        }),
    }
}

fn note() -> Note {
    let said = [
        (
            "plan.goals",
            Value::Codes(vec!["savings".into(), "livelihood".into()]),
        ),
        ("plan.who", Value::Text("Ibu dan anak sulung".into())),
        ("plan.visit_on", Value::Date(day(2026, 12, 8))),
        ("plan.agreed", Value::Bool(true)),
    ];
    let said = said.into_iter();
    let mut answers: Answers = said
        .map(|(fact, value)| (FactPath::family(fact), Answer::asked(value)))
        .collect();
    answers.set(FactPath::family("plan.by"), Answer::unknown());
    Note {
        id: NoteId::from_bytes([10; 16]),
        kpm: KpmId::from_bytes([2; 16]),
        form: "plan".into(),
        pack: pack(),
        on: day(2026, 11, 24),
        written: Millis(1_795_502_000_000),
        answers,
        becomes: Some(JourneyState::Planned),
        next: Some(day(2026, 12, 8)),
        upon: Upon::default(),
    }
}

/// The committed bytes of that name are what is written today, and decode to it.
fn check(name: &str, written: &[u8]) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(format!("{name}.hex"));
    let hex: String = written.iter().map(|byte| format!("{byte:02x}")).collect();
    if !path.exists() && std::env::var_os("NAIK_KELAS_NEW_VECTORS").is_some() {
        fs::write(&path, format!("{hex}\n")).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_else(|_| panic!("no vector {name}"));
    assert_eq!(
        committed.trim(),
        hex,
        "{name}: today's bytes differ from the committed ones"
    );
    let digits = committed.trim().as_bytes();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn entries_decode_for_ever() {
    let committed = check("entry-assessment-finished", &entry().to_bytes());
    assert_eq!(Entry::from_bytes(&committed), Ok(entry()));
}

#[test]
fn notes_decode_for_ever() {
    let written = |note: Note| Entry {
        id: EntryId::from_bytes([11; 16]),
        payload: Payload::NoteWritten(Box::new(note)),
        ..entry()
    };
    let committed = check("entry-note-written", &written(note()).to_bytes());
    assert_eq!(Entry::from_bytes(&committed), Ok(written(note())));
    // Where a note leads nowhere and names no day.
    let quiet = Note {
        id: NoteId::from_bytes([12; 16]),
        form: "note".into(),
        answers: Answers::default(),
        becomes: None,
        next: None,
        ..note()
    };
    let committed = check("entry-note-quiet", &written(quiet.clone()).to_bytes());
    assert_eq!(Entry::from_bytes(&committed), Ok(written(quiet.clone())));
    // A plan upon two that did not know of each other.
    let upon = Note {
        upon: Upon(vec![
            NoteId::from_bytes([10; 16]),
            NoteId::from_bytes([13; 16]),
        ]),
        ..note()
    };
    let committed = check("entry-note-upon", &written(upon.clone()).to_bytes());
    assert_eq!(Entry::from_bytes(&committed), Ok(written(upon)));
    // A family with its notes, as it is held and as it is sent.
    let family = Kpm {
        notes: Notes(vec![note(), quiet]),
        ..kpm()
    };
    let committed = check("record-kpm-with-notes", &record::kpm_to_bytes(&family));
    assert_eq!(record::kpm_from_bytes(&committed), Ok(family));
    let colours = [("savings", Colour::Red), ("livelihood", Colour::Unknown)];
    let colours = colours.map(|(id, colour)| (id.to_owned(), colour));
    let before = Kpm {
        past: Past(vec![(day(2026, 5, 5), colours.into())]),
        ..kpm()
    };
    let committed = check("record-kpm-with-past", &record::kpm_to_bytes(&before));
    assert_eq!(record::kpm_from_bytes(&committed), Ok(before));
}

#[test]
fn registrations_decode_for_ever() {
    let registration = Registration {
        kpm: KpmId::from_bytes([0x0b; 16]),
        head: member(1),
        pack: pack(),
        on: day(2026, 11, 24),
        written: Millis(1_795_500_000_000),
        village_name: "Sukamaju".into(),
        answers: [
            (
                FactPath::member(member(1), "name"),
                Answer::asked(Value::Text("Siti Aminah Contoh".into())),
            ),
            (
                FactPath::family("village"),
                Answer::asked(Value::Text("3209010001".into())),
            ),
            (FactPath::family("kk"), Answer::unknown()),
        ]
        .into_iter()
        .collect(),
        others: vec![KpmId::from_bytes([0x0c; 16])],
    };
    let begun = registration.family().unwrap();
    let committed = check("record-kpm-registered", &record::kpm_to_bytes(&begun));
    assert_eq!(record::kpm_from_bytes(&committed), Ok(begun));
    let registered = Entry {
        id: EntryId::from_bytes([0x0d; 16]),
        kpm: registration.kpm,
        payload: Payload::FamilyRegistered(Box::new(registration)),
        ..entry()
    };
    let committed = check("entry-family-registered", &registered.to_bytes());
    assert_eq!(Entry::from_bytes(&committed), Ok(registered));
}

#[test]
fn an_entry_of_a_newer_kind_is_kept_as_it_came() {
    let newer = Entry {
        payload: Payload::Newer {
            kind: 900,
            body: vec![0x82, 0x01, 0x63, b'a', b'b', b'c'],
        },
        ..entry()
    };
    let committed = check("entry-newer-kind", &newer.to_bytes());
    let read = Entry::from_bytes(&committed).unwrap();
    assert_eq!(read, newer);
    assert_eq!(read.to_bytes(), committed);
}

#[test]
fn records_of_the_phone_decode_for_ever() {
    let committed = check("record-kpm", &record::kpm_to_bytes(&kpm()));
    assert_eq!(record::kpm_from_bytes(&committed), Ok(kpm()));
    let committed = check(
        "record-assessment",
        &record::assessment_to_bytes(&assessment()),
    );
    assert_eq!(record::assessment_from_bytes(&committed), Ok(assessment()));
    let draft = Draft {
        form: None,
        upon: Upon::default(),
        id: AssessmentId::from_bytes([3; 16]),
        kpm: KpmId::from_bytes([2; 16]),
        started: Millis(1_795_500_000_000),
        on: day(2026, 11, 24),
        pack: pack(),
        members: vec![member(1), member(2)],
        removed: vec![(member(9), LeftBecause::Mistake)],
        answers: answers(),
        at: Some(FactPath::member(member(1), "birth_date")),
        revision: 12,
        replaces: None,
    };
    let committed = check("record-draft", &record::draft_to_bytes(&draft));
    assert_eq!(record::draft_from_bytes(&committed), Ok(draft.clone()));
    // The draft of a note.
    let of_form = Draft {
        form: Some("plan".into()),
        ..draft
    };
    let committed = check("record-draft-of-note", &record::draft_to_bytes(&of_form));
    assert_eq!(record::draft_from_bytes(&committed), Ok(of_form));
}

#[test]
fn messages_decode_for_ever() {
    let request = SyncRequest {
        version: v1::VERSION,
        realm: Realm::Practice,
        device: DeviceId::from_bytes([1; 16]),
        vault: VaultId::from_bytes([6; 16]),
        cursor: Some(vec![1, 2, 3].into()),
        previous: Some(vec![0; 32].into()),
        entries: vec![entry().to_bytes().into()],
    };
    let committed = check("sync-request", &v1::to_bytes(&request));
    assert_eq!(v1::from_bytes::<SyncRequest>(&committed), Ok(request));

    let receipt = |outcome| Receipt {
        entry: Some(EntryId::from_bytes([4; 16])),
        outcome,
    };
    let response = SyncResponse {
        receipts: vec![
            receipt(ReceiptOutcome::Accepted(11)),
            receipt(ReceiptOutcome::AlreadyHad(11)),
            receipt(ReceiptOutcome::Later),
            Receipt {
                entry: None,
                outcome: ReceiptOutcome::Refused(RefusalCode::Unreadable),
            },
        ],
        changes: vec![
            Change::Grant(Box::new(kpm())),
            Change::Revoke(KpmId::from_bytes([7; 16])),
            Change::Newer(77),
        ],
        cursor: vec![9, 9].into(),
        more: true,
        server_time: Millis(1_795_501_000_500),
        packs: vec![PackOffer {
            id: "graduasi-2026".into(),
            version: "2026.11.1".into(),
            hash: [0xab; 32],
            effective_from: day(2026, 1, 1),
        }],
    };
    let committed = check("sync-response", &v1::to_bytes(&response));
    assert_eq!(v1::from_bytes::<SyncResponse>(&committed), Ok(response));
}

#[test]
fn signing_in_decodes_for_ever() {
    let sign_in = SignIn {
        user: "pendamping1".into(),
        password: "rahasia".into(),
        device: DeviceId::from_bytes([1; 16]),
    };
    let committed = check("sign-in", &v1::to_bytes(&sign_in));
    assert!(v1::from_bytes::<SignIn>(&committed) == Ok(sign_in));
    let signed_in = SignedIn {
        token: "t".into(),
        expires: Millis(1),
        user: UserId::from_bytes([5; 16]),
        name: "Dewi Contoh".into(),
        role: Role::Facilitator,
        area: "3209".parse().unwrap(),
        area_name: "Kabupaten Cirebon".into(),
        realm: Realm::Practice,
        vault: VaultId::from_bytes([6; 16]),
        server_time: Millis(2),
        next_seq: 1,
        escrow: None,
        rescue: None,
    };
    let committed = check("signed-in", &v1::to_bytes(&signed_in));
    assert!(v1::from_bytes::<SignedIn>(&committed) == Ok(signed_in.clone()));
    let with_escrow = SignedIn {
        escrow: Some([0xcd; 32]),
        ..signed_in
    };
    let committed = check("signed-in-with-escrow", &v1::to_bytes(&with_escrow));
    assert!(v1::from_bytes::<SignedIn>(&committed) == Ok(with_escrow.clone()));
    let with_rescue = SignedIn {
        rescue: Some(vec![4; 65].into()),
        ..with_escrow
    };
    let committed = check("signed-in-with-rescue", &v1::to_bytes(&with_rescue));
    assert!(v1::from_bytes::<SignedIn>(&committed) == Ok(with_rescue));
}

#[test]
fn every_code_of_a_refusal_is_read_back() {
    for code in [
        "unreadable",
        "unknown-kind",
        "hash-conflict",
        "wrong-author",
        "wrong-vault",
        "not-your-family",
        "future-date",
        "bad-answer",
        "unknown-pack",
        "unknown-member",
        "decision-differs",
        "out-of-order",
    ] {
        assert_eq!(RefusalCode::from_name(code).as_str(), code);
    }
    assert_eq!(
        RefusalCode::from_name("a-code-of-tomorrow"),
        RefusalCode::Other
    );
}

/// Whatever comes in, an answer comes out: no panic, no hang, no half-read message.
#[test]
fn broken_bytes_are_refused_and_never_panic() {
    let whole = entry().to_bytes();
    for end in 0..whole.len() {
        assert!(Entry::from_bytes(&whole[..end]).is_err(), "cut at {end}");
    }
    for at in 0..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            if let Ok(read) = Entry::from_bytes(&bytes) {
                assert_eq!(Entry::from_bytes(&read.to_bytes()), Ok(read));
            }
        }
    }
    let mut longer = whole;
    longer.push(0);
    assert!(Entry::from_bytes(&longer).is_err());
}

#[test]
fn what_a_server_says_of_itself() {
    let about = About {
        realm: Realm::Practice,
        server_time: Millis(1_795_496_400_000),
        areas: vec![Area {
            code: "3209".parse().unwrap(),
            name: "Kabupaten Cirebon".into(),
        }],
        accounts: vec![PracticeAccount {
            role: Role::Coordinator,
            user: "koordinator".into(),
            password: "contoh-9586".into(),
            name: "Ratna Contoh".into(),
        }],
    };
    let committed = check("about", &v1::to_bytes(&about));
    assert_eq!(v1::from_bytes::<About>(&committed), Ok(about));
}
