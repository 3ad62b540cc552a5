//! The small rows beside families and drafts, in CBOR.

use crate::services::Person;
use minicbor::{Decode, Encode, bytes::ByteVec};
use naik_kelas_domain::{
    Millis,
    access::Role,
    id::{DeviceId, EntryId, KpmId, UserId, VaultId},
    region::RegencyCode,
    wire::v1::{self, Realm, Unreadable},
};

pub(super) const PERSON: &str = "person";
pub(super) const SESSION: &str = "session";
pub(super) const CHAIN: &str = "chain";
pub(super) const PROGRESS: &str = "progress";

/// An entry that waits for its receipt.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct WaitingRow {
    /// Its identity.
    #[n(0)]
    pub entry: EntryId,
    /// Hash of the chain before it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub previous: [u8; 32],
    /// The entry as it is hashed and sent.
    #[n(2)]
    pub bytes: ByteVec,
}

/// An entry that the server did not take.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RefusedRow {
    /// The entry as it was sent.
    #[n(0)]
    pub waiting: WaitingRow,
    /// Why.
    #[n(1)]
    pub code: String,
    /// When the answer came, by the phone's clock.
    #[n(2)]
    pub at: Millis,
}

/// A receipt.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ReceiptRow {
    /// Position in the scope.
    #[n(0)]
    pub position: u64,
    /// When the answer came, by the phone's clock.
    #[n(1)]
    pub at: Millis,
    /// Place in the chain.
    #[n(2)]
    pub seq: u64,
}

/// The head of the chain.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ChainHead {
    /// The last sequence number that was taken.
    #[n(0)]
    pub seq: u64,
    /// Hash of the entry that has it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub hash: [u8; 32],
}

/// The access token of a person.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Session {
    /// Sent with each request.
    #[n(0)]
    pub token: String,
    /// By the server's clock.
    #[n(1)]
    pub expires: Millis,
}

/// How far the phone has listened.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(map)]
pub struct Progress {
    /// The server's opaque cursor.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub cursor: Option<Vec<u8>>,
    /// When a receipt came last, by the phone's clock.
    #[n(1)]
    pub last_receipt: Option<Millis>,
    /// The server's clock minus the phone's, in milliseconds.
    #[n(2)]
    pub clock_offset: Option<i64>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct PersonRow {
    #[n(0)]
    user: UserId,
    #[n(1)]
    name: String,
    #[n(2)]
    role: Role,
    #[n(3)]
    area: RegencyCode,
    #[n(4)]
    area_name: String,
    #[n(5)]
    realm: Realm,
    #[n(6)]
    vault: VaultId,
    #[n(7)]
    device: DeviceId,
}

pub(super) fn person_to_bytes(person: &Person) -> Vec<u8> {
    let Person {
        user,
        name,
        role,
        area,
        area_name,
        realm,
        vault,
        device,
    } = person.clone();
    v1::to_bytes(&PersonRow {
        user,
        name,
        role,
        area,
        area_name,
        realm,
        vault,
        device,
    })
}

pub(super) fn person_from_bytes(bytes: &[u8]) -> Result<Person, Unreadable> {
    let PersonRow {
        user,
        name,
        role,
        area,
        area_name,
        realm,
        vault,
        device,
    } = v1::from_bytes(bytes)?;
    Ok(Person {
        user,
        name,
        role,
        area,
        area_name,
        realm,
        vault,
        device,
    })
}

/// Sequence numbers with leading zeros sort as text; the family tells whom a row is about without opening it.
pub(super) fn outbox_name(seq: u64, kpm: KpmId) -> String {
    format!("{seq:012}/{kpm}")
}

pub(super) fn outbox_key(key: &str) -> Option<(u64, KpmId)> {
    let mut parts = key.rsplit('/');
    let kpm = parts.next()?.parse().ok()?;
    Some((parts.next()?.parse().ok()?, kpm))
}
