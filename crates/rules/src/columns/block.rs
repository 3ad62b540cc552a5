//! Some thousand families in columns.

use super::filler::{Cell, Filler, place};
use super::layout::{Kind, Layout, Shape};
use super::members::Row;
use super::{OPEN_CODE, OPEN_TRUTH};
use crate::date::Date;
use crate::family::{FactError, Family, MAX_MEMBERS, Slot};
use crate::pack::{FactIndex, FactKind, FactRef, Pack};
use crate::possible::TRUE;

/// The most families in a block.
pub const CAPACITY: usize = 4096;
/// The most families that are evaluated at once: their values stay in cache.
const SEGMENT: usize = 1024;

/// Families in columns, filled anew again and again without new memory.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    layout: &'a Layout<'a>,
    pub(super) columns: Vec<Column>,
    pub(super) days: Vec<i64>,
    pub(super) persons: Vec<i64>,
    /// What stands beside days and persons: nothing of them is open.
    pub(super) settled: Vec<u8>,
    /// Regencies as four digits; 0 where unknown.
    pub(super) regions: Vec<u16>,
    pub(super) segments: Vec<Segment>,
    pub(super) rows: Vec<Row>,
    /// For each family its lane and its segment.
    places: Vec<(u32, u32)>,
    order: Vec<u64>,
    /// Lanes of members, of all families together.
    members: usize,
}

/// Lanes of one period, in families of falling size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) period: usize,
    /// First lane of the family's columns.
    pub(super) first: usize,
    pub(super) families: usize,
    /// First lane of the members' columns.
    pub(super) first_member: usize,
    pub(super) members: usize,
    /// First row, of those of the block; rows count from the segment's first member.
    pub(super) first_row: usize,
    pub(super) rows: usize,
}

/// A fact of all families or of all members.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// Truths or codes.
    Bytes(Vec<u8>),
    /// Numbers, and beside each 0 or, where it is not known, [`OPEN_TRUTH`].
    Numbers(Vec<i64>, Vec<u8>),
}

/// Why families could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockError {
    /// More than [`CAPACITY`] families.
    TooManyFamilies,
    /// A family of more than [`MAX_MEMBERS`].
    TooManyMembers,
}

