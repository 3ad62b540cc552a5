//! The server's keys for rescue files: P-256, the newest for phones, all of them for opening.
//!
//! They lie beside the database and not in its copies. Without them no rescue file opens, so they want a copy of their
//! own, in another place.

use super::seal::{self, Opened};
use crate::{
    plain::{hex, unhex},
    random,
};
use naik_kelas_domain::rescue::{self, HEADER, Header, KeyId, POINT};
use p256::SecretKey;
use std::{
    fmt,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// The file of the keys in a data folder: one a line in hexadecimal, the newest last.
pub const FILE: &str = "rescue.keys";

/// The keys. At least one.
pub struct Ring {
    keys: Vec<(KeyId, SecretKey)>,
    newest: Vec<u8>,
}

impl fmt::Debug for Ring {
    /// Without what is secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ring").field(&self.keys.len()).finish()
    }
}

/// Why a wrap gives no data key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum WrapFault {
    /// No key of this ring has that identity.
    UnknownKey,
    /// It is cut, edited, or none of ours.
    Damaged,
}

impl Ring {
    /// Reads the file, or makes it with a first key where it is absent.
    ///
    /// # Errors
    /// It cannot be read or written, or holds something else.
    pub fn open(file: &Path) -> io::Result<Self> {
        if !file.exists() {
            add_key(file)?;
        }
        let text = fs::read_to_string(file)?;
        let mut keys = Vec::new();
        let mut newest = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let secret = unhex(line.trim()).and_then(|bytes| SecretKey::from_slice(&bytes).ok());
            let secret = secret.ok_or(io::ErrorKind::InvalidData)?;
            newest = secret.public_key().to_sec1_bytes().into_vec();
            let id = rescue::key_id(&newest).ok_or(io::ErrorKind::InvalidData)?;
            keys.push((id, secret));
        }
        match keys.is_empty() {
            true => Err(io::ErrorKind::InvalidData.into()),
            false => Ok(Self { keys, newest }),
        }
    }

    /// The public half of the newest key, for phones: 65 bytes.
    #[must_use]
    pub fn public(&self) -> &[u8] {
        &self.newest
    }

    /// What a wrap says of itself, unproven; `None` where it is none.
    pub(super) fn header(wrap: &[u8]) -> Option<Header> {
        Header::read(wrap.get(..HEADER)?)
    }

    /// The data key in a wrap.
    pub(super) fn open_wrap(&self, wrap: &[u8]) -> Result<Opened, WrapFault> {
        let said = Self::header(wrap).ok_or(WrapFault::Damaged)?;
        let (header, rest) = wrap.split_at(HEADER);
        let (point, sealed) = rest.split_at_checked(POINT).ok_or(WrapFault::Damaged)?;
        let found = self.keys.iter().find(|(id, _)| *id == said.key);
        let (_, secret) = found.ok_or(WrapFault::UnknownKey)?;
        seal::open_wrap(secret, header, point, sealed).ok_or(WrapFault::Damaged)
    }
}

/// Adds a key, which phones get from the next start of the server on; makes the file where it is absent.
///
/// # Errors
/// It cannot be written, or the system has no random bytes.
pub fn add_key(file: &Path) -> io::Result<()> {
    let secret = loop {
        let bytes: [u8; 32] = random::bytes().map_err(|_| io::ErrorKind::Other)?;
        // One in 2^32 is no key of this curve.
        if SecretKey::from_slice(&bytes).is_ok() {
            break bytes;
        }
    };
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut made = options.open(file)?;
    made.write_all(format!("{}\n", hex(&secret)).as_bytes())?;
    made.sync_all()
}
