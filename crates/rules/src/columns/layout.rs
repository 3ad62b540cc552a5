//! Which facts have a column, and in which period a day lies.

use crate::date::Date;
use crate::node::Node;
use crate::pack::{FactIndex, FactKind, Pack};

/// What the lanes of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Bits of [`crate::possible`].
    Truth,
    /// Place of a code in its list.
    Code,
    /// Whole numbers, thousandths, days, or sets of codes as bits.
    Number,
    /// Whether a text is known; the region is kept besides.
    Text,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) fact: FactIndex,
    pub(super) kind: Kind,
    pub(super) of_member: bool,
}

/// The columns that deciding by a pack needs: facts that only the questionnaire reads have none.
#[derive(Clone, Debug)]
pub struct Layout<'a> {
    pub(super) pack: &'a Pack,
    pub(super) columns: Vec<Shape>,
    /// For each fact its column.
    column_of: Vec<Option<u16>>,
    /// First days of the periods within which no parameter changes, in order.
    periods: Vec<Date>,
}

impl<'a> Layout<'a> {
    /// The layout of a pack.
    pub fn new(pack: &'a Pack) -> Layout<'a> {
        Layout::with(pack, &[])
    }

    /// The layout of a pack, with columns besides for facts by which families are told apart.
    pub fn with(pack: &'a Pack, also: &[FactIndex]) -> Layout<'a> {
        let file = pack.file();
        let mut wanted = vec![false; file.facts.len()];
        for fact in also {
            if let Some(wanted) = wanted.get_mut(usize::from(fact.0)) {
                *wanted = true;
            }
        }
        let nodes = file.nodes.iter().zip(&pack.checked.cones.for_decisions);
        for (node, _) in nodes.filter(|(_, needed)| **needed) {
            match node {
                Node::Fact(fact) => wanted[usize::from(*fact)] = true,
                Node::Region => {
                    if let Some(village) = pack.checked.village {
                        wanted[usize::from(village.0)] = true;
                    }
                }
                _ => {}
            }
        }
        let mut columns = Vec::new();
        let mut column_of = vec![None; file.facts.len()];
        for (place, fact) in file.facts.iter().enumerate() {
            if !wanted[place] {
                continue;
            }
            // Facts are fewer than 65,535: a checked pack has no more.
            column_of[place] = u16::try_from(columns.len()).ok();
            columns.push(Shape {
                fact: FactIndex(place as u16),
                kind: match fact.kind {
                    FactKind::Bool => Kind::Truth,
                    FactKind::Code => Kind::Code,
                    FactKind::Text => Kind::Text,
                    FactKind::Int
                    | FactKind::Money
                    | FactKind::Decimal
                    | FactKind::Date
                    | FactKind::Codes => Kind::Number,
                },
                of_member: fact.of_member(),
            });
        }
        let lines = file
            .parameters
            .iter()
            .flat_map(|parameter| &parameter.values);
        let rows = file.tables.iter().flat_map(|table| &table.rows);
        let mut periods: Vec<Date> = lines
            .map(|line| line.from)
            .chain(rows.map(|row| row.from))
            .collect();
        periods.sort_unstable();
        periods.dedup();
        Layout {
            pack,
            columns,
            column_of,
            periods,
        }
    }

    /// The pack whose vocabulary the columns follow.
    pub fn pack(&self) -> &'a Pack {
        self.pack
    }

    /// Whether deciding reads a fact at all. One that it does not read need not be given.
    pub fn reads(&self, fact: FactIndex) -> bool {
        self.column(fact).is_some()
    }

    pub(super) fn column(&self, fact: FactIndex) -> Option<u16> {
        self.column_of.get(usize::from(fact.0)).copied().flatten()
    }

    /// How many periods there are, the one before the first line of any parameter with them.
    pub(super) fn periods(&self) -> usize {
        self.periods.len() + 1
    }

    pub(super) fn period(&self, day: Date) -> usize {
        self.periods.partition_point(|first| *first <= day)
    }

    /// Some day of a period.
    pub(super) fn day_in(&self, period: usize) -> Date {
        match period.checked_sub(1) {
            Some(place) => self.periods.get(place).copied().unwrap_or(Date::MAX),
            None => Date::MIN,
        }
    }
}
