//! The main job: a visit without signal, and what becomes of it.

use crate::phone::{Endpoint, NOON, Phone, Way, answer_all, assess, families, finish, shown, sync};
use naik_kelas_app::{
    assess as rules,
    platform::Bench,
    sync::SyncTrouble,
    usecase::{
        BootError, OutboxStatus, SaveError, SignInError, accept_loss, boot, discard_draft,
        list_outbox, open_family, save_draft, sign_in_again, sign_out, start_assessment,
    },
};
use naik_kelas_domain::{
    Millis, Value,
    answer::{Answer, FactPath, Reply},
    freeze,
    id::MemberId,
    kpm::{JourneyState, LeftBecause},
};

#[tokio::test]
async fn a_visit_without_signal_reaches_the_endpoint_once_and_the_same_persons_other_phone() {
    let endpoint = Endpoint::with_families(6).await;
    let (before, _) = endpoint.tally().await;
    let phone = Phone::new(1);
    phone.sign_in(&endpoint, 0).await;
    phone.disconnect();
    // The browser process ends; the app opens from what lies on the phone.
    let services = phone.open().await;
    let kpm = families(&services)[0];
    let finished = assess(&services, kpm).await;
    assert_eq!(shown(&services).waiting, 1);
    assert_eq!(shown(&services).last_receipt, None, "no receipt, no green");
    let family = open_family(&services, kpm).await.unwrap();
    assert_eq!(family.draft, None);
    assert_eq!(
        family.kpm.last.as_ref().map(|last| last.id),
        Some(finished.id)
    );
    assert!(family.kpm.state >= JourneyState::Assessed);

    phone.connect(&endpoint);
    sync(&services).await;
    assert_eq!(shown(&services).waiting, 0);
    assert_eq!(shown(&services).refused, 0);
    assert_eq!(shown(&services).last_receipt, Some(NOON));
    assert_eq!(endpoint.tally().await, (before + 1, 0));

    let pack = services.packs.get(&finished.decision.pack.hash).unwrap();
    let again = freeze::freeze(
        &pack,
        finished.decision.on,
        &finished.members,
        &finished.answers,
    );
    assert_eq!(
        again,
        Ok(finished.decision.clone()),
        "decided again from what was kept"
    );

    let other = Phone::new(2);
    let services = other.sign_in(&endpoint, 0).await;
    let seen = open_family(&services, kpm).await.unwrap().kpm;
    assert_eq!(seen, family.kpm);
}

#[tokio::test]
async fn the_first_start_needs_signal_and_says_so() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    assert_eq!(
        phone.try_sign_in(&endpoint, 0).await.err(),
        Some(SignInError::Offline)
    );
    phone.bench.connect(Some(endpoint.by(Way::CaptivePortal)));
    assert_eq!(
        phone.try_sign_in(&endpoint, 0).await.err(),
        Some(SignInError::CaptivePortal)
    );
    phone.connect(&endpoint);
    let wrong =
        naik_kelas_app::usecase::sign_in(&phone.door().await, "pendamping1", "salah", false).await;
    assert_eq!(wrong.err(), Some(SignInError::WrongNameOrPassword));
    assert!(phone.try_sign_in(&endpoint, 0).await.is_ok());
}

#[tokio::test]
async fn an_interrupted_visit_is_resumed_where_it_was_left() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let kpm = families(&services)[0];
    let mut draft = start_assessment(&services, kpm).await.unwrap();
    let pack = services.packs.get(&draft.pack.hash).unwrap();
    let path = FactPath::family("savings");
    assert!(rules::apply_answer(
        &pack,
        &mut draft,
        path.clone(),
        Some(Answer::unknown())
    ));
    draft.at = Some(path.clone());
    let saved = save_draft(&services, &draft).await.unwrap();
    drop(services);

    phone.disconnect();
    let services = phone.open().await;
    let resumed = start_assessment(&services, kpm).await.unwrap();
    assert_eq!(resumed, saved);
    assert_eq!(
        resumed.answers.get(&path).map(|answer| &answer.reply),
        Some(&Reply::Unknown)
    );
    assert!(
        services
            .caseload
            .summary(kpm)
            .unwrap()
            .draft_since
            .is_some()
    );
    discard_draft(&services, &resumed).await.unwrap();
    assert_eq!(open_family(&services, kpm).await.unwrap().draft, None);
    assert_eq!(services.caseload.summary(kpm).unwrap().draft_since, None);
}

