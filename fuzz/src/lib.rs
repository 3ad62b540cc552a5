//! See `entries`.
pub mod entries;
