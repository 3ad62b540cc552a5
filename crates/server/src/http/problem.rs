//! What went wrong with a request, as `application/problem+json` with a stable code.
//!
//! Only an envelope that cannot be read, or a person who may not speak, is a
//! problem: one bad entry is a receipt, so that it never blocks the others.

use crate::{db::DbError, random, rescue::RescueError};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Phones that are told to come back do so within this many seconds, each at a moment of its own.
const SPREAD_SECONDS: u32 = 30;

/// A problem document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    retry_after: Option<u32>,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $code:literal, $title:literal;)*) => {
        impl Problem {
            $($(#[$doc])* pub(super) const $name: Self = Self {
                status: StatusCode::$status,
                code: $code,
                title: $title,
                retry_after: None,
            };)*

            /// Every problem that is not about waiting, for the description.
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

problems! {
    UNREADABLE = BAD_REQUEST, "unreadable-body", "The body is not a message of this address. Nothing of it was stored.";
    UNKNOWN_VERSION = BAD_REQUEST, "unknown-version", "This server does not speak that version of the protocol. Update the app, or the server.";
    TOO_LARGE = PAYLOAD_TOO_LARGE, "body-too-large", "A body has at most 64 kB, and 1 MB after decompression. Send fewer entries at once.";
    TOO_SLOW = REQUEST_TIMEOUT, "body-too-slow", "The body did not come within a minute. Send fewer entries at once.";
    MEDIA_TYPE = UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Send application/cbor or application/json.";
    ENCODING = UNSUPPORTED_MEDIA_TYPE, "unsupported-encoding", "Send the body plain, or compressed with gzip or deflate.";
    NO_TOKEN = UNAUTHORIZED, "no-token", "Sign in, and send the token as `Authorization: Bearer`.";
    BAD_TOKEN = UNAUTHORIZED, "bad-token", "This token is not known. Sign in again; nothing on the phone is lost.";
    TOKEN_EXPIRED = UNAUTHORIZED, "token-expired", "This token has expired. Sign in again; nothing on the phone is lost.";
    WRONG_PASSWORD = UNAUTHORIZED, "wrong-name-or-password", "The name or the password is wrong.";
    DISABLED = FORBIDDEN, "account-disabled", "This account was closed. Ask the coordinator.";
    WRONG_REALM = FORBIDDEN, "wrong-realm", "Practice phones speak to practice servers, and real ones to real ones.";
    WRONG_DEVICE = FORBIDDEN, "wrong-device", "This token was given to another installation or vault. Sign in again on this one.";
    NOT_FOUND = NOT_FOUND, "not-found", "There is nothing at this address.";
    METHOD = METHOD_NOT_ALLOWED, "method-not-allowed", "This address does not answer that method.";
    RESCUE_UNREADABLE = BAD_REQUEST, "rescue-unreadable", "The file is cut off, or is no rescue file. Nothing of it was taken: make it again on the phone.";
    RESCUE_NEWER = BAD_REQUEST, "rescue-newer", "A newer app made this file. Update this server; the file stays good.";
    RESCUE_TOO_LARGE = PAYLOAD_TOO_LARGE, "rescue-too-large", "A rescue file has at most 8 MB. Nothing of it was taken.";
    RESCUE_OTHER_SERVER = UNPROCESSABLE_ENTITY, "rescue-other-server", "This file is sealed for another server, or for a key that this one has lost. Nothing of it was taken.";
    INTERNAL = INTERNAL_SERVER_ERROR, "internal", "The server failed. What was not acknowledged was not stored; send it again.";
    DISK_FULL = INSUFFICIENT_STORAGE, "server-full", "The server's disk is full. What was not acknowledged was not stored; send it again later.";
}

impl Problem {
    /// Too much to do: come back within half a minute, each phone at another moment.
    pub(super) fn busy() -> Self {
        // Without random bytes the phones come back together, which is worse and no failure.
        let jitter = random::up_to(SPREAD_SECONDS - 1).unwrap_or(SPREAD_SECONDS / 2);
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            code: "busy",
            title: "The server has too much to do. Try again after the seconds of Retry-After.",
            retry_after: Some(1 + jitter),
        }
    }

    /// Too many wrong passwords: wait so many milliseconds.
    pub(super) fn too_many_tries(millis: i64) -> Self {
        let seconds = u32::try_from(millis.max(0) / 1000).unwrap_or(u32::MAX);
        let jitter = random::up_to(SPREAD_SECONDS).unwrap_or(SPREAD_SECONDS);
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            code: "too-many-tries",
            title: "Too many wrong passwords. Wait the seconds of Retry-After.",
            retry_after: Some(seconds.saturating_add(1 + jitter)),
        }
    }

    pub(super) const fn code(&self) -> &'static str {
        self.code
    }

    pub(super) const fn title(&self) -> &'static str {
        self.title
    }

    pub(super) const fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Busy | DbError::Closed => Self::busy(),
            DbError::Full => Self::DISK_FULL,
            DbError::NameTaken
            | DbError::UnknownAccount
            | DbError::UnknownFamily
            | DbError::Absent
            | DbError::OtherRealm
            | DbError::TooNew
            | DbError::Damaged
            | DbError::Folder
            | DbError::Occupied
            | DbError::InUse
            | DbError::Engine(_) => {
                tracing::error!(?error, "the database failed");
                Self::INTERNAL
            }
        }
    }
}

impl From<RescueError> for Problem {
    fn from(error: RescueError) -> Self {
        match error {
            RescueError::Unreadable => Self::RESCUE_UNREADABLE,
            RescueError::Newer => Self::RESCUE_NEWER,
            RescueError::TooLarge => Self::RESCUE_TOO_LARGE,
            RescueError::OtherRealm => Self::WRONG_REALM,
            RescueError::OtherServer => Self::RESCUE_OTHER_SERVER,
            RescueError::Db(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::json!({
            "type": format!("urn:naik-kelas:problem:{}", self.code),
            "title": self.title,
            "status": self.status.as_u16(),
            "code": self.code,
        });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
