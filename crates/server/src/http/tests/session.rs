//! Signing in, and what is known before.

use super::*;

fn asked(user: &str, password: &str) -> Vec<u8> {
    v1::to_bytes(&SignIn {
        user: user.into(),
        password: password.into(),
        device: device(1),
    })
}

#[tokio::test]
async fn about_says_realm_area_and_the_practice_accounts_in_both_formats() {
    let server = server().await;
    let json = server.get("/api/v1/about", &[]).await.json();
    assert_eq!(
        (json["realm"].as_str(), json["areas"][0]["name"].as_str()),
        (Some("practice"), Some("Kabupaten Cirebon"))
    );
    assert_eq!(json["accounts"].as_array().unwrap().len(), 3);
    let answer = server
        .get("/api/v1/about", &[("accept", "application/cbor")])
        .await;
    assert_eq!(answer.header("content-type"), "application/cbor");
    let about: About = v1::from_bytes(&answer.body).unwrap();
    assert_eq!((about.server_time, about.accounts.len()), (NOON, 3));
}

#[tokio::test]
async fn a_person_signs_in_and_keeps_the_vault_of_the_installation() {
    let server = server().await;
    let first = server.sign_in(0, device(1)).await;
    assert_eq!(
        (first.name.as_str(), first.area_name.as_str()),
        ("Dewi Contoh", "Kabupaten Cirebon")
    );
    assert_eq!((first.realm, first.next_seq), (Realm::Practice, 1));
    assert_eq!(first.expires.0 - NOON.0, 12 * 3_600_000);
    let again = server.sign_in(0, device(1)).await;
    assert_eq!(again.vault, first.vault);
    assert_ne!(again.token, first.token);
    assert_eq!(again.escrow, first.escrow, "the spare key stays the same");
    for (account, on) in [(0, device(2)), (1, device(1))] {
        let other = server.sign_in(account, on).await;
        assert_ne!(other.vault, first.vault);
        assert!(other.escrow.is_some() && other.escrow != first.escrow);
    }
}

#[tokio::test]
async fn a_name_is_found_however_its_letters_are_written() {
    let server = server().await;
    let password = server.state.practice[0].password.clone();
    let answer = server
        .post("/api/v1/session", CBOR, asked(" Pendamping1 ", &password))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_sound_the_same() {
    let server = server().await;
    let unknown = server
        .post("/api/v1/session", CBOR, asked("nobody", "x"))
        .await;
    let wrong = server
        .post("/api/v1/session", CBOR, asked("pendamping1", "x"))
        .await;
    assert_eq!(
        unknown.problem(),
        (401, "wrong-name-or-password".to_owned())
    );
    assert_eq!(unknown.body, wrong.body);
    let long = server
        .post("/api/v1/session", CBOR, asked(&"n".repeat(300), "x"))
        .await;
    assert_eq!(long.body, wrong.body);
}

#[tokio::test]
async fn too_many_wrong_passwords_wait_even_for_the_right_one() {
    let server = server().await;
    for _ in 0..10 {
        server
            .post("/api/v1/session", CBOR, asked("pendamping1", "x"))
            .await;
    }
    let password = server.state.practice[0].password.clone();
    let answer = server
        .post("/api/v1/session", CBOR, asked("pendamping1", &password))
        .await;
    assert_eq!(answer.problem(), (429, "too-many-tries".to_owned()));
    let wait: u32 = answer.header("retry-after").parse().unwrap();
    assert!((900..=931).contains(&wait), "{wait}");
    server.state.clock.set(Millis(NOON.0 + 15 * 60_000));
    let answer = server
        .post("/api/v1/session", CBOR, asked("pendamping1", &password))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_closed_account_is_told_so_only_with_the_right_password() {
    let server = server().await;
    let phone = Phone::new(&server, 0, 1).await;
    server
        .state
        .db
        .disable_account("pendamping1", NOON)
        .await
        .unwrap();
    let password = server.state.practice[0].password.clone();
    let answer = server
        .post("/api/v1/session", CBOR, asked("pendamping1", &password))
        .await;
    assert_eq!(answer.problem(), (403, "account-disabled".to_owned()));
    let wrong = server
        .post("/api/v1/session", CBOR, asked("pendamping1", "x"))
        .await;
    assert_eq!(wrong.problem().1, "wrong-name-or-password");
    let answer = phone.send(&server, &phone.envelope(Vec::new())).await;
    assert_eq!(answer.problem().0, 401, "its tokens ended with it");
}

#[tokio::test]
async fn signing_in_speaks_json_too_and_refuses_what_is_neither() {
    let server = server().await;
    let account = &server.state.practice[0];
    let body = serde_json::json!({
        "user": account.user, "password": account.password, "device": device(1).to_string(),
    });
    let json = server
        .post("/api/v1/session", JSON, body.to_string().into_bytes())
        .await
        .json();
    assert_eq!(json["role"], "facilitator");
    assert!(json["token"].as_str().unwrap().starts_with("3209."));
    for (headers, body, code) in [
        (JSON, b"{\"user\":1}".to_vec(), "unreadable-body"),
        (CBOR, b"rubbish".to_vec(), "unreadable-body"),
        (&[][..], asked("a", "b"), "unsupported-media-type"),
    ] {
        assert_eq!(
            server
                .post("/api/v1/session", headers, body)
                .await
                .problem()
                .1,
            code
        );
    }
}

#[tokio::test]
async fn behind_a_proxy_each_client_has_a_count_of_its_own() {
    let Server { state, _folder } = server().await;
    let setup = crate::state::Setup {
        db: state.db.clone(),
        shelf: state.shelf.clone(),
        clock: state.clock.clone(),
        app: None,
        behind_proxy: true,
        practice: state.practice.clone(),
    };
    let state = ServerState::new(setup).await.unwrap();
    let server = Server { state, _folder };
    // What the client writes of itself stands before what the proxy adds, and is not believed.
    let attempt = async |number: u32, forwarded: &str| {
        let headers = [CBOR[0], ("x-forwarded-for", forwarded)];
        let body = asked(&format!("name{number}"), "x");
        server
            .post("/api/v1/session", &headers, body)
            .await
            .status
            .as_u16()
    };
    for number in 0..200 {
        assert_eq!(
            attempt(number, &format!("10.9.9.{}, 10.0.0.1", number % 7)).await,
            401
        );
    }
    assert_eq!(attempt(900, "10.0.0.2, 10.0.0.1").await, 429);
    assert_eq!(attempt(900, "10.0.0.1, 10.0.0.2").await, 401);
}
