//! Keys that packs are signed with.

use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::pkcs8::{
    DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding,
};
use sha2::{Digest, Sha256};
use std::fmt;

/// Length of a signature: r and s, 32 bytes each.
pub const SIGNATURE_BYTES: usize = 64;

/// The name of a key: the first 8 bytes of the SHA-256 of its public half (SubjectPublicKeyInfo, DER).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; KeyId::BYTES]);

impl KeyId {
    /// Its length.
    pub const BYTES: usize = 8;
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// It is no PEM file of the kind that is wanted here, or holds another kind of key.
    Unreadable,
    /// A private key stands where the public half is wanted: it should not have come here.
    Private,
}

/// A private key. Its bytes are wiped when it is dropped, and never shown.
pub struct PackKey {
    key: SigningKey,
    public: PublicPackKey,
}

impl PackKey {
    /// The key of 32 random bytes; `None` for the few that are no key (draw again).
    #[must_use]
    pub fn from_random(bytes: &[u8; 32]) -> Option<Self> {
        Self::of(SigningKey::from_slice(bytes).ok()?).ok()
    }

    /// Reads an unencrypted PKCS#8 PEM file.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`].
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::of(SigningKey::from_pkcs8_pem(text).map_err(|_| KeyError::Unreadable)?)
    }

    /// The key as PKCS#8 PEM.
    ///
    /// # Errors
    /// It cannot be written: a fault of this program.
    pub fn to_pem(&self) -> Result<impl AsRef<[u8]> + use<>, KeyError> {
        let pem = self.key.to_pkcs8_pem(LineEnding::LF);
        // Kept in the wrapper that wipes it.
        pem.map(WipedText).map_err(|_| KeyError::Unreadable)
    }

    /// What others verify with.
    #[must_use]
    pub fn public(&self) -> &PublicPackKey {
        &self.public
    }

    /// Signs; the same message always gives the same signature (RFC 6979).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_BYTES] {
        let signature: Signature = self.key.sign(message);
        signature.to_bytes().into()
    }

    fn of(key: SigningKey) -> Result<Self, KeyError> {
        let public = PublicPackKey::of(*key.verifying_key())?;
        Ok(Self { key, public })
    }
}

impl fmt::Debug for PackKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PackKey({})", self.public.id)
    }
}

struct WipedText<T>(T);

impl<T: AsRef<str>> AsRef<[u8]> for WipedText<T> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref().as_bytes()
    }
}

/// The public half of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicPackKey {
    key: VerifyingKey,
    der: Vec<u8>,
    id: KeyId,
}

impl PublicPackKey {
    /// Length of the DER form of every P-256 key with both coordinates.
    pub const DER_BYTES: usize = 91;

    /// Reads a PEM file (`BEGIN PUBLIC KEY`).
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        if text.contains("PRIVATE KEY-----") {
            return Err(KeyError::Private);
        }
        Self::of(VerifyingKey::from_public_key_pem(text).map_err(|_| KeyError::Unreadable)?)
    }

    /// Reads SubjectPublicKeyInfo, DER, in the one form that this program writes.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`].
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_public_key_der(der).map_err(|_| KeyError::Unreadable)?;
        let read = Self::of(key)?;
        // Another spelling of the same key would have another id.
        if read.der == der {
            Ok(read)
        } else {
            Err(KeyError::Unreadable)
        }
    }

    /// The key as PEM.
    ///
    /// # Errors
    /// It cannot be written: a fault of this program.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let pem = self.key.to_public_key_pem(LineEnding::LF);
        pem.map_err(|_| KeyError::Unreadable)
    }

    /// SubjectPublicKeyInfo, as WebCrypto imports it (`spki`).
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Whether this key signed the message.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify(message, &signature).is_ok())
    }

    fn of(key: VerifyingKey) -> Result<Self, KeyError> {
        let der = key
            .to_public_key_der()
            .map_err(|_| KeyError::Unreadable)?
            .into_vec();
        let mut id = KeyId([0; KeyId::BYTES]);
        id.0.iter_mut()
            .zip(Sha256::digest(&der))
            .for_each(|(byte, hashed)| *byte = hashed);
        Ok(Self { key, der, id })
    }
}
