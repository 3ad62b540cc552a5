//! The transport: CBOR both ways, and a distrust of whoever answers.
//!
//! A captive portal answers 200 to everything, so an answer is the server's only where its content type says so and its
//! bytes decode.

#[cfg(target_family = "wasm")]
mod fetch;

use super::Failure;
use crate::platform::Platform;

/// A request.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// From the root: `/api/v1/sync`.
    pub path: String,
    /// The access token.
    pub token: Option<String>,
    /// CBOR.
    pub body: Option<Vec<u8>>,
}

/// What came back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The content type without its parameters, in lower case.
    pub content_type: String,
    /// `Retry-After` in seconds, where it is a number.
    pub retry_after: Option<u32>,
    /// The body.
    pub body: Vec<u8>,
}

/// Nothing came back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreachable {
    /// The server cannot be reached.
    NoSignal,
    /// It did not answer in time.
    TooSlow,
}

/// Bodies above this size are compressed, in bytes.
pub const COMPRESS_ABOVE: usize = 1_000;
/// How long an answer may take, in milliseconds.
pub const PATIENCE: u32 = 60_000;

const CBOR: &str = "application/cbor";
const PROBLEM: &str = "application/problem+json";
const PACK: &str = "application/octet-stream";

/// Makes a call.
///
/// # Errors
/// [`Unreachable`].
pub async fn call(platform: &Platform, call: Call) -> Result<Reply, Unreachable> {
    #[cfg(target_family = "wasm")]
    return fetch::call(platform, call).await;
    #[cfg(not(target_family = "wasm"))]
    platform.machine().call(call).await
}

impl Reply {
    /// The body of a good answer of our server.
    ///
    /// # Errors
    /// What the answer means otherwise.
    pub fn good(&self) -> Result<&[u8], Failure> {
        match (self.status, self.content_type.as_str()) {
            (200, CBOR | PACK) => Ok(&self.body),
            (401, PROBLEM) => Err(Failure::SignInAgain),
            (429 | 503, PROBLEM) => Err(Failure::Busy(
                self.retry_after.map(|s| s.saturating_mul(1_000)),
            )),
            (_, PROBLEM) => Err(Failure::Server),
            // A gateway in front of our server speaks in its own words.
            (500..=599, _) => Err(Failure::Server),
            _ => Err(Failure::CaptivePortal),
        }
    }

    /// Whether our server refused, in its own words.
    #[must_use]
    pub fn is_problem(&self, status: u16) -> bool {
        self.status == status && self.content_type == PROBLEM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, content_type: &str, retry_after: Option<u32>) -> Result<(), Failure> {
        let content_type = content_type.to_owned();
        Reply {
            status,
            content_type,
            retry_after,
            body: Vec::new(),
        }
        .good()
        .map(|_| ())
    }

    #[test]
    fn only_our_server_is_believed() {
        assert_eq!(check(200, CBOR, None), Ok(()));
        assert_eq!(check(200, "text/html", None), Err(Failure::CaptivePortal));
        assert_eq!(check(401, "text/html", None), Err(Failure::CaptivePortal));
        assert_eq!(check(302, "", None), Err(Failure::CaptivePortal));
        assert_eq!(check(401, PROBLEM, None), Err(Failure::SignInAgain));
        assert_eq!(
            check(503, PROBLEM, Some(30)),
            Err(Failure::Busy(Some(30_000)))
        );
        assert_eq!(check(429, PROBLEM, None), Err(Failure::Busy(None)));
        assert_eq!(check(502, "text/html", None), Err(Failure::Server));
        assert_eq!(check(400, PROBLEM, None), Err(Failure::Server));
    }
}
