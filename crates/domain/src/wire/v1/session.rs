//! Signing in.

use crate::codec::{Bytes, Reader, Writer, Written};
use crate::{
    Millis,
    access::Role,
    id::{DeviceId, UserId, VaultId},
    region::RegencyCode,
};

/// Practice data can never reach a real server, nor the reverse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Realm {
    /// Synthetic families only.
    Practice,
    /// The real programme.
    Live,
}

/// `POST /api/v1/session`.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The account's name.
    pub user: String,
    /// The password, as typed.
    pub password: String,
    /// This installation.
    pub device: DeviceId,
}

/// The answer to a right name and password.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Bearer token of the requests that follow.
    pub token: String,
    /// When the token stops being taken; unlocking and working go on without it.
    pub expires: Millis,
    /// Who.
    pub user: UserId,
    /// The name to show.
    pub name: String,
    /// What this person does.
    pub role: Role,
    /// Where.
    pub area: RegencyCode,
    /// The area's name.
    pub area_name: String,
    /// Which realm the server serves.
    pub realm: Realm,
    /// The vault given to this person on this installation; the same at every sign-in.
    pub vault: VaultId,
    /// The server's clock, for the offset.
    pub server_time: Millis,
    /// The next free sequence number of this vault's chain.
    pub next_seq: u64,
    /// The vault's spare key, which opens what lies on the phone when its PIN is forgotten. The phone never keeps it.
    /// An older server has none.
    pub escrow: Option<[u8; 32]>,
    /// The public key to which the phone seals the vault's data key for a rescue file ([`crate::rescue`]).
    /// An older server has none.
    pub rescue: Option<Bytes>,
}

/// Why nobody was signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInRefusal {
    /// Name or password is wrong; which one is never said.
    WrongNameOrPassword,
    /// Too many tries; wait.
    TooManyTries,
    /// The account was closed.
    Disabled,
}

impl SignInRefusal {
    /// The stable code of the problem document.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongNameOrPassword => "wrong-name-or-password",
            Self::TooManyTries => "too-many-tries",
            Self::Disabled => "account-disabled",
        }
    }
}

crate::written_as_map!(SignIn { 0 user, 1 password, 2 device });
crate::written_as_map!(SignedIn { 0 token, 1 expires, 2 user, 3 name, 4 role, 5 area, 6 area_name, 7 realm, 8 vault, 9 server_time, 10 next_seq, 11 escrow, 12 rescue });
crate::written_as_number!(Realm {
    Realm::Practice = 1,
    Realm::Live = 2,
});

impl Written for Role {
    fn put(&self, writer: &mut Writer) {
        writer.text(self.as_str());
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        Self::from_name(reader.text()).unwrap_or_else(|| {
            reader.fail();
            Self::Facilitator
        })
    }
}
