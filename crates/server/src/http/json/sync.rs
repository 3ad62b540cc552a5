//! The envelope of a sync in JSON.

use super::{entry, family, session};
use crate::{
    packs::Shelf,
    plain::{hex, unhex},
};
use naik_kelas_domain::codec::Bytes;
use naik_kelas_domain::wire::v1::{Change, Receipt, ReceiptOutcome, SyncRequest, SyncResponse};
use serde::Deserialize;
use serde_json::{Value as Json, json};

#[derive(Deserialize)]
struct RequestJson {
    version: u8,
    realm: String,
    device: String,
    vault: String,
    #[serde(default)]
    cursor: Option<String>,
    #[serde(default)]
    previous: Option<String>,
    #[serde(default)]
    entries: Vec<Json>,
}

/// Reads a request; entries that are none become their own text, and are refused one by one.
pub(in crate::http) fn request(bytes: &[u8], shelf: &Shelf) -> Option<SyncRequest> {
    let read: RequestJson = serde_json::from_slice(bytes).ok()?;
    let unhexed = |text: Option<String>| match text {
        None => Some(None),
        Some(text) => unhex(&text).map(|bytes| Some(Bytes(bytes))),
    };
    Some(SyncRequest {
        version: read.version,
        realm: session::realm_of(&read.realm)?,
        device: read.device.parse().ok()?,
        vault: read.vault.parse().ok()?,
        cursor: unhexed(read.cursor)?,
        previous: unhexed(read.previous)?,
        entries: read
            .entries
            .iter()
            .map(|json| Bytes::from(entry::bytes(json, shelf)))
            .collect(),
    })
}

/// Writes an answer.
pub(in crate::http) fn response(response: &SyncResponse) -> Vec<u8> {
    let packs = response.packs.iter().map(|pack| {
        json!({
            "id": pack.id,
            "version": pack.version,
            "hash": hex(&pack.hash),
            "effective_from": pack.effective_from.to_string(),
        })
    });
    let json = json!({
        "receipts": response.receipts.iter().map(receipt).collect::<Vec<_>>(),
        "changes": response.changes.iter().map(change).collect::<Vec<_>>(),
        "cursor": hex(&response.cursor),
        "more": response.more,
        "server_time": response.server_time.0,
        "packs": packs.collect::<Vec<_>>(),
    });
    json.to_string().into_bytes()
}

fn receipt(receipt: &Receipt) -> Json {
    let entry = receipt.entry.map(|entry| entry.to_string());
    match receipt.outcome {
        ReceiptOutcome::Accepted(position) => {
            json!({"entry": entry, "outcome": "accepted", "position": position})
        }
        ReceiptOutcome::AlreadyHad(position) => {
            json!({"entry": entry, "outcome": "already-had", "position": position})
        }
        ReceiptOutcome::Refused(code) => {
            json!({"entry": entry, "outcome": "refused", "code": code.as_str()})
        }
        ReceiptOutcome::Later => json!({"entry": entry, "outcome": "later"}),
    }
}

fn change(change: &Change) -> Json {
    match change {
        Change::Grant(kpm) => json!({"type": "grant", "family": family::family(kpm)}),
        Change::Revoke(kpm) => json!({"type": "revoke", "kpm": kpm.to_string()}),
        Change::Newer(kind) => json!({"type": "newer", "kind": kind}),
    }
}
