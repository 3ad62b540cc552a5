//! Notes between two assessments: taken, refused, decided by the office, and seen by who coaches the family.

use super::*;
use crate::testing::{noted, today, written};
use naik_kelas_domain::{
    Date, Value,
    access::Role,
    answer::{Answer as Said, FactPath},
    id::NoteId,
    kpm::JourneyState,
    note::Note,
    wire::v1::Payload,
};

/// The practice account that decides; those before it are facilitators.
fn coordinator(server: &Server) -> usize {
    let mut accounts = server.state.practice.iter();
    accounts
        .position(|account| account.role == Role::Coordinator)
        .unwrap()
}

fn code(code: &str) -> Value {
    Value::Code(code.into())
}

fn proposal() -> [(&'static str, Value); 4] {
    [
        ("proposal.reason", code("own_request")),
        ("proposal.overrule", Value::Text("keluarga meminta".into())),
        ("proposal.evidence", Value::Codes(vec!["statement".into()])),
        ("proposal.statement", Value::Bool(true)),
    ]
}

impl Phone {
    /// A note of a family as the next entry of the chain.
    fn note(&mut self, kpm: &Kpm, number: u8, form: &str, said: &[(&str, Value)]) -> Entry {
        let seq = self.next;
        self.next += 1;
        let note = written(kpm, number, &today().to_string(), form, said);
        noted(self.session.user, self.session.vault, seq, note)
    }

    fn family(&self, like: &Kpm) -> &Kpm {
        self.families.iter().find(|kpm| kpm.id == like.id).unwrap()
    }
}

/// A facilitator with a family that is assessed.
async fn ground() -> (Server, Phone, Kpm) {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let mut families = phone.families.iter();
    let assessed = families.find(|kpm| kpm.state == JourneyState::Assessed);
    let kpm = assessed.unwrap().clone();
    (server, phone, kpm)
}

fn refused(code: RefusalCode) -> ReceiptOutcome {
    ReceiptOutcome::Refused(code)
}

#[tokio::test]
async fn a_note_is_taken_once_and_one_sent_again_was_already_had() {
    let (server, mut phone, kpm) = ground().await;
    let entry = phone.note(&kpm, 40, "proposal", &proposal()).to_bytes();
    let before = phone.chain;
    let first = phone.sync(&server, std::slice::from_ref(&entry)).await;
    let [ReceiptOutcome::Accepted(position)] = first[..] else {
        panic!("{first:?}")
    };
    phone.chain = before;
    let again = phone.sync(&server, &[entry]).await;
    assert_eq!(again, [ReceiptOutcome::AlreadyHad(position)]);
    // The same person's other phone sees it once, and where it led.
    let mut other = Phone::new(&server, 0, 2).await;
    other.sync(&server, &[]).await;
    let seen = other.family(&kpm);
    assert_eq!(seen.notes.0.len(), kpm.notes.0.len() + 1);
    assert_eq!(seen.state, JourneyState::Proposed);
}

#[tokio::test]
async fn what_the_order_of_things_does_not_allow_is_refused_by_its_code() {
    let (server, mut phone, kpm) = ground().await;
    let referral = [
        ("referral.to", code("mekaar")),
        ("referral.need", Value::Text("modal".into())),
        ("referral.amount", Value::Int(3_000_000)),
        ("referral.ask_on", Value::Date(today())),
    ];
    // Without consent; from a state that the form does not begin in.
    let unasked = phone.note(&kpm, 41, "referral", &referral).to_bytes();
    let relapse = [("relapse.reason", Value::Text("usaha tutup".into()))];
    let relapse = phone.note(&kpm, 42, "relapse", &relapse).to_bytes();
    let outcomes = phone.sync(&server, &[unasked, relapse]).await;
    assert_eq!(outcomes, [refused(RefusalCode::OutOfOrder); 2]);

    // With it the same referral is taken, in one batch and in its order; a second one under way is not.
    let consent = [
        ("consent.to", code("mekaar")),
        ("consent.fields", Value::Codes(vec!["identity".into()])),
        ("consent.purpose", Value::Text("modal usaha".into())),
        ("consent.read", Value::Bool(true)),
        ("consent.agreed", Value::Bool(true)),
    ];
    let consent = phone.note(&kpm, 43, "consent", &consent);
    let Payload::NoteWritten(said) = &consent.payload else {
        panic!("a note")
    };
    let after = kpm.clone().after_note(said);
    let once = phone.note(&after, 44, "referral", &referral).to_bytes();
    let twice = phone.note(&after, 45, "referral", &referral).to_bytes();
    let outcomes = phone
        .sync(&server, &[consent.to_bytes(), once, twice])
        .await;
    assert!(
        matches!(
            outcomes[..],
            [
                ReceiptOutcome::Accepted(_),
                ReceiptOutcome::Accepted(_),
                ReceiptOutcome::Refused(RefusalCode::OutOfOrder)
            ]
        ),
        "{outcomes:?}"
    );
}

#[tokio::test]
async fn notes_that_do_not_hold_have_their_codes() {
    let (server, mut phone, kpm) = ground().await;
    type Spoil<'a> = &'a dyn Fn(&mut Note);
    let spoils: [(Spoil<'_>, RefusalCode); 7] = [
        (
            &|note| note.on = Date::parse("2026-11-25").unwrap(),
            RefusalCode::FutureDate,
        ),
        (&|note| note.pack.hash = [7; 32], RefusalCode::UnknownPack),
        (
            &|note| note.form = "no-such-form".into(),
            RefusalCode::UnknownKind,
        ),
        (
            &|note| note.becomes = Some(JourneyState::Graduated),
            RefusalCode::DecisionDiffers,
        ),
        (
            &|note| note.next = Some(today()),
            RefusalCode::DecisionDiffers,
        ),
        // What another form asks; what is required and missing.
        (
            &|note| {
                note.answers.set(
                    FactPath::family("visit.note"),
                    Said::asked(Value::Text("x".into())),
                )
            },
            RefusalCode::BadAnswer,
        ),
        (
            &|note| {
                note.answers
                    .set(FactPath::family("proposal.evidence"), Said::unknown())
            },
            RefusalCode::BadAnswer,
        ),
    ];
    for (number, (spoil, code)) in (50..).zip(spoils) {
        let mut entry = phone.note(&kpm, number, "proposal", &proposal());
        if let Payload::NoteWritten(note) = &mut entry.payload {
            spoil(note);
        }
        assert_eq!(
            phone.sync(&server, &[entry.to_bytes()]).await,
            [refused(code)],
            "{code:?}"
        );
    }
    // A family that is somebody else's.
    let mut stranger = kpm.clone();
    stranger.id = crate::testing::nobodys_kpm();
    let entry = phone
        .note(&stranger, 60, "proposal", &proposal())
        .to_bytes();
    assert_eq!(
        phone.sync(&server, &[entry]).await,
        [refused(RefusalCode::NotYourFamily)]
    );
}

#[tokio::test]
async fn the_office_decides_and_the_facilitator_hears_it() {
    let (server, mut phone, kpm) = ground().await;
    let proposed = phone.note(&kpm, 70, "proposal", &proposal()).to_bytes();
    phone.sync(&server, &[proposed]).await;
    let mut office = Phone::new(&server, coordinator(&server), 9).await;
    let mut after = kpm.clone();
    after.state = JourneyState::Proposed;

    let verdict = |result: &str| [("verdict.result", code(result))];
    // A facilitator does not decide about the own proposal, nor does the office coach.
    let own = phone
        .note(&after, 71, "verdict", &verdict("verified"))
        .to_bytes();
    assert_eq!(
        phone.sync(&server, &[own]).await,
        [refused(RefusalCode::NotYourFamily)]
    );
    let coaching = office.note(&after, 72, "relapse", &[]).to_bytes();
    let early = office
        .note(&after, 73, "verdict", &verdict("approved"))
        .to_bytes();
    let verified = office
        .note(&after, 74, "verdict", &verdict("verified"))
        .to_bytes();
    let outcomes = office.sync(&server, &[coaching, early, verified]).await;
    assert_eq!(
        outcomes[..2],
        [
            refused(RefusalCode::NotYourFamily),
            refused(RefusalCode::OutOfOrder)
        ]
    );
    assert!(
        matches!(outcomes[2], ReceiptOutcome::Accepted(_)),
        "{outcomes:?}"
    );

    // It is in the next answer to the facilitator, as a family that is granted anew.
    let answer = phone.send(&server, &phone.envelope(Vec::new())).await;
    let response: SyncResponse = v1::from_bytes(&answer.body).unwrap();
    let [Change::Grant(heard)] = &response.changes[..] else {
        panic!("{} changes", response.changes.len())
    };
    assert_eq!((heard.id, heard.state), (kpm.id, JourneyState::Verified));
    let last = heard.notes.0.last().unwrap();
    assert_eq!(
        (last.id, last.form.as_str()),
        (NoteId::from_bytes([74; 16]), "verdict")
    );
    assert_eq!(
        heard.due(),
        Some((today(), naik_kelas_domain::journey::Due::Said(last)))
    );
}
