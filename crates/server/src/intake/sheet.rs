//! Reading a file row by row: CSV in whatever encoding and delimiter, and XLSX. What a file is
//! is seen from its bytes, not from its name.

mod csv;
mod encoding;
mod xlsx;

use super::cell::Cell;
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetError {
    /// No such file, or no right to read it.
    Unreadable(String),
    /// Nothing in it.
    Empty,
    /// It opens with a password only.
    Password,
    /// The old binary format of Excel (`.xls`).
    OldExcel,
    /// A web page that was named `.xls`, as some systems export it.
    WebPage,
    /// A LibreOffice spreadsheet (`.ods`).
    OpenDocument,
    /// Neither text nor a spreadsheet.
    Unknown,
    /// Bytes that are neither UTF-8, UTF-16 nor Windows-1252.
    Encoding,
    /// A quotation mark of CSV, on about this line, that nothing closes.
    Quote(u64),
    /// Unpacked, it would fill the memory.
    TooLarge,
    /// A spreadsheet that is broken.
    Broken(String),
}

/// A file of rows.
#[derive(Debug)]
pub enum Workbook {
    /// One table.
    Csv(csv::Csv),
    /// One table a sheet.
    Xlsx(Box<xlsx::Xlsx>),
}

/// What a reader of rows does with one: its line number in the file, from 1, and its cells.
pub type Visit<'a> = dyn FnMut(u64, &[Cell]) -> ControlFlow<()> + 'a;

impl Workbook {
    /// Looks at a file's first bytes and opens it.
    ///
    /// # Errors
    /// [`SheetError`].
    pub fn open(path: &Path) -> Result<Self, SheetError> {
        let mut file = File::open(path).map_err(unreadable)?;
        let mut start = Vec::with_capacity(4096);
        file.by_ref()
            .take(4096)
            .read_to_end(&mut start)
            .map_err(unreadable)?;
        if start.iter().all(u8::is_ascii_whitespace) && start.len() < 4096 {
            return Err(SheetError::Empty);
        }
        if start.starts_with(b"PK\x03\x04") {
            return xlsx::Xlsx::open(path).map(|xlsx| Self::Xlsx(Box::new(xlsx)));
        }
        if start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return Err(compound(&mut file));
        }
        let lower: Vec<u8> = start.iter().take(512).map(u8::to_ascii_lowercase).collect();
        let begins = |mark: &[u8]| lower.windows(mark.len()).any(|part| part == mark);
        if begins(b"<html") || begins(b"<!doctype html") || begins(b"<table") {
            return Err(SheetError::WebPage);
        }
        csv::Csv::open(path, &start).map(Self::Csv)
    }

    /// The names of its tables, in their order; a CSV file has one without a name.
    #[must_use]
    pub fn sheets(&self) -> Vec<String> {
        match self {
            Self::Csv(_) => vec![String::new()],
            Self::Xlsx(xlsx) => xlsx.sheets(),
        }
    }

    /// For CSV: how fields are parted. A spreadsheet knows it itself.
    #[must_use]
    pub const fn is_csv(&self) -> bool {
        matches!(self, Self::Csv(_))
    }

    /// Parts a CSV file's fields by this byte from now on.
    pub fn part_by(&mut self, delimiter: u8) {
        if let Self::Csv(csv) = self {
            csv.delimiter = delimiter;
        }
    }

    /// Visits the rows of a table until the visitor breaks.
    ///
    /// # Errors
    /// [`SheetError`] where the file breaks off.
    pub fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), SheetError> {
        match self {
            Self::Csv(csv) => csv.rows(visit),
            Self::Xlsx(xlsx) => xlsx.rows(sheet, visit),
        }
    }
}

/// A compound file is an old `.xls`, or an encrypted `.xlsx`: its directory says which.
fn compound(file: &mut File) -> SheetError {
    let mark: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut kept: Vec<u8> = Vec::new();
    let mut piece = vec![0; 65_536];
    if file.seek(SeekFrom::Start(0)).is_err() {
        return SheetError::OldExcel;
    }
    while let Ok(read @ 1..) = file.read(&mut piece) {
        kept.extend_from_slice(&piece[..read]);
        if kept.windows(mark.len()).any(|part| part == mark) {
            return SheetError::Password;
        }
        let keep = kept.len().saturating_sub(mark.len());
        kept.drain(..keep);
    }
    SheetError::OldExcel
}

fn unreadable(error: std::io::Error) -> SheetError {
    SheetError::Unreadable(error.to_string())
}

/// Where a file lies, opened anew for each pass.
#[derive(Clone, Debug)]
pub(super) struct Place(PathBuf);

impl Place {
    fn open(&self) -> Result<File, SheetError> {
        File::open(&self.0).map_err(unreadable)
    }
}
