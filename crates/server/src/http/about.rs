//! What anybody may ask: who this server is, packs, and how it does.

use super::{
    body::{self, Format},
    json, openapi,
    problem::Problem,
};
use crate::{packs::Shelved, plain, state::ServerState};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use naik_kelas_domain::wire::v1::{self, About};

pub(super) async fn about(
    State(state): State<ServerState>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let about = About {
        realm: state.realm,
        server_time: state.clock.now(),
        areas: state.areas(),
        accounts: state.practice.clone(),
    };
    let format = Format::accepted(&headers);
    let plain = match format {
        Format::Cbor => v1::to_bytes(&about),
        Format::Json => json::session::about(&about),
    };
    body::answer(format, plain, body::takes_gzip(&headers))
}

/// A compiled pack by its hash: the bytes of an address never change.
pub(super) async fn pack(
    State(state): State<ServerState>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let shelved = shelved(&state, &hash)?;
    let mut response = pack_bytes(&shelved.bytes, &headers)?;
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Ok(response)
}

/// The same as a signed file, for phones whose release names the keys that it takes packs of. Another key may sign the same
/// pack tomorrow, so it is not kept on the way.
pub(super) async fn signed_pack(
    State(state): State<ServerState>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let shelved = shelved(&state, &hash)?;
    let signed = shelved.signed.as_ref().ok_or(Problem::NOT_FOUND)?;
    pack_bytes(signed, &headers)
}

fn shelved<'a>(state: &'a ServerState, hash: &str) -> Result<&'a Shelved, Problem> {
    let hash: Option<[u8; 32]> = plain::unhex(hash).and_then(|bytes| bytes.try_into().ok());
    let shelved = hash.and_then(|hash| state.shelf.get(&hash));
    shelved.ok_or(Problem::NOT_FOUND)
}

fn pack_bytes(bytes: &[u8], headers: &HeaderMap) -> Result<Response, Problem> {
    let gzip = body::takes_gzip(headers);
    let mut response = body::answer(Format::Cbor, bytes.to_vec(), gzip)?;
    let vary = HeaderValue::from_static("Accept-Encoding");
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}

pub(super) async fn health() -> &'static str {
    "ok\n"
}

/// Ready = the database answers.
pub(super) async fn ready(State(state): State<ServerState>) -> Result<&'static str, Problem> {
    state.db.server().await?;
    Ok("ready\n")
}

pub(super) async fn metrics(State(state): State<ServerState>) -> Response {
    let mut response = state.metrics.page().into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; version=0.0.4"),
    );
    response
}

pub(super) async fn description() -> Response {
    let mut response = Response::new(Body::from(openapi::document().to_string()));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}