impl<'a> Block<'a> {
    /// A block without families.
    pub fn new(layout: &'a Layout<'a>) -> Block<'a> {
        let column = |shape: &Shape| match shape.kind {
            Kind::Number => Column::Numbers(Vec::new(), Vec::new()),
            Kind::Truth | Kind::Code | Kind::Text => Column::Bytes(Vec::new()),
        };
        Block {
            layout,
            columns: layout.columns.iter().map(column).collect(),
            days: Vec::new(),
            persons: Vec::new(),
            settled: Vec::new(),
            regions: Vec::new(),
            segments: Vec::new(),
            rows: Vec::new(),
            places: Vec::new(),
            order: Vec::new(),
            members: 0,
        }
    }

    /// The layout that it was made with.
    pub fn layout(&self) -> &'a Layout<'a> {
        self.layout
    }

    /// How many families it holds.
    pub fn families(&self) -> usize {
        self.places.len()
    }

    /// Takes families of which nothing is known yet but the day and how many members they have.
    ///
    /// # Errors
    /// Too many; the block is then empty.
    pub fn begin(&mut self, families: &[(Date, usize)]) -> Result<(), BlockError> {
        self.clear();
        if families.len() > CAPACITY {
            return Err(BlockError::TooManyFamilies);
        }
        if families.iter().any(|(_, persons)| *persons > MAX_MEMBERS) {
            return Err(BlockError::TooManyMembers);
        }
        // By period, the largest first; one number sorts quicker than three.
        for (family, (day, persons)) in families.iter().enumerate() {
            let period = self.layout.period(*day) as u64;
            let smaller = (MAX_MEMBERS - persons) as u64;
            self.order
                .push(period << 32 | smaller << 16 | family as u64);
        }
        self.order.sort_unstable();
        self.places.resize(families.len(), (0, 0));
        for lane in 0..self.order.len() {
            let key = self.order[lane];
            let (period, family) = ((key >> 32) as usize, (key & 0xffff) as usize);
            let (day, persons) = families[family];
            self.days.push(i64::from(day.days()));
            self.persons.push(persons as i64);
            let full = self
                .segments
                .last()
                .is_none_or(|last| last.period != period || last.families == SEGMENT);
            if full {
                self.end_segment();
                self.segments.push(Segment {
                    period,
                    first: lane,
                    families: 0,
                    first_member: self.members,
                    members: 0,
                    first_row: self.rows.len(),
                    rows: persons,
                });
                self.rows.resize(self.rows.len() + persons, Row::default());
            }
            if let Some(segment) = self.segments.last_mut() {
                segment.families += 1;
                segment.members += persons;
                let rows = self.rows.iter_mut().skip(segment.first_row);
                rows.take(persons).for_each(|row| row.count += 1);
            }
            self.places[family] = (lane as u32, self.segments.len() as u32 - 1);
        }
        self.end_segment();
        self.forget();
        Ok(())
    }

    fn clear(&mut self) {
        self.days.clear();
        self.persons.clear();
        self.segments.clear();
        self.rows.clear();
        self.places.clear();
        self.order.clear();
        self.members = 0;
    }

    fn end_segment(&mut self) {
        let Some(segment) = self.segments.last() else {
            return;
        };
        self.members = segment.first_member + segment.members;
        let mut first = 0;
        for row in self.rows.iter_mut().skip(segment.first_row) {
            row.first = first;
            first += row.count;
        }
    }

    fn forget(&mut self) {
        let families = self.places.len();
        self.settled.resize(families, 0);
        self.regions.clear();
        self.regions.resize(families, 0);
        for (column, shape) in self.columns.iter_mut().zip(&self.layout.columns) {
            let lanes = if shape.of_member {
                self.members
            } else {
                families
            };
            match column {
                Column::Bytes(values) => {
                    values.clear();
                    values.resize(lanes, open_byte(shape.kind));
                }
                Column::Numbers(values, open) => {
                    // What an open lane holds is never read as a value.
                    values.resize(lanes, 0);
                    open.clear();
                    open.resize(lanes, OPEN_TRUTH);
                }
            }
        }
    }

    /// Where the lanes of a segment begin in a column, and how many there are.
    pub(super) fn lanes_of(&self, column: u16, segment: &Segment) -> (usize, usize) {
        match self.layout.columns[usize::from(column)].of_member {
            true => (segment.first_member, segment.members),
            false => (segment.first, segment.families),
        }
    }

    /// The lane of a family.
    pub(super) fn lane(&self, family: usize) -> usize {
        self.places
            .get(family)
            .map_or(usize::MAX, |(lane, _)| *lane as usize)
    }

    /// What sets one fact of family after family. Values are checked against the vocabulary, also of facts that
    /// have no column because deciding does not read them.
    ///
    /// # Errors
    /// The pack has no such fact.
    pub fn filler(&mut self, fact: FactIndex) -> Result<Filler<'_>, FactError> {
        let pack = self.layout.pack;
        let definition = pack.fact(fact).ok_or(FactError::NoSuchFact)?;
        let column = self.layout.column(fact).map(usize::from);
        Ok(Filler {
            fact: definition,
            codes: pack.codes(fact).len(),
            of_member: definition.of_member(),
            regions: (pack.checked.village == Some(fact)).then_some(&mut self.regions),
            column: column.and_then(|place| self.columns.get_mut(place)),
            places: &self.places,
            segments: &self.segments,
            rows: &self.rows,
        })
    }

    /// Puts all facts of a family of the same pack in.
    pub fn put(&mut self, family: usize, facts: &Family) {
        let pack = self.layout.pack;
        for place in 0..self.layout.columns.len() {
            let fact = self.layout.columns[place].fact;
            let Ok(mut filler) = self.filler(fact) else {
                continue;
            };
            let members = if filler.of_member { facts.persons() } else { 1 };
            for member in 0..members {
                let cell = match facts.slot_of(pack, fact, member) {
                    Some(Slot::Bool(value)) => Cell::Truth(*value),
                    Some(Slot::Number(number)) => Cell::Number(*number),
                    Some(Slot::Code(code)) => Cell::Code(*code),
                    Some(Slot::Codes(codes)) => Cell::Codes(*codes),
                    Some(Slot::Text(text)) => Cell::Text(text),
                    None | Some(Slot::Absent | Slot::Unknown) => continue,
                };
                filler.write(family, member, cell);
            }
        }
    }

    /// The day and the number of members of a family.
    pub fn shape(&self, family: usize) -> Option<(Date, usize)> {
        let lane = self.lane(family);
        let day = Date::from_days(i32::try_from(*self.days.get(lane)?).ok()?)?;
        Some((day, usize::try_from(*self.persons.get(lane)?).ok()?))
    }

    /// The regency in which a family lives, as four digits; 0 where that is unknown.
    pub fn region(&self, family: usize) -> u16 {
        self.regions.get(self.lane(family)).copied().unwrap_or(0)
    }

    /// The number or the place of the code that a fact has, where it has a column and is known.
    pub fn whole(&self, fact: FactIndex, family: usize, member: usize) -> Option<i64> {
        let column = usize::from(self.layout.column(fact)?);
        let shape = self.layout.columns.get(column)?;
        let member = shape.of_member.then_some(member);
        let place = place(&self.places, &self.segments, &self.rows, family, member)?;
        match (self.columns.get(column)?, shape.kind) {
            (Column::Bytes(values), Kind::Code) => {
                let value = *values.get(place)?;
                (value != OPEN_CODE).then_some(i64::from(value))
            }
            (Column::Numbers(values, open), _) => {
                (*open.get(place)? == 0).then_some(*values.get(place)?)
            }
            _ => None,
        }
    }

    /// A family with the facts that deciding reads; none where the block does not reach so far. Of a text only the
    /// region, or that it is known, was kept.
    pub fn family(&self, family: usize) -> Option<Family> {
        let pack = self.layout.pack;
        let lane = self.lane(family);
        let (day, persons) = self.shape(family)?;
        let mut facts = Family::new(pack, day, persons);
        for (column, shape) in self.columns.iter().zip(&self.layout.columns) {
            let members = if shape.of_member { persons } else { 1 };
            for member in 0..members {
                let Some(place) = place(
                    &self.places,
                    &self.segments,
                    &self.rows,
                    family,
                    shape.of_member.then_some(member),
                ) else {
                    continue;
                };
                let region = self.regions.get(lane).copied().unwrap_or(0);
                if let Some(slot) = slot(pack, shape, column, place, region) {
                    let member = shape.of_member.then_some(member as u16);
                    let at = FactRef {
                        fact: shape.fact,
                        member,
                    };
                    facts.put_slot(pack, at, slot);
                }
            }
        }
        Some(facts)
    }
}

