//! Everything about an envelope that is a problem: a clear status, a stable code, and nothing stored.

use super::*;
use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};
use std::io::Write;

async fn send(server: &Server, phone: &Phone, extra: &[(&str, &str)], body: Vec<u8>) -> Answer {
    let bearer = phone.bearer();
    let mut headers = vec![("authorization", bearer.as_str())];
    headers.extend_from_slice(extra);
    server.post("/api/v1/sync", &headers, body).await
}

#[tokio::test]
async fn an_envelope_that_cannot_be_read_is_a_problem() {
    let server = server().await;
    let phone = &Phone::new(&server, 0, 1).await;
    let good = v1::to_bytes(&phone.envelope(Vec::new()));
    let gzip = ("content-encoding", "gzip");
    for (headers, body, status, code) in [
        (vec![CBOR[0]], b"{}".to_vec(), 400, "unreadable-body"),
        (
            vec![JSON[0]],
            b"{\"version\":1}".to_vec(),
            400,
            "unreadable-body",
        ),
        (vec![JSON[0]], good.clone(), 400, "unreadable-body"),
        (
            vec![CBOR[0]],
            [good.clone(), vec![0]].concat(),
            400,
            "unreadable-body",
        ),
        (vec![CBOR[0], gzip], good.clone(), 400, "unreadable-body"),
        (
            vec![("content-type", "text/plain")],
            good.clone(),
            415,
            "unsupported-media-type",
        ),
        (
            vec![CBOR[0], ("content-encoding", "br")],
            good.clone(),
            415,
            "unsupported-encoding",
        ),
        (vec![CBOR[0]], vec![0; 65 * 1024], 413, "body-too-large"),
        (vec![CBOR[0], gzip], bomb(), 413, "body-too-large"),
    ] {
        let answer = send(&server, phone, &headers, body).await;
        assert_eq!(answer.problem(), (status, code.to_owned()), "{headers:?}");
    }
}

/// Small on the wire, large behind it.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 2_000_000]).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_person_who_may_not_speak_is_a_problem() {
    let server = server().await;
    let phone = Phone::new(&server, 0, 1).await;
    let good = v1::to_bytes(&phone.envelope(Vec::new()));
    for (token, code) in [
        (None, "no-token"),
        (Some("Basic abc".to_owned()), "no-token"),
        (Some("Bearer rubbish".to_owned()), "bad-token"),
        (Some(format!("{}0", phone.bearer())), "bad-token"),
        (Some(phone.bearer().replace("3209", "3205")), "bad-token"),
    ] {
        let mut headers = CBOR.to_vec();
        headers.extend(token.as_deref().map(|token| ("authorization", token)));
        let answer = server.post("/api/v1/sync", &headers, good.clone()).await;
        assert_eq!(answer.problem(), (401, code.to_owned()), "{token:?}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    server.state.clock.set(Millis(NOON.0 + 12 * 3_600_000));
    let answer = phone.send(&server, &phone.envelope(Vec::new())).await;
    assert_eq!(answer.problem(), (401, "token-expired".to_owned()));
}

#[tokio::test]
async fn versions_realms_and_installations_do_not_mix() {
    let server = server().await;
    let phone = Phone::new(&server, 0, 1).await;
    let good = phone.envelope(Vec::new());
    for (request, status, code) in [
        (
            SyncRequest {
                version: 2,
                ..good.clone()
            },
            400,
            "unknown-version",
        ),
        (
            SyncRequest {
                realm: Realm::Live,
                ..good.clone()
            },
            403,
            "wrong-realm",
        ),
        (
            SyncRequest {
                device: device(9),
                ..good.clone()
            },
            403,
            "wrong-device",
        ),
        (
            SyncRequest {
                vault: VaultId::from_bytes([9; 16]),
                ..good.clone()
            },
            403,
            "wrong-device",
        ),
        (
            SyncRequest {
                previous: Some(vec![1; 31].into()),
                ..good.clone()
            },
            400,
            "unreadable-body",
        ),
    ] {
        let answer = phone.send(&server, &request).await;
        assert_eq!(answer.problem(), (status, code.to_owned()));
    }
}

#[tokio::test]
async fn bodies_are_compressed_both_ways() {
    let server = server().await;
    let phone = &Phone::new(&server, 0, 1).await;
    let plain = v1::to_bytes(&phone.envelope(Vec::new()));
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&plain).unwrap();
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::default());
    deflate.write_all(&plain).unwrap();
    for (encoding, body) in [
        ("gzip", gzip.finish().unwrap()),
        ("deflate", deflate.finish().unwrap()),
    ] {
        let headers = [
            CBOR[0],
            ("content-encoding", encoding),
            ("accept-encoding", "gzip, deflate, br"),
        ];
        let answer = send(&server, phone, &headers, body).await;
        assert_eq!(
            (answer.status, answer.header("content-encoding")),
            (StatusCode::OK, "gzip")
        );
        let mut unpacked = Vec::new();
        std::io::Read::read_to_end(
            &mut flate2::read::GzDecoder::new(&answer.body[..]),
            &mut unpacked,
        )
        .unwrap();
        let response: SyncResponse = v1::from_bytes(&unpacked).unwrap();
        assert_eq!(response.changes.len(), 6);
        assert!(answer.body.len() * 3 < unpacked.len());
    }
}

#[tokio::test]
async fn a_server_that_is_full_says_when_to_come_back_at_different_times() {
    let server = server().await;
    let phone = Phone::new(&server, 0, 1).await;
    let _all = server.state.syncing.try_acquire_many(512).unwrap();
    let mut waits = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let answer = phone.send(&server, &phone.envelope(Vec::new())).await;
        assert_eq!(answer.problem(), (503, "busy".to_owned()));
        let wait: u32 = answer.header("retry-after").parse().unwrap();
        assert!((1..=30).contains(&wait));
        waits.insert(wait);
    }
    assert!(
        waits.len() > 2,
        "phones would come back together: {waits:?}"
    );
}
