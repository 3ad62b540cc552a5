//! Indicators: `[[id, colour], ...]`, 0 red, 1 yellow, 2 green, null unknown.

use super::{open_array, skip};
use minicbor::{
    Decoder, Encoder,
    data::Type,
    decode::Error as DecodeError,
    encode::{Error as EncodeError, Write},
};
use naik_kelas_rules::evaluate::Colour;

pub(crate) fn encode<C, W: Write>(
    indicators: &Vec<(String, Colour)>,
    e: &mut Encoder<W>,
    _: &mut C,
) -> Result<(), EncodeError<W::Error>> {
    e.array(indicators.len() as u64)?;
    for (id, colour) in indicators {
        e.array(2)?.str(id)?;
        match colour {
            Colour::Red => e.u8(0)?,
            Colour::Yellow => e.u8(1)?,
            Colour::Green => e.u8(2)?,
            Colour::Unknown => e.null()?,
        };
    }
    Ok(())
}

pub(crate) fn decode<'b, C>(
    d: &mut Decoder<'b>,
    _: &mut C,
) -> Result<Vec<(String, Colour)>, DecodeError> {
    let mut found = Vec::new();
    for _ in 0..open_array(d, 0)? {
        let rest = open_array(d, 2)?;
        let id = d.str()?.to_owned();
        let colour = if d.datatype()? == Type::Null {
            d.null()?;
            Colour::Unknown
        } else {
            match d.u8()? {
                0 => Colour::Red,
                1 => Colour::Yellow,
                2 => Colour::Green,
                _ => return Err(DecodeError::message("no colour")),
            }
        };
        skip(d, rest)?;
        found.push((id, colour));
    }
    Ok(found)
}
