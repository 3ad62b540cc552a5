//! CSV: one table of texts.

use super::{Cell, Place, SheetError, Visit, encoding};
use encoding_rs::Encoding;
use std::path::Path;

/// A row of which cells have more lines than this is no row.
const LINES_OF_A_ROW: u64 = 30;

/// A CSV file; its delimiter is found by whoever knows what the header should be.
#[derive(Debug)]
pub struct Csv {
    place: Place,
    encoding: &'static Encoding,
    pub(super) delimiter: u8,
}

impl Csv {
    pub(super) fn open(path: &Path, start: &[u8]) -> Result<Self, SheetError> {
        let place = Place(path.to_owned());
        let encoding = encoding::detect(start, &mut place.open()?)?;
        Ok(Self {
            place,
            encoding,
            delimiter: b',',
        })
    }

    pub(super) fn rows(&mut self, visit: &mut Visit<'_>) -> Result<(), SheetError> {
        let text = encoding::Utf8::new(self.place.open()?, self.encoding);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(text);
        let mut record = csv::StringRecord::new();
        let mut cells = Vec::new();
        while reader
            .read_record(&mut record)
            .map_err(|error| SheetError::Broken(error.to_string()))?
        {
            cells.clear();
            cells.extend(record.iter().map(Cell::text));
            // Blank lines before a record are passed over, so the line is counted from its end.
            let inside = record.as_slice().bytes().filter(|b| *b == b'\n').count();
            let inside = u64::try_from(inside).unwrap_or_default();
            let line = reader.position().line().saturating_sub(1 + inside);
            // No cell of a list has so many lines: a quotation mark was opened and never closed.
            if inside > LINES_OF_A_ROW {
                let start = record.position().map_or(line, csv::Position::line);
                return Err(SheetError::Quote(start));
            }
            if visit(line, &cells).is_break() {
                break;
            }
        }
        Ok(())
    }
}
