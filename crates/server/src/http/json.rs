//! The same messages in JSON, for people and test clients: what phones say in CBOR.
//!
//! An entry in JSON becomes the same canonical bytes that a phone would have made,
//! and is judged, hashed and kept as those.

pub(super) mod entry;
pub(crate) mod family;
pub(crate) mod rescue;
pub(super) mod session;
pub(super) mod sync;
pub(crate) mod value;