fn open_byte(kind: Kind) -> u8 {
    match kind {
        Kind::Code => OPEN_CODE,
        Kind::Truth | Kind::Text | Kind::Number => OPEN_TRUTH,
    }
}

fn slot(pack: &Pack, shape: &Shape, column: &Column, place: usize, region: u16) -> Option<Slot> {
    let fact = pack.fact(shape.fact)?;
    match column {
        Column::Bytes(values) => {
            let value = *values.get(place)?;
            if value == open_byte(shape.kind) {
                return None;
            }
            Some(match shape.kind {
                Kind::Code => Slot::Code(value),
                Kind::Truth => Slot::Bool(value == TRUE),
                Kind::Text | Kind::Number => {
                    let digits = fact.pattern.map_or(0, |pattern| pattern.digits());
                    let text = if pack.checked.village == Some(shape.fact) {
                        format!("{region:04}{:0>1$}", "", digits.saturating_sub(4))
                    } else {
                        "0".repeat(digits)
                    };
                    Slot::Text(text.into())
                }
            })
        }
        Column::Numbers(values, open) => {
            let (value, open) = (*values.get(place)?, *open.get(place)?);
            (open == 0).then_some(match fact.kind {
                FactKind::Codes => Slot::Codes(value as u64),
                _ => Slot::Number(value),
            })
        }
    }
}
