//! Signing in, and what a server says of itself, in JSON.

use crate::plain::hex;
use naik_kelas_domain::wire::v1::{About, Realm, SignIn, SignedIn};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct SignInJson {
    user: String,
    password: String,
    device: String,
}

/// Reads a sign-in.
pub(in crate::http) fn sign_in(bytes: &[u8]) -> Option<SignIn> {
    let read: SignInJson = serde_json::from_slice(bytes).ok()?;
    Some(SignIn {
        user: read.user,
        password: read.password,
        device: read.device.parse().ok()?,
    })
}

pub(in crate::http) fn signed_in(signed_in: &SignedIn) -> Vec<u8> {
    let json = json!({
        "token": signed_in.token,
        "expires": signed_in.expires.0,
        "user": signed_in.user.to_string(),
        "name": signed_in.name,
        "role": signed_in.role.as_str(),
        "area": signed_in.area.as_str(),
        "area_name": signed_in.area_name,
        "realm": realm(signed_in.realm),
        "vault": signed_in.vault.to_string(),
        "server_time": signed_in.server_time.0,
        "next_seq": signed_in.next_seq,
        "escrow": signed_in.escrow.map(|secret| hex(&secret)),
        "rescue": signed_in.rescue.as_ref().map(|point| hex(point)),
    });
    json.to_string().into_bytes()
}

pub(in crate::http) fn about(about: &About) -> Vec<u8> {
    let areas = about.areas.iter();
    let accounts = about.accounts.iter();
    let json = json!({
        "realm": realm(about.realm),
        "server_time": about.server_time.0,
        "areas": areas
            .map(|area| json!({"code": area.code.as_str(), "name": area.name}))
            .collect::<Vec<_>>(),
        "accounts": accounts
            .map(|account| json!({
                "role": account.role.as_str(),
                "user": account.user,
                "password": account.password,
                "name": account.name,
            }))
            .collect::<Vec<_>>(),
    });
    json.to_string().into_bytes()
}

pub(super) const fn realm(realm: Realm) -> &'static str {
    match realm {
        Realm::Practice => "practice",
        Realm::Live => "live",
    }
}

pub(super) fn realm_of(name: &str) -> Option<Realm> {
    match name {
        "practice" => Some(Realm::Practice),
        "live" => Some(Realm::Live),
        _ => None,
    }
}
