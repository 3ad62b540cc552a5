//! Tables in files: CSV, XLSX, Parquet, lines of JSON.

mod columnar;

use super::rows::{Field, Kind};
use columnar::Columnar;
use naik_kelas_domain::Date;
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook, XlsxError};
use serde_json::{Map, Value as Json};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Comma-separated values, UTF-8, each text in quotes.
    Csv,
    /// A workbook of Excel.
    Xlsx,
    /// Parquet.
    Parquet,
    /// A JSON object a line.
    Ndjson,
}

/// Why a table was not written whole.
#[derive(Debug)]
pub enum SinkError {
    /// The file, or the pipe.
    Io(io::Error),
    /// The format's library, in its words.
    Format(String),
}

impl From<io::Error> for SinkError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<csv::Error> for SinkError {
    fn from(error: csv::Error) -> Self {
        Self::Format(error.to_string())
    }
}

impl From<XlsxError> for SinkError {
    fn from(error: XlsxError) -> Self {
        Self::Format(error.to_string())
    }
}

type Columns = &'static [(&'static str, Kind)];

/// A table being written.
pub struct Sink {
    columns: Columns,
    to: To,
}

enum To {
    Csv(Box<csv::Writer<Box<dyn Write>>>),
    Ndjson(Box<dyn Write>),
    Xlsx(Box<Sheets>),
    Parquet(Box<Columnar>),
}

/// A sheet of Excel holds 1,048,576 rows.
const SHEET: u32 = 1_000_000;

struct Sheets {
    workbook: Workbook,
    file: PathBuf,
    day: CellFormat,
    /// Rows of the last sheet, its header included; how many sheets there are.
    rows: u32,
    sheets: usize,
}

impl Sink {
    /// A table in a file; CSV and lines of JSON go to standard output where none is given.
    ///
    /// # Errors
    /// [`SinkError`]; XLSX and Parquet without a file are refused.
    pub fn open(format: Format, file: Option<&Path>, columns: Columns) -> Result<Self, SinkError> {
        let out = || -> io::Result<Box<dyn Write>> {
            Ok(match file {
                Some(file) => Box::new(BufWriter::new(private(file)?)),
                None => Box::new(BufWriter::new(io::stdout())),
            })
        };
        let named =
            || file.ok_or_else(|| SinkError::Format("this format wants a file: -o FILE".into()));
        let to = match format {
            Format::Csv => {
                let mut builder = csv::WriterBuilder::new();
                builder.quote_style(csv::QuoteStyle::NonNumeric);
                let mut writer = builder.from_writer(out()?);
                writer.write_record(columns.iter().map(|(name, _)| *name))?;
                To::Csv(Box::new(writer))
            }
            Format::Ndjson => To::Ndjson(out()?),
            Format::Xlsx => To::Xlsx(Box::new(Sheets::open(named()?, columns)?)),
            Format::Parquet => To::Parquet(Box::new(Columnar::open(private(named()?)?, columns)?)),
        };
        Ok(Self { columns, to })
    }

    /// Adds a row: a field a column.
    ///
    /// # Errors
    /// [`SinkError`].
    pub fn row(&mut self, fields: Vec<Field>) -> Result<(), SinkError> {
        match &mut self.to {
            To::Csv(writer) => Ok(writer.write_record(fields.iter().map(in_csv))?),
            To::Ndjson(out) => {
                let named = self.columns.iter().zip(fields);
                let object: Map<String, Json> = named
                    .map(|((name, _), field)| ((*name).to_owned(), in_json(field)))
                    .collect();
                Ok(writeln!(out, "{}", Json::Object(object))?)
            }
            To::Xlsx(sheets) => sheets.row(self.columns, &fields),
            To::Parquet(columnar) => columnar.row(fields),
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// [`SinkError`]: then the file is not whole.
    pub fn close(self) -> Result<(), SinkError> {
        match self.to {
            To::Csv(mut writer) => Ok(writer.flush()?),
            To::Ndjson(mut out) => Ok(out.flush()?),
            To::Xlsx(mut sheets) => {
                private(&sheets.file)?;
                Ok(sheets.workbook.save(&sheets.file)?)
            }
            To::Parquet(columnar) => columnar.close(),
        }
    }
}

/// A file that only its owner may read: it holds numbers and names of people.
fn private(file: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// A field as CSV has it. A text that a spreadsheet would take for a formula gets an apostrophe in front: then
/// it stays a text.
fn in_csv(field: &Field) -> String {
    match field {
        Field::None => String::new(),
        Field::Int(number) => number.to_string(),
        Field::Bool(truth) => truth.to_string(),
        Field::Day(day) => day.to_string(),
        Field::Object(object) => object.to_string(),
        Field::Text(text) => {
            let formula = [
                '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}',
                '\u{ff20}',
            ];
            match text.starts_with(formula) {
                true => format!("'{text}"),
                false => text.clone(),
            }
        }
    }
}

fn in_json(field: Field) -> Json {
    match field {
        Field::None => Json::Null,
        Field::Text(text) => text.into(),
        Field::Int(number) => number.into(),
        Field::Bool(truth) => truth.into(),
        Field::Day(day) => day.to_string().into(),
        Field::Object(object) => object,
    }
}

impl Sheets {
    fn open(file: &Path, columns: Columns) -> Result<Self, SinkError> {
        let mut workbook = Workbook::new();
        // What waits to be written lies where the file will: nowhere else are there traces of it.
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        workbook.set_tempdir(folder.unwrap_or(Path::new(".")))?;
        let mut sheets = Self {
            workbook,
            file: file.to_owned(),
            day: CellFormat::new().set_num_format("yyyy-mm-dd"),
            rows: 0,
            sheets: 0,
        };
        sheets.begin(columns)?;
        Ok(sheets)
    }

    fn begin(&mut self, columns: Columns) -> Result<(), SinkError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        for (column, (name, _)) in (0..).zip(columns) {
            sheet.write_string(0, column, *name)?;
        }
        self.rows = 1;
        self.sheets += 1;
        Ok(())
    }

    fn row(&mut self, columns: Columns, fields: &[Field]) -> Result<(), SinkError> {
        if self.rows == SHEET {
            self.begin(columns)?;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, field) in (0..).zip(fields) {
            // A text is written as a text: it is no number and no formula whatever it begins with.
            match field {
                Field::None => continue,
                Field::Text(text) => sheet.write_string(self.rows, column, short(text))?,
                Field::Object(object) => {
                    sheet.write_string(self.rows, column, short(&object.to_string()))?
                }
                #[allow(clippy::cast_precision_loss, reason = "Excel knows doubles alone")]
                Field::Int(number) => sheet.write_number(self.rows, column, *number as f64)?,
                Field::Bool(truth) => sheet.write_boolean(self.rows, column, *truth)?,
                Field::Day(day) => match excel_day(*day) {
                    Some(when) => {
                        sheet.write_datetime_with_format(self.rows, column, when, &self.day)?
                    }
                    None => sheet.write_string(self.rows, column, day.to_string())?,
                },
            };
        }
        self.rows += 1;
        Ok(())
    }
}

/// A cell of Excel holds 32,767 letters; all is in the other formats.
fn short(text: &str) -> &str {
    match text.char_indices().nth(32_767) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Excel's days begin in 1900.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = day.ymd();
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, month, day).ok()
}
