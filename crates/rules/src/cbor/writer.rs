//! Writing: into memory, which takes every byte.

use super::{BYTES, LIST, MAP, NEGATIVE, TAG, TEXT, UNSIGNED};

/// Writes items one after the other, each in its shortest form.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// What was written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    #[inline(never)]
    fn head(&mut self, kind: u8, number: u64) {
        let kind = kind << 5;
        let bytes = number.to_be_bytes();
        let (short, from) = match number {
            0..=23 => return self.bytes.push(kind | number as u8),
            24..=0xff => (24, 7),
            0x100..=0xffff => (25, 6),
            0x1_0000..=0xffff_ffff => (26, 4),
            _ => (27, 0),
        };
        self.bytes.push(kind | short);
        self.bytes.extend_from_slice(&bytes[from..]);
    }

    /// A whole number.
    #[inline(never)]
    pub fn int(&mut self, number: i64) {
        match u64::try_from(number) {
            Ok(number) => self.head(UNSIGNED, number),
            Err(_) => self.head(NEGATIVE, !number as u64),
        }
    }

    /// A whole number that is not negative.
    pub fn unsigned(&mut self, number: u64) {
        self.head(UNSIGNED, number);
    }

    /// Bytes.
    #[inline(never)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.head(BYTES, bytes.len() as u64);
        self.raw(bytes);
    }

    /// Text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        self.head(TEXT, text.len() as u64);
        self.raw(text.as_bytes());
    }

    /// The head of a list of so many items.
    pub fn list(&mut self, length: usize) {
        self.head(LIST, length as u64);
    }

    /// The head of a map of so many fields.
    pub fn map(&mut self, length: u64) {
        self.head(MAP, length);
    }

    /// A tag; its item follows.
    pub fn tag(&mut self, tag: u64) {
        self.head(TAG, tag);
    }

    /// True or false.
    pub fn bool(&mut self, truth: bool) {
        self.bytes.push(if truth { 0xf5 } else { 0xf4 });
    }

    /// Null.
    pub fn null(&mut self) {
        self.bytes.push(0xf6);
    }

    /// Items that are written already.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }
}
