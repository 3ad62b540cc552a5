//! Bodies: CBOR for phones, JSON for people and test clients; plain or compressed;
//! never larger than a page, before and after decompression.

use super::problem::Problem;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use flate2::{
    Compression,
    bufread::{GzDecoder, ZlibDecoder},
    write::GzEncoder,
};
use std::{
    io::{Read, Write},
    time::Duration,
};

/// The largest body on the wire.
pub(super) const WIRE_LIMIT: usize = 64 * 1024;
/// The longest that a body may take: 64 kB need some ten seconds on a bad link.
const WIRE_TIME: Duration = Duration::from_secs(60);
/// The largest body after decompression.
const PLAIN_LIMIT: u64 = 1024 * 1024;
/// Shorter answers do not gain by compression.
const WORTH_COMPRESSING: usize = 600;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// For the phone.
    Cbor,
    /// For people.
    Json,
}

impl Format {
    const fn media_type(self) -> HeaderValue {
        match self {
            Self::Cbor => HeaderValue::from_static("application/cbor"),
            Self::Json => HeaderValue::from_static("application/json"),
        }
    }

    /// What the answer of a request without a body is to be.
    pub(super) fn accepted(headers: &HeaderMap) -> Self {
        let accept = headers
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok());
        if accept.is_some_and(|accept| accept.contains("application/cbor")) {
            Self::Cbor
        } else {
            Self::Json
        }
    }
}

/// Reads a body whole, and says in which format it is.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<(Format, Vec<u8>), Problem> {
    let format = format_of(headers)?;
    // Whoever sends a byte a minute would otherwise hold a place for ever.
    let wire = tokio::time::timeout(WIRE_TIME, axum::body::to_bytes(body, WIRE_LIMIT))
        .await
        .map_err(|_| Problem::TOO_SLOW)?
        .map_err(|_| Problem::TOO_LARGE)?;
    let encoding = headers
        .get(header::CONTENT_ENCODING)
        .map(HeaderValue::as_bytes);
    let plain = match encoding {
        None | Some(b"identity") => wire.to_vec(),
        Some(b"gzip") => inflate(GzDecoder::new(&wire[..]))?,
        Some(b"deflate") => inflate(ZlibDecoder::new(&wire[..]))?,
        Some(_) => return Err(Problem::ENCODING),
    };
    Ok((format, plain))
}

fn format_of(headers: &HeaderMap) -> Result<Format, Problem> {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = media_type
        .and_then(|text| text.split(';').next())
        .map(str::trim);
    match essence {
        Some("application/cbor") => Ok(Format::Cbor),
        Some("application/json") => Ok(Format::Json),
        Some(_) | None => Err(Problem::MEDIA_TYPE),
    }
}

fn inflate(decoder: impl Read) -> Result<Vec<u8>, Problem> {
    let mut plain = Vec::new();
    decoder
        .take(PLAIN_LIMIT + 1)
        .read_to_end(&mut plain)
        .map_err(|_| Problem::UNREADABLE)?;
    if u64::try_from(plain.len()).unwrap_or(u64::MAX) > PLAIN_LIMIT {
        return Err(Problem::TOO_LARGE);
    }
    Ok(plain)
}

/// Whether the one who asks can read gzip.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    accepts(headers, "gzip")
}

/// Whether an encoding is named in `Accept-Encoding` and not refused with `q=0`.
pub(super) fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|part| {
            let mut pieces = part.split(';').map(str::trim);
            pieces.next() == Some(encoding)
                && !pieces.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
}

/// Compresses for the wire.
pub(super) fn gzip(plain: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder
        .write_all(plain)
        .and_then(|()| encoder.finish())
        .map_err(|_| Problem::INTERNAL)
}

/// An answer that nobody keeps: what is about a person lies in no cache.
pub(super) fn answer(
    format: Format,
    plain: Vec<u8>,
    gzip_taken: bool,
) -> Result<Response, Problem> {
    let compressed = gzip_taken && plain.len() >= WORTH_COMPRESSING;
    let body = if compressed { gzip(&plain)? } else { plain };
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, format.media_type());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if compressed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
