//! The cipher of native tests: the same algorithm, in the process.

use super::{DEVICE, DataKey, NONCE, VaultError};
use crate::{platform::Platform, store::Store};
use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use p256::{PublicKey, SecretKey};
use sha2::{Digest, Sha256};

#[derive(Clone)]
pub(super) struct Cipher {
    key: Aes256Gcm,
    pub(super) platform: Platform,
}

impl Cipher {
    /// Of this installation.
    pub(super) async fn of_device(store: &Store, platform: &Platform) -> Result<Self, VaultError> {
        let Store::Memory(memory) = store;
        Self::of(platform, &memory.key_or(DEVICE, platform.random())).await
    }

    /// Of these bytes.
    pub(super) async fn of(platform: &Platform, bytes: &[u8; 32]) -> Result<Self, VaultError> {
        Ok(Self {
            key: Aes256Gcm::new(&(*bytes).into()),
            platform: platform.clone(),
        })
    }

    pub(super) fn nonce(&self) -> [u8; NONCE] {
        self.platform.random()
    }

    pub(super) async fn seal(
        &self,
        nonce: &[u8; NONCE],
        place: &[u8],
        bytes: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let payload = Payload {
            msg: bytes,
            aad: place,
        };
        self.key
            .encrypt(&(*nonce).into(), payload)
            .map_err(|_| VaultError::NoCryptography)
    }

    pub(super) async fn open(
        &self,
        nonce: &[u8; NONCE],
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let payload = Payload {
            msg: sealed,
            aad: place,
        };
        self.key
            .decrypt(&(*nonce).into(), payload)
            .map_err(|_| VaultError::Damaged)
    }
}

/// A wrap of a data key ([`naik_kelas_domain::rescue`]), as `public/recovery.js` makes it.
pub(crate) async fn seal_for(
    platform: &Platform,
    public: &[u8],
    header: &[u8],
    key: &DataKey,
) -> Option<Vec<u8>> {
    let peer = PublicKey::from_sec1_bytes(public).ok()?;
    let own = SecretKey::from_slice(&platform.random::<32>()).ok()?;
    let salt = own.public_key().to_sec1_bytes();
    let mut seal = [0; 32];
    let stretched = own.diffie_hellman(&peer).extract::<Sha256>(Some(&salt));
    stretched.expand(header, &mut seal).ok()?;
    let sealed = Aes256Gcm::new(&seal.into()).encrypt(&[0; NONCE].into(), key.0.as_slice());
    Some([header, &salt, &sealed.ok()?].concat())
}

/// SHA-256 of some bytes.
pub(crate) async fn sha256(bytes: &[u8]) -> Result<[u8; 32], VaultError> {
    Ok(Sha256::digest(bytes).into())
}
