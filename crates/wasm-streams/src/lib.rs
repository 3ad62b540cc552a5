//! Streams between JavaScript and Rust, without the streams.
//!
//! Leptos brings server functions along, and these ask for the crate `wasm-streams`. The app calls no server function,
//! but that crate exports classes to JavaScript, and what is exported can never be left out: 6 kB of code that nobody
//! calls, on each phone. The root manifest puts this crate in its place. It compiles what Leptos asks for, and whoever
//! should call it one day gets an error and not a silent nothing.

use futures_util::stream::{self, Stream};
use wasm_bindgen::{JsValue, UnwrapThrowExt};

/// A stream of the browser, which can be neither read nor filled here.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Takes a stream of the browser.
    #[must_use]
    pub const fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// One error: streams are not supported.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        drop(self.0);
        stream::iter([Err(JsValue::from_str("streams are left out of this app"))])
    }

    /// A stream that was told that streams are not supported: whoever sends it, fails.
    ///
    /// # Panics
    /// Where the browser makes no streams.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>>) -> Self {
        let empty = web_sys::ReadableStream::new().unwrap_throw();
        // A locked stream cannot be the body of a request: the request throws.
        drop(empty.get_reader());
        Self(empty)
    }

    /// The browser's stream.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }
}
