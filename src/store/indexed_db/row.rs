//! A row as it lies in the database: `{k: key, v: version, b: bytes}`. The rescue page reads it without wasm.

use super::super::Row;
use crate::platform::js;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

/// The name of the key in the row.
pub(super) const KEY: &str = "k";
const VERSION: &str = "v";
const BYTES: &str = "b";

/// The row as the database keeps it. Versions are counts, far below 2^53.
pub(super) fn stored(row: &Row) -> JsValue {
    js::object(&[
        (KEY, row.key.as_str().into()),
        (VERSION, (row.version as f64).into()),
        (BYTES, Uint8Array::from(row.bytes.as_slice()).into()),
    ])
}

/// The version of a stored row; `None` where it is no row of ours.
pub(super) fn version(row: &JsValue) -> Option<u64> {
    js::get(row, VERSION).as_f64().map(|version| version as u64)
}

/// A stored row; `None` where it is no row of ours.
pub(super) fn read(row: &JsValue) -> Option<Row> {
    Some(Row {
        key: js::get(row, KEY).as_string()?,
        version: version(row)?,
        bytes: js::get(row, BYTES).dyn_into::<Uint8Array>().ok()?.to_vec(),
    })
}
