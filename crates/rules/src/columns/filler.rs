//! Putting facts into a block, checked against the vocabulary.

use super::block::{Column, Segment};
use super::members::Row;
use crate::date::Date;
use crate::family::FactError;
use crate::pack::{Fact, FactKind};
use crate::possible::{FALSE, TRUE};

/// A known value as it stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'v> {
    /// Yes or no.
    Truth(bool),
    /// A whole number, rupiah, thousandths of a decimal, or days since 1970-01-01.
    Number(i64),
    /// Place of the code in the fact's list.
    Code(u8),
    /// Places of the codes in the fact's list, as bits.
    Codes(u64),
    /// Text.
    Text(&'v str),
}

/// Sets one fact of family after family.
pub struct Filler<'b> {
    pub(super) fact: &'b Fact,
    pub(super) codes: usize,
    pub(super) of_member: bool,
    pub(super) column: Option<&'b mut Column>,
    pub(super) regions: Option<&'b mut Vec<u16>>,
    pub(super) places: &'b [(u32, u32)],
    pub(super) segments: &'b [Segment],
    pub(super) rows: &'b [Row],
}

impl Filler<'_> {
    /// Sets the fact of a family, or of its member where the fact is a member's (otherwise `member` is of no matter).
    ///
    /// # Errors
    /// The value does not fit the fact, or there is no such family or member; nothing is changed.
    pub fn set(&mut self, family: usize, member: usize, cell: Cell<'_>) -> Result<(), FactError> {
        self.check(cell)?;
        match self.write(family, member, cell) {
            true => Ok(()),
            false => Err(FactError::NoSuchMember),
        }
    }

    fn check(&self, cell: Cell<'_>) -> Result<(), FactError> {
        let (fits, otherwise) = match (self.fact.kind, cell) {
            (FactKind::Bool, Cell::Truth(_)) => (true, FactError::WrongType),
            (
                FactKind::Int | FactKind::Money | FactKind::Decimal | FactKind::Date,
                Cell::Number(number),
            ) => {
                let calendar = i64::from(Date::MIN.days())..=i64::from(Date::MAX.days());
                let exists = self.fact.kind != FactKind::Date || calendar.contains(&number);
                let above = self.fact.min.is_none_or(|min| number >= min);
                let below = self.fact.max.is_none_or(|max| number <= max);
                (exists && above && below, FactError::OutOfRange)
            }
            (FactKind::Code, Cell::Code(code)) => {
                (usize::from(code) < self.codes, FactError::UnknownCode)
            }
            (FactKind::Codes, Cell::Codes(codes)) => {
                let beyond = codes & !crate::possible::all_bits(self.codes);
                (beyond == 0, FactError::UnknownCode)
            }
            (FactKind::Text, Cell::Text(text)) => {
                let fits = self.fact.pattern.is_none_or(|pattern| {
                    text.len() == pattern.digits() && text.bytes().all(|byte| byte.is_ascii_digit())
                });
                (fits, FactError::BadPattern)
            }
            _ => (false, FactError::WrongType),
        };
        if fits { Ok(()) } else { Err(otherwise) }
    }

    /// Writes what fits; false where there is no such family or member.
    pub(super) fn write(&mut self, family: usize, member: usize, cell: Cell<'_>) -> bool {
        let member = self.of_member.then_some(member);
        let Some(place) = place(self.places, self.segments, self.rows, family, member) else {
            return false;
        };
        if let (Some(regions), Cell::Text(text)) = (&mut self.regions, cell)
            && let Some(slot) = regions.get_mut(place)
        {
            *slot = text.bytes().take(4).fold(0, |number, digit| {
                number * 10 + u16::from(digit.wrapping_sub(b'0') % 10)
            });
        }
        match (&mut self.column, cell) {
            (Some(Column::Bytes(values)), cell) => {
                let Some(slot) = values.get_mut(place) else {
                    return false;
                };
                *slot = match cell {
                    Cell::Truth(true) | Cell::Text(_) => TRUE,
                    Cell::Truth(false) => FALSE,
                    Cell::Code(code) => code,
                    Cell::Number(_) | Cell::Codes(_) => return false,
                };
            }
            (Some(Column::Numbers(values, open)), cell) => {
                let (Some(value), Some(open)) = (values.get_mut(place), open.get_mut(place)) else {
                    return false;
                };
                *value = match cell {
                    Cell::Number(number) => number,
                    Cell::Codes(codes) => codes as i64,
                    Cell::Truth(_) | Cell::Code(_) | Cell::Text(_) => return false,
                };
                *open = 0;
            }
            (None, _) => {}
        }
        true
    }
}

/// Where a fact of a family or of one of its members stands in its column.
pub(super) fn place(
    places: &[(u32, u32)],
    segments: &[Segment],
    rows: &[Row],
    family: usize,
    member: Option<usize>,
) -> Option<usize> {
    let (lane, segment) = *places.get(family)?;
    let Some(member) = member else {
        return Some(lane as usize);
    };
    let segment = segments.get(segment as usize)?;
    if member >= segment.rows {
        return None;
    }
    let row = rows.get(segment.first_row + member)?;
    let within = lane as usize - segment.first;
    (within < row.count).then_some(segment.first_member + row.first + within)
}
