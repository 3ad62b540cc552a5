//! A phone's day: families down, assessments up, receipts, a second phone.

use super::*;
use naik_kelas_domain::{
    Value,
    answer::{Answer as Said, FactPath},
    id::EntryId,
    kpm::JourneyState,
    wire::v1::Payload,
};

#[tokio::test]
async fn a_first_sync_brings_the_caseload_and_the_pack_and_is_written_down() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    let answer = phone.send(&server, &phone.envelope(Vec::new())).await;
    let response: SyncResponse = v1::from_bytes(&answer.body).unwrap();
    assert_eq!((response.changes.len(), response.more), (6, false));
    assert_eq!(response.server_time, NOON);

    let offer = &response.packs[0];
    assert_eq!(offer.id, "graduasi-2026");
    let pack = server
        .get(
            &format!("/api/v1/packs/{}", crate::plain::hex(&offer.hash)),
            &[],
        )
        .await;
    assert_eq!(pack.body, testing::pack_bytes());
    assert!(pack.header("cache-control").contains("immutable"));
    for path in [
        "/api/v1/packs/00",
        &format!("/api/v1/packs/{}", "0".repeat(64)),
    ] {
        assert_eq!(
            server.get(path, &[]).await.problem(),
            (404, "not-found".to_owned())
        );
    }

    // Nobody signed it.
    let signed = format!("/api/v1/packs/{}/signed", crate::plain::hex(&offer.hash));
    assert_eq!(server.get(&signed, &[]).await.problem().0, 404);

    phone.sync(&server, &[]).await;
    let assessed = phone
        .families
        .iter()
        .filter(|kpm| kpm.state != JourneyState::Assisted);
    assert_eq!(assessed.count(), 2);
    let tally = server.state.db.tally(phone.session.area).await.unwrap();
    assert_eq!(
        tally.audit, 2,
        "one row for each request that read families"
    );
}

#[tokio::test]
async fn a_refused_entry_among_good_ones_blocks_none_and_asking_again_answers_the_same() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let good = phone.assess(1, 1, 1000).to_bytes();
    let mut tampered = phone.assess(2, 2, 1000);
    if let Payload::AssessmentFinished(assessment) = &mut tampered.payload {
        assessment.decision.outcomes[0].amount = Some(999_999_999);
    }
    // What cannot be read had its place in the chain too.
    phone.next += 1;
    let last = phone.assess(3, 3, 1000).to_bytes();
    let entries = [good, tampered.to_bytes(), b"rubbish".to_vec(), last];
    let before = phone.chain;
    let first = phone.sync(&server, &entries).await;
    let [
        ReceiptOutcome::Accepted(one),
        differs,
        unreadable,
        ReceiptOutcome::Accepted(two),
    ] = first[..]
    else {
        panic!("{first:?}")
    };
    assert_eq!(
        differs,
        ReceiptOutcome::Refused(RefusalCode::DecisionDiffers)
    );
    assert_eq!(unreadable, ReceiptOutcome::Refused(RefusalCode::Unreadable));
    assert!(two > one);
    phone.chain = before;
    let again = phone.sync(&server, &entries).await;
    assert_eq!(
        again,
        [
            ReceiptOutcome::AlreadyHad(one),
            differs,
            unreadable,
            ReceiptOutcome::AlreadyHad(two)
        ]
    );
    let tally = server.state.db.tally(phone.session.area).await.unwrap();
    assert_eq!(
        (tally.entries, tally.refused, tally.broken_links),
        (6 + 2, 2, 0)
    );
}

#[tokio::test]
async fn one_identity_with_other_content_is_a_cloned_phone() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let original = phone.assess(0, 1, 1000);
    let mut clone = phone.assess(0, 2, 2000);
    clone.id = original.id;
    let outcomes = phone
        .sync(&server, &[original.to_bytes(), clone.to_bytes()])
        .await;
    assert!(matches!(outcomes[0], ReceiptOutcome::Accepted(_)));
    assert_eq!(
        outcomes[1],
        ReceiptOutcome::Refused(RefusalCode::HashConflict)
    );
}

#[tokio::test]
async fn the_same_persons_other_phone_hears_of_it_and_a_strangers_does_not() {
    let server = server().await;
    let mut one = Phone::new(&server, 0, 1).await;
    let mut two = Phone::new(&server, 0, 2).await;
    let mut stranger = Phone::new(&server, 1, 3).await;
    for phone in [&mut one, &mut two, &mut stranger] {
        phone.sync(&server, &[]).await;
        assert_eq!(phone.families.len(), 6);
    }
    let entry = one.assess(0, 1, 77_000);
    let kpm = entry.kpm;
    let Payload::AssessmentFinished(sent) = entry.payload.clone() else {
        panic!("an assessment")
    };
    let expected = one.families[0].clone().after(&sent);
    one.sync(&server, &[entry.to_bytes()]).await;
    two.sync(&server, &[]).await;
    stranger.sync(&server, &[]).await;
    let held = |phone: &Phone| {
        phone
            .families
            .iter()
            .find(|family| family.id == kpm)
            .cloned()
    };
    assert_eq!(held(&two), Some(expected));
    assert_eq!(held(&stranger), None);
    // The phone that wrote it holds the same already, and is not sent it again.
    let answer = one.send(&server, &one.envelope(Vec::new())).await;
    let response: SyncResponse = v1::from_bytes(&answer.body).unwrap();
    assert_eq!(response.changes, []);
}

