//! Codes, tables and schedules: what is looked up.

use super::super::OPEN_TRUTH;
use super::super::program::{Op, Table};
use super::{Compiler, Found};
use crate::node::{Node, NodeId};
use crate::pack::TableKey;
use crate::possible::{FALSE, Possible, TRUE};

/// Regions are four digits.
const REGIONS: u16 = 10_000;

impl Table {
    fn open(entries: usize) -> Table {
        Table {
            values: vec![0; entries],
            open: vec![OPEN_TRUTH; entries],
        }
    }

    fn set(&mut self, entry: usize, value: Possible) {
        if let Some(number) = value.exactly().and_then(|value| i64::try_from(value).ok())
            && let (Some(slot), Some(open)) = (self.values.get_mut(entry), self.open.get_mut(entry))
        {
            *slot = number;
            *open = 0;
        }
    }
}

impl Compiler<'_> {
    pub(super) fn one_of(&mut self, a: NodeId, mask: u64, of_member: bool) -> Option<Found> {
        let Found::Bytes(a) = self.truth(a, of_member) else {
            return None;
        };
        let inside = |code: u8| code < 64 && mask & (1 << code) != 0;
        let codes: Vec<u8> = (0..64).filter(|code| inside(*code)).collect();
        let op = match codes.as_slice() {
            [a1] => Op::OneOfFew(a, [*a1; 4]),
            [a1, a2] => Op::OneOfFew(a, [*a1, *a2, *a2, *a2]),
            [a1, a2, a3] => Op::OneOfFew(a, [*a1, *a2, *a3, *a3]),
            [a1, a2, a3, a4] => Op::OneOfFew(a, [*a1, *a2, *a3, *a4]),
            _ => {
                let mut table = Box::new([OPEN_TRUTH; 256]);
                for code in 0..64 {
                    table[usize::from(code)] = if inside(code) { TRUE } else { FALSE };
                }
                Op::OneOf(a, table)
            }
        };
        Some(self.bytes_by(op, of_member))
    }

    pub(super) fn table(&mut self, table: u16, key: NodeId, of_member: bool) -> Option<Found> {
        let rows = self.pack.file().tables.get(usize::from(table))?;
        match (rows.by, self.truth(key, of_member)) {
            (TableKey::Region, Found::Region) if !of_member => {
                let mut entries = Table::open(usize::from(REGIONS));
                // Region 0 is unknown.
                for region in 1..REGIONS {
                    let value = self.constants.table_row(rows, Possible::Region(region));
                    entries.set(usize::from(region), value);
                }
                Some(self.numbers_by(Op::ByRegion(Box::new(entries)), false))
            }
            (TableKey::Code(_), Found::Bytes(key)) => {
                let mut entries = Table::open(256);
                for code in 0..64 {
                    let value = self.constants.table_row(rows, Possible::Code(1 << code));
                    entries.set(code, value);
                }
                Some(self.numbers_by(Op::Lookup(key, Box::new(entries)), of_member))
            }
            _ => None,
        }
    }

    /// The best paid option that applies: with the amounts known, the first one in their order.
    pub(super) fn schedule(&mut self, schedule: u16) -> Option<Found> {
        let pack = self.pack;
        let options = &pack.file().schedules.get(usize::from(schedule))?.options;
        let mut paid = Vec::with_capacity(options.len());
        for (place, option) in options.iter().enumerate() {
            paid.push((self.amount(option.amount)?, place, option.when));
        }
        // Of equals the first.
        paid.sort_by_key(|(amount, place, _)| (core::cmp::Reverse(*amount), *place));
        let tests: Vec<(NodeId, u8)> = paid
            .iter()
            .map(|(_, place, when)| (*when, *place as u8))
            .collect();
        Some(Found::Bytes(self.first_of(
            &tests,
            options.len() as u8,
            true,
        )))
    }

    pub(super) fn schedule_amount(&mut self, node: NodeId, of_member: bool) -> Option<Found> {
        let pack = self.pack;
        let Node::Schedule(schedule) = pack.file().nodes.get(usize::from(node))? else {
            return None;
        };
        let Found::Bytes(code) = self.found[usize::from(node)] else {
            return None;
        };
        let options = &pack.file().schedules.get(usize::from(*schedule))?.options;
        let mut amounts = Table::open(256);
        for (place, option) in options.iter().enumerate() {
            amounts.set(
                place,
                Possible::point(i128::from(self.amount(option.amount)?)),
            );
        }
        amounts.set(options.len(), Possible::point(0));
        Some(self.numbers_by(Op::Lookup(code, Box::new(amounts)), of_member))
    }

    /// An amount that hangs on no fact.
    fn amount(&self, node: NodeId) -> Option<i64> {
        match self.found[usize::from(node)] {
            Found::Numbers(super::Numbers::Same(amount)) => Some(amount),
            _ => None,
        }
    }
}
