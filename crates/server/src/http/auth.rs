//! Tokens: random, stored by their hash, bound to a person and an installation.

use super::problem::Problem;
use crate::{db::Session, random, state::ServerState};
use axum::http::{HeaderMap, header};
use naik_kelas_domain::region::RegencyCode;
use sha2::{Digest, Sha256};

/// How long a token is taken: a working day. An expired one stops sync and nothing else.
pub(super) const TOKEN_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// A fresh token: the regency, so that any server finds its rows, and 32 random bytes.
pub(super) fn fresh_token(regency: RegencyCode) -> Result<String, Problem> {
    let secret: [u8; 32] = random::bytes().map_err(|_| Problem::INTERNAL)?;
    Ok(format!("{regency}.{}", crate::plain::hex(&secret)))
}

/// What is stored of a token.
pub(super) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The person who speaks.
pub(super) async fn session(state: &ServerState, headers: &HeaderMap) -> Result<Session, Problem> {
    let header = headers
        .get(header::AUTHORIZATION)
        .ok_or(Problem::NO_TOKEN)?;
    let token = header
        .to_str()
        .ok()
        .and_then(|text| text.strip_prefix("Bearer "))
        .ok_or(Problem::NO_TOKEN)?;
    let regency = token
        .split_once('.')
        .and_then(|(regency, _)| regency.parse().ok());
    let regency: RegencyCode = regency.ok_or(Problem::BAD_TOKEN)?;
    let found = state.db.session(regency, token_hash(token)).await?;
    let session = found.ok_or(Problem::BAD_TOKEN)?;
    if session.disabled {
        return Err(Problem::DISABLED);
    }
    if session.expires <= state.clock.now() {
        return Err(Problem::TOKEN_EXPIRED);
    }
    Ok(session)
}
