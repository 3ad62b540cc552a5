//! Unlocking: the PIN opens the vault, with or without signal, with or without a session.

use super::boot::{self, BootError, CURRENT, Door};
use crate::{
    platform::{Platform, Whole},
    records::{Later, Records},
    services::Services,
    store::{Batch, Store, StoreError, Table, WriteError},
    vault::{DataKey, Lock, Pin, Tries, Vault, VaultError},
};
use naik_kelas_domain::{Millis, codec, id::VaultId};

/// Why a vault was not unlocked. Nothing is ever wiped because of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnlockError {
    /// Another PIN; the next try may be made after so many milliseconds.
    WrongPin(u32),
    /// Too many wrong ones; the next try may be made after so many milliseconds.
    Wait(u32),
    /// The phone could not read or keep something.
    Storage(BootError),
}

/// A lock that a PIN has opened.
pub(crate) struct Opened {
    pub(crate) lock: Lock,
    /// At which its row was read.
    pub(crate) version: u64,
    pub(crate) device: Vault,
    pub(crate) key: DataKey,
}

/// Opens a person's vault.
///
/// # Errors
/// [`UnlockError`].
pub fn unlock(door: &Door, vault: VaultId, pin: Pin) -> Later<Result<Services, UnlockError>> {
    let door = door.clone();
    Box::pin(Whole::new(async move {
        let opened = open_by_pin(&door.store, &door.platform, vault, pin).await?;
        let open = Vault::unlock(&door.platform, vault, &opened.key).await?;
        let person = Records::new(door.store.clone(), open.clone())
            .person()
            .await?
            .ok_or(VaultError::Damaged)?;
        let mut batch = Batch::relaxed();
        batch.put(Table::Meta, CURRENT, 0, vault.as_bytes().to_vec());
        unless_full(door.store.write(&batch).await)?;
        Ok(boot::open(&door, open, person).await?)
    }))
}

/// Tries a PIN. The try is written down before it is made: whatever happens then, it has counted.
pub(crate) fn open_by_pin(
    store: &Store,
    platform: &Platform,
    vault: VaultId,
    pin: Pin,
) -> Later<Result<Opened, UnlockError>> {
    let (store, platform) = (store.clone(), platform.clone());
    Box::pin(Whole::new(async move {
        let now = platform.now();
        let (before, version) = tries(&store, vault).await?;
        let left = before.left(now);
        let counted = if left > 0 {
            before.by_this_clock(now)
        } else {
            before.and_one(now)
        };
        let mut batch = Batch::strict();
        batch.expect(Table::Meta, tries_key(vault), version);
        let next = version.unwrap_or(0) + 1;
        batch.put(
            Table::Meta,
            tries_key(vault),
            next,
            codec::to_bytes(&counted),
        );
        unless_full(store.write(&batch).await)?;
        if left > 0 {
            return Err(UnlockError::Wait(left));
        }
        let row = store.get(Table::Meta, &Lock::key(vault)).await?;
        let row = row.ok_or(VaultError::Damaged)?;
        let lock = Lock::read(&row.bytes)?;
        let device = Vault::of_device(&store, &platform, vault).await?;
        let Some(key) = lock.by_pin(&device, &pin).await? else {
            return Err(UnlockError::WrongPin(counted.left(now)));
        };
        let mut batch = Batch::relaxed();
        batch.delete(Table::Meta, tries_key(vault));
        unless_full(store.write(&batch).await)?;
        Ok(Opened {
            lock,
            version: row.version,
            device,
            key,
        })
    }))
}

/// A full phone locks nobody out of their own records: then a try does not count.
fn unless_full(written: Result<(), WriteError>) -> Result<(), BootError> {
    match written {
        Err(WriteError::Store(StoreError::Full)) => Ok(()),
        written => Ok(written?),
    }
}

/// How often a vault was tried in vain, and the version of the row. What cannot be read was written by nobody of ours,
/// and frees nobody from waiting.
pub(crate) async fn tries(
    store: &Store,
    vault: VaultId,
) -> Result<(Tries, Option<u64>), BootError> {
    Ok(match store.get(Table::Meta, &tries_key(vault)).await? {
        Some(row) => {
            let unreadable = Tries {
                failures: u64::MAX,
                last: Millis(0),
            };
            let read = codec::from_bytes(&row.bytes).unwrap_or(unreadable);
            (read, Some(row.version))
        }
        None => (Tries::NONE, None),
    })
}

pub(crate) fn tries_key(vault: VaultId) -> String {
    ["tries/", &vault.to_string()].concat()
}

impl<E: Into<BootError>> From<E> for UnlockError {
    fn from(error: E) -> Self {
        Self::Storage(error.into())
    }
}
