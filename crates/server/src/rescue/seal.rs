//! What the phone has sealed, opened: the same formats as `src/vault.rs` and [`naik_kelas_domain::rescue`] of the app.

use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

const FORMAT: u8 = 1;
const NONCE: usize = 12;

/// A vault's records, ready to be opened.
pub(super) struct Opened(Aes256Gcm);

/// The data key that a wrap holds.
pub(super) fn open_wrap(
    secret: &SecretKey,
    header: &[u8],
    point: &[u8],
    sealed: &[u8],
) -> Option<Opened> {
    let theirs = PublicKey::from_sec1_bytes(point).ok()?;
    let shared = secret.diffie_hellman(&theirs);
    let mut key = [0; 32];
    let stretched = shared.extract::<Sha256>(Some(point));
    stretched.expand(header, &mut key).ok()?;
    let nonce = [0; NONCE];
    let data_key = Aes256Gcm::new(&key.into()).decrypt(&nonce.into(), sealed);
    let data_key: [u8; 32] = data_key.ok()?.try_into().ok()?;
    Some(Opened(Aes256Gcm::new(&data_key.into())))
}

impl Opened {
    /// Opens a record; `None` where it is not what was sealed for this place.
    pub(super) fn open(
        &self,
        table: &str,
        key: &str,
        schema: u8,
        record: &[u8],
    ) -> Option<Vec<u8>> {
        let (header, rest) = record.split_first_chunk::<2>()?;
        let (nonce, msg) = rest.split_first_chunk::<NONCE>()?;
        if *header != [FORMAT, schema] {
            return None;
        }
        let place = [&header[..], table.as_bytes(), &[0], key.as_bytes()].concat();
        let payload = Payload { msg, aad: &place };
        self.0.decrypt(&(*nonce).into(), payload).ok()
    }
}
