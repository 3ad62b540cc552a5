//! Passwords: made, hashed with Argon2id, checked in the same time for known and unknown names.

use crate::random::{self, NoRandom};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use naik_kelas_domain::wire::v1::Realm;

/// How dear a guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// 19 MiB, two passes (OWASP's first choice for Argon2id).
    Real,
    /// For passwords that stand on the sign-in screen anyway: starts at once, protects nothing.
    Practice,
}

impl From<Realm> for Cost {
    fn from(realm: Realm) -> Self {
        match realm {
            Realm::Practice => Self::Practice,
            Realm::Live => Self::Real,
        }
    }
}

/// A password cannot be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoHash;

/// Hashes a password into a PHC string that names its own parameters.
///
/// # Errors
/// [`NoHash`] where the system has no random bytes for a salt.
pub fn hash(password: &str, cost: Cost) -> Result<String, NoHash> {
    let (memory, passes) = match cost {
        Cost::Real => (19 * 1024, 2),
        Cost::Practice => (64, 1),
    };
    let params = Params::new(memory, passes, 1, None).map_err(|_| NoHash)?;
    let salt: [u8; 16] = random::bytes().map_err(|NoRandom| NoHash)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|_| NoHash)
}

/// Whether the password is the one that was hashed. Work is the same either way.
#[must_use]
pub fn is_right(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// A password to be read out once: four groups of four letters and digits that
/// are not mistaken for one another, eighty bits.
///
/// # Errors
/// [`NoRandom`] where the system has none to give.
pub fn fresh() -> Result<String, NoRandom> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes: [u8; 16] = random::bytes()?;
    let mut password = String::with_capacity(19);
    for (at, byte) in bytes.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            password.push('-');
        }
        password.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_opens_for_its_password_only() {
        for cost in [Cost::Practice, Cost::Real] {
            let hashed = hash("rahasia sekali", cost).unwrap();
            assert!(hashed.starts_with("$argon2id$"), "{hashed}");
            assert!(is_right("rahasia sekali", &hashed));
            assert!(!is_right("rahasia sekalI", &hashed));
        }
        assert!(!is_right("anything", "no hash at all"));
    }

    #[test]
    fn a_fresh_password_can_be_read_out() {
        let (one, other) = (fresh().unwrap(), fresh().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 19);
        assert!(!one.contains(['l', 'o', '0', '1', 'O']));
    }
}
