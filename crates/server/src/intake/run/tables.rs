//! The tables of a file: their headers, how a CSV is parted, which columns a spreadsheet has rounded.

use super::{
    super::{
        columns::{Field, Source},
        header::{self, Header, HeaderError},
        number::Endings,
        sheet::Workbook,
    },
    ImportError,
};
use std::ops::ControlFlow;

/// So many rows are looked at for zeros in the place of digits, before the first is taken.
const SAMPLE: usize = 5_000;

/// A table with its header.
pub(super) struct Table {
    pub(super) sheet: String,
    pub(super) header: Header,
    pub(super) rounded: Vec<bool>,
    pub(super) delimiter: u8,
}

/// The table of a sheet, where it is one of this list.
pub(super) fn look(
    workbook: &mut Workbook,
    sheet: &str,
    source: Source,
) -> Result<Option<Table>, ImportError> {
    let delimiters: &[u8] = if workbook.is_csv() { b";,\t|" } else { b"," };
    let mut best: Option<(u8, Result<Header, HeaderError>)> = None;
    for delimiter in delimiters {
        workbook.part_by(*delimiter);
        let mut rows = Vec::new();
        workbook.rows(sheet, &mut |line, cells| {
            rows.push((line, cells.to_vec()));
            if rows.len() < header::WITHIN {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        let found = header::find(source, &rows);
        let rank = |found: &Result<Header, HeaderError>| match found {
            Ok(header) => 1 + header.known(),
            Err(HeaderError::Twice(..)) => 1,
            Err(HeaderError::None) => 0,
        };
        if best
            .as_ref()
            .is_none_or(|(_, best)| rank(&found) > rank(best))
        {
            best = Some((*delimiter, found));
        }
    }
    let (delimiter, header) = match best {
        Some((delimiter, Ok(header))) => (delimiter, header),
        Some((_, Err(HeaderError::Twice(name, first, second)))) => {
            return Err(ImportError::Twice(sheet.to_owned(), name, first, second));
        }
        _ => return Ok(None),
    };
    workbook.part_by(delimiter);
    let mut endings = vec![Endings::default(); header.fields.len()];
    let mut seen = 0;
    workbook.rows(sheet, &mut |line, cells| {
        seen += usize::from(line > header.line);
        for (column, field) in header.fields.iter().enumerate() {
            if let (Some(Field::Kk | Field::Nik | Field::NameAndKk), Some(cell)) =
                (field, cells.get(column))
            {
                endings[column].see(cell);
            }
        }
        if seen < SAMPLE {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(Some(Table {
        sheet: sheet.to_owned(),
        header,
        rounded: endings.iter().map(Endings::are_rounded).collect(),
        delimiter,
    }))
}
