//! Maps: their fields in the order of their keys, older and newer sides understanding one another.

use super::{MAP, Reader, UNSIGNED};

/// The fields of a map with rising keys, read one after the other in their order.
#[derive(Debug)]
pub struct Fields {
    left: u64,
    next: Option<u64>,
}

impl Fields {
    /// Opens a map.
    pub fn of(reader: &mut Reader<'_>) -> Fields {
        Fields {
            left: reader.of_kind(MAP),
            next: None,
        }
    }

    /// Whether the field of this key is there and next; what lies before it is of a newer side, and is passed over.
    #[inline(never)]
    pub fn has(&mut self, reader: &mut Reader<'_>, key: u64) -> bool {
        while !reader.has_failed() {
            let Some(next) = self.next.or_else(|| self.open(reader)) else {
                return false;
            };
            self.next = None;
            if next == key {
                return true;
            }
            if next > key {
                self.next = Some(next);
                return false;
            }
            reader.skip();
        }
        false
    }

    /// Passes over the fields that were not asked for.
    #[inline(never)]
    pub fn close(mut self, reader: &mut Reader<'_>) {
        while !reader.has_failed() && self.next.or_else(|| self.open(reader)).is_some() {
            self.next = None;
            reader.skip();
        }
    }

    fn open(&mut self, reader: &mut Reader<'_>) -> Option<u64> {
        self.left = self.left.checked_sub(1)?;
        Some(reader.of_kind(UNSIGNED))
    }
}
