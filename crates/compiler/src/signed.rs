//! Signed packs: ECDSA P-256 with SHA-256, around the very bytes that an unsigned file holds.
//!
//! A signed file is [`MAGIC`], the key's id (8 bytes), the compiled pack as it is, and the signature (64 bytes, r‖s).
//! Everything but the last 64 bytes is signed, so a browser checks a file by one call:
//! `subtle.verify({name: "ECDSA", hash: "SHA-256"}, key, file.slice(-64), file.slice(0, -64))`.
//! The hash that decisions keep is that of the pack inside: signing changes no decision.
//!
//! Nothing here draws or reads files: random bytes and texts come in as arguments.

mod key;
mod rotation;
mod trust;

pub use key::{KeyError, KeyId, PackKey, PublicPackKey, SIGNATURE_BYTES};
pub use rotation::{Rotation, RotationError};
pub use trust::{Distrust, Trust};

/// What a signed file begins with. No compiled pack does: those begin with a CBOR map.
pub const MAGIC: [u8; 8] = *b"NKPACK1\n";

/// Bytes before the pack inside.
const HEAD: usize = MAGIC.len() + KeyId::BYTES;

/// A file that holds a compiled pack, taken apart but not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackBytes<'a> {
    /// The compiled pack.
    pub pack: &'a [u8],
    /// Who signed it, where it is signed.
    pub signed: Option<SignedPart<'a>>,
}

/// What of a signed file is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedPart<'a> {
    /// The key that the file says it is signed with.
    pub key: KeyId,
    /// The bytes that the signature speaks for.
    pub message: &'a [u8],
    /// The signature, r‖s.
    pub signature: &'a [u8],
}

impl<'a> PackBytes<'a> {
    /// Takes a file apart. What does not begin as a signed one is taken for a compiled pack; a signed one that is cut off
    /// has an empty pack, which nothing reads.
    #[must_use]
    pub fn of_file(bytes: &'a [u8]) -> Self {
        let Some(rest) = bytes.strip_prefix(&MAGIC) else {
            return Self {
                pack: bytes,
                signed: None,
            };
        };
        let taken = rest.split_first_chunk::<{ KeyId::BYTES }>();
        let taken = taken.and_then(|(key, rest)| {
            let (pack, signature) = rest.split_last_chunk::<SIGNATURE_BYTES>()?;
            Some((KeyId(*key), pack, signature.as_slice()))
        });
        let (key, pack, signature) = taken.unwrap_or((KeyId([0; KeyId::BYTES]), &[], &[]));
        let message = bytes.get(..HEAD + pack.len()).unwrap_or(bytes);
        Self {
            pack,
            signed: Some(SignedPart {
                key,
                message,
                signature,
            }),
        }
    }
}

/// A signed file around a compiled pack. The same pack and key always give the same bytes (RFC 6979).
#[must_use]
pub fn sign(pack: &[u8], key: &PackKey) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEAD + pack.len() + SIGNATURE_BYTES);
    file.extend_from_slice(&MAGIC);
    file.extend_from_slice(&key.public().id().0);
    file.extend_from_slice(pack);
    let signature = key.sign(&file);
    file.extend_from_slice(&signature);
    file
}
