//! Signing in.

use crate::{
    Millis,
    access::Role,
    id::{DeviceId, UserId, VaultId},
    region::RegencyCode,
};
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode, encode::Write};

/// Practice data can never reach a real server, nor the reverse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Realm {
    /// Synthetic families only.
    Practice,
    /// The real programme.
    Live,
}

/// `POST /api/v1/session`.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SignIn {
    /// The account's name.
    #[n(0)]
    pub user: String,
    /// The password, as typed.
    #[n(1)]
    pub password: String,
    /// This installation.
    #[n(2)]
    pub device: DeviceId,
}

/// The answer to a right name and password.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SignedIn {
    /// Bearer token of the requests that follow.
    #[n(0)]
    pub token: String,
    /// When the token stops being taken; unlocking and working go on without it.
    #[n(1)]
    pub expires: Millis,
    /// Who.
    #[n(2)]
    pub user: UserId,
    /// The name to show.
    #[n(3)]
    pub name: String,
    /// What this person does.
    #[n(4)]
    pub role: Role,
    /// Where.
    #[n(5)]
    pub area: RegencyCode,
    /// The area's name.
    #[n(6)]
    pub area_name: String,
    /// Which realm the server serves.
    #[n(7)]
    pub realm: Realm,
    /// The vault given to this person on this installation; the same at every sign-in.
    #[n(8)]
    pub vault: VaultId,
    /// The server's clock, for the offset.
    #[n(9)]
    pub server_time: Millis,
    /// The next free sequence number of this vault's chain.
    #[n(10)]
    pub next_seq: u64,
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

impl<C> Encode<C> for Realm {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.u8(match self {
            Self::Practice => 1,
            Self::Live => 2,
        })?
        .ok()
    }
}

impl<'b, C> Decode<'b, C> for Realm {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        match d.u8()? {
            1 => Ok(Self::Practice),
            2 => Ok(Self::Live),
            _ => Err(decode::Error::message("no realm")),
        }
    }
}

impl<C> Encode<C> for Role {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Role {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        Self::from_name(d.str()?).ok_or_else(|| decode::Error::message("no role"))
    }
}
