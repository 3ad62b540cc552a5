//! How single things are written in CBOR, for [`crate::wire`] and [`crate::record`].
//!
//! Modules named after a thing are used as `#[cbor(with = "codec::day")]`.

pub(crate) mod answers;
pub(crate) mod day;
pub(crate) mod indicators;
pub(crate) mod outcome;
mod things;
mod value;

use minicbor::{Decoder, decode};

/// Opens an array of at least so many items and says how many more it has:
/// a later version may append, and this one skips.
pub(crate) fn open_array(d: &mut Decoder<'_>, at_least: u64) -> Result<u64, decode::Error> {
    let Some(length) = d.array()? else {
        return Err(decode::Error::message("arrays say their length"));
    };
    length
        .checked_sub(at_least)
        .ok_or_else(|| decode::Error::message("the array is too short"))
}

pub(crate) fn skip(d: &mut Decoder<'_>, items: u64) -> Result<(), decode::Error> {
    for _ in 0..items {
        d.skip()?;
    }
    Ok(())
}
