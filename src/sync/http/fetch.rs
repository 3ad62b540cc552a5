//! The browser's `fetch`, with a time limit, and bodies compressed by the browser.

use super::{CBOR, COMPRESS_ABOVE, Call, PATIENCE, Reply, Unreachable};
use crate::platform::{Platform, js};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

pub(super) async fn call(_: &Platform, call: Call) -> Result<Reply, Unreachable> {
    let abort = js::new("AbortController", &[]);
    let signal = abort
        .as_ref()
        .map_or(JsValue::UNDEFINED, |abort| js::get(abort, "signal"));
    match js::within(PATIENCE, exchange(call, signal)).await {
        Some(reply) => reply,
        None => {
            if let Some(abort) = abort {
                drop(js::call(&abort, "abort", &[]));
            }
            Err(Unreachable::TooSlow)
        }
    }
}

async fn exchange(call: Call, signal: JsValue) -> Result<Reply, Unreachable> {
    let headers = js::object(&[("accept", CBOR.into())]);
    let options = js::object(&[
        ("method", call.method.into()),
        ("signal", signal),
        ("credentials", "omit".into()),
        // A redirect is a captive portal's: our server makes none.
        ("redirect", "manual".into()),
    ]);
    if let Some(token) = call.token {
        js::set(&headers, "authorization", format!("Bearer {token}"));
    }
    if call.path.starts_with("/api/") {
        js::set(&options, "cache", "no-store");
    }
    if let Some(body) = call.body {
        js::set(&headers, "content-type", CBOR);
        let compressed = if body.len() > COMPRESS_ABOVE {
            gzip(&body).await
        } else {
            None
        };
        if compressed.is_some() {
            js::set(&headers, "content-encoding", "gzip");
        }
        js::set(
            &options,
            "body",
            compressed.unwrap_or_else(|| Uint8Array::from(body.as_slice()).into()),
        );
    }
    js::set(&options, "headers", headers);
    let fetched = js::wait_for(
        &js::window(),
        "fetch",
        &[call.path.as_str().into(), options],
    )
    .await;
    let response: web_sys::Response = fetched.ok_or(Unreachable::NoSignal)?.unchecked_into();
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let content_type = header("content-type").unwrap_or_default();
    let content_type = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let retry_after = header("retry-after").and_then(|seconds| seconds.trim().parse().ok());
    let body = js::wait_for(&response, "arrayBuffer", &[])
        .await
        .ok_or(Unreachable::NoSignal)?;
    Ok(Reply {
        status: response.status(),
        content_type,
        retry_after,
        body: Uint8Array::new(&body).to_vec(),
    })
}

/// The body through the browser's own gzip; `None` where it has none.
async fn gzip(body: &[u8]) -> Option<JsValue> {
    let stream = js::new("CompressionStream", &["gzip".into()])?;
    let plain = js::new("Response", &[Uint8Array::from(body).into()])?;
    let piped = js::call(&js::get(&plain, "body"), "pipeThrough", &[stream])?;
    let whole = js::new("Response", &[piped])?;
    let buffer = js::call(&whole, "arrayBuffer", &[])?
        .dyn_into::<Promise>()
        .ok()?;
    JsFuture::from(buffer).await.ok()
}
