//! A family goes to another facilitator, while the old one's phone has work about it.

use crate::phone::{Endpoint, Phone, answer_all, assess, families, finish, shown, sync};
use naik_kelas_app::{
    services::Services,
    usecase::{OpenError, finish_record, open_family, save_draft, start_assessment, start_note},
};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, FactPath},
    id::KpmId,
};

#[tokio::test]
async fn a_family_that_was_handed_over_leaves_one_phone_and_comes_to_the_other() {
    let endpoint = Endpoint::with_families(3).await;
    let (dewi, budi) = two_phones(&endpoint).await;
    let kpm = families(&dewi.1)[0];
    hand_over(&endpoint, kpm, &budi.1).await;
    sync(&dewi.1).await;
    sync(&budi.1).await;
    assert_eq!(
        open_family(&dewi.1, kpm).await.err(),
        Some(OpenError::NotHere)
    );
    assert!(!families(&dewi.1).contains(&kpm));
    assert!(families(&budi.1).contains(&kpm));
}

#[tokio::test]
async fn what_was_begun_before_the_hand_over_can_be_finished_and_reaches_the_new_holder() {
    let endpoint = Endpoint::with_families(3).await;
    let (dewi, budi) = two_phones(&endpoint).await;
    let kpm = families(&dewi.1)[0];
    let mut draft = start_assessment(&dewi.1, kpm).await.unwrap();
    hand_over(&endpoint, kpm, &budi.1).await;
    sync(&dewi.1).await;
    assert!(
        families(&dewi.1).contains(&kpm),
        "a draft is never taken away"
    );

    answer_all(&dewi.1, &mut draft);
    let draft = save_draft(&dewi.1, &draft).await.unwrap();
    let finished = finish(&dewi.1, &draft).await;
    sync(&dewi.1).await;
    assert_eq!((shown(&dewi.1).waiting, shown(&dewi.1).refused), (0, 0));
    assert!(!families(&dewi.1).contains(&kpm), "settled, so it goes");
    sync(&budi.1).await;
    let seen = open_family(&budi.1, kpm).await.unwrap().kpm;
    assert_eq!(seen.last.map(|last| last.id), Some(finished.id));
}

#[tokio::test]
async fn a_note_that_was_begun_keeps_the_family_until_it_is_sent() {
    let endpoint = Endpoint::with_families(3).await;
    let (dewi, budi) = two_phones(&endpoint).await;
    let kpm = families(&dewi.1)[0];
    assess(&dewi.1, kpm).await;
    sync(&dewi.1).await;
    let mut draft = start_note(&dewi.1, kpm, "visit").await.unwrap();
    let done = Answer::asked(Value::Codes(vec!["talk".into()]));
    draft.answers.set(FactPath::family("visit.done"), done);
    let mut draft = save_draft(&dewi.1, &draft).await.unwrap();
    hand_over(&endpoint, kpm, &budi.1).await;
    sync(&dewi.1).await;
    assert!(families(&dewi.1).contains(&kpm), "begun work stays");

    let next = Answer::asked(Value::Date(Date::parse("2027-01-04").unwrap()));
    draft.answers.set(FactPath::family("visit.next_on"), next);
    let draft = save_draft(&dewi.1, &draft).await.unwrap();
    finish_record(&dewi.1, &draft, &[]).await.unwrap();
    sync(&dewi.1).await;
    assert_eq!((shown(&dewi.1).waiting, shown(&dewi.1).refused), (0, 0));
    assert!(!families(&dewi.1).contains(&kpm), "settled, so it goes");
    sync(&budi.1).await;
    let seen = open_family(&budi.1, kpm).await.unwrap().kpm;
    assert!(seen.notes.last("visit").is_some());
}

#[tokio::test]
async fn what_waits_when_the_family_is_handed_over_is_sent_first() {
    let endpoint = Endpoint::with_families(3).await;
    let (dewi, budi) = two_phones(&endpoint).await;
    let kpm = families(&dewi.1)[0];
    dewi.0.disconnect();
    assess(&dewi.1, kpm).await;
    hand_over(&endpoint, kpm, &budi.1).await;
    dewi.0.connect(&endpoint);
    sync(&dewi.1).await;
    assert_eq!((shown(&dewi.1).waiting, shown(&dewi.1).refused), (0, 0));
    assert!(!families(&dewi.1).contains(&kpm));
}

async fn two_phones(endpoint: &Endpoint) -> ((Phone, Services), (Phone, Services)) {
    let (first, second) = (Phone::new(1), Phone::new(2));
    let (dewi, budi) = (
        first.sign_in(endpoint, 0).await,
        second.sign_in(endpoint, 1).await,
    );
    ((first, dewi), (second, budi))
}

async fn hand_over(endpoint: &Endpoint, kpm: KpmId, to: &Services) {
    let db = &endpoint.state.db;
    db.hand_over(to.person.area, kpm, to.person.user)
        .await
        .unwrap();
}
