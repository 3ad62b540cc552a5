//! Version 1 of the messages, in CBOR with integer keys.
//!
//! *A device-sequenced log up, a scope-sequenced feed down*, in one request:
//! `POST /api/v1/sync` takes a [`SyncRequest`] and answers a [`SyncResponse`].
//! Unknown map keys are skipped, so that a newer side may add; an entry's bytes
//! are kept as they were received, so that nothing is lost on the way.

mod about;
mod assessment;
mod entry;
mod feed;
mod session;

pub use about::{About, Area, PracticeAccount};
pub use assessment::{AssessmentRecord, DecisionRecord, OutcomeRecord, PackRecord};
pub use entry::{Entry, EntryError, Payload};
pub use feed::{
    Change, KpmSnapshot, LastAssessmentRecord, PackOffer, Receipt, ReceiptOutcome, RefusalCode,
    SyncRequest, SyncResponse,
};
pub use session::{Realm, SignIn, SignInRefusal, SignedIn};

/// The number of this version, in every envelope.
pub const VERSION: u8 = 1;

/// Encodes a message; writing to memory cannot fail.
pub fn to_bytes<T: minicbor::Encode<()>>(message: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    match minicbor::encode(message, &mut bytes) {
        Ok(()) => bytes,
        // `Vec` takes every byte; an encoder of ours never refuses on its own.
        Err(_) => Vec::new(),
    }
}

/// Decodes a message, all of it: bytes left over are an error.
///
/// # Errors
/// [`Unreadable`] where the bytes are no such message.
pub fn from_bytes<'b, T: minicbor::Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, Unreadable> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let message = decoder.decode().map_err(|_| Unreadable)?;
    if decoder.position() == bytes.len() {
        Ok(message)
    } else {
        Err(Unreadable)
    }
}

/// The bytes are no message of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;
