//! Identities: UUIDs of version 7, one newtype a thing.
//!
//! Independent of KK and NIK, which change, are missing, and are shared. The
//! time inside a UUIDv7 comes from a phone's clock and orders nothing.

use core::{fmt, str::FromStr};

/// Why a text is no identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a UUID")
    }
}

macro_rules! identity {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new identity (UUIDv7) from the caller's clock (milliseconds
            /// since 1970, UTC) and ten random bytes.
            #[must_use]
            pub fn new(now: crate::Millis, random: [u8; 10]) -> Self {
                Self(version_7(now, random))
            }

            /// From the sixteen bytes that records and entries hold.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The sixteen bytes that records and entries hold.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse(text).map(Self).ok_or(NotAnId)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&text(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    )*};
}

identity! {
    /// A family (*keluarga penerima manfaat*).
    KpmId;
    /// A person of a family's roster.
    MemberId;
    /// One assessment of one family.
    AssessmentId;
    /// One note of the journey.
    NoteId;
    /// One entry of a phone's log.
    EntryId;
    /// One installation of the app.
    DeviceId;
    /// One person's vault on one installation: the owner of one chain of entries.
    VaultId;
    /// A person who signs in.
    UserId;
}

/// RFC 9562: 48 bits of milliseconds, then chance around version and variant. The crate `uuid` would do, but brings each
/// phone a kilobyte of other forms.
fn version_7(now: crate::Millis, random: [u8; 10]) -> [u8; 16] {
    let millis = u64::try_from(now.0).unwrap_or(0).to_be_bytes();
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis[2..]);
    bytes[6..].copy_from_slice(&random);
    bytes[6] = bytes[6] & 0x0f | 0x70;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    bytes
}

/// The one form in which identities are written: 36 characters, in either case.
#[inline(never)]
fn parse(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    let mut digits = 0;
    for (at, letter) in text.chars().enumerate() {
        if matches!(at, 8 | 13 | 18 | 23) {
            if letter != '-' {
                return None;
            }
            continue;
        }
        let byte = bytes.get_mut(digits / 2)?;
        *byte = *byte << 4 | letter.to_digit(16)? as u8;
        digits += 1;
    }
    (digits == 32).then_some(bytes)
}

#[inline(never)]
fn text(bytes: &[u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Millis;

    #[test]
    fn a_new_identity_is_version_7_and_survives_its_text() {
        let id = KpmId::new(Millis(1_795_000_000_000), [7; 10]);
        assert_eq!(id.to_string().as_bytes()[14], b'7');
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(KpmId::from_bytes(*id.as_bytes()), id);
    }

    #[test]
    fn a_clock_before_1970_still_gives_distinct_identities() {
        assert_ne!(
            EntryId::new(Millis(-1), [1; 10]),
            EntryId::new(Millis(-1), [2; 10])
        );
    }

    #[test]
    fn identities_have_the_form_of_rfc_9562() {
        let id = KpmId::new(Millis(0x0001_0203_0405), [0xff; 10]);
        assert_eq!(id.to_string(), "00010203-0405-7fff-bfff-ffffffffffff");
    }

    #[test]
    fn an_old_bookmark_is_refused() {
        for text in [
            "keluarga-12",
            "",
            "00010203-0405-7fff-bfff-fffffffffff",
            "00010203-0405-7fff-bfff-fffffffffffff",
            "00010203004050-7fff-bfff-ffffffffffff",
            "000102030405-7fff-bfff-ffffffffffffff",
            "00010203-0405-7fff-bfff-ffffffffff\u{e9}f",
        ] {
            assert_eq!(text.parse::<KpmId>(), Err(NotAnId), "{text}");
        }
        assert!(
            "00010203-0405-7FFF-BFFF-FFFFFFFFFFFF"
                .parse::<KpmId>()
                .is_ok()
        );
    }
}
