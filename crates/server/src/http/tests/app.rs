//! The app's files, the description, and what watches the server.

use super::*;
use crate::{
    db::{Db, NewAccount},
    packs::Shelf,
    state::Setup,
};
use naik_kelas_domain::{access::Role, id::UserId};

/// A server over a small built app.
async fn serving() -> Server {
    let folder = tempfile::tempdir().unwrap();
    let app = folder.path().join("dist");
    std::fs::create_dir_all(app.join("icons")).unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html><style>a</style>shell"),
        ("index.html.gz", "gzip shell"),
        ("sw.js", "worker"),
        ("release.json", "{}"),
        ("manifest.webmanifest", "{}"),
        ("app-1a2b3c4d5e6f7081_bg.wasm", "wasm"),
        ("app-1a2b3c4d5e6f7081_bg.wasm.br", "brotli wasm"),
        ("app-1a2b3c4d5e6f7081_bg.wasm.gz", "gzip wasm"),
        ("icons/icon-192.png", "png"),
    ] {
        std::fs::write(app.join(name), content).unwrap();
    }
    std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    let clock = crate::clock::Clock::held(NOON);
    let db = Db::open(&folder.path().join("data"), Realm::Live, NOON)
        .await
        .unwrap();
    let shelf = Shelf::of_bytes(&db, &[testing::pack_bytes().to_vec()], NOON)
        .await
        .unwrap();
    let setup = Setup {
        db,
        shelf,
        clock,
        app: Some(app),
        behind_proxy: false,
        practice: Vec::new(),
    };
    Server {
        state: ServerState::new(setup).await.unwrap(),
        _folder: folder,
    }
}

#[tokio::test]
async fn files_come_in_the_smallest_form_with_their_types_and_a_strict_policy() {
    let server = serving().await;
    let wasm = "/app-1a2b3c4d5e6f7081_bg.wasm";
    for (accepted, body, encoding) in [
        ("gzip, deflate, br", "brotli wasm", "br"),
        ("gzip", "gzip wasm", "gzip"),
        ("br;q=0, gzip;q=0", "wasm", ""),
        ("", "wasm", ""),
    ] {
        let answer = server.get(wasm, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.body, body.as_bytes(), "{accepted}");
        assert_eq!(answer.header("content-encoding"), encoding);
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("vary"), "Accept-Encoding");
        assert!(answer.header("cache-control").contains("immutable"));
    }
    let page = server.get("/", &[]).await;
    assert!(
        page.header("content-security-policy")
            .contains("script-src 'self' 'wasm-unsafe-eval';")
    );
    assert!(
        !page
            .header("content-security-policy")
            .contains("unsafe-inline")
    );
    // The SHA-256 of "a": the page's own style and no other.
    let own = "style-src 'self' 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='";
    assert!(page.header("content-security-policy").contains(own));
    assert!(
        !server
            .get(wasm, &[])
            .await
            .header("content-security-policy")
            .contains("sha256")
    );
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
    let manifest = server.get("/manifest.webmanifest", &[]).await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
}

#[tokio::test]
async fn what_names_no_content_is_asked_for_again_each_time() {
    let server = serving().await;
    for path in [
        "/",
        "/index.html",
        "/sw.js",
        "/release.json",
        "/manifest.webmanifest",
    ] {
        let answer = server.get(path, &[]).await;
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        let tag = answer.header("etag").to_owned();
        let again = server.get(path, &[("if-none-match", tag.as_str())]).await;
        assert_eq!(
            (again.status, again.body.len()),
            (StatusCode::NOT_MODIFIED, 0)
        );
    }
}

#[tokio::test]
async fn screens_are_the_app_and_nothing_else_is() {
    let server = serving().await;
    for path in [
        "/",
        "/keluarga",
        "/keluarga/0198f0aa-0000-7000-8000-000000000001",
    ] {
        let answer = server.get(path, &[]).await;
        assert_eq!(
            (answer.status, answer.body.as_slice()),
            (StatusCode::OK, &b"<!doctype html><style>a</style>shell"[..])
        );
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    }
    for path in [
        "/api",
        "/api/v1/nothing",
        "/missing.js",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/.hidden.js",
    ] {
        assert_eq!(
            server.get(path, &[]).await.problem(),
            (404, "not-found".to_owned()),
            "{path}"
        );
    }
    let posted = server.post("/keluarga", &[], Vec::new()).await;
    assert_eq!(posted.problem(), (405, "method-not-allowed".to_owned()));
    assert_eq!(server.get("/api/v1/sync", &[]).await.problem().0, 405);
}