#[tokio::test]
async fn a_slip_of_the_thumb_elsewhere_clears_nothing_and_what_does_not_apply_is_not_kept() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let mut draft = start_assessment(&services, families(&services)[0])
        .await
        .unwrap();
    let pack = services.packs.get(&draft.pack.hash).unwrap();
    answer_all(&services, &mut draft);
    let code = |code: &str| Some(Answer::asked(Value::Code(code.to_owned())));
    let (toilet, closet) = (
        FactPath::family("housing.toilet"),
        FactPath::family("housing.closet"),
    );
    let typed = pack
        .codes(pack.fact_index("housing.closet").unwrap())
        .last()
        .unwrap()
        .code
        .clone();
    let own = pack.codes(pack.fact_index("housing.toilet").unwrap())[0]
        .code
        .clone();
    rules::apply_answer(&pack, &mut draft, toilet.clone(), code(&own));
    rules::apply_answer(&pack, &mut draft, closet.clone(), code(&typed));
    rules::apply_answer(&pack, &mut draft, toilet.clone(), code("none"));
    let without = rules::evaluate(&pack, &draft);
    let at = rules::fact_of(&pack, &draft, &closet).unwrap();
    assert_ne!(
        without.family.get(&pack, at).value(),
        Some(Value::Code(typed.clone()))
    );
    let settled = rules::settled(&pack, &draft, &without.form);
    assert_ne!(
        settled.get(&closet).and_then(Answer::value),
        Some(&Value::Code(typed.clone()))
    );
    rules::apply_answer(&pack, &mut draft, toilet, code(&own));
    let with = rules::evaluate(&pack, &draft);
    assert_eq!(with.family.get(&pack, at).value(), Some(Value::Code(typed)));
}

#[tokio::test]
async fn people_come_and_go_and_the_roster_follows_when_the_visit_is_finished() {
    let endpoint = Endpoint::with_families(6).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let kpm = {
        let mut found = None;
        for kpm in families(&services) {
            if open_family(&services, kpm)
                .await
                .unwrap()
                .kpm
                .present()
                .count()
                >= 3
            {
                found = Some(kpm);
            }
        }
        found.unwrap()
    };
    let mut draft = start_assessment(&services, kpm).await.unwrap();
    answer_all(&services, &mut draft);
    let leaver = *draft.members.last().unwrap();
    rules::remove_member(&mut draft, leaver, LeftBecause::Moved);
    assert!(rules::restore_member(&mut draft, leaver));
    rules::remove_member(&mut draft, leaver, LeftBecause::Moved);
    let newcomer = MemberId::new(NOON, [3; 10]);
    let date = naik_kelas_domain::Date::parse("2026-10-01").unwrap();
    let code = |code: &str| Answer::asked(Value::Code(code.to_owned()));
    let pack = services.packs.get(&draft.pack.hash).unwrap();
    let first = ["sex", "relation"].map(|fact| {
        let codes = pack.codes(pack.fact_index(&format!("members.{fact}")).unwrap());
        (fact.to_owned(), code(&codes.last().unwrap().code))
    });
    let born = ("birth_date".to_owned(), Answer::asked(Value::Date(date)));
    let name = (
        "name".to_owned(),
        Answer::asked(Value::Text("Bayi Contoh".to_owned())),
    );
    assert!(rules::add_member(
        &mut draft,
        newcomer,
        first.into_iter().chain([born, name])
    ));
    let draft = save_draft(&services, &draft).await.unwrap();
    let finished = finish(&services, &draft).await;
    assert!(
        finished
            .answers
            .iter()
            .all(|(path, _)| !matches!(path, FactPath::Member(member, _) if *member == leaver))
    );
    let present: Vec<_> = open_family(&services, kpm)
        .await
        .unwrap()
        .kpm
        .present()
        .collect();
    assert!(present.contains(&newcomer) && !present.contains(&leaver));
    sync(&services).await;
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 0));
}

