//! Days as CBOR tag 100 (RFC 8943): days since 1970-01-01.

use crate::Date;
use minicbor::{
    Decoder, Encoder,
    data::Tag,
    decode::Error as DecodeError,
    encode::{Error as EncodeError, Write},
};

pub(super) const TAG_DAY: u64 = 100;

pub(crate) fn encode<C, W: Write>(
    day: &Date,
    e: &mut Encoder<W>,
    _: &mut C,
) -> Result<(), EncodeError<W::Error>> {
    e.tag(Tag::new(TAG_DAY))?.i32(day.days())?.ok()
}

pub(crate) fn decode<'b, C>(d: &mut Decoder<'b>, _: &mut C) -> Result<Date, DecodeError> {
    if d.tag()? != Tag::new(TAG_DAY) {
        return Err(DecodeError::message("a day has tag 100"));
    }
    a_day(d.i32()?)
}

pub(super) fn a_day(days: i32) -> Result<Date, DecodeError> {
    Date::from_days(days).ok_or_else(|| DecodeError::message("no day of years 1 to 9999"))
}
