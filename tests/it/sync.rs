//! Bad networks, refusals, and how little is said when there is nothing to say.

use crate::phone::{Endpoint, NOON, Phone, Way, answer_all, assess, families, finish, shown, sync};
use naik_kelas_app::{
    platform::Bench,
    sync::SyncTrouble,
    usecase::{OutboxStatus, ResendError, list_outbox, open_family, resend_refused, save_draft},
};
use naik_kelas_domain::{Millis, wire::v1::RefusalCode};

#[tokio::test]
async fn nothing_to_say_is_one_request() {
    let endpoint = Endpoint::with_families(3).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    endpoint.requests();
    sync(&services).await;
    assert_eq!(endpoint.requests(), 1);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_asked_for_again_and_counts_once() {
    let endpoint = Endpoint::with_families(6).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    phone.disconnect();
    let (before, _) = endpoint.tally().await;
    for kpm in families(&services).into_iter().take(3) {
        assess(&services, kpm).await;
    }
    phone.bench.connect(Some(endpoint.by(Way::LosesAnswers)));
    sync(&services).await;
    assert_eq!(shown(&services).trouble, Some(SyncTrouble::Offline));
    assert_eq!(shown(&services).waiting, 3, "no receipt came");
    assert_eq!(endpoint.tally().await, (before + 3, 0));
    phone.connect(&endpoint);
    // The timer of the backoff rings.
    Bench::ring().await;
    assert_eq!(shown(&services).waiting, 0);
    assert_eq!(endpoint.tally().await, (before + 3, 0));
}

#[tokio::test]
async fn a_captive_portal_is_no_server() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    phone.bench.connect(Some(endpoint.by(Way::CaptivePortal)));
    assess(&services, families(&services)[0]).await;
    assert_eq!(shown(&services).trouble, Some(SyncTrouble::CaptivePortal));
    assert_eq!(shown(&services).waiting, 1);
}

#[tokio::test]
async fn a_refused_visit_blocks_no_other_and_can_be_mended() {
    let endpoint = Endpoint::with_families(6).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    phone.disconnect();
    let (before, _) = endpoint.tally().await;
    let all = families(&services);
    assess(&services, all[0]).await;
    // The endpoint's calendar is some days behind this visit: for it, the visit lies in the future.
    phone.bench.pass(3 * 86_400_000);
    let bad = assess(&services, all[1]).await;
    phone.bench.pass(-3 * 86_400_000);
    assess(&services, all[2]).await;
    phone.connect(&endpoint);
    sync(&services).await;
    assert_eq!(endpoint.tally().await, (before + 2, 1));
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 1));
    let outbox = list_outbox(&services).await.unwrap();
    assert_eq!(outbox.len(), 1);
    assert_eq!(
        outbox[0].status,
        OutboxStatus::Refused(RefusalCode::FutureDate)
    );
    assert_eq!(outbox[0].kpm, Some(all[1]));
    assert!(!outbox[0].family_name.is_empty());

    // Opened again, it is a new assessment that replaces the refused one, and the refused one stays until then.
    let mut draft = resend_refused(&services, outbox[0].entry).await.unwrap();
    assert_eq!(
        resend_refused(&services, outbox[0].entry).await,
        Err(ResendError::DraftOpen)
    );
    assert_eq!(list_outbox(&services).await.unwrap().len(), 1);
    answer_all(&services, &mut draft);
    let draft = save_draft(&services, &draft).await.unwrap();
    let mended = finish(&services, &draft).await;
    assert_eq!(mended.replaces, Some(bad.id));
    Bench::run_tasks().await;
    assert_eq!(list_outbox(&services).await.unwrap(), []);
    assert_eq!(endpoint.tally().await, (before + 3, 1));
}

#[tokio::test]
async fn many_visits_go_up_in_pages_and_many_families_come_down_in_pages() {
    let endpoint = Endpoint::with_families(60).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    assert_eq!(families(&services).len(), 60);
    phone.disconnect();
    let (before, _) = endpoint.tally().await;
    for kpm in families(&services).into_iter().take(40) {
        assess(&services, kpm).await;
    }
    phone.connect(&endpoint);
    endpoint.requests();
    sync(&services).await;
    assert_eq!(shown(&services).waiting, 0);
    assert_eq!(endpoint.tally().await, (before + 40, 0));
    let requests = endpoint.requests();
    assert!((2..=8).contains(&requests), "{requests} requests");
}

#[tokio::test]
async fn a_phone_whose_clock_is_wrong_dates_visits_by_the_servers() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    phone.bench.pass(-400 * 86_400_000);
    let services = phone.sign_in(&endpoint, 0).await;
    let finished = assess(&services, families(&services)[0]).await;
    assert_eq!(finished.decision.on.to_string(), "2026-11-24");
    assert_eq!(shown(&services).clock_offset, Some(400 * 86_400_000));
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 0));
    assert_eq!(
        finished.finished,
        Millis(NOON.0 - 400 * 86_400_000),
        "the phone's own time stays beside it"
    );
}

#[tokio::test]
async fn what_one_phone_assessed_the_persons_other_phone_learns_with_its_next_sync() {
    let endpoint = Endpoint::with_families(4).await;
    let (first, second) = (Phone::new(1), Phone::new(2));
    let one = first.sign_in(&endpoint, 0).await;
    let two = second.sign_in(&endpoint, 0).await;
    let kpm = families(&one)[0];
    let finished = assess(&one, kpm).await;
    sync(&two).await;
    let seen = open_family(&two, kpm).await.unwrap().kpm;
    assert_eq!(seen.last.map(|last| last.id), Some(finished.id));
    assert_eq!(
        two.caseload.summary(kpm).unwrap().readiness,
        Some(finished.decision.readiness)
    );
}
