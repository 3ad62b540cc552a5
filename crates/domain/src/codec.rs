//! How things are written in CBOR, for [`crate::wire`], [`crate::record`] and the phone's small rows.
//!
//! A thing reads itself without a branch for each field: after a fault the reader gives empty values and says so at
//! the end ([`naik_kelas_rules::cbor`]). What is read is looked at only where the whole was readable.

mod answers;
mod decision;
mod things;
mod value;

pub use naik_kelas_rules::cbor::{Fields, Kind, Reader, Writer};
pub use things::Bytes;

/// A thing that is written in CBOR.
pub trait Written: Sized {
    /// Writes itself.
    fn put(&self, writer: &mut Writer);

    /// Reads itself; an empty thing once the reader has failed.
    fn take(reader: &mut Reader<'_>) -> Self;

    /// What stands for it where a map does not have it: a fault, except for what may be absent.
    fn missing(reader: &mut Reader<'_>) -> Self {
        reader.fail();
        Self::take(reader)
    }

    /// Whether a map leaves it out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// The bytes of a thing.
#[must_use]
pub fn to_bytes<T: Written>(thing: &T) -> Vec<u8> {
    let mut writer = Writer::default();
    thing.put(&mut writer);
    writer.into_bytes()
}

/// The bytes are no such thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// The thing that the bytes are, all of them: bytes left over are a fault.
///
/// # Errors
/// [`Unreadable`] where the bytes are no such thing.
pub fn from_bytes<T: Written>(bytes: &[u8]) -> Result<T, Unreadable> {
    let mut reader = Reader::new(bytes);
    let thing = T::take(&mut reader);
    if reader.is_whole() {
        Ok(thing)
    } else {
        Err(Unreadable)
    }
}

/// Opens a list of at least so many items and says how many more it has: a newer side may append.
pub(crate) fn open_list(reader: &mut Reader<'_>, at_least: u64) -> u64 {
    reader
        .list_length()
        .checked_sub(at_least)
        .unwrap_or_else(|| {
            reader.fail();
            0
        })
}

/// Passes over what a newer side has appended.
pub(crate) fn close_list(reader: &mut Reader<'_>, more: u64) {
    for _ in 0..more {
        if reader.has_failed() {
            return;
        }
        reader.skip();
    }
}

/// A struct as a map with rising keys: what is absent is left out, what is not known is passed over.
#[macro_export]
macro_rules! written_as_map {
    ($name:ident { $($key:literal $field:ident),* $(,)? }) => {
        impl $crate::codec::Written for $name {
            fn put(&self, writer: &mut $crate::codec::Writer) {
                let Self { $($field),* } = self;
                writer.map(0 $(+ u64::from(!$crate::codec::Written::is_absent($field)))*);
                $(if !$crate::codec::Written::is_absent($field) {
                    writer.unsigned($key);
                    $crate::codec::Written::put($field, writer);
                })*
            }

            fn take(reader: &mut $crate::codec::Reader<'_>) -> Self {
                let mut fields = $crate::codec::Fields::of(reader);
                $(let $field = if fields.has(reader, $key) {
                    $crate::codec::Written::take(reader)
                } else {
                    $crate::codec::Written::missing(reader)
                };)*
                fields.close(reader);
                Self { $($field),* }
            }
        }
    };
}

/// A struct as a list of its fields, none of them optional; what a newer side appends is passed over.
#[macro_export]
macro_rules! written_as_list {
    ($name:ident, $length:literal, { $($field:ident),* $(,)? }) => {
        impl $crate::codec::Written for $name {
            fn put(&self, writer: &mut $crate::codec::Writer) {
                let Self { $($field),* } = self;
                writer.list($length);
                $($crate::codec::Written::put($field, writer);)*
            }

            fn take(reader: &mut $crate::codec::Reader<'_>) -> Self {
                let length = reader.list_length();
                if length < $length {
                    reader.fail();
                }
                $(let $field = $crate::codec::Written::take(reader);)*
                for _ in $length..length {
                    if reader.has_failed() {
                        break;
                    }
                    reader.skip();
                }
                Self { $($field),* }
            }
        }
    };
}
