//! Keys, sealing and opening. Everything about a person passes through here on its way to the store.
//!
//! A [`Vault`] is one person's on one installation, and it is only to be had by unlocking: its data key is random, and lies
//! on the phone wrapped by the PIN and the device key, and by a spare key that only the server has ([`Lock`]).
//!
//! A sealed record: format (1), schema (1), nonce (12), AES-256-GCM ciphertext and tag. The place of the record (table
//! and key) and its schema are authenticated with it, so that a record moved to another place does not open.

#[cfg(target_family = "wasm")]
#[path = "vault/web_crypto.rs"]
mod cipher;
#[cfg(not(target_family = "wasm"))]
#[path = "vault/native.rs"]
mod cipher;
mod lock;
mod pin;
mod tries;

use crate::{
    platform::Platform,
    store::{Store, StoreError, Table},
};
use core::fmt::Display;
use naik_kelas_domain::id::VaultId;

pub(crate) use cipher::{seal_for, sha256};
pub(crate) use lock::LOCKS;
pub use lock::{Label, Lock};
pub use pin::{Pin, PinFault};
pub use tries::Tries;

/// One person's vault on this installation, unlocked. Clones are the same vault.
#[derive(Clone)]
pub struct Vault {
    id: VaultId,
    cipher: cipher::Cipher,
}

/// The key under which all records of a vault are sealed. It never lies on the phone as it is.
#[derive(Clone)]
pub struct DataKey([u8; 32]);

/// What kind of record is sealed. Numbers never change meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Schema {
    /// A family.
    Kpm = 1,
    /// A draft.
    Draft = 2,
    /// A finished assessment.
    Assessment = 3,
    /// A page of summaries.
    Page = 4,
    /// An entry that waits.
    Waiting = 5,
    /// An entry that was refused.
    Refused = 6,
    /// A receipt.
    Receipt = 7,
    /// Who the vault belongs to.
    Person = 8,
    /// The access token.
    Session = 9,
    /// The head of the chain.
    Chain = 10,
    /// How far the phone has listened.
    Progress = 11,
    /// The data key, by the PIN.
    ByPin = 12,
    /// The data key, by the spare key.
    ByEscrow = 13,
    /// Whose vault it is.
    Label = 14,
}

/// Why a record was not sealed or opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VaultError {
    /// The browser's cryptography is not there (no secure origin).
    NoCryptography,
    /// The record is not what was sealed here: damaged, moved, or of another key.
    Damaged,
    /// A newer app has made it: update the app.
    Newer,
    /// The key could not be read or kept.
    Store(StoreError),
}

/// The name of the device key.
const DEVICE: &str = "device";
const FORMAT: u8 = 1;
const HEADER: usize = 2;
const NONCE: usize = 12;

impl Vault {
    /// The place of a vault under the device key, which is made at the first time: what lies there can be opened on this
    /// installation alone, and by whoever holds the phone.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn of_device(
        store: &Store,
        platform: &Platform,
        id: VaultId,
    ) -> Result<Self, VaultError> {
        let cipher = cipher::Cipher::of_device(store, platform).await?;
        Ok(Self { id, cipher })
    }

    /// A person's vault on this installation.
    ///
    /// # Errors
    /// [`VaultError::NoCryptography`].
    pub async fn unlock(
        platform: &Platform,
        id: VaultId,
        key: &DataKey,
    ) -> Result<Self, VaultError> {
        let cipher = cipher::Cipher::of(platform, &key.0).await?;
        Ok(Self { id, cipher })
    }

    /// The same place under another key.
    async fn under(&self, key: &[u8; 32]) -> Result<Self, VaultError> {
        let cipher = cipher::Cipher::of(&self.cipher.platform, key).await?;
        Ok(Self {
            id: self.id,
            cipher,
        })
    }

    /// Whose vault.
    #[must_use]
    pub const fn id(&self) -> VaultId {
        self.id
    }

    /// The key under which this vault keeps a thing: several people share the tables of a phone.
    #[must_use]
    pub fn key(&self, thing: impl Display) -> String {
        format!("{}/{thing}", self.id)
    }

    /// What all keys of this vault begin with.
    #[must_use]
    pub fn prefix(&self) -> String {
        self.key("")
    }

    /// Seals a record for its place in the store.
    ///
    /// # Errors
    /// [`VaultError::NoCryptography`].
    pub async fn seal(
        &self,
        table: Table,
        key: &str,
        schema: Schema,
        bytes: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let nonce = self.cipher.nonce();
        let sealed = self
            .cipher
            .seal(&nonce, &place(table, key, schema), bytes)
            .await?;
        let mut record = Vec::with_capacity(HEADER + NONCE + sealed.len());
        record.extend_from_slice(&[FORMAT, schema as u8]);
        record.extend_from_slice(&nonce);
        record.extend_from_slice(&sealed);
        Ok(record)
    }

    /// Opens a record from its place in the store.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where it is not what was sealed for this place.
    pub async fn open(
        &self,
        table: Table,
        key: &str,
        schema: Schema,
        record: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let (header, rest) = record.split_at_checked(HEADER).ok_or(VaultError::Damaged)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or(VaultError::Damaged)?;
        if header != [FORMAT, schema as u8] {
            return Err(VaultError::Damaged);
        }
        let nonce: &[u8; NONCE] = nonce.try_into().map_err(|_| VaultError::Damaged)?;
        self.cipher
            .open(nonce, &place(table, key, schema), sealed)
            .await
    }
}

