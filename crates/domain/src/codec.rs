//! How single things are written in CBOR, for [`crate::wire`] and [`crate::record`].
//!
//! Values say themselves what they are: whole numbers and truth as CBOR's own,
//! text as text, a code of a list under tag 39 (identifier), a day under tag 100
//! (RFC 8943), an exact decimal under tag 4 as `[-3, thousandths]`, several codes
//! as an array of texts, *tidak tahu* as null.

use crate::{
    Date, Millis, Value,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    id::{AssessmentId, DeviceId, EntryId, KpmId, MemberId, UserId, VaultId},
    identity::KkNumber,
    kpm::{JourneyState, LeftBecause, Member, Presence},
    region::{RegencyCode, VillageCode},
};
use minicbor::{
    Decode, Decoder, Encode, Encoder,
    data::{Tag, Type},
    decode,
    decode::Error as DecodeError,
    encode,
    encode::{Error as EncodeError, Write},
};
use naik_kelas_rules::{
    evaluate::{Colour, Outcome},
    value::Decimal,
};

const TAG_DECIMAL: u64 = 4;
const TAG_CODE: u64 = 39;
const TAG_DAY: u64 = 100;

macro_rules! sixteen_bytes {
    ($($name:ty),*) => {$(
        impl<C> Encode<C> for $name {
            fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.bytes(self.as_bytes())?.ok()
            }
        }
        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                let bytes = d.bytes()?.try_into().map_err(|_| decode::Error::message("an identity has 16 bytes"))?;
                Ok(Self::from_bytes(bytes))
            }
        }
    )*};
}
sixteen_bytes!(
    KpmId,
    MemberId,
    AssessmentId,
    EntryId,
    DeviceId,
    VaultId,
    UserId
);

macro_rules! by_text {
    ($($name:ty: $what:literal),*) => {$(
        impl<C> Encode<C> for $name {
            fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.str(self.as_str())?.ok()
            }
        }
        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                d.str()?.parse().map_err(|_| decode::Error::message($what))
            }
        }
    )*};
}
by_text!(KkNumber: "no KK number", VillageCode: "no village code", RegencyCode: "no regency code");

macro_rules! numbered {
    ($name:ty { $($variant:path = $number:literal),* $(,)? }) => {
        impl<C> Encode<C> for $name {
            fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.u8(match self { $($variant => $number),* })?.ok()
            }
        }
        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                match d.u8()? {
                    $($number => Ok($variant),)*
                    _ => Err(decode::Error::message(concat!("no ", stringify!($name)))),
                }
            }
        }
    };
}
numbered!(LeftBecause {
    LeftBecause::Moved = 1,
    LeftBecause::Died = 2,
    LeftBecause::Mistake = 3,
});
numbered!(JourneyState {
    JourneyState::Assisted = 1,
    JourneyState::Assessed = 2,
    JourneyState::Planned = 3,
    JourneyState::InEmpowerment = 4,
    JourneyState::Proposed = 5,
    JourneyState::Verified = 6,
    JourneyState::Graduated = 7,
    JourneyState::FollowedUp = 8,
    JourneyState::Returned = 9,
});

impl<C> Encode<C> for Millis {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.i64(self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Millis {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        d.i64().map(Self)
    }
}

impl<C> Encode<C> for Member {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        c: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.array(2)?.encode_with(self.id, c)?;
        match self.presence {
            Presence::Here => e.null()?.ok(),
            Presence::Left(because) => e.encode_with(because, c)?.ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for Member {
    fn decode(d: &mut Decoder<'b>, c: &mut C) -> Result<Self, decode::Error> {
        let rest = open_array(d, 2)?;
        let id = d.decode_with(c)?;
        let presence = if d.datatype()? == Type::Null {
            d.null()?;
            Presence::Here
        } else {
            Presence::Left(d.decode_with(c)?)
        };
        skip(d, rest)?;
        Ok(Self { id, presence })
    }
}

/// Days as CBOR tag 100.
pub(crate) mod day {
    use super::{Date, DecodeError, Decoder, EncodeError, Encoder, TAG_DAY, Tag, Write, a_day};

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
}

/// What one programme answered: 0 no, 1 yes, 2 undetermined, 3 an error.
pub(crate) mod outcome {
    use super::{DecodeError, Decoder, EncodeError, Encoder, Outcome, Write};

    pub(crate) fn encode<C, W: Write>(
        outcome: &Outcome,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.u8(match outcome {
            Outcome::NotEligible => 0,
            Outcome::Eligible => 1,
            Outcome::Undetermined => 2,
            Outcome::Error => 3,
        })?
        .ok()
    }

    pub(crate) fn decode<'b, C>(d: &mut Decoder<'b>, _: &mut C) -> Result<Outcome, DecodeError> {
        match d.u8()? {
            0 => Ok(Outcome::NotEligible),
            1 => Ok(Outcome::Eligible),
            2 => Ok(Outcome::Undetermined),
            3 => Ok(Outcome::Error),
            _ => Err(DecodeError::message("no outcome")),
        }
    }
}

/// Indicators: `[[id, colour], ...]`, 0 red, 1 yellow, 2 green, null unknown.
pub(crate) mod indicators {
    use super::{
        Colour, DecodeError, Decoder, EncodeError, Encoder, Type, Write, open_array, skip,
    };

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
}

/// All answers: `[[path, reply, provenance?], ...]`. A member's path is `[member id, fact]`.
pub(crate) mod answers {
    use super::{
        Answer, Answers, DecodeError, Decoder, EncodeError, Encoder, FactPath, Type, Write,
        decode_provenance, decode_reply, encode_provenance, encode_reply, open_array, skip,
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
}

pub(crate) fn encode_reply<W: Write>(
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

pub(crate) fn decode_reply(d: &mut Decoder<'_>) -> Result<Reply, decode::Error> {
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

fn encode_provenance<W: Write>(
    provenance: Provenance,
    e: &mut Encoder<W>,
) -> Result<(), encode::Error<W::Error>> {
    match provenance {
        Provenance::Asked => e.null()?,
        Provenance::Skipped => e.bool(false)?,
        Provenance::Registry(day) => e.array(2)?.u8(1)?.i32(day.days())?,
        Provenance::Carried(day) => e.array(2)?.u8(2)?.i32(day.days())?,
    };
    Ok(())
}

fn decode_provenance(d: &mut Decoder<'_>) -> Result<Provenance, decode::Error> {
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
                _ => Err(decode::Error::message("no provenance")),
            }
        }
    }
}

fn a_day(days: i32) -> Result<Date, decode::Error> {
    Date::from_days(days).ok_or_else(|| decode::Error::message("no day of years 1 to 9999"))
}

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
