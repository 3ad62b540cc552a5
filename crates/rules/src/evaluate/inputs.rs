//! What is read: facts as far as they are known, and rows of tables.

use super::engine::Evaluation;
use crate::family::Slot;
use crate::pack::{FactIndex, FactRef, Table, TableKey};
use crate::possible::{ANY_NUMBER, Possible};

impl Evaluation<'_> {
    pub(super) fn fact(&self, fact: FactIndex, member: usize) -> Possible {
        match self.family.slot_of(self.pack, fact, member) {
            Some(Slot::Bool(value)) => Possible::bool(*value),
            Some(Slot::Number(number)) => Possible::point(i128::from(*number)),
            Some(Slot::Code(code)) => Possible::Code(1 << (code & 63)),
            Some(Slot::Codes(codes)) => Possible::Codes {
                certain: *codes,
                possible: *codes,
            },
            Some(Slot::Text(_)) => Possible::Text,
            None | Some(Slot::Absent | Slot::Unknown) => self
                .pack
                .checked
                .domains
                .get(usize::from(fact.0))
                .copied()
                .unwrap_or(Possible::Error),
        }
    }

    /// The regency of the family's village: its first four digits.
    pub(super) fn region(&self) -> u16 {
        let Some(fact) = self.pack.checked.village else {
            return 0;
        };
        match self.family.slot(self.pack, FactRef::family(fact)) {
            Some(Slot::Text(text)) => text.bytes().take(4).fold(0, |number, digit| {
                number * 10 + u16::from(digit.wrapping_sub(b'0') % 10)
            }),
            _ => 0,
        }
    }

    pub(super) fn table(&self, table: &Table, key: Possible) -> Possible {
        if key.is_certain() {
            return self.table_row(table, key);
        }
        let mut whole: Option<Possible> = None;
        self.for_each_key(table, key, |value| {
            whole = Some(whole.map_or(value, |sum| sum.join(value)));
        });
        whole.unwrap_or(ANY_NUMBER)
    }

    /// The value for each key that is still possible.
    pub(super) fn for_each_key(
        &self,
        table: &Table,
        key: Possible,
        mut each: impl FnMut(Possible),
    ) {
        match (table.by, key) {
            (TableKey::Code(_), Possible::Code(bits)) => {
                for bit in (0..64).filter(|bit| bits & (1 << bit) != 0) {
                    each(self.table_row(table, Possible::Code(1 << bit)));
                }
            }
            (TableKey::Region, Possible::Region(0)) => {
                let mut previous = 0;
                for row in &table.rows {
                    if row.key != previous {
                        previous = row.key;
                        let region = if row.key < 100 {
                            row.key * 100
                        } else {
                            row.key
                        };
                        each(self.table_row(table, Possible::Region(region.min(9999) as u16)));
                    }
                }
            }
            (_, key) => each(self.table_row(table, key)),
        }
    }

    /// The row of a known key; a row that is missing or not in force can be anything.
    pub(crate) fn table_row(&self, table: &Table, key: Possible) -> Possible {
        let row = |key: u32| {
            let day = self.family.assessed_on();
            let rows = table.rows.iter().rev();
            rows.filter(|row| row.key == key)
                .find(|row| row.from <= day)
        };
        let found = match (table.by, key) {
            // A regency's own row comes before its province's.
            (TableKey::Region, Possible::Region(region)) => {
                row(u32::from(region)).or_else(|| row(u32::from(region / 100)))
            }
            (TableKey::Code(_), Possible::Code(bits)) => row(bits.trailing_zeros()),
            _ => None,
        };
        found.map_or(ANY_NUMBER, |row| Possible::point(i128::from(row.value)))
    }
}
