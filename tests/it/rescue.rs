//! Rescue files: made on one phone, handed in by whoever has signed in on another, taken once and as their author's.

use crate::phone::{Endpoint, NOON, Phone, answer_all, assess, families, pack, shown, sync};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use naik_kelas_app::{
    services::Services,
    store::{Batch, Table},
    usecase::{save_draft, sign_in_again, start_assessment},
};
use naik_kelas_domain::{
    access::Role,
    id::{DeviceId, EntryId, UserId},
    wire::v1::{Entry, Realm},
};
use naik_kelas_server::{
    clock::Clock,
    db::{Db, NewAccount},
    http::router,
    packs::Shelf,
    passwords::{self, Cost},
    practice::{self, District},
    rescue::ring,
    state::{ServerState, Setup},
};
use serde_json::{Value as Json, json};
use tower::ServiceExt;

/// The file as `public/recovery.js` makes it of what lies on the phone.
fn file(phone: &Phone) -> Json {
    let rows = |wanted: Table, prefix: &str| -> Vec<Json> {
        let everything = phone.store().everything().into_iter();
        everything
            .filter(|(table, key, _)| *table == wanted && key.starts_with(prefix))
            .map(|(_, key, bytes)| json!({"k": key, "v": 1, "b": STANDARD.encode(bytes)}))
            .collect()
    };
    json!({
        "format": "naik-kelas-rescue", "version": 1, "release": "test", "made": "2026-11-24T05:00:00.000Z",
        "wraps": rows(Table::Meta, "rescue/"),
        "tables": {
            "outbox": rows(Table::Outbox, ""), "refused": rows(Table::Refused, ""), "drafts": rows(Table::Drafts, ""),
        },
    })
}

async fn answered(state: &ServerState, request: Request) -> (u16, Json) {
    let response = router(state.clone()).oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

async fn handed(state: &ServerState, token: Option<&str>, body: impl Into<Body>) -> (u16, Json) {
    let mut request = Request::builder().method("POST").uri("/api/v1/rescue");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    answered(state, request.body(body.into()).unwrap()).await
}

/// Hands bytes in; the status, and what the endpoint says.
async fn hand_in(state: &ServerState, by: Option<&Services>, body: impl Into<Body>) -> (u16, Json) {
    let token = match by {
        Some(by) => by.records().session().await.unwrap(),
        None => None,
    };
    let token = token.map(|session| session.token);
    handed(state, token.as_deref(), body).await
}

async fn handed_in(endpoint: &Endpoint, by: &Services, file: &Json) -> Json {
    let (status, said) = hand_in(&endpoint.state, Some(by), file.to_string()).await;
    assert_eq!(status, 200, "{said}");
    said
}

fn became(received: u32, already: u32, drafts: u32, refused: Json) -> Json {
    json!({"received": received, "already": already, "drafts": drafts, "refused": refused})
}

async fn waiting(services: &Services) -> Vec<EntryId> {
    let queue = services.records().waiting(100).await.unwrap();
    queue.waiting.iter().map(|row| row.row.entry).collect()
}

/// A practice server, and a phone without signal on which so many assessments wait.
async fn stranded(assessments: usize) -> (Endpoint, Phone, Services) {
    let endpoint = Endpoint::with_families(assessments + 1).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    phone.disconnect();
    for kpm in families(&services).into_iter().take(assessments) {
        assess(&services, kpm).await;
    }
    (endpoint, phone, services)
}

async fn colleague(endpoint: &Endpoint) -> Services {
    Phone::new(2).sign_in(endpoint, 1).await
}

fn row(file: &mut Json, table: &str, at: usize) -> Vec<u8> {
    STANDARD
        .decode(file["tables"][table][at]["b"].as_str().unwrap())
        .unwrap()
}

/// Changes one byte of a wrap.
fn with_wrap_byte(file: &Json, at: usize, flipped: u8) -> Json {
    let mut other = file.clone();
    let mut wrap = STANDARD
        .decode(file["wraps"][0]["b"].as_str().unwrap())
        .unwrap();
    wrap[at] ^= flipped;
    other["wraps"][0]["b"] = STANDARD.encode(wrap).into();
    other
}

#[tokio::test]
async fn a_colleague_hands_the_file_in_and_it_is_taken_once_as_its_authors() {
    let (endpoint, phone, services) = stranded(3).await;
    let mut draft = start_assessment(&services, families(&services)[3])
        .await
        .unwrap();
    answer_all(&services, &mut draft);
    save_draft(&services, &draft).await.unwrap();
    let ids = waiting(&services).await;
    let file = file(&phone);
    let colleague = colleague(&endpoint).await;
    let regency = endpoint.state.areas()[0].code;
    let before = endpoint.state.db.tally(regency).await.unwrap();

    assert_eq!(
        handed_in(&endpoint, &colleague, &file).await,
        became(3, 0, 1, json!({}))
    );
    for id in &ids {
        let stored = endpoint
            .state
            .db
            .entry(regency, *id)
            .await
            .unwrap()
            .unwrap();
        let entry = Entry::from_bytes(&stored.bytes).unwrap();
        assert_eq!(
            entry.author, services.person.user,
            "never the one who hands it in"
        );
    }
    let after = endpoint.state.db.tally(regency).await.unwrap();
    assert_eq!(
        (after.entries, after.audit),
        (before.entries + 3, before.audit + 1)
    );
    assert_eq!(after.broken_links, before.broken_links, "the chain joins");

    assert_eq!(
        handed_in(&endpoint, &colleague, &file).await,
        became(0, 3, 1, json!({}))
    );
    let again = endpoint.state.db.tally(regency).await.unwrap();
    assert_eq!(
        (again.entries, again.last),
        (after.entries, after.last),
        "nothing is counted twice"
    );

    phone.connect(&endpoint);
    sync(&services).await;
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 0));
    assert_eq!(
        endpoint.state.db.tally(regency).await.unwrap().entries,
        after.entries
    );
    assert_eq!(
        endpoint.state.db.tally(regency).await.unwrap().broken_links,
        before.broken_links
    );
}

