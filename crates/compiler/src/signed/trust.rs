//! Whose packs are taken.

use super::PackBytes;
use super::key::{KeyId, PublicPackKey};
use super::rotation::Rotation;
use std::fmt;

/// The keys whose packs are taken: those that were named, and those that they hand over to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    keys: Vec<PublicPackKey>,
}

/// Why a pack or a statement is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distrust {
    /// Nobody signed it.
    Unsigned,
    /// It begins as a signed file and is cut off.
    CutOff,
    /// It is signed with a key that is not trusted.
    UnknownKey(KeyId),
    /// It names a trusted key, which did not sign these bytes.
    BadSignature(KeyId),
    /// A statement names a trusted key as the old one, which did not sign it.
    BadRotation(KeyId),
}

impl Trust {
    /// Trusts these keys, and those to which statements lead from them, in whatever order they are given. A statement of a
    /// key that is not trusted leads nowhere and changes nothing.
    ///
    /// # Errors
    /// [`Distrust::BadRotation`].
    pub fn new(keys: Vec<PublicPackKey>, rotations: &[Rotation]) -> Result<Self, Distrust> {
        let mut trust = Self { keys };
        let mut waiting: Vec<&Rotation> = rotations.iter().collect();
        loop {
            let before = waiting.len();
            let mut left = Vec::new();
            for rotation in waiting {
                let Some(old) = trust.key(rotation.old()) else {
                    left.push(rotation);
                    continue;
                };
                if !rotation.is_signed_by(old) {
                    return Err(Distrust::BadRotation(rotation.old()));
                }
                if trust.key(rotation.new_key().id()).is_none() {
                    trust.keys.push(rotation.new_key().clone());
                }
            }
            waiting = left;
            if waiting.len() == before {
                return Ok(trust);
            }
        }
    }

    /// The compiled pack in a file, where a trusted key signed it.
    ///
    /// # Errors
    /// [`Distrust`].
    pub fn pack_in<'a>(&self, file: &'a [u8]) -> Result<&'a [u8], Distrust> {
        let taken = PackBytes::of_file(file);
        let signed = taken.signed.ok_or(Distrust::Unsigned)?;
        if signed.signature.is_empty() {
            return Err(Distrust::CutOff);
        }
        let key = self
            .key(signed.key)
            .ok_or(Distrust::UnknownKey(signed.key))?;
        if key.verifies(signed.message, signed.signature) {
            Ok(taken.pack)
        } else {
            Err(Distrust::BadSignature(signed.key))
        }
    }

    fn key(&self, id: KeyId) -> Option<&PublicPackKey> {
        self.keys.iter().find(|key| key.id() == id)
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned => out.write_str(
                "it is not signed, and --trust takes only signed packs. Sign it: naik-kelas pack sign FILE --key KEY",
            ),
            Self::CutOff => out.write_str("it is cut off. Fetch it again"),
            Self::UnknownKey(key) => write!(
                out,
                "it is signed with the key {key}, which is not trusted: no --trust names it, and no --rotation leads to it"
            ),
            Self::BadSignature(key) => write!(
                out,
                "it was changed after it was signed, or is not by the key {key} that it names. Do not use it; fetch it again"
            ),
            Self::BadRotation(key) => write!(
                out,
                "the key {key} did not sign this statement of rotation. Do not use it; fetch it again"
            ),
        }
    }
}