#[tokio::test]
async fn a_live_server_shows_no_accounts_and_refuses_practice_phones() {
    let server = serving().await;
    let about = server.get("/api/v1/about", &[]).await.json();
    assert_eq!(about["realm"], "live");
    assert_eq!(about["accounts"], serde_json::json!([]));
    let account = NewAccount {
        regency: "3209".parse().unwrap(),
        user: UserId::from_bytes([1; 16]),
        name: "dewi".into(),
        full_name: "Dewi Contoh".into(),
        role: Role::Facilitator,
        password: crate::passwords::hash("rahasia", crate::passwords::Cost::Practice).unwrap(),
        created: NOON,
    };
    server.state.db.add_account(account).await.unwrap();
    let asked = SignIn {
        user: "dewi".into(),
        password: "rahasia".into(),
        device: device(1),
    };
    let answer = server
        .post("/api/v1/session", CBOR, v1::to_bytes(&asked))
        .await;
    let session: SignedIn = v1::from_bytes(&answer.body).unwrap();
    assert_eq!(session.realm, Realm::Live);
    let phone = Phone::of(session, device(1));
    let answer = phone.send(&server, &phone.envelope(Vec::new())).await;
    assert_eq!(answer.problem(), (403, "wrong-realm".to_owned()));
}

#[tokio::test]
async fn every_address_is_described_and_nothing_else() {
    let server = server().await;
    let description = server.get("/api/openapi.json", &[]).await.json();
    let paths = description["paths"].as_object().unwrap();
    assert_eq!(paths.len(), Endpoint::ALL.len());
    for endpoint in Endpoint::ALL {
        let operation = &paths[endpoint.path()][endpoint.method()];
        assert!(operation["summary"].is_string(), "{endpoint:?}");
        assert!(
            operation["responses"]["default"].is_object(),
            "{endpoint:?}"
        );
        // Described and there: any method but its own is refused by the address itself.
        let path = endpoint.path().replace("{hash}", "00");
        let other = if endpoint.method() == "get" {
            Method::DELETE
        } else {
            Method::PUT
        };
        assert_eq!(
            server
                .ask(request(other, &path, &[], Vec::new()))
                .await
                .status,
            405,
            "{endpoint:?}"
        );
    }
    check_references(&description, &description);
}

/// Every reference of the description leads somewhere.
fn check_references(whole: &Json, part: &Json) {
    match part {
        Json::Object(object) => {
            if let Some(reference) = object.get("$ref") {
                let pointer = reference.as_str().unwrap().trim_start_matches('#');
                assert!(whole.pointer(pointer).is_some(), "{pointer}");
            }
            object
                .values()
                .for_each(|value| check_references(whole, value));
        }
        Json::Array(values) => values
            .iter()
            .for_each(|value| check_references(whole, value)),
        _ => {}
    }
}

#[tokio::test]
async fn the_server_says_how_it_does_without_naming_anybody() {
    let server = server().await;
    assert_eq!(server.get("/health", &[]).await.body, b"ok\n");
    assert_eq!(server.get("/ready", &[]).await.status, StatusCode::OK);
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let entry = phone.assess(0, 1, 5);
    phone
        .sync(&server, &[entry.to_bytes(), b"rubbish".to_vec()])
        .await;
    server
        .get("/keluarga/0198f0aa-0000-7000-8000-000000000001", &[])
        .await;
    let page = String::from_utf8(server.get("/metrics", &[]).await.body).unwrap();
    for line in [
        "naik_kelas_entries_total{outcome=\"accepted\"} 1",
        "naik_kelas_entries_refused_total{code=\"unreadable\"} 1",
        "naik_kelas_families_sent_total 6",
        "naik_kelas_request_seconds_count{route=\"/api/v1/sync\",status=\"200\"} 2",
        "naik_kelas_request_seconds_count{route=\"app\",status=\"404\"} 1",
    ] {
        assert!(page.contains(line), "{line} is not in\n{page}");
    }
    assert!(!page.contains("0198f0aa"));
}