#[tokio::test]
async fn a_phone_of_two_people_gives_both_their_due() {
    let (endpoint, phone, _) = stranded(1).await;
    let second = phone.sign_in(&endpoint, 1).await;
    phone.disconnect();
    assess(&second, families(&second)[0]).await;
    let said = handed_in(&endpoint, &second, &file(&phone)).await;
    assert_eq!(said, became(2, 0, 0, json!({})));
    assert_eq!(endpoint.tally().await.1, 0);
}

#[tokio::test]
async fn a_row_that_was_edited_or_moved_keeps_no_other_from_being_taken() {
    let (endpoint, phone, _) = stranded(3).await;
    let colleague = colleague(&endpoint).await;
    let whole = file(&phone);
    let mut edited = whole.clone();
    let mut bytes = row(&mut edited, "outbox", 1);
    *bytes.last_mut().unwrap() ^= 1;
    edited["tables"]["outbox"][1]["b"] = STANDARD.encode(bytes).into();
    edited["tables"]["outbox"][2]["k"] = whole["tables"]["outbox"][0]["k"].clone();
    assert_eq!(
        handed_in(&endpoint, &colleague, &edited).await,
        became(1, 0, 0, json!({"damaged": 2}))
    );
    edited["tables"]["outbox"][0]["b"] = "no base64".into();
    assert_eq!(
        handed_in(&endpoint, &colleague, &edited).await,
        became(0, 0, 0, json!({"damaged": 3}))
    );
    assert_eq!(
        handed_in(&endpoint, &colleague, &whole).await,
        became(2, 1, 0, json!({}))
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_is_refused_whole_with_a_reason_and_nothing_is_lost() {
    let (endpoint, phone, _) = stranded(1).await;
    let colleague = colleague(&endpoint).await;
    let whole = file(&phone);
    let text = whole.to_string();
    let before = endpoint.tally().await;
    let mut newer = whole.clone();
    newer["version"] = 2.into();
    let elsewhere = Endpoint::with_families(1).await;
    let stranger = Phone::new(3).sign_in(&elsewhere, 0).await;
    let state = &endpoint.state;
    let code = |(status, said): (u16, Json)| (status, said["code"].as_str().unwrap().to_owned());
    let told = |status, code: &str| (status, code.to_owned());

    for length in [0, 1, text.len() / 2, text.len() - 1] {
        let cut = text[..length].to_owned();
        assert_eq!(
            code(hand_in(state, Some(&colleague), cut).await),
            told(400, "rescue-unreadable")
        );
    }
    assert_eq!(
        code(hand_in(state, Some(&colleague), "[]").await),
        told(400, "rescue-unreadable")
    );
    assert_eq!(
        code(hand_in(state, Some(&colleague), newer.to_string()).await),
        told(400, "rescue-newer")
    );
    let huge = vec![b' '; 9 * 1024 * 1024];
    assert_eq!(
        code(hand_in(state, Some(&colleague), huge).await),
        told(413, "rescue-too-large")
    );
    assert_eq!(
        code(hand_in(state, None, text.clone()).await),
        told(401, "no-token")
    );
    let other = hand_in(&elsewhere.state, Some(&stranger), text.clone()).await;
    assert_eq!(code(other), told(422, "rescue-other-server"));
    // The second byte of a wrap is its realm.
    let live = with_wrap_byte(&whole, 1, b'p' ^ b'l').to_string();
    assert_eq!(
        code(hand_in(state, Some(&colleague), live).await),
        told(403, "wrong-realm")
    );
    assert_eq!(endpoint.tally().await, before);
    assert_eq!(
        handed_in(&endpoint, &colleague, &whole).await,
        became(1, 0, 0, json!({}))
    );
}

#[tokio::test]
async fn a_wrap_that_was_edited_opens_nothing() {
    let (endpoint, phone, _) = stranded(1).await;
    let colleague = colleague(&endpoint).await;
    let whole = file(&phone);
    let length = STANDARD
        .decode(whole["wraps"][0]["b"].as_str().unwrap())
        .unwrap()
        .len();
    // The area, the point, the sealed key.
    for at in [5, 40, length - 1] {
        let said = handed_in(&endpoint, &colleague, &with_wrap_byte(&whole, at, 1)).await;
        assert_eq!(said, became(0, 0, 0, json!({"damaged": 1})), "at {at}");
    }
    // Another vault, or none: the rows have no key.
    for at in [0, 20] {
        let said = handed_in(&endpoint, &colleague, &with_wrap_byte(&whole, at, 7)).await;
        assert_eq!(said, became(0, 0, 0, json!({"no-key": 1})), "at {at}");
    }
}

#[tokio::test]
async fn a_practice_file_is_refused_by_a_real_server() {
    let (_endpoint, phone, _) = stranded(1).await;
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(folder.path(), Realm::Live, NOON).await.unwrap();
    let setup = Setup {
        shelf: Shelf::of_bytes(&db, &[pack()], NOON).await.unwrap(),
        db,
        clock: Clock::held(NOON),
        app: None,
        behind_proxy: false,
        practice: Vec::new(),
    };
    let state = ServerState::new(setup).await.unwrap();
    let account = NewAccount {
        regency: "3209".parse().unwrap(),
        user: UserId::from_bytes([9; 16]),
        name: "asli".into(),
        full_name: "Asli Contoh".into(),
        role: Role::Facilitator,
        password: passwords::hash("rahasia sekali", Cost::Practice).unwrap(),
        created: NOON,
    };
    state.db.add_account(account).await.unwrap();
    let asked = json!({"user": "asli", "password": "rahasia sekali", "device": DeviceId::from_bytes([9; 16]).to_string()});
    let request = Request::builder().method("POST").uri("/api/v1/session");
    let request = request.header("content-type", "application/json");
    let request = request.body(Body::from(asked.to_string())).unwrap();
    let (_, session) = answered(&state, request).await;
    let token = session["token"].as_str().unwrap();
    let (status, said) = handed(&state, Some(token), file(&phone).to_string()).await;
    assert_eq!((status, said["code"].as_str()), (403, Some("wrong-realm")));
}

#[tokio::test]
async fn a_vault_from_before_the_server_had_keys_gets_its_wrap_at_the_next_sign_in() {
    let (endpoint, phone, services) = stranded(1).await;
    let colleague = colleague(&endpoint).await;
    let wrap = format!("rescue/{}", services.person.vault);
    let mut batch = Batch::strict();
    batch.delete(Table::Meta, wrap);
    services.store.write(&batch).await.unwrap();
    assert_eq!(
        handed_in(&endpoint, &colleague, &file(&phone)).await,
        became(0, 0, 0, json!({"no-key": 1}))
    );

    // Signed in, and the sync after it does not come through: the entry still waits.
    phone.bench.connect(Some(endpoint.by_session_only()));
    let account = &endpoint.state.practice[0];
    sign_in_again(&services, &account.user, &account.password)
        .await
        .unwrap();
    assert_eq!(shown(&services).waiting, 1);
    assert_eq!(
        handed_in(&endpoint, &colleague, &file(&phone)).await,
        became(1, 0, 0, json!({}))
    );
}

#[tokio::test]
async fn what_the_server_refused_stays_refused_and_is_counted() {
    let (endpoint, phone, services) = stranded(0).await;
    // The phone's clock is two days ahead: its assessment lies in the future.
    phone.bench.pass(2 * 86_400_000);
    assess(&services, families(&services)[0]).await;
    phone.connect(&endpoint);
    sync(&services).await;
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 1));
    let before = endpoint.tally().await;
    let colleague = colleague(&endpoint).await;
    for _ in 0..2 {
        let said = handed_in(&endpoint, &colleague, &file(&phone)).await;
        assert_eq!(said, became(0, 0, 0, json!({"future-date": 1})));
    }
    assert_eq!(endpoint.tally().await, before);
}

#[tokio::test]
async fn a_key_that_was_rotated_out_still_opens_what_was_sealed_to_it() {
    let (endpoint, phone, services) = stranded(1).await;
    let keys = endpoint.state.db.secret(ring::FILE);
    let old = file(&phone);
    ring::add_key(&keys).unwrap();
    let district = District {
        seed: 2026,
        families_each: 2,
    };
    let folder = keys.parent().unwrap();
    let state = practice::server(folder, &[pack()], Clock::held(NOON), district)
        .await
        .unwrap();
    assert_ne!(state.rescue.public(), endpoint.state.rescue.public());
    let (status, said) = hand_in(&state, Some(&services), old.to_string()).await;
    assert_eq!((status, said), (200, became(1, 0, 0, json!({}))));
}
