//! Keyed hashes by which a family is found again: over its KK and the NIK of its people, and over the groups
//! in which a name with its birth date, or a likeness, is looked for. Who has the database and not the key
//! cannot try numbers out on them.
//!
//! They are derived from what is stored, and can be made anew with another key at any time.

use hmac::{Hmac, KeyInit, Mac};
use naik_kelas_domain::{
    Date,
    identity::{KkNumber, Nik},
    likeness::name_key,
    region::VillageCode,
};
use sha2::Sha256;
use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// The file of the key in a data folder.
pub const FILE: &str = "identity.key";

/// The secret.
#[derive(Clone)]
pub struct KeyRing(Hmac<Sha256>);

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyRing")
    }
}

/// A hash as it is stored.
pub type Key = [u8; 16];

impl KeyRing {
    /// Of thirty-two secret bytes.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        // HMAC takes a key of any length; of thirty-two bytes it is used as it is.
        Self(Hmac::new_from_slice(secret).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// Reads the key's file, or makes it where it is absent.
    ///
    /// # Errors
    /// The file cannot be read or written, or holds no key.
    pub fn open(file: &Path) -> io::Result<Self> {
        if !file.exists() {
            let secret: [u8; 32] = crate::random::bytes().map_err(|_| io::ErrorKind::Other)?;
            let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut made = options.open(file)?;
            writeln!(made, "{hex}")?;
            made.sync_all()?;
        }
        let text = fs::read_to_string(file)?;
        let secret = secret(text.trim()).ok_or(io::ErrorKind::InvalidData)?;
        Ok(Self::new(&secret))
    }

    fn hash(&self, kind: u8, parts: &[&[u8]]) -> Key {
        let mut mac = self.0.clone();
        mac.update(&[kind]);
        for part in parts {
            mac.update(part);
            // A sign that no part holds, so that parts do not run together.
            mac.update(&[0xff]);
        }
        let full = mac.finalize().into_bytes();
        let mut key = [0; 16];
        key.copy_from_slice(&full[..16]);
        key
    }

    /// Tells one key ring from another without showing it.
    #[must_use]
    pub fn check(&self) -> Key {
        self.hash(0, &[])
    }

    /// By the family card.
    #[must_use]
    pub fn kk(&self, kk: &KkNumber) -> Key {
        self.hash(1, &[kk.as_str().as_bytes()])
    }

    /// By a person's number.
    #[must_use]
    pub fn nik(&self, nik: &Nik) -> Key {
        self.hash(2, &[nik.as_str().as_bytes()])
    }

    /// Those born on a day in a district: among them a likeness is looked for.
    #[must_use]
    pub fn born(&self, born: Date, village: VillageCode) -> Key {
        let (born, district) = (born.to_string(), &village.as_str().as_bytes()[..6]);
        self.hash(3, &[born.as_bytes(), district])
    }

    /// Those whose names sound so in a village: among them a likeness is looked for.
    #[must_use]
    pub fn sounding(&self, name: &str, village: VillageCode) -> Key {
        self.hash(4, &[name_key(name).as_bytes(), village.as_str().as_bytes()])
    }
}

fn secret(hex: &str) -> Option<[u8; 32]> {
    let mut secret = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (at, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(secret)
}
