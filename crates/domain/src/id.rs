//! Identities: UUIDs of version 7, one newtype a thing.
//!
//! Independent of KK and NIK, which change, are missing, and are shared. The
//! time inside a UUIDv7 comes from a phone's clock and orders nothing.

use core::{fmt, str::FromStr};
use uuid::Uuid;

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
        pub struct $name(Uuid);

        impl $name {
            /// A new identity (UUIDv7) from the caller's clock (milliseconds
            /// since 1970, UTC) and ten random bytes.
            #[must_use]
            pub fn new(now: crate::Millis, random: [u8; 10]) -> Self {
                let millis = u64::try_from(now.0).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// From the sixteen bytes that records and entries hold.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The sixteen bytes that records and entries hold.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
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
    fn an_old_bookmark_is_refused() {
        assert_eq!("keluarga-12".parse::<KpmId>(), Err(NotAnId));
    }
}
