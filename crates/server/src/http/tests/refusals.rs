//! Each way in which an entry can be wrong, and the code that says so.

use super::*;
use crate::testing::{decided, nobodys_kpm};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer as Said, FactPath},
    assessment::Assessment,
    id::{MemberId, UserId},
    wire::v1::Payload,
};

/// Sends one entry made wrong, and says what became of it.
async fn refusal(spoil: impl FnOnce(&mut Entry, &mut Phone)) -> ReceiptOutcome {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let mut entry = phone.assess(0, 1, 1000);
    spoil(&mut entry, &mut phone);
    phone.sync(&server, &[entry.to_bytes()]).await[0]
}

fn spoiled(entry: &mut Entry, spoil: impl FnOnce(&mut Assessment)) {
    if let Payload::AssessmentFinished(assessment) = &mut entry.payload {
        spoil(assessment);
    }
}

#[tokio::test]
async fn each_way_to_be_wrong_has_its_code() {
    let is = |code| ReceiptOutcome::Refused(code);
    assert_eq!(
        refusal(|entry, _| entry.author = UserId::from_bytes([1; 16])).await,
        is(RefusalCode::WrongAuthor)
    );
    assert_eq!(
        refusal(|entry, _| entry.vault = VaultId::from_bytes([1; 16])).await,
        is(RefusalCode::WrongVault)
    );
    assert_eq!(
        refusal(|entry, _| entry.payload = Payload::Newer {
            kind: 999,
            body: vec![0xf6]
        })
        .await,
        is(RefusalCode::UnknownKind)
    );
    assert_eq!(
        refusal(|entry, _| {
            entry.kpm = nobodys_kpm();
            spoiled(entry, |assessment| assessment.kpm = nobodys_kpm());
        })
        .await,
        is(RefusalCode::NotYourFamily)
    );
    assert_eq!(
        refusal(|entry, phone| {
            let other = phone.families[1].id;
            spoiled(entry, |assessment| assessment.kpm = other);
        })
        .await,
        is(RefusalCode::Unreadable)
    );
    assert_eq!(
        refusal(|entry, _| spoiled(entry, |a| a.decision.on =
            Date::parse("2026-11-25").unwrap()))
        .await,
        is(RefusalCode::FutureDate)
    );
    assert_eq!(
        refusal(|entry, _| spoiled(entry, |a| a.decision.pack.hash = [7; 32])).await,
        is(RefusalCode::UnknownPack)
    );
    assert_eq!(
        refusal(|entry, _| spoiled(entry, |a| a.members = Vec::new())).await,
        is(RefusalCode::UnknownMember)
    );
}

#[tokio::test]
async fn answers_are_checked_against_the_pack() {
    let is = |code| ReceiptOutcome::Refused(code);
    let answered = |path: FactPath, value: Value| {
        refusal(move |entry, _| spoiled(entry, |a| a.answers.set(path, Said::asked(value))))
    };
    let tomorrow = Value::Date(Date::parse("2026-11-25").unwrap());
    let member = FactPath::member(MemberId::from_bytes([0xaa; 16]), "sex");
    for (path, value, code) in [
        (
            FactPath::family("savings"),
            Value::Int(-1),
            RefusalCode::BadAnswer,
        ),
        (
            FactPath::family("savings"),
            Value::Text("many".into()),
            RefusalCode::BadAnswer,
        ),
        (
            FactPath::family("no.such.fact"),
            Value::Int(1),
            RefusalCode::BadAnswer,
        ),
        (
            FactPath::family("housing.floor"),
            Value::Code("gold".into()),
            RefusalCode::BadAnswer,
        ),
        (
            FactPath::family("social_assistance.since"),
            tomorrow,
            RefusalCode::FutureDate,
        ),
        (
            member,
            Value::Code("male".into()),
            RefusalCode::UnknownMember,
        ),
        (
            FactPath::family("desil"),
            Value::Int(9),
            RefusalCode::DecisionDiffers,
        ),
    ] {
        assert_eq!(answered(path.clone(), value).await, is(code), "{path}");
    }
    let born_tomorrow = refusal(|entry, _| {
        spoiled(entry, |a| {
            let day = Value::Date(Date::parse("2026-11-25").unwrap());
            let member = a.members[0];
            a.answers
                .set(FactPath::member(member, "birth_date"), Said::asked(day));
            a.decision = decided(a);
        });
    });
    assert_eq!(born_tomorrow.await, is(RefusalCode::FutureDate));
}