#[tokio::test]
async fn after_a_hand_over_old_work_is_taken_and_reaches_the_new_holder() {
    let server = server().await;
    let mut old = Phone::new(&server, 0, 1).await;
    let mut new = Phone::new(&server, 1, 2).await;
    old.sync(&server, &[]).await;
    new.sync(&server, &[]).await;
    let written_before = old.assess(0, 1, 5_000);
    let kpm = written_before.kpm;
    server
        .state
        .db
        .hand_over(old.session.area, kpm, new.session.user)
        .await
        .unwrap();
    let outcomes = old.sync(&server, &[written_before.to_bytes()]).await;
    assert!(matches!(outcomes[0], ReceiptOutcome::Accepted(_)));
    assert!(
        !old.families.iter().any(|family| family.id == kpm),
        "the tombstone came"
    );
    new.sync(&server, &[]).await;
    let family = new.families.iter().find(|family| family.id == kpm).unwrap();
    assert_eq!(
        family.known.get(&FactPath::family("savings")),
        Some(&Said::asked(Value::Int(5_000)))
    );
    assert_eq!(new.families.len(), 7);
}

#[tokio::test]
async fn a_phone_that_lost_its_cursor_gets_everything_again() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let entry = phone.assess(0, 1, 5_000);
    phone.sync(&server, &[entry.to_bytes()]).await;
    for cursor in [None, Some(b"rubbish".to_vec().into())] {
        phone.cursor = cursor;
        phone.families.clear();
        phone.sync(&server, &[]).await;
        assert_eq!(phone.families.len(), 6);
        let own = phone
            .families
            .iter()
            .find(|family| family.id == entry.kpm)
            .unwrap();
        assert_eq!(
            own.last.as_ref().map(|last| last.on),
            Some(testing::today())
        );
    }
}

#[tokio::test]
async fn the_chain_goes_on_after_signing_in_again() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let entries = [
        phone.assess(0, 1, 1).to_bytes(),
        phone.assess(1, 2, 2).to_bytes(),
    ];
    phone.sync(&server, &entries).await;
    assert_eq!(server.sign_in(0, phone.device).await.next_seq, 3);
}

#[tokio::test]
async fn nothing_to_say_costs_little_and_writes_nothing() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let before = server.state.db.tally(phone.session.area).await.unwrap();
    let request = phone.envelope(Vec::new());
    let answer = phone.send(&server, &request).await;
    let headers: usize = answer
        .headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    let ours = v1::to_bytes(&request).len() + phone.bearer().len() + answer.body.len() + headers;
    // A browser's own request headers are some 700 bytes.
    assert!(
        ours + 700 <= 1500,
        "{ours} bytes beside the browser's own headers"
    );
    assert_eq!(
        server.state.db.tally(phone.session.area).await.unwrap(),
        before
    );
}

#[tokio::test]
async fn a_coordinator_records_no_assessment() {
    let server = server().await;
    let mut facilitator = Phone::new(&server, 0, 1).await;
    facilitator.sync(&server, &[]).await;
    let mut coordinator = Phone::new(&server, 2, 2).await;
    coordinator.sync(&server, &[]).await;
    assert_eq!(coordinator.families, []);
    coordinator.families = facilitator.families.clone();
    let mut entry = coordinator.assess(0, 1, 1);
    entry.id = EntryId::from_bytes([5; 16]);
    let outcomes = coordinator.sync(&server, &[entry.to_bytes()]).await;
    assert_eq!(
        outcomes,
        [ReceiptOutcome::Refused(RefusalCode::NotYourFamily)]
    );
}

#[tokio::test]
async fn a_caseload_of_150_families_comes_in_few_pages_that_are_small_on_the_wire() {
    let folder = tempfile::tempdir().unwrap();
    let packs = [testing::pack_bytes().to_vec()];
    let clock = crate::clock::Clock::held(NOON);
    let district = crate::practice::District::default();
    let state = crate::practice::server(folder.path(), &packs, clock, district);
    let state = state.await.unwrap();
    let server = Server {
        state,
        _folder: folder,
    };
    let mut phone = Phone::new(&server, 0, 1).await;
    let bearer = phone.bearer();
    let headers = [
        CBOR[0],
        ("authorization", bearer.as_str()),
        ("accept-encoding", "gzip"),
    ];
    let (mut pages, mut wire) = (0, 0);
    loop {
        let body = v1::to_bytes(&phone.envelope(Vec::new()));
        let answer = server.post("/api/v1/sync", &headers, body).await;
        pages += 1;
        wire += answer.body.len();
        assert!(
            answer.body.len() <= 64 * 1024,
            "{} bytes",
            answer.body.len()
        );
        let mut plain = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(&answer.body[..]);
        std::io::Read::read_to_end(&mut decoder, &mut plain).unwrap();
        let response: SyncResponse = v1::from_bytes(&plain).unwrap();
        for change in response.changes {
            phone.hear(change);
        }
        phone.cursor = Some(response.cursor);
        if !response.more {
            break;
        }
    }
    assert_eq!(phone.families.len(), 150);
    assert!(pages <= 4, "{pages} pages");
    assert!(wire <= 120_000, "{wire} bytes");
}
