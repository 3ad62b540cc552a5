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

pub use crate::codec::{Unreadable, from_bytes, to_bytes};
pub use about::{About, Area, PracticeAccount};
pub use entry::{Entry, EntryError, Payload};
pub use feed::{
    Change, PackOffer, Receipt, ReceiptOutcome, RefusalCode, SyncRequest, SyncResponse,
};
pub use session::{Realm, SignIn, SignInRefusal, SignedIn};

/// The number of this version, in every envelope.
pub const VERSION: u8 = 1;
