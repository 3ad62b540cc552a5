//! What the browser's errors mean for us.

use super::StoreError;
use indexed_db_futures::{
    error::{DomException, Error, OpenDbError},
    internals::SystemRepr,
};

fn name_of(error: &Error) -> String {
    match error {
        Error::DomException(exception) => exception.as_sys().name(),
        Error::Serialisation(_) => "DataError".to_owned(),
        Error::MissingData(_) | Error::Unknown(_) => String::new(),
    }
}

/// The browser has closed the connection, or ended the transaction with it.
pub(super) fn is_closed(error: &Error) -> bool {
    matches!(
        error,
        Error::DomException(DomException::InvalidStateError(_) | DomException::AbortError(_))
    )
}

pub(super) fn trouble(error: &Error) -> StoreError {
    match name_of(error).as_str() {
        "QuotaExceededError" => StoreError::Full,
        "VersionError" => StoreError::NewerVersion,
        "DataError" => StoreError::Damaged,
        _ => StoreError::Internal,
    }
}

/// `was_there`: a database that has vanished is not made anew, and the opening was aborted.
pub(super) fn open_trouble(error: &OpenDbError, was_there: bool) -> StoreError {
    match error {
        OpenDbError::Base(error) if was_there && is_closed(error) => StoreError::Gone,
        OpenDbError::Base(error) => trouble(error),
        OpenDbError::VersionZero
        | OpenDbError::UnsupportedEnvironment
        | OpenDbError::NullFactory => StoreError::Internal,
    }
}
