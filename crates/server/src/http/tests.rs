//! The endpoint as a phone and a test client meet it, in process.

use super::*;
use crate::testing::{self, NOON, assessment, device, entry};
use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode},
};
use naik_kelas_domain::codec::Bytes;
use naik_kelas_domain::{
    Millis,
    id::{DeviceId, VaultId},
    kpm::Kpm,
    wire::v1::{
        self, About, Change, Entry, Realm, ReceiptOutcome, RefusalCode, SignIn, SignedIn,
        SyncRequest, SyncResponse,
    },
};
use serde_json::Value as Json;
use tempfile::TempDir;
use tower::ServiceExt;

mod app;
mod envelope;
mod json_form;
mod notes;
mod refusals;
mod registered;
mod session;
mod sync;

/// A practice server with twelve families, on a clock that stands.
struct Server {
    state: ServerState,
    _folder: TempDir,
}

/// What a request is answered.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

async fn server() -> Server {
    let folder = tempfile::tempdir().unwrap();
    Server {
        state: testing::server(folder.path()).await,
        _folder: folder,
    }
}

impl Server {
    async fn ask(&self, request: Request) -> Answer {
        let response = router(self.state.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 10_000_000)
            .await
            .unwrap()
            .to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(request(Method::GET, path, headers, Vec::new()))
            .await
    }

    async fn post(&self, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        self.ask(request(Method::POST, path, headers, body)).await
    }

    /// Signs in as the practice account of this number.
    async fn sign_in(&self, account: usize, device: DeviceId) -> SignedIn {
        let account = &self.state.practice[account];
        let asked = SignIn {
            user: account.user.clone(),
            password: account.password.clone(),
            device,
        };
        let answer = self
            .post("/api/v1/session", CBOR, v1::to_bytes(&asked))
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        v1::from_bytes(&answer.body).unwrap()
    }
}

const CBOR: &[(&str, &str)] = &[("content-type", "application/cbor")];
const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

fn request(method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Request {
    let builder = Request::builder().method(method).uri(path);
    let builder = headers.iter().fold(builder, |builder, (name, value)| {
        builder.header(*name, *value)
    });
    builder.body(Body::from(body)).unwrap()
}

impl Answer {
    fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The stable code of a problem document; checks that it is one.
    fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let json = self.json();
        assert_eq!(json["status"], self.status.as_u16());
        assert!(json["title"].as_str().unwrap().len() > 10);
        (
            self.status.as_u16(),
            json["code"].as_str().unwrap().to_owned(),
        )
    }
}

/// A phone of the simplest kind: a person on an installation, what it heard, its chain.
struct Phone {
    session: SignedIn,
    device: DeviceId,
    cursor: Option<Bytes>,
    families: Vec<Kpm>,
    chain: [u8; 32],
    next: u64,
}

impl Phone {
    async fn new(server: &Server, account: usize, number: u8) -> Self {
        let device = device(number);
        Self::of(server.sign_in(account, device).await, device)
    }

    fn of(session: SignedIn, device: DeviceId) -> Self {
        let next = session.next_seq;
        Self {
            session,
            device,
            cursor: None,
            families: Vec::new(),
            chain: [0; 32],
            next,
        }
    }

    fn envelope(&self, entries: Vec<Vec<u8>>) -> SyncRequest {
        SyncRequest {
            version: v1::VERSION,
            realm: Realm::Practice,
            device: self.device,
            vault: self.session.vault,
            cursor: self.cursor.clone(),
            previous: (!entries.is_empty()).then(|| self.chain.to_vec().into()),
            entries: entries.into_iter().map(Bytes::from).collect(),
        }
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.session.token)
    }

    async fn send(&self, server: &Server, request: &SyncRequest) -> Answer {
        let bearer = self.bearer();
        let headers = [
            ("content-type", "application/cbor"),
            ("authorization", bearer.as_str()),
        ];
        server
            .post("/api/v1/sync", &headers, v1::to_bytes(request))
            .await
    }

    /// Sends entries and takes in what comes back, page after page; the receipts of the first.
    async fn sync(&mut self, server: &Server, entries: &[Vec<u8>]) -> Vec<ReceiptOutcome> {
        let mut request = self.envelope(entries.to_vec());
        let mut outcomes = Vec::new();
        loop {
            let answer = self.send(server, &request).await;
            assert_eq!(
                answer.status,
                StatusCode::OK,
                "{:?}",
                String::from_utf8_lossy(&answer.body)
            );
            let response: SyncResponse = v1::from_bytes(&answer.body).unwrap();
            outcomes.extend(response.receipts.iter().map(|receipt| receipt.outcome));
            response
                .changes
                .into_iter()
                .for_each(|change| self.hear(change));
            self.cursor = Some(response.cursor);
            if !response.more {
                break;
            }
            request = self.envelope(Vec::new());
        }
        for bytes in entries {
            use sha2::{Digest, Sha256};
            self.chain = Sha256::new()
                .chain_update(self.chain)
                .chain_update(bytes)
                .finalize()
                .into();
        }
        outcomes
    }

    fn hear(&mut self, change: Change) {
        match change {
            Change::Grant(kpm) => {
                self.families.retain(|held| held.id != kpm.id);
                self.families.push(*kpm);
            }
            Change::Revoke(id) => self.families.retain(|held| held.id != id),
            Change::Newer(_) => {}
        }
    }

    /// An assessment of a family that it holds, as the next entry of its chain.
    fn assess(&mut self, family: usize, number: u8, savings: i64) -> Entry {
        let seq = self.next;
        self.next += 1;
        let assessment = assessment(&self.families[family], number, savings);
        entry(self.session.user, self.session.vault, seq, assessment)
    }
}
