//! The app's files: compressed beforehand, hashed ones kept for a year, a strict policy for what may run.

use super::{body::accepts, problem::Problem};
use crate::state::ServerState;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use std::{
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// Nothing but the app's own files runs, and nothing else may be loaded or framed.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
    form-action 'none'; style-src 'self'";
const PERMISSIONS: &str = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), \
    interest-cohort=()";
const INDEX: &str = "index.html";

pub(super) async fn serve(
    State(state): State<ServerState>,
    request: Request,
) -> Result<Response, Problem> {
    let path = request.uri().path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Err(Problem::NOT_FOUND);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::METHOD);
    }
    let root = state.app.as_deref().ok_or(Problem::NOT_FOUND)?;
    let name = file_name(path).ok_or(Problem::NOT_FOUND)?;
    let found = find(root, name, request.headers())
        .await
        .ok_or(Problem::NOT_FOUND)?;
    // A page that cannot be read has no style to let through.
    let policy = match name {
        INDEX => policy_of(&tokio::fs::read(root.join(INDEX)).await.unwrap_or_default()),
        _ => HeaderValue::from_static(POLICY),
    };
    let mut response = respond(found, request.headers(), request.method() == Method::HEAD).await?;
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// The page brings its own style along, so that the first paint waits for nothing else: that style is let through by
/// its hash, and no other.
fn policy_of(page: &[u8]) -> HeaderValue {
    let page = String::from_utf8_lossy(page);
    let style = page
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"));
    style
        .and_then(|(style, _)| {
            let hash = BASE64_STANDARD.encode(Sha256::digest(style));
            HeaderValue::from_str(&format!("{POLICY} 'sha256-{hash}'")).ok()
        })
        .unwrap_or(HeaderValue::from_static(POLICY))
}

/// The file that an address asks for. Addresses of screens have no extension: they are the app itself.
/// `None` for a name that no file of the app has: hidden, climbing, or with strange letters.
fn file_name(path: &str) -> Option<&str> {
    let last = path.rsplit('/').next().unwrap_or_default();
    if !last.contains('.') {
        return Some(INDEX);
    }
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    };
    path.split('/').all(plain).then_some(path)
}

struct Found {
    path: PathBuf,
    name: String,
    encoding: Option<&'static str>,
    tag: String,
}

/// The file in the smallest form that the browser reads.
async fn find(root: &Path, name: &str, headers: &HeaderMap) -> Option<Found> {
    for (encoding, extension) in [(Some("br"), ".br"), (Some("gzip"), ".gz"), (None, "")] {
        if encoding.is_some_and(|encoding| !accepts(headers, encoding)) {
            continue;
        }
        let path = root.join(format!("{name}{extension}"));
        let Ok(data) = tokio::fs::metadata(&path).await else {
            continue;
        };
        if data.is_file() {
            let changed = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            let tag = format!("\"{:x}-{:x}{extension}\"", data.len(), changed.as_nanos());
            return Some(Found {
                path,
                name: name.to_owned(),
                encoding,
                tag,
            });
        }
    }
    None
}

async fn respond(found: Found, asked: &HeaderMap, head: bool) -> Result<Response, Problem> {
    let held = asked.get(header::IF_NONE_MATCH).map(HeaderValue::as_bytes);
    let unchanged = held == Some(found.tag.as_bytes());
    let mut response = Response::default();
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        let bytes = tokio::fs::read(&found.path)
            .await
            .map_err(|_| Problem::NOT_FOUND)?;
        let length = HeaderValue::from(bytes.len());
        if !head {
            *response.body_mut() = Body::from(bytes);
        }
        response
            .headers_mut()
            .insert(header::CONTENT_LENGTH, length);
    }
    let headers = response.headers_mut();
    if let Some(encoding) = found.encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if let Ok(tag) = HeaderValue::from_str(&found.tag) {
        headers.insert(header::ETAG, tag);
    }
    for (name, value) in [
        (header::CONTENT_TYPE, media_type(&found.name)),
        (header::CACHE_CONTROL, caching(&found.name)),
        (header::VARY, "Accept-Encoding"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers.insert("permissions-policy", HeaderValue::from_static(PERMISSIONS));
    Ok(response)
}

/// A name that holds the hash of its content never means anything else.
fn caching(name: &str) -> &'static str {
    let stem = name
        .rsplit('/')
        .next()
        .and_then(|last| last.split('.').next())
        .unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hashed = stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() >= 8
            && hash
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    });
    if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept_and_others_are_asked_for_again() {
        for name in [
            "naik-kelas-app-1a2b3c4d5e6f7081_bg.wasm",
            "start-1a2b3c4d.js",
            "app-1a2b3c4d5e6f7081.css",
        ] {
            assert!(caching(name).contains("immutable"), "{name}");
        }
        for name in [
            "index.html",
            "sw.js",
            "release.json",
            "manifest.webmanifest",
            "icons/icon-192.png",
        ] {
            assert_eq!(caching(name), "no-cache", "{name}");
        }
    }

    #[test]
    fn screens_are_the_app_and_nothing_climbs_out() {
        for path in [
            "",
            "keluarga/0198f0aa-0000-7000-8000-000000000001",
            "keluarga/",
        ] {
            assert_eq!(file_name(path), Some(INDEX), "{path}");
        }
        assert_eq!(file_name("icons/icon-192.png"), Some("icons/icon-192.png"));
        for path in [
            "../Cargo.toml",
            "a/../../x.js",
            ".env.js",
            "a//b.js",
            "%2e%2e/x.js",
            "a\\b.js",
        ] {
            assert_eq!(file_name(path), None, "{path}");
        }
    }
}
