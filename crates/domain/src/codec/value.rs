//! Values say themselves what they are: whole numbers and truth as CBOR's own,
//! text as text, a code of a list under tag 39 (identifier), a day under tag 100
//! (RFC 8943), an exact decimal under tag 4 as `[-3, thousandths]`, several codes
//! as an array of texts, *tidak tahu* as null.

use super::{
    day::{TAG_DAY, a_day},
    open_array, skip,
};
use crate::{Value, answer::Reply};
use minicbor::{
    Decoder, Encoder,
    data::{Tag, Type},
    decode, encode,
    encode::Write,
};
use naik_kelas_rules::value::Decimal;

const TAG_DECIMAL: u64 = 4;
const TAG_CODE: u64 = 39;

pub(super) fn encode_reply<W: Write>(
    reply: &Reply,
    e: &mut Encoder<W>,
) -> Result<(), encode::Error<W::Error>> {
    match reply {
        Reply::Unknown => e.null()?,
        Reply::Known(Value::Bool(truth)) => e.bool(*truth)?,
        Reply::Known(Value::Int(number)) => e.i64(*number)?,
        Reply::Known(Value::Decimal(decimal)) => e
            .tag(Tag::new(TAG_DECIMAL))?
            .array(2)?
            .i8(-3)?
            .i64(decimal.0)?,
        Reply::Known(Value::Date(day)) => e.tag(Tag::new(TAG_DAY))?.i32(day.days())?,
        Reply::Known(Value::Code(code)) => e.tag(Tag::new(TAG_CODE))?.str(code)?,
        Reply::Known(Value::Codes(codes)) => {
            e.array(codes.len() as u64)?;
            for code in codes {
                e.str(code)?;
            }
            e
        }
        Reply::Known(Value::Text(text)) => e.str(text)?,
    };
    Ok(())
}

pub(super) fn decode_reply(d: &mut Decoder<'_>) -> Result<Reply, decode::Error> {
    let value = match d.datatype()? {
        Type::Null => {
            d.null()?;
            return Ok(Reply::Unknown);
        }
        Type::Bool => Value::Bool(d.bool()?),
        Type::String => Value::Text(d.str()?.to_owned()),
        Type::Array => {
            let mut codes = Vec::new();
            for _ in 0..open_array(d, 0)? {
                codes.push(d.str()?.to_owned());
            }
            Value::Codes(codes)
        }
        Type::Tag => match d.tag()?.as_u64() {
            TAG_CODE => Value::Code(d.str()?.to_owned()),
            TAG_DAY => Value::Date(a_day(d.i32()?)?),
            TAG_DECIMAL => {
                let rest = open_array(d, 2)?;
                if d.i8()? != -3 {
                    return Err(decode::Error::message("a decimal has thousandths"));
                }
                let decimal = Decimal(d.i64()?);
                skip(d, rest)?;
                Value::Decimal(decimal)
            }
            _ => return Err(decode::Error::message("no value of this tag")),
        },
        _ => Value::Int(d.i64()?),
    };
    Ok(Reply::Known(value))
}