impl DataKey {
    /// A new one.
    #[must_use]
    pub fn new(platform: &Platform) -> Self {
        Self(platform.random())
    }

    fn read(bytes: &[u8]) -> Result<Self, VaultError> {
        bytes.try_into().map(Self).map_err(|_| VaultError::Damaged)
    }
}

impl Drop for DataKey {
    /// Memory that is given back is not cleared by itself.
    fn drop(&mut self) {
        self.0.fill(0);
        core::hint::black_box(&self.0);
    }
}

fn place(table: Table, key: &str, schema: Schema) -> Vec<u8> {
    let mut place = vec![FORMAT, schema as u8];
    place.extend_from_slice(table.name().as_bytes());
    place.push(0);
    place.extend_from_slice(key.as_bytes());
    place
}

impl From<StoreError> for VaultError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use crate::platform::Bench;
    use naik_kelas_domain::Millis;

    async fn vault(key: u8) -> Vault {
        let platform = Platform::new(Bench::new(Millis(0), u64::from(key)));
        let id = VaultId::from_bytes([1; 16]);
        Vault::unlock(&platform, id, &DataKey([key; 32]))
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_record_opens_in_its_own_place_only() {
        let vault = vault(1).await;
        let sealed = vault
            .seal(Table::Kpms, "v/a", Schema::Kpm, b"Siti Contoh")
            .await
            .unwrap();
        assert!(!sealed.windows(4).any(|part| part == b"Siti"));
        let open = |table, key: &'static str, schema, record: Vec<u8>| {
            let vault = vault.clone();
            async move { vault.open(table, key, schema, &record).await }
        };
        assert_eq!(
            open(Table::Kpms, "v/a", Schema::Kpm, sealed.clone()).await,
            Ok(b"Siti Contoh".to_vec())
        );
        for (table, key, schema) in [
            (Table::Drafts, "v/a", Schema::Kpm),
            (Table::Kpms, "v/b", Schema::Kpm),
            (Table::Kpms, "v/a", Schema::Draft),
        ] {
            assert_eq!(
                open(table, key, schema, sealed.clone()).await,
                Err(VaultError::Damaged)
            );
        }
        for length in 0..sealed.len() {
            let cut = sealed.get(..length).unwrap().to_vec();
            assert_eq!(
                open(Table::Kpms, "v/a", Schema::Kpm, cut).await,
                Err(VaultError::Damaged)
            );
        }
        let mut flipped = sealed;
        *flipped.last_mut().unwrap() ^= 1;
        assert_eq!(
            open(Table::Kpms, "v/a", Schema::Kpm, flipped).await,
            Err(VaultError::Damaged)
        );
    }

    #[tokio::test]
    async fn a_record_opens_by_the_same_key_and_no_other() {
        let first = vault(1).await;
        let sealed = first
            .seal(Table::Kpms, "a", Schema::Kpm, b"x")
            .await
            .unwrap();
        let again = vault(1).await;
        assert_eq!(
            again.open(Table::Kpms, "a", Schema::Kpm, &sealed).await,
            Ok(b"x".to_vec())
        );
        let other = vault(2).await;
        assert_eq!(
            other.open(Table::Kpms, "a", Schema::Kpm, &sealed).await,
            Err(VaultError::Damaged)
        );
    }

    #[tokio::test]
    async fn the_same_record_is_sealed_differently_each_time() {
        let vault = vault(1).await;
        let seal = || vault.seal(Table::Kpms, "a", Schema::Kpm, b"x");
        assert_ne!(seal().await.unwrap(), seal().await.unwrap());
    }
}
