//! A column of a file into a column of each block.

use super::super::feed::Batch;
use super::column::{Column, Target};
use super::refuse;
use crate::cli::households::{LineError, PAST, fact_error};
use naik_kelas_rules::columns::{Block, Cell};
use naik_kelas_rules::pack::{Code, Fact, FactKind};
use naik_kelas_rules::{Date, FactError, FactIndex, FactRef, Pack};

pub(super) fn fill(
    column: &Column,
    blocks: &mut [Block<'_>],
    batch: &mut Batch,
    shape: &[(Date, usize)],
) {
    let Target::Fact { facts, of_member } = &column.target else {
        return;
    };
    for (block, fact) in blocks.iter_mut().zip(facts) {
        if let Some(fact) = fact {
            fill_one(column, (*fact, *of_member), block, batch, shape);
        }
    }
}

fn fill_one(
    column: &Column,
    (index, of_member): (FactIndex, bool),
    block: &mut Block<'_>,
    batch: &mut Batch,
    shape: &[(Date, usize)],
) {
    let pack: &Pack = block.layout().pack();
    let (Some(fact), Ok(mut filler)) = (pack.fact(index), block.filler(index)) else {
        return;
    };
    let codes = Codes::of(pack.codes(index));
    let is_past = PAST.contains(&fact.path.as_str());
    column.each(|row, member, at| {
        // What is not known stays as it is; a row that was refused has no members.
        let (Some(at), Some((day, persons))) = (at, shape.get(row)) else {
            return;
        };
        if *persons == 0 {
            return;
        }
        let path = || {
            pack.path_of(FactRef {
                fact: index,
                member: of_member.then_some(member as u16),
            })
        };
        let set = cell(column, fact, &codes, at).and_then(|cell| filler.set(row, member, cell));
        if let Err(error) = set {
            refuse(batch, row, fact_error(fact, error, path()));
        } else if is_past && column.day(at).is_some_and(|found| found > *day) {
            let message = format!(
                "This day lies after the day of the assessment, {day}. Correct one of the two."
            );
            refuse(
                batch,
                row,
                LineError::new("after_assessed_on", path(), message),
            );
        }
    });
}

/// Codes as they stand in a file: as text, or as numbers where all of them are.
struct Codes<'a> {
    texts: Vec<&'a str>,
    numbers: Option<Vec<i64>>,
}

impl<'a> Codes<'a> {
    fn of(codes: &'a [Code]) -> Codes<'a> {
        Codes {
            texts: codes.iter().map(|code| code.code.as_str()).collect(),
            numbers: codes.iter().map(|code| code.code.parse().ok()).collect(),
        }
    }
}

fn cell<'c>(
    column: &'c Column,
    fact: &Fact,
    codes: &Codes<'_>,
    at: usize,
) -> Result<Cell<'c>, FactError> {
    let wrong = FactError::WrongType;
    match fact.kind {
        FactKind::Bool => column.truth(at).map(Cell::Truth).ok_or(wrong),
        FactKind::Int | FactKind::Money | FactKind::Decimal | FactKind::Date => {
            column.number(at, fact.kind).map(Cell::Number).ok_or(wrong)
        }
        FactKind::Text => column.text(at).map(Cell::Text).ok_or(wrong),
        FactKind::Code => {
            let place = match (column.bytes(at), &codes.numbers) {
                (Some(text), _) => codes.texts.iter().position(|code| code.as_bytes() == text),
                (None, Some(numbers)) => {
                    let number = column.number(at, FactKind::Int).ok_or(wrong)?;
                    numbers.iter().position(|code| *code == number)
                }
                (None, None) => return Err(wrong),
            };
            let place = place.and_then(|place| u8::try_from(place).ok());
            place.map(Cell::Code).ok_or(FactError::UnknownCode)
        }
        // Several codes of a member are read by no decision; a pack that does needs lines of JSON.
        FactKind::Codes => Err(wrong),
    }
}
