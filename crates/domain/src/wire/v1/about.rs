//! What anybody may know about a server before signing in.

use super::Realm;
use crate::{Millis, access::Role, region::RegencyCode};

/// `GET /api/v1/about`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// Practice or live: the app says which on every screen.
    pub realm: Realm,
    /// The server's clock.
    pub server_time: Millis,
    /// The regencies served, with their names; a country's server names none.
    pub areas: Vec<Area>,
    /// Accounts to practise with: on a practice server only, where nothing is secret.
    pub accounts: Vec<PracticeAccount>,
}

/// A regency and its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Area {
    /// Its code.
    pub code: RegencyCode,
    /// Its name, `Kabupaten Cirebon`.
    pub name: String,
}

/// An account that anybody may use, with synthetic families only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PracticeAccount {
    /// What this person does.
    pub role: Role,
    /// The name to sign in with.
    pub user: String,
    /// The password.
    pub password: String,
    /// The name to show.
    pub name: String,
}

crate::written_as_map!(About { 0 realm, 1 server_time, 2 areas, 3 accounts });
crate::written_as_map!(Area { 0 code, 1 name });
crate::written_as_map!(PracticeAccount { 0 role, 1 user, 2 password, 3 name });
