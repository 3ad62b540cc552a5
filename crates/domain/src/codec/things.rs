//! Numbers, texts, lists, identities, codes and small enums.

use super::{Reader, Writer, Written, close_list, open_list};
use crate::{
    Date, Millis,
    id::{AssessmentId, DeviceId, EntryId, KpmId, MemberId, NoteId, UserId, VaultId},
    identity::KkNumber,
    kpm::{JourneyState, LeftBecause, Member, Past, Presence},
    note::Notes,
    plan::Upon,
    region::{RegencyCode, VillageCode},
};

/// RFC 8943: days since 1970-01-01.
pub(super) const TAG_DAY: u64 = 100;

impl Written for u64 {
    fn put(&self, writer: &mut Writer) {
        writer.unsigned(*self);
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        reader.unsigned()
    }
}

impl Written for i64 {
    fn put(&self, writer: &mut Writer) {
        writer.int(*self);
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        reader.int()
    }
}

impl Written for i32 {
    fn put(&self, writer: &mut Writer) {
        writer.int(i64::from(*self));
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        i32::try_from(reader.int()).unwrap_or_else(|_| {
            reader.fail();
            0
        })
    }
}

impl Written for u8 {
    fn put(&self, writer: &mut Writer) {
        writer.unsigned(u64::from(*self));
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        reader.small()
    }
}

impl Written for bool {
    fn put(&self, writer: &mut Writer) {
        writer.bool(*self);
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        reader.bool()
    }
}

impl Written for String {
    fn put(&self, writer: &mut Writer) {
        writer.text(self);
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        reader.string()
    }
}

impl<const N: usize> Written for [u8; N] {
    fn put(&self, writer: &mut Writer) {
        writer.bytes(self);
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        reader.array()
    }
}

/// Bytes that are not looked into here: cursors, entries.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bytes(pub Vec<u8>);

impl Written for Bytes {
    fn put(&self, writer: &mut Writer) {
        writer.bytes(&self.0);
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        Self(reader.bytes().to_vec())
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl core::ops::Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Null where there is none; a map leaves it out.
impl<T: Written> Written for Option<T> {
    fn put(&self, writer: &mut Writer) {
        match self {
            None => writer.null(),
            Some(thing) => thing.put(writer),
        }
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        if reader.null() {
            None
        } else {
            Some(T::take(reader))
        }
    }
    fn missing(_: &mut Reader<'_>) -> Self {
        None
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Written> Written for Vec<T> {
    fn put(&self, writer: &mut Writer) {
        writer.list(self.len());
        for thing in self {
            thing.put(writer);
        }
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        reader.list(|reader| T::take(reader))
    }
}

/// A map leaves out that there are none.
macro_rules! left_out_where_empty {
    ($($list:ident),*) => {
        $(impl Written for $list {
            fn put(&self, writer: &mut Writer) {
                self.0.put(writer);
            }
            fn take(reader: &mut Reader<'_>) -> Self {
                Self(Written::take(reader))
            }
            fn missing(_: &mut Reader<'_>) -> Self {
                Self::default()
            }
            fn is_absent(&self) -> bool {
                self.0.is_empty()
            }
        })*
    };
}

left_out_where_empty!(Notes, Past, Upon);

impl<A: Written, B: Written> Written for (A, B) {
    fn put(&self, writer: &mut Writer) {
        writer.list(2);
        self.0.put(writer);
        self.1.put(writer);
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        let more = open_list(reader, 2);
        let pair = (A::take(reader), B::take(reader));
        close_list(reader, more);
        pair
    }
}

impl Written for Date {
    fn put(&self, writer: &mut Writer) {
        writer.tag(TAG_DAY);
        writer.int(i64::from(self.days()));
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        if reader.tag() != TAG_DAY {
            reader.fail();
        }
        a_day(reader)
    }
}

/// A day without its tag.
pub(super) fn a_day(reader: &mut Reader<'_>) -> Date {
    let day = i32::try_from(reader.int()).ok().and_then(Date::from_days);
    day.unwrap_or_else(|| {
        reader.fail();
        Date::MIN
    })
}

impl Written for Millis {
    fn put(&self, writer: &mut Writer) {
        writer.int(self.0);
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        Self(reader.int())
    }
}

macro_rules! sixteen_bytes {
    ($($name:ty),*) => {$(
        impl Written for $name {
            fn put(&self, writer: &mut Writer) {
                writer.bytes(self.as_bytes());
            }
            fn take(reader: &mut Reader<'_>) -> Self {
                Self::from_bytes(reader.array())
            }
        }
    )*};
}
sixteen_bytes!(
    KpmId,
    MemberId,
    AssessmentId,
    NoteId,
    EntryId,
    DeviceId,
    VaultId,
    UserId
);

macro_rules! by_text {
    ($($name:ty),*) => {$(
        impl Written for $name {
            fn put(&self, writer: &mut Writer) {
                writer.text(self.as_str());
            }
            fn take(reader: &mut Reader<'_>) -> Self {
                reader.text().parse().unwrap_or_else(|_| {
                    reader.fail();
                    Self::ZEROS
                })
            }
        }
    )*};
}
by_text!(KkNumber, VillageCode, RegencyCode);

/// An enum by its numbers, of which the first stands for it in what could not be read.
#[macro_export]
macro_rules! written_as_number {
    ($name:ty { $first:path = $one:literal $(, $variant:path = $number:literal)* $(,)? }) => {
        impl $crate::codec::Written for $name {
            fn put(&self, writer: &mut $crate::codec::Writer) {
                writer.unsigned(match self { $first => $one $(, $variant => $number)* });
            }
            fn take(reader: &mut $crate::codec::Reader<'_>) -> Self {
                match reader.unsigned() {
                    $one => $first,
                    $($number => $variant,)*
                    _ => {
                        reader.fail();
                        $first
                    }
                }
            }
        }
    };
}
written_as_number!(LeftBecause {
    LeftBecause::Moved = 1,
    LeftBecause::Died = 2,
    LeftBecause::Mistake = 3,
});
written_as_number!(JourneyState {
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

/// Null where the person is here, else why they left.
impl Written for Presence {
    fn put(&self, writer: &mut Writer) {
        match self {
            Self::Here => writer.null(),
            Self::Left(because) => because.put(writer),
        }
    }
    fn take(reader: &mut Reader<'_>) -> Self {
        if reader.null() {
            Self::Here
        } else {
            Self::Left(LeftBecause::take(reader))
        }
    }
}

crate::written_as_list!(Member, 2, { id, presence });
