//! All answers: `[[path, reply, provenance], ...]`. A member's path is `[member id, fact]`.

use super::{
    day::a_day,
    open_array, skip,
    value::{decode_reply, encode_reply},
};
use crate::answer::{Answer, Answers, FactPath, Provenance};
use minicbor::{
    Decoder, Encoder,
    data::Type,
    decode::Error as DecodeError,
    encode::{Error as EncodeError, Write},
};

pub(crate) fn encode<C, W: Write>(
    answers: &Answers,
    e: &mut Encoder<W>,
    c: &mut C,
) -> Result<(), EncodeError<W::Error>> {
    e.array(answers.len() as u64)?;
    for (path, answer) in answers.iter() {
        e.array(3)?;
        match path {
            FactPath::Family(fact) => e.str(fact)?,
            FactPath::Member(member, fact) => e.array(2)?.encode_with(member, c)?.str(fact)?,
        };
        encode_reply(&answer.reply, e)?;
        encode_provenance(answer.provenance, e)?;
    }
    Ok(())
}

pub(crate) fn decode<'b, C>(d: &mut Decoder<'b>, c: &mut C) -> Result<Answers, DecodeError> {
    let mut found = Answers::default();
    for _ in 0..open_array(d, 0)? {
        let rest = open_array(d, 3)?;
        let path = if d.datatype()? == Type::Array {
            let more = open_array(d, 2)?;
            let member = d.decode_with(c)?;
            let path = FactPath::member(member, d.str()?);
            skip(d, more)?;
            path
        } else {
            FactPath::family(d.str()?)
        };
        let reply = decode_reply(d)?;
        let provenance = decode_provenance(d)?;
        skip(d, rest)?;
        found.set(path, Answer { reply, provenance });
    }
    Ok(found)
}

fn encode_provenance<W: Write>(
    provenance: Provenance,
    e: &mut Encoder<W>,
) -> Result<(), EncodeError<W::Error>> {
    match provenance {
        Provenance::Asked => e.null()?,
        Provenance::Skipped => e.bool(false)?,
        Provenance::Registry(day) => e.array(2)?.u8(1)?.i32(day.days())?,
        Provenance::Carried(day) => e.array(2)?.u8(2)?.i32(day.days())?,
    };
    Ok(())
}

fn decode_provenance(d: &mut Decoder<'_>) -> Result<Provenance, DecodeError> {
    match d.datatype()? {
        Type::Null => d.null().map(|()| Provenance::Asked),
        Type::Bool => d.bool().map(|_| Provenance::Skipped),
        _ => {
            let rest = open_array(d, 2)?;
            let kind = d.u8()?;
            let day = a_day(d.i32()?)?;
            skip(d, rest)?;
            match kind {
                1 => Ok(Provenance::Registry(day)),
                2 => Ok(Provenance::Carried(day)),
                _ => Err(DecodeError::message("no provenance")),
            }
        }
    }
}
