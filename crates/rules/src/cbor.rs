//! CBOR (RFC 8949), small enough for the phone: what packs, records and messages are written in.
//!
//! The reader never fails in the middle: after the first fault it gives empty values, reads nothing more, and says so
//! at the end. So the code that reads needs no branch for each field; a derived decoder was four times its size.
//! Understood are definite lengths, whole numbers, bytes, text, lists, maps, tags, true, false and null: all that is
//! ever written here. Numbers with a fraction are not: nothing here is a floating-point number.

mod fields;
mod reader;
mod writer;

pub use fields::Fields;
pub use reader::{Kind, Reader};
pub use writer::Writer;

// The eight kinds of items (RFC 8949, section 3.1), as the three high bits of their first byte.
const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const LIST: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;
/// No kind at all: something was wrong.
const NOTHING: u8 = 8;
