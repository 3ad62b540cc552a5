//! Typed records: what lies sealed in which table, under which key, at which version.
//!
//! Reading opens. Writing collects first, plainly and at once; then [`Records::commit`] seals it all and writes it in
//! one transaction, which waits for nothing else.

mod read;
mod rows;
mod write;

pub use rows::{ChainHead, Progress, ReceiptRow, RefusedRow, Session, WaitingRow};
pub use write::{CommitError, Writes};

use crate::{
    store::Store,
    vault::{Vault, VaultError},
};
use naik_kelas_domain::{id::KpmId, wire::v1::Unreadable};
use std::pin::Pin;

/// The records of one vault.
#[derive(Clone)]
pub struct Records {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
}

/// A record, and the version at which it was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Versioned<T> {
    /// What was read.
    pub record: T,
    /// To be expected when it is written.
    pub version: u64,
}

/// An entry that waits, and where.
#[derive(Clone, PartialEq, Debug)]
pub struct Waiting {
    /// Its key in the outbox.
    pub key: String,
    /// Its place in the chain.
    pub seq: u64,
    /// About which family.
    pub kpm: KpmId,
    /// What is sent.
    pub row: WaitingRow,
}

/// The outbox as far as it was looked at.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Queue {
    /// What can be sent, in order.
    pub waiting: Vec<Waiting>,
    /// How many rows cannot be opened.
    pub unreadable: u32,
}

/// A future of one type: callers of many types do not each carry its code.
pub(crate) type Later<T> = Pin<Box<dyn Future<Output = T>>>;

impl Records {
    /// The records of a vault in a store.
    #[must_use]
    pub const fn new(store: Store, vault: Vault) -> Self {
        Self { store, vault }
    }
}

impl From<Unreadable> for VaultError {
    fn from(_: Unreadable) -> Self {
        Self::Damaged
    }
}
