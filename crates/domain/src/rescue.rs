//! The rescue file: what waits on a phone, as it lies sealed, and the key to it, sealed so that only the server opens it.
//!
//! A *wrap* is written when a vault is opened online and lies in plain sight in the phone's database: [`header`], the
//! public half of a key pair that was made for this wrap alone (65 bytes, uncompressed), and the vault's data key under
//! AES-256-GCM (48 bytes). The key of that comes from ECDH P-256 with the server's public key through HKDF-SHA-256,
//! salted with the wrap's public half, with the header as what it is for. It seals once, so its nonce is zero.

use crate::{id::VaultId, region::RegencyCode, wire::v1::Realm};

/// What the wraps' rows begin with in the phone's table `meta`; the vault follows.
pub const ROWS: &str = "rescue/";
/// A public key: a point of P-256, uncompressed.
pub const POINT: usize = 65;
/// The data key and the tag of its seal.
pub const SEALED: usize = 48;

const FORMAT: u8 = 1;
const REGENCY: usize = 4;
const KEY: usize = 8;
const VAULT: usize = 16;
/// Length of a header in bytes.
pub const HEADER: usize = 2 + REGENCY + KEY + VAULT;

/// By which a server key is found: the first bytes of its point's x, which are as good as random.
pub type KeyId = [u8; KEY];

/// For whom a wrap was made, and to what it is the key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Practice or live.
    pub realm: Realm,
    /// The area of the vault's person.
    pub area: RegencyCode,
    /// Which key of the server opens it.
    pub key: KeyId,
    /// The vault.
    pub vault: VaultId,
}

/// The identity of a server key; `None` where the bytes are no point.
#[must_use]
pub fn key_id(public: &[u8]) -> Option<KeyId> {
    match (public.len(), public.get(1..=KEY)) {
        (POINT, Some(id)) => id.try_into().ok(),
        _ => None,
    }
}

/// What a wrap begins with.
#[must_use]
pub fn header(realm: Realm, area: RegencyCode, key: KeyId, vault: VaultId) -> Vec<u8> {
    let realm = match realm {
        Realm::Practice => b'p',
        Realm::Live => b'l',
    };
    let first: &[u8] = &[FORMAT, realm];
    [first, area.as_str().as_bytes(), &key, vault.as_bytes()].concat()
}

impl Header {
    /// Reads a wrap's first [`HEADER`] bytes; `None` where they are of a newer format, or none at all.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (&[FORMAT, realm], rest) = bytes.split_first_chunk::<2>()? else {
            return None;
        };
        let (area, rest) = rest.split_first_chunk::<REGENCY>()?;
        let (key, rest) = rest.split_first_chunk::<KEY>()?;
        Some(Self {
            realm: match realm {
                b'p' => Realm::Practice,
                b'l' => Realm::Live,
                _ => return None,
            },
            area: core::str::from_utf8(area).ok()?.parse().ok()?,
            key: *key,
            vault: VaultId::from_bytes(rest.try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_what_was_put_into_it_and_nothing_shorter_or_longer_does() {
        let said = Header {
            realm: Realm::Practice,
            area: "3209".parse().unwrap(),
            key: [7; KEY],
            vault: VaultId::from_bytes([9; VAULT]),
        };
        let bytes = header(said.realm, said.area, said.key, said.vault);
        assert_eq!(bytes.len(), HEADER);
        assert_eq!(Header::read(&bytes), Some(said));
        for length in 0..HEADER {
            assert_eq!(Header::read(&bytes[..length]), None);
        }
        assert_eq!(Header::read(&[&bytes[..], &[0]].concat()), None);
        for (at, wrong) in [(0, 2), (1, b'x'), (2, b'z')] {
            let mut other = bytes.clone();
            other[at] = wrong;
            assert_eq!(Header::read(&other), None);
        }
    }
}
