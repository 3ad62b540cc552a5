//! Identities, codes and small enums.

use super::{open_array, skip};
use crate::{
    Millis,
    id::{AssessmentId, DeviceId, EntryId, KpmId, MemberId, UserId, VaultId},
    identity::KkNumber,
    kpm::{JourneyState, LeftBecause, Member, Presence},
    region::{RegencyCode, VillageCode},
};
use minicbor::{Decode, Decoder, Encode, Encoder, data::Type, decode, encode, encode::Write};

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
