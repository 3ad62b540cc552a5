//! What opens a vault: its data key is random, and lies on the phone only wrapped.
//!
//! Once by the PIN: Argon2id makes a key of it, and what that key has sealed is sealed again under the device key, which
//! the browser uses and never shows. A database that was copied without the browser's keys can therefore not be tried out
//! with all PINs. And once by the spare key that the server gives to whoever signs in: a forgotten PIN loses nothing.

use super::{DataKey, Pin, Schema, Vault, VaultError};
use crate::{platform::Whole, records::Later, store::Table};
use argon2::{Algorithm, Argon2, Params, Version};
use naik_kelas_domain::{
    codec::{self, Bytes},
    id::{DeviceId, UserId, VaultId},
    wire::v1::Realm,
    written_as_list,
};

/// What lies in the database. The bytes begin with the number of their format.
#[derive(Clone, PartialEq, Eq)]
pub struct Lock {
    salt: [u8; 16],
    /// In KiB.
    memory: u64,
    passes: u64,
    lanes: u64,
    by_pin: Bytes,
    by_escrow: Bytes,
    label: Bytes,
}

/// Whose vault it is, for the screen that unlocks it.
#[derive(Clone, PartialEq, Eq)]
pub struct Label {
    /// The account.
    pub user: UserId,
    /// The name to show.
    pub name: String,
    /// Under which identity of this installation the vault was made.
    pub device: DeviceId,
    /// Whether a keypad of digits is enough for the PIN.
    pub digits: bool,
    /// Practice is marked on every screen, this one too.
    pub realm: Realm,
}

written_as_list!(Lock, 7, { salt, memory, passes, lanes, by_pin, by_escrow, label });
written_as_list!(Label, 5, { user, name, device, digits, realm });

const FORMAT: u8 = 1;
/// What the keys of all locks begin with.
pub(crate) const LOCKS: &str = "lock/";
/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const MEMORY: u64 = 19 * 1024;
const PASSES: u64 = 2;
const LANES: u64 = 1;
/// What a newer app may ask of this phone; more is no lock of ours.
const MOST_MEMORY: u64 = 128 * 1024;
const MOST_PASSES: u64 = 16;

impl Lock {
    /// The key of a vault's lock.
    pub(crate) fn key(vault: VaultId) -> String {
        [LOCKS, &vault.to_string()].concat()
    }

    /// Reads a lock.
    ///
    /// # Errors
    /// [`VaultError::Newer`] where a newer app has made it, [`VaultError::Damaged`].
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, VaultError> {
        match bytes.split_first() {
            Some((&FORMAT, rest)) => codec::from_bytes(rest).map_err(|_| VaultError::Damaged),
            Some((&format, _)) if format > FORMAT => Err(VaultError::Newer),
            _ => Err(VaultError::Damaged),
        }
    }

    /// As it lies in the database.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        [vec![FORMAT], codec::to_bytes(self)].concat()
    }

    /// A lock for a data key. `device` is the vault's place under the device key.
    pub(crate) fn new(
        device: Vault,
        key: DataKey,
        pin: Pin,
        escrow: [u8; 32],
        label: Label,
    ) -> Later<Result<Self, VaultError>> {
        Box::pin(Whole::new(async move {
            let spare = device.under(&escrow).await?;
            let by_escrow = spare
                .seal(Table::Meta, &Self::key(device.id), Schema::ByEscrow, &key.0)
                .await?;
            let lock = Self {
                salt: [0; 16],
                memory: MEMORY,
                passes: PASSES,
                lanes: LANES,
                by_pin: Vec::new().into(),
                by_escrow: by_escrow.into(),
                label: Vec::new().into(),
            };
            lock.with_pin(device, key, pin, label).await
        }))
    }

    /// The same lock with another PIN.
    pub(crate) fn with_pin(
        self,
        device: Vault,
        key: DataKey,
        pin: Pin,
        label: Label,
    ) -> Later<Result<Self, VaultError>> {
        Box::pin(Whole::new(async move {
            let place = Self::key(device.id);
            let mut lock = Self {
                salt: device.cipher.platform.random(),
                memory: MEMORY,
                passes: PASSES,
                lanes: LANES,
                ..self
            };
            let stretched = device.under(&lock.stretch(&pin)?).await?;
            let inner = stretched
                .seal(Table::Meta, &place, Schema::ByPin, &key.0)
                .await?;
            let both = [
                (Schema::ByPin, inner),
                (Schema::Label, codec::to_bytes(&label)),
            ];
            for (schema, bytes) in both {
                let sealed = device.seal(Table::Meta, &place, schema, &bytes).await?;
                match schema {
                    Schema::Label => lock.label = sealed.into(),
                    _ => lock.by_pin = sealed.into(),
                }
            }
            Ok(lock)
        }))
    }

    /// The data key, by the PIN; `None` = it is another PIN.
    pub(crate) fn by_pin(
        &self,
        device: &Vault,
        pin: &Pin,
    ) -> Later<Result<Option<DataKey>, VaultError>> {
        let (lock, device, pin) = (self.clone(), device.clone(), pin.clone());
        Box::pin(Whole::new(async move {
            let place = Self::key(device.id);
            let inner = device
                .open(Table::Meta, &place, Schema::ByPin, &lock.by_pin)
                .await?;
            let stretched = device.under(&lock.stretch(&pin)?).await?;
            let opened = stretched
                .open(Table::Meta, &place, Schema::ByPin, &inner)
                .await;
            match opened {
                Ok(bytes) => DataKey::read(&bytes).map(Some),
                Err(VaultError::Damaged) => Ok(None),
                Err(error) => Err(error),
            }
        }))
    }

    /// The data key, by the spare key of the server.
    pub(crate) fn by_escrow(
        &self,
        device: &Vault,
        escrow: [u8; 32],
    ) -> Later<Result<DataKey, VaultError>> {
        let (lock, device) = (self.clone(), device.clone());
        Box::pin(Whole::new(async move {
            let spare = device.under(&escrow).await?;
            let place = Self::key(device.id);
            let opened = spare.open(Table::Meta, &place, Schema::ByEscrow, &lock.by_escrow);
            DataKey::read(&opened.await?)
        }))
    }

    /// Whose vault it is.
    pub(crate) fn label(&self, device: &Vault) -> Later<Result<Label, VaultError>> {
        let (lock, device) = (self.clone(), device.clone());
        Box::pin(Whole::new(async move {
            let place = Self::key(device.id);
            let opened = device.open(Table::Meta, &place, Schema::Label, &lock.label);
            codec::from_bytes(&opened.await?).map_err(|_| VaultError::Damaged)
        }))
    }

    /// The key that a PIN makes: dear to make, so that guessing is.
    fn stretch(&self, pin: &Pin) -> Result<[u8; 32], VaultError> {
        if self.memory > MOST_MEMORY || self.passes > MOST_PASSES || self.lanes > MOST_PASSES {
            return Err(VaultError::Damaged);
        }
        let [memory, passes, lanes] =
            [self.memory, self.passes, self.lanes].map(|cost| cost as u32);
        let params = Params::new(memory, passes, lanes, None).map_err(|_| VaultError::Damaged)?;
        let mut key = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin.as_bytes(), &self.salt, &mut key)
            .map_err(|_| VaultError::NoCryptography)?;
        Ok(key)
    }
}
