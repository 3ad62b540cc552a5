//! A reader of CBOR for packs, small enough for the phone.
//!
//! It never fails in the middle: after the first fault it gives empty values, reads nothing more, and says so at the
//! end. So the code that reads a pack needs no branch for each field; a derived decoder was four times its size.
//! Only what a pack is written in is understood: definite lengths, whole numbers, text, lists, maps, true and false.

/// Reads bytes from the front.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    failed: bool,
}

/// A list of nothing may claim any length; room is made ahead for no more than this.
const ROOM_AHEAD: usize = 64;

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader {
            bytes,
            failed: false,
        }
    }

    /// Everything was read, and nothing was wrong.
    pub(super) fn is_whole(&self) -> bool {
        !self.failed && self.bytes.is_empty()
    }

    pub(super) fn fail(&mut self) {
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
    fn of_kind(&mut self, kind: u8) -> u64 {
        match self.head() {
            (found, number) if found == kind => number,
            _ => {
                self.fail();
                0
            }
        }
    }

    #[inline(never)]
    pub(super) fn int(&mut self) -> i64 {
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
    pub(super) fn bounded(&mut self, most: i64) -> i64 {
        let number = self.int();
        if number < 0 || number > most {
            self.fail();
            return 0;
        }
        number
    }

    pub(super) fn small(&mut self) -> u8 {
        self.bounded(i64::from(u8::MAX)) as u8
    }

    pub(super) fn place(&mut self) -> u16 {
        self.bounded(i64::from(u16::MAX)) as u16
    }

    pub(super) fn bool(&mut self) -> bool {
        match self.of_kind(SIMPLE) {
            20 => false,
            21 => true,
            _ => {
                self.fail();
                false
            }
        }
    }

    #[inline(never)]
    pub(super) fn string(&mut self) -> String {
        let length = self.of_kind(TEXT);
        let taken = usize::try_from(length)
            .ok()
            .and_then(|length| self.bytes.split_at_checked(length));
        if let Some((text, rest)) = taken
            && let Ok(text) = core::str::from_utf8(text)
        {
            self.bytes = rest;
            return String::from(text);
        }
        self.fail();
        String::new()
    }

    /// How many items a list has.
    pub(super) fn list_length(&mut self) -> u64 {
        self.of_kind(LIST)
    }

    /// A list of just so many items.
    pub(super) fn tuple(&mut self, length: u64) {
        if self.of_kind(LIST) != length {
            self.fail();
        }
    }

    pub(super) fn list<T>(&mut self, each: fn(&mut Reader<'b>) -> T) -> Vec<T> {
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
    pub(super) fn map(
        &mut self,
        required: u32,
        each: &mut dyn FnMut(&mut Reader<'b>, u64) -> bool,
    ) {
        let length = self.of_kind(MAP);
        let (mut seen, mut next) = (0u32, 0);
        for _ in 0..length {
            let key = self.of_kind(UNSIGNED);
            if self.failed || key < next {
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
    fn skip(&mut self) {
        let mut left = 1u64;
        while left > 0 && !self.failed {
            left -= 1;
            let (kind, number) = self.head();
            let more = match kind {
                BYTES | TEXT => {
                    let taken = usize::try_from(number)
                        .ok()
                        .and_then(|length| self.bytes.get(length..));
                    match taken {
                        Some(rest) => self.bytes = rest,
                        None => self.fail(),
                    }
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

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const LIST: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;
/// No kind at all: something was wrong.
const NOTHING: u8 = 8;
