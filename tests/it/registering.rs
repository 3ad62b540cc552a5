//! Registering a family that no list knows, on a phone without signal.

use crate::phone::{Endpoint, Phone, assess, families, shown, sync};
use naik_kelas_app::{
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
    kpm::JourneyState,
    likeness::{Because, born},
};

/// A registration as it was typed, saved.
async fn typed(services: &Services, name: &str, born: &str, village: &str) -> Draft {
    let kpm = begun_on(services, "register").await.unwrap();
    let mut draft = start_note(services, kpm, "register").await.unwrap();
    let head = draft.members[0];
    for (fact, value) in [
        ("name", Value::Text(name.into())),
        ("sex", Value::Code("female".into())),
        ("birth_date", Value::Date(Date::parse(born).unwrap())),
    ] {
        let path = FactPath::member(head, fact);
        draft.answers.set(path, Answer::asked(value));
    }
    for (fact, text) in [("village", village), ("register.address", "Dusun Pahing")] {
        let answer = Answer::asked(Value::Text(text.into()));
        draft.answers.set(FactPath::family(fact), answer);
    }
    save_draft(services, &draft).await.unwrap()
}

async fn keep(services: &Services, draft: &Draft, others: &[KpmId]) -> Result<(), FinishError> {
    let finished = finish_record(services, draft, others).await;
    Bench::run_tasks().await;
    finished
}

#[tokio::test]
async fn a_family_registered_without_signal_can_be_assessed_at_once_and_reaches_the_endpoint() {
    let endpoint = Endpoint::with_families(3).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    phone.disconnect();
    let (village, name) = services.caseload.villages()[0].clone();
    let draft = typed(&services, "Rukmini Contoh", "1990-04-14", &village).await;
    // What was begun is found again.
    assert_eq!(begun_on(&services, "register").await, Ok(draft.kpm));
    keep(&services, &draft, &[]).await.unwrap();
    assert_ne!(begun_on(&services, "register").await, Ok(draft.kpm));

    let held = open_family(&services, draft.kpm).await.unwrap().kpm;
    assert_eq!(
        (held.name.as_str(), &held.village_name),
        ("Rukmini Contoh", &name)
    );
    assert_eq!((held.state, held.roster.len()), (JourneyState::Assisted, 1));
    assert!(families(&services).contains(&draft.kpm));
    assess(&services, draft.kpm).await;
    assert_eq!(list_outbox(&services).await.unwrap().len(), 2);
    phone.connect(&endpoint);
    sync(&services).await;
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 0));

    // The same person's other phone has the same family.
    let other = Phone::new(2);
    let twin = other.sign_in(&endpoint, 0).await;
    sync(&twin).await;
    let here = open_family(&services, draft.kpm).await.unwrap().kpm;
    assert_eq!(open_family(&twin, draft.kpm).await.unwrap().kpm, here);
    assert_eq!(here.state, JourneyState::Assessed);
    assert_eq!(here.registered, Some(draft.on));
}

#[tokio::test]
async fn a_family_that_is_here_already_is_found_however_it_is_spelt_and_a_person_decides() {
    let endpoint = Endpoint::with_families(40).await;
    let services = Phone::new(1).sign_in(&endpoint, 0).await;
    let known = families(&services)[7];
    let known = open_family(&services, known).await.unwrap().kpm;
    let head = known.roster[0].id;
    let birth = born(&known, head).unwrap();
    let name = known
        .known
        .get(&FactPath::member(head, "name"))
        .and_then(Answer::value);
    let Some(Value::Text(name)) = name else {
        panic!("a name")
    };
    // As somebody else would write it.
    let spelt = name.to_uppercase().replace('F', "V").replace('Y', "I");
    let village = known.village.unwrap().to_string();
    let draft = typed(&services, &spelt, &birth.to_string(), &village).await;
    let Err(FinishError::Alike(alike)) = keep(&services, &draft, &[]).await else {
        panic!("it is here already")
    };
    assert_eq!(
        (alike[0].kpm, alike[0].because),
        (known.id, Because::NameAndBirthDate)
    );
    assert_eq!(families(&services).len(), 40, "nothing was kept");

    let others: Vec<KpmId> = alike.iter().map(|alike| alike.kpm).collect();
    keep(&services, &draft, &others).await.unwrap();
    sync(&services).await;
    assert_eq!(
        (families(&services).len(), shown(&services).refused),
        (41, 0)
    );
    let area = services.person.area;
    let likely = endpoint.state.db.likely(area, draft.kpm).await.unwrap();
    assert_eq!(likely, [(known.id, "name_birth_date".to_owned())]);
}

#[tokio::test]
async fn a_registration_lacks_nothing_that_is_needed() {
    let endpoint = Endpoint::with_families(2).await;
    let services = Phone::new(1).sign_in(&endpoint, 0).await;
    let village = services.caseload.villages()[0].0.clone();
    let mut draft = typed(&services, "Rukmini Contoh", "1990-04-14", &village).await;
    draft.answers.remove(&FactPath::family("village"));
    let refused = keep(&services, &draft, &[]).await;
    assert!(
        matches!(refused, Err(FinishError::NotYet(_))),
        "{refused:?}"
    );
    assert_eq!(families(&services).len(), 2);
}

#[tokio::test]
async fn a_family_of_whom_only_an_age_is_known_is_registered_and_written_about() {
    let endpoint = Endpoint::with_families(2).await;
    let services = Phone::new(1).sign_in(&endpoint, 0).await;
    let village = services.caseload.villages()[0].0.clone();
    let mut draft = typed(&services, "Rukmini Contoh", "1990-04-14", &village).await;
    let mark = FactPath::member(draft.members[0], "birth_date_approximate");
    draft
        .answers
        .set(mark.clone(), Answer::asked(Value::Bool(true)));
    let draft = save_draft(&services, &draft).await.unwrap();
    keep(&services, &draft, &[]).await.unwrap();
    let held = open_family(&services, draft.kpm).await.unwrap().kpm;
    assert!(held.known.get(&mark).is_some(), "it stays an estimate");

    let mut visit = start_note(&services, draft.kpm, "visit").await.unwrap();
    for (fact, value) in [
        ("visit.done", Value::Codes(vec!["talk".into()])),
        ("visit.next_on", Value::Date(services.today())),
    ] {
        visit
            .answers
            .set(FactPath::family(fact), Answer::asked(value));
    }
    let visit = save_draft(&services, &visit).await.unwrap();
    keep(&services, &visit, &[]).await.unwrap();
    sync(&services).await;
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 0));
}
