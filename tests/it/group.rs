//! The meeting of a group: one page, a note of each family that came, all or none of them.

use crate::phone::{Endpoint, Phone, families, shown, sync};
use naik_kelas_app::{
    assess::attending,
    platform::Bench,
    services::Services,
    usecase::{
        FinishError, begun_on, finish_record, list_outbox, open_family, save_draft, start_note,
    },
};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, FactPath},
    assessment::Draft,
    id::KpmId,
};

/// The meeting of today on this topic, with those who came.
async fn meeting(services: &Services, topic: &str, came: &[KpmId]) -> Draft {
    let group = begun_on(services, "group").await.unwrap();
    let mut draft = start_note(services, group, "group").await.unwrap();
    let topic = Answer::asked(Value::Code(topic.into()));
    draft.answers.set(FactPath::family("group.topic"), topic);
    let came: Vec<String> = came.iter().map(ToString::to_string).collect();
    attending::attends(&mut draft, &came, true);
    save_draft(services, &draft).await.unwrap()
}

async fn keep(services: &Services, draft: &Draft) -> Result<(), FinishError> {
    let finished = finish_record(services, draft, &[]).await;
    Bench::run_tasks().await;
    finished
}

async fn topics(services: &Services, kpm: KpmId) -> Vec<String> {
    let kpm = open_family(services, kpm).await.unwrap().kpm;
    let of_group = kpm.notes.0.iter().filter(|note| note.form == "group");
    let topic = of_group.filter_map(|note| note.code("group.topic").map(str::to_owned));
    topic.collect()
}

#[tokio::test]
async fn each_family_of_a_group_of_forty_that_came_has_a_note_of_its_own() {
    let endpoint = Endpoint::with_families(45).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    phone.disconnect();
    let all = families(&services);
    let (came, absent) = all.split_at(40);
    let draft = meeting(&services, "health", came).await;
    // Begun, it is found again with everybody who was ticked.
    assert_eq!(begun_on(&services, "group").await, Ok(draft.kpm));
    assert_eq!(attending::families(&draft), came);
    keep(&services, &draft).await.unwrap();
    assert_eq!(list_outbox(&services).await.unwrap().len(), 40);
    phone.connect(&endpoint);
    sync(&services).await;
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 0));
    for kpm in came {
        assert_eq!(topics(&services, *kpm).await, ["health"]);
    }
    for kpm in absent {
        assert!(topics(&services, *kpm).await.is_empty());
    }
    // The chain goes on behind them, and the other phone sees the same.
    keep(&services, &meeting(&services, "money", &came[..1]).await)
        .await
        .unwrap();
    sync(&services).await;
    let twin = Phone::new(2).sign_in(&endpoint, 0).await;
    sync(&twin).await;
    assert_eq!(topics(&twin, came[0]).await, ["health", "money"]);
    assert_eq!(topics(&twin, came[39]).await, ["health"]);
    assert_eq!(endpoint.tally().await.1, 0);
}

#[tokio::test]
async fn a_meeting_that_has_not_been_or_of_nobody_is_not_kept() {
    let endpoint = Endpoint::with_families(3).await;
    let services = Phone::new(1).sign_in(&endpoint, 0).await;
    let all = families(&services);
    let mut draft = meeting(&services, "health", &all).await;
    let tomorrow = Answer::asked(Value::Date(Date::parse("2026-11-25").unwrap()));
    draft.answers.set(FactPath::family("group.on"), tomorrow);
    let draft = save_draft(&services, &draft).await.unwrap();
    let refused = keep(&services, &draft).await;
    assert!(
        matches!(refused, Err(FinishError::NotYet(_))),
        "{refused:?}"
    );

    let nobody = Draft {
        answers: meeting(&services, "health", &[]).await.answers,
        ..draft
    };
    let mut nobody = nobody;
    let ticked: Vec<String> = all.iter().map(ToString::to_string).collect();
    attending::attends(&mut nobody, &ticked, false);
    assert!(attending::attending(&nobody).is_empty());
    let today = Answer::asked(Value::Date(services.today()));
    nobody.answers.set(FactPath::family("group.on"), today);
    assert_eq!(keep(&services, &nobody).await, Err(FinishError::NotHere));
    assert!(list_outbox(&services).await.unwrap().is_empty());
}
