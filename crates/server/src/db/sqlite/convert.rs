//! From SQLite's values to ours and back: what does not fit is damage, never a default.

use super::super::model::DbError;
use rusqlite::ffi;

/// SQLite's code, without its text: that may quote what was stored.
pub(super) fn engine(error: rusqlite::Error) -> DbError {
    match error.sqlite_error() {
        Some(inner) if inner.extended_code & 0xff == ffi::SQLITE_FULL => DbError::Full,
        Some(inner) if inner.extended_code & 0xff == ffi::SQLITE_BUSY => DbError::Busy,
        Some(inner) => DbError::Engine(inner.extended_code),
        None => DbError::Damaged,
    }
}

pub(super) fn blob<const N: usize>(bytes: &[u8]) -> Result<[u8; N], DbError> {
    bytes.try_into().map_err(|_| DbError::Damaged)
}

/// A number that is never negative.
pub(super) fn count(number: i64) -> Result<u64, DbError> {
    u64::try_from(number).map_err(|_| DbError::Damaged)
}

/// A number of ours as SQLite stores it; beyond 2^63 nothing is ever counted.
pub(super) fn integer(number: u64) -> Result<i64, DbError> {
    i64::try_from(number).map_err(|_| DbError::Damaged)
}

/// Text that has a form: a code, a role.
pub(super) fn text<T: std::str::FromStr>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|_| DbError::Damaged)
}
