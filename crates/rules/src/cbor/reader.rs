//! Reading: straight on, with one fault kept until the end.

use super::{BYTES, LIST, MAP, NEGATIVE, NOTHING, SIMPLE, TAG, TEXT, UNSIGNED};

/// Reads bytes from the front.
#[derive(Debug)]
pub struct Reader<'b> {
    bytes: &'b [u8],
    failed: bool,
}

/// A list of nothing may claim any length; room is made ahead for no more than this.
const ROOM_AHEAD: usize = 64;

impl<'b> Reader<'b> {
    /// A reader that stands before the first item.
    pub fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader {
            bytes,
            failed: false,
        }
    }

    /// Everything was read, and nothing was wrong.
    pub fn is_whole(&self) -> bool {
        !self.failed && self.bytes.is_empty()
    }

    /// Notes a fault: from here on everything is empty.
    pub fn fail(&mut self) {
        self.failed = true;
        self.bytes = &[];
    }

    fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((byte, rest)) => {
                self.bytes = rest;
                *byte
            }
            None => {
                self.fail();
                0
            }
        }
    }

    /// The kind of the next item, and its number.
    #[inline(never)]
    fn head(&mut self) -> (u8, u64) {
        let first = self.byte();
        let short = first & 31;
        let length = match short {
            0..=23 => return (first >> 5, u64::from(short)),
            24..=27 => 1 << (short - 24),
            _ => {
                self.fail();
                return (NOTHING, 0);
            }
        };
        let mut number = 0;
        for _ in 0..length {
            number = number << 8 | u64::from(self.byte());
        }
        match self.failed {
            true => (NOTHING, 0),
            false => (first >> 5, number),
        }
    }

    /// The number of an item that must be of one kind.
    #[inline(never)]
    pub(super) fn of_kind(&mut self, kind: u8) -> u64 {
        match self.head() {
            (found, number) if found == kind => number,
            _ => {
                self.fail();
                0
            }
        }
    }

    /// A whole number.
    #[inline(never)]
    pub fn int(&mut self) -> i64 {
        let (kind, number) = self.head();
        match (kind, i64::try_from(number)) {
            (UNSIGNED, Ok(number)) => number,
            (NEGATIVE, Ok(number)) => -1 - number,
            _ => {
                self.fail();
                0
            }
        }
    }

    /// The 64 bits of a number that stands for bits.
    pub fn bounded(&mut self, most: i64) -> i64 {
        let number = self.int();
        if number < 0 || number > most {
            self.fail();
            return 0;
        }
        number
    }

    /// A whole number of one byte.
    pub fn small(&mut self) -> u8 {
        self.bounded(i64::from(u8::MAX)) as u8
    }

    /// A whole number of two bytes.
    pub fn place(&mut self) -> u16 {
        self.bounded(i64::from(u16::MAX)) as u16
    }

    /// True or false.
    pub fn bool(&mut self) -> bool {
        match self.of_kind(SIMPLE) {
            20 => false,
            21 => true,
            _ => {
                self.fail();
                false
            }
        }
    }

    /// Text, where it stands.
    #[inline(never)]
    pub fn text(&mut self) -> &'b str {
        let length = self.of_kind(TEXT);
        match core::str::from_utf8(self.take(length)) {
            Ok(text) => text,
            Err(_) => {
                self.fail();
                ""
            }
        }
    }

    /// Text.
    #[inline(never)]
    pub fn string(&mut self) -> String {
        String::from(self.text())
    }

    /// Something was wrong.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.failed
    }

    /// A whole number that is not negative.
    pub fn unsigned(&mut self) -> u64 {
        self.of_kind(UNSIGNED)
    }

    /// Bytes.
    #[inline(never)]
    pub fn bytes(&mut self) -> &'b [u8] {
        let length = self.of_kind(BYTES);
        self.take(length)
    }

    /// Just so many bytes, sixteen of an identity or 32 of a hash.
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        match self.bytes().try_into() {
            Ok(array) => array,
            Err(_) => {
                self.fail();
                [0; N]
            }
        }
    }

    fn take(&mut self, length: u64) -> &'b [u8] {
        let taken = usize::try_from(length)
            .ok()
            .and_then(|length| self.bytes.split_at_checked(length));
        match taken {
            Some((taken, rest)) => {
                self.bytes = rest;
                taken
            }
            None => {
                self.fail();
                &[]
            }
        }
    }

    /// What the next item is.
    #[must_use]
    pub fn next(&self) -> Kind {
        match self.bytes.first() {
            None => Kind::Nothing,
            Some(0xf6) => Kind::Null,
            Some(0xf4 | 0xf5) => Kind::Bool,
            Some(first) => match first >> 5 {
                UNSIGNED | NEGATIVE => Kind::Int,
                BYTES => Kind::Bytes,
                TEXT => Kind::Text,
                LIST => Kind::List,
                TAG => Kind::Tag,
                _ => Kind::Nothing,
            },
        }
    }

    /// Passes over null, where null is next.
    pub fn null(&mut self) -> bool {
        let null = self.next() == Kind::Null;
        if null {
            self.byte();
        }
        null
    }

    /// The number of a tag; its item follows.
    pub fn tag(&mut self) -> u64 {
        self.of_kind(TAG)
    }

    /// The bytes of one item as they stand, whatever it is.
    pub fn raw(&mut self) -> &'b [u8] {
        let before = self.bytes;
        self.skip();
        let length = before.len() - self.bytes.len();
        before.get(..length).unwrap_or(&[])
    }

    /// How many items a list has.
    pub fn list_length(&mut self) -> u64 {
        self.of_kind(LIST)
    }

    /// A list of just so many items.
    pub fn tuple(&mut self, length: u64) {
        if self.of_kind(LIST) != length {
            self.fail();
        }
    }

    /// A list of items of one sort.
    pub fn list<T>(&mut self, each: fn(&mut Reader<'b>) -> T) -> Vec<T> {
        let length = self.list_length();
        let mut items = Vec::with_capacity(usize::try_from(length).unwrap_or(0).min(ROOM_AHEAD));
        for _ in 0..length {
            if self.failed {
                break;
            }
            items.push(each(self));
        }
        items
    }

    /// A map with rising keys, of which those in `required` (as bits) must be there; unknown ones are passed over
    /// by the closure giving false.
    pub fn map(&mut self, required: u32, each: &mut dyn FnMut(&mut Reader<'b>, u64) -> bool) {
        let length = self.of_kind(MAP);
        let (mut seen, mut next) = (0u32, 0);
        for _ in 0..length {
            let key = self.of_kind(UNSIGNED);
            // After the last number there is no next one.
            if self.failed || key < next || key == u64::MAX {
                self.fail();
                return;
            }
            next = key + 1;
            seen |= 1u32.checked_shl(key.min(32) as u32).unwrap_or(0);
            if !each(self, key) {
                self.skip();
            }
        }
        if seen & required != required {
            self.fail();
        }
    }

    /// Passes over one item, whatever it is.
    pub fn skip(&mut self) {
        let mut left = 1u64;
        while left > 0 && !self.failed {
            left -= 1;
            let (kind, number) = self.head();
            let more = match kind {
                BYTES | TEXT => {
                    self.take(number);
                    0
                }
                LIST => number,
                MAP => number.saturating_mul(2),
                TAG => 1,
                _ => 0,
            };
            left = left.saturating_add(more);
        }
    }
}

/// What an item is, before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// Bytes.
    Bytes,
    /// Text.
    Text,
    /// A list.
    List,
    /// A tag, and the item that it is about.
    Tag,
    /// True or false.
    Bool,
    /// Null.
    Null,
    /// Anything else, or the end.
    Nothing,
}
