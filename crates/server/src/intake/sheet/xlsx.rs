//! XLSX: cells one after another as they stand in the file; only the texts that cells share are
//! held in memory, for the format keeps them apart.

use super::{Cell, Place, SheetError, Visit, unreadable};
use calamine::{DataRef, Reader, XlsxError};
use naik_kelas_domain::Date;
use std::{
    fs::File,
    io::{BufReader, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

/// A spreadsheet.
pub struct Xlsx {
    workbook: calamine::Xlsx<BufReader<File>>,
}

impl std::fmt::Debug for Xlsx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Xlsx")
    }
}

/// More columns than any of the lists has: a cell far to the right is a slip, and memory stays bounded.
const COLUMNS: usize = 1_000;

impl Xlsx {
    pub(super) fn open(path: &Path) -> Result<Self, SheetError> {
        let file = Place(path.to_owned()).open()?;
        if is_too_large(&file)? {
            return Err(SheetError::TooLarge);
        }
        let opened = unharmed(|| calamine::Xlsx::new(BufReader::new(file)))?;
        opened.map(|workbook| Self { workbook }).map_err(|error| {
            let is_ods = calamine::Ods::new(BufReader::new(match File::open(path) {
                Ok(file) => file,
                Err(error) => return unreadable(error),
            }))
            .is_ok();
            if is_ods {
                SheetError::OpenDocument
            } else {
                broken(&error)
            }
        })
    }

    pub(super) fn sheets(&self) -> Vec<String> {
        self.workbook.sheet_names()
    }

    pub(super) fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), SheetError> {
        let mut reader = self
            .workbook
            .worksheet_cells_reader(sheet)
            .map_err(|error| broken(&error))?;
        let mut cells: Vec<Cell> = Vec::new();
        let mut at = 0;
        while let Some(cell) = unharmed(|| reader.next_cell())?.map_err(|error| broken(&error))? {
            let (row, column) = cell.get_position();
            if row != at && !cells.is_empty() {
                if visit(u64::from(at) + 1, &cells).is_break() {
                    return Ok(());
                }
                cells.clear();
            }
            at = row;
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if column < COLUMNS {
                cells.resize(cells.len().max(column + 1), Cell::Empty);
                cells[column] = taken(cell.get_value());
            }
        }
        if !cells.is_empty() && visit(u64::from(at) + 1, &cells).is_break() {
            return Ok(());
        }
        Ok(())
    }
}

/// What is held in memory of a spreadsheet: half a gigabyte of shared texts, far more than a province's list has.
const HELD: u64 = 1 << 29;
/// Sheets are read row by row, and may be as long as they like.
const SHEETS: &str = "xl/worksheets/";

/// Whether the parts that are held in memory would become too large. Counted by unpacking them, for what a hostile file
/// says of itself is nothing to go by. A file that is no archive is somebody else's trouble.
fn is_too_large(file: &File) -> Result<bool, SheetError> {
    let Ok(mut archive) = zip::ZipArchive::new(BufReader::new(file)) else {
        return Ok(false);
    };
    let mut left = HELD;
    for part in 0..archive.len() {
        let Ok(part) = archive.by_index(part) else {
            continue;
        };
        if part.name().is_ok_and(|name| name.starts_with(SHEETS)) {
            continue;
        }
        // One that breaks off is found broken when it is read.
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).unwrap_or(0);
        if read > left {
            return Ok(true);
        }
        left -= read;
    }
    (&*file).rewind().map_err(unreadable)?;
    Ok(false)
}

/// Calls the library such that a file on which it stumbles is a broken file and not the end of the program.
fn unharmed<T>(call: impl FnOnce() -> T) -> Result<T, SheetError> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| SheetError::Broken("not readable".to_owned()))
}

fn taken(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            let day = text.get(..10).and_then(|day| Date::parse(day).ok());
            day.map_or_else(|| Cell::text(text), Cell::Day)
        }
        #[allow(
            clippy::cast_precision_loss,
            reason = "a number of Excel is a double anyway"
        )]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(truth) => Cell::Bool(*truth),
        DataRef::DateTime(when) => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            let day = Date::from_ymd(i32::from(year), u32::from(month), u32::from(day));
            day.map_or(Cell::Number(when.as_f64()), Cell::Day)
        }
        DataRef::Error(error) => Cell::Failed(error.to_string()),
    }
}

fn broken(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Password,
        error => SheetError::Broken(error.to_string()),
    }
}
