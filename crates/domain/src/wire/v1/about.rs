//! What anybody may know about a server before signing in.

use super::Realm;
use crate::{Millis, access::Role, region::RegencyCode};
use minicbor::{Decode, Encode};

/// `GET /api/v1/about`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct About {
    /// Practice or live: the app says which on every screen.
    #[n(0)]
    pub realm: Realm,
    /// The server's clock.
    #[n(1)]
    pub server_time: Millis,
    /// The regencies served, with their names; a country's server names none.
    #[n(2)]
    pub areas: Vec<Area>,
    /// Accounts to practise with: on a practice server only, where nothing is secret.
    #[n(3)]
    pub accounts: Vec<PracticeAccount>,
}

/// A regency and its name.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Area {
    /// Its code.
    #[n(0)]
    pub code: RegencyCode,
    /// Its name, `Kabupaten Cirebon`.
    #[n(1)]
    pub name: String,
}

/// An account that anybody may use, with synthetic families only.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct PracticeAccount {
    /// What this person does.
    #[n(0)]
    pub role: Role,
    /// The name to sign in with.
    #[n(1)]
    pub user: String,
    /// The password.
    #[n(2)]
    pub password: String,
    /// The name to show.
    #[n(3)]
    pub name: String,
}
