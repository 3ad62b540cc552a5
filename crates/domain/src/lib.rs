//! The people, records and messages of Naik Kelas.
//!
//! Pure: no I/O, no clock, no randomness, no cargo features. `now`, new ids and
//! the caller come in as arguments, so that every decision made here can be
//! tested natively in microseconds and replayed years later.
//!
//! Read in this order: [`id`], [`kpm`], [`answer`], [`assessment`], [`wire`].

pub mod access;
pub mod answer;
pub mod assessment;
pub mod codec;
pub mod decision;
pub mod freeze;
pub mod id;
pub mod identity;
pub mod journey;
pub mod kpm;
pub mod likeness;
pub mod mask;
pub mod note;
pub mod plan;
pub mod record;
pub mod region;
pub mod registration;
pub mod rescue;
pub mod search;
pub mod wire;

pub use naik_kelas_rules::{date::Date, value::Value};

/// An instant: milliseconds since 1970-01-01T00:00:00Z. Orders nothing by
/// itself: a phone's clock may be wrong, so the offset is kept beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub i64);
