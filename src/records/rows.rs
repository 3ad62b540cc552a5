//! The small rows beside families and drafts, in CBOR.

pub use naik_kelas_domain::record::{RefusedRow, WaitingRow};

use crate::{services::Person, vault::Vault};
use naik_kelas_domain::{Millis, codec::Bytes, id::KpmId, written_as_list, written_as_map};

pub(super) const PERSON: &str = "person";
pub(super) const SESSION: &str = "session";
pub(super) const CHAIN: &str = "chain";
pub(super) const PROGRESS: &str = "progress";

/// The key of a family's draft: one of an assessment, and one of each form.
pub(super) fn draft_key(vault: &Vault, kpm: KpmId, form: Option<&str>) -> String {
    let mut key = vault.key(kpm);
    if let Some(form) = form {
        key.push('/');
        key.push_str(form);
    }
    key
}

/// A receipt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReceiptRow {
    /// Position in the scope.
    pub position: u64,
    /// When the answer came, by the phone's clock.
    pub at: Millis,
    /// Place in the chain.
    pub seq: u64,
}

/// The head of the chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChainHead {
    /// The last sequence number that was taken.
    pub seq: u64,
    /// Hash of the entry that has it.
    pub hash: [u8; 32],
}

/// The access token of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Sent with each request.
    pub token: String,
    /// By the server's clock.
    pub expires: Millis,
}

/// How far the phone has listened.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// The server's opaque cursor.
    pub cursor: Option<Bytes>,
    /// When a receipt came last, by the phone's clock.
    pub last_receipt: Option<Millis>,
    /// The server's clock minus the phone's, in milliseconds.
    pub clock_offset: Option<i64>,
}

written_as_list!(ReceiptRow, 3, { position, at, seq });
written_as_list!(ChainHead, 2, { seq, hash });
written_as_list!(Session, 2, { token, expires });
written_as_map!(Progress { 0 cursor, 1 last_receipt, 2 clock_offset });
written_as_map!(Person { 0 user, 1 name, 2 role, 3 area, 4 area_name, 5 realm, 6 vault, 7 device });

/// Sequence numbers with leading zeros sort as text; the family tells whom a row is about without opening it.
pub(super) fn outbox_name(seq: u64, kpm: KpmId) -> String {
    format!("{seq:012}/{kpm}")
}

pub(super) fn outbox_key(key: &str) -> Option<(u64, KpmId)> {
    let mut parts = key.rsplit('/');
    let kpm = parts.next()?.parse().ok()?;
    Some((parts.next()?.parse().ok()?, kpm))
}