#[tokio::test]
async fn an_expired_token_stops_sending_and_nothing_else() {
    let endpoint = Endpoint::with_families(3).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    // Two months later, by both clocks.
    let later = Millis(NOON.0 + 60 * 86_400_000);
    endpoint.clock.set(later);
    phone.bench.pass(later.0 - NOON.0);
    let services_again = phone.open().await;
    assess(&services_again, families(&services)[0]).await;
    sync(&services_again).await;
    assert_eq!(
        shown(&services_again).trouble,
        Some(SyncTrouble::SignInAgain)
    );
    assert_eq!(
        list_outbox(&services_again).await.unwrap()[0].status,
        OutboxStatus::Waiting
    );
    let account = &endpoint.state.practice[0];
    let other = &endpoint.state.practice[1];
    assert_eq!(
        sign_in_again(&services_again, &other.user, &other.password).await,
        Err(SignInError::OtherPerson)
    );
    sign_in_again(&services_again, &account.user, &account.password)
        .await
        .unwrap();
    Bench::run_tasks().await;
    assert_eq!(shown(&services_again).waiting, 0);
    assert_eq!(shown(&services_again).trouble, None);
}

#[tokio::test]
async fn two_tabs_on_one_draft_do_not_overwrite_each_other() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let first = phone.sign_in(&endpoint, 0).await;
    let second = phone.open().await;
    let kpm = families(&first)[0];
    let draft = start_assessment(&first, kpm).await.unwrap();
    let same = start_assessment(&second, kpm).await.unwrap();
    assert_eq!(draft, same);
    save_draft(&first, &draft).await.unwrap();
    assert_eq!(
        save_draft(&second, &same).await,
        Err(SaveError::ChangedInAnotherTab)
    );
    // Drafts of different families in the same page of summaries are no conflict.
    let other = families(&second)[1];
    let begun = start_assessment(&second, other).await.unwrap();
    save_draft(&second, &begun).await.unwrap();
    let third = phone.open().await;
    for kpm in [kpm, other] {
        assert!(third.caseload.summary(kpm).unwrap().draft_since.is_some());
    }
}

#[tokio::test]
async fn two_people_share_a_phone_and_neither_loses_or_sees_the_others_work() {
    let endpoint = Endpoint::with_families(3).await;
    let phone = Phone::new(1);
    let dewi = phone.sign_in(&endpoint, 0).await;
    let hers = families(&dewi);
    phone.disconnect();
    assess(&dewi, hers[0]).await;
    sign_out(&dewi).await.unwrap();

    let budi = phone.sign_in(&endpoint, 1).await;
    assert!(families(&budi).iter().all(|kpm| !hers.contains(kpm)));
    assert_eq!(list_outbox(&budi).await.unwrap(), []);
    assert_eq!(shown(&budi).waiting, 0);
    sign_out(&budi).await.unwrap();

    let dewi = phone.sign_in(&endpoint, 0).await;
    assert_eq!(families(&dewi), hers);
    assert_eq!(shown(&dewi).waiting, 0, "sent after signing in again");
    assert_eq!(shown(&dewi).last_receipt, Some(NOON));
}

#[tokio::test]
async fn a_database_that_the_browser_cleared_is_noticed() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    phone.sign_in(&endpoint, 0).await;
    phone.bench.evict();
    assert_eq!(
        boot(phone.platform.clone()).await.err(),
        Some(BootError::LostDatabase)
    );
    accept_loss(&phone.platform);
    assert!(phone.try_sign_in(&endpoint, 0).await.is_ok());
}
