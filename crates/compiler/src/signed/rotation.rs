//! One key hands over to the next, and both say so.
//!
//! A statement is [`MAGIC`], the old key's id (8 bytes), the new public key (91 bytes, SubjectPublicKeyInfo), the
//! signature of the old key and that of the new one (64 bytes each, r‖s). Both sign everything before the signatures:
//! the old key vouches for the new one, and the new one shows that its holder is at hand.

use super::key::{KeyId, PackKey, PublicPackKey, SIGNATURE_BYTES};

/// What a statement begins with. It is signed, so that no signature of a pack can stand for one.
const MAGIC: [u8; 8] = *b"NKROTA1\n";
const MESSAGE: usize = MAGIC.len() + KeyId::BYTES + PublicPackKey::DER_BYTES;

/// A statement that is whole and that the new key has signed. Whether the old one did is known to who has that key:
/// [`Rotation::is_signed_by`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    old: KeyId,
    new: PublicPackKey,
    bytes: Vec<u8>,
}

/// Why something is no statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RotationError {
    /// It has another length or begins otherwise.
    Malformed,
    /// The new key did not sign it: it was edited.
    NotSignedByNew,
    /// The old and the new key are the same.
    SameKey,
}

impl Rotation {
    /// The statement that one key hands over to another.
    ///
    /// # Errors
    /// [`RotationError::SameKey`].
    pub fn new(old: &PackKey, new: &PackKey) -> Result<Self, RotationError> {
        let mut bytes = Vec::with_capacity(MESSAGE + 2 * SIGNATURE_BYTES);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&old.public().id().0);
        bytes.extend_from_slice(new.public().der());
        let (by_old, by_new) = (old.sign(&bytes), new.sign(&bytes));
        bytes.extend_from_slice(&by_old);
        bytes.extend_from_slice(&by_new);
        Self::read(&bytes)
    }

    /// Reads a statement, and verifies what it says of itself.
    ///
    /// # Errors
    /// [`RotationError`].
    pub fn read(bytes: &[u8]) -> Result<Self, RotationError> {
        let malformed = RotationError::Malformed;
        if bytes.len() != MESSAGE + 2 * SIGNATURE_BYTES {
            return Err(malformed);
        }
        let (message, signatures) = bytes.split_at(MESSAGE);
        let rest = message.strip_prefix(&MAGIC).ok_or(malformed)?;
        let (old, der) = rest.split_first_chunk().ok_or(malformed)?;
        let new = PublicPackKey::from_der(der).map_err(|_| malformed)?;
        let (_, by_new) = signatures.split_at(SIGNATURE_BYTES);
        if !new.verifies(message, by_new) {
            return Err(RotationError::NotSignedByNew);
        }
        let old = KeyId(*old);
        if old == new.id() {
            return Err(RotationError::SameKey);
        }
        Ok(Self {
            old,
            new,
            bytes: bytes.to_vec(),
        })
    }

    /// The key that hands over.
    #[must_use]
    pub fn old(&self) -> KeyId {
        self.old
    }

    /// The key that follows.
    #[must_use]
    pub fn new_key(&self) -> &PublicPackKey {
        &self.new
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether this key is the old one and signed the statement.
    #[must_use]
    pub fn is_signed_by(&self, old: &PublicPackKey) -> bool {
        let (message, signatures) = self.bytes.split_at(MESSAGE);
        let (by_old, _) = signatures.split_at(SIGNATURE_BYTES);
        old.id() == self.old && old.verifies(message, by_old)
    }
}
