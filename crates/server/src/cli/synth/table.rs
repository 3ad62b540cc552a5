//! Synthetic families as a Parquet file, after `docs/parquet.md`.

use super::super::Failure;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use serde_json::Value as Json;
use std::fmt::Write;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Rows of a group: held until they are written, and read by one thread.
const GROUP: usize = 16_384;

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bool,
    Int,
    Money,
    Decimal,
    Day,
    Text,
}
use Kind::{Bool, Day, Decimal, Int, Money, Text};

/// Fields of a family: group (none for those that stand alone), name, kind. `household_id` and `assessed_on` are
/// required and stand before them.
const FAMILY: [(&str, &str, Kind); 62] = [
    ("", "kk", Text),
    ("", "village", Text),
    ("", "area", Text),
    ("", "desil", Int),
    ("", "desil_version", Day),
    ("", "income_other_month", Money),
    ("", "expenditure_month", Money),
    ("", "savings", Money),
    ("", "debt_payment_month", Money),
    ("", "meals_per_day", Int),
    ("", "hungry_days_month", Int),
    ("social_assistance", "pkh", Bool),
    ("social_assistance", "sembako", Bool),
    ("social_assistance", "pbi_jkn", Bool),
    ("social_assistance", "since", Day),
    ("housing", "ownership", Text),
    ("housing", "floor", Text),
    ("housing", "wall", Text),
    ("housing", "roof", Text),
    ("housing", "floor_area_m2", Decimal),
    ("housing", "water", Text),
    ("housing", "toilet", Text),
    ("housing", "closet", Text),
    ("housing", "disposal", Text),
    ("housing", "lighting", Text),
    ("housing", "power_va", Int),
    ("housing", "fuel", Text),
    ("housing", "assisted_before", Bool),
    ("assets", "lpg_large", Int),
    ("assets", "refrigerator", Int),
    ("assets", "air_conditioner", Int),
    ("assets", "flat_tv", Int),
    ("assets", "gold_10g", Int),
    ("assets", "computer", Int),
    ("assets", "motorcycle", Int),
    ("assets", "bicycle", Int),
    ("assets", "car", Int),
    ("assets", "boat", Int),
    ("assets", "smartphone", Int),
    ("assets", "cattle", Int),
    ("assets", "small_livestock", Int),
    ("assets", "land_m2", Int),
    ("business", "exists", Bool),
    ("business", "plan", Bool),
    ("business", "sector", Text),
    ("business", "kbli", Text),
    ("business", "months", Int),
    ("business", "turnover_month", Money),
    ("business", "profit_month", Money),
    ("business", "workers", Int),
    ("business", "nib", Bool),
    ("business", "sku", Bool),
    ("business", "pirt", Bool),
    ("business", "halal", Bool),
    ("business", "excluded_food", Bool),
    ("business", "trained", Bool),
    ("business", "group_size", Int),
    ("business", "loan_needed", Money),
    ("credit", "bank_productive", Bool),
    ("credit", "nonbank_productive", Bool),
    ("credit", "bad", Bool),
    ("credit", "npwp", Bool),
];

/// Fields of a member; `member_id` is required and stands before them.
const MEMBER: [(&str, Kind); 18] = [
    ("name", Text),
    ("nik", Text),
    ("sex", Text),
    ("birth_date", Day),
    ("birth_date_approximate", Bool),
    ("relation", Text),
    ("marital", Text),
    ("pregnant", Bool),
    ("attending", Bool),
    ("level", Text),
    ("severe_disability", Bool),
    ("rights_violation_victim", Bool),
    ("chronic_illness", Bool),
    ("jkn", Bool),
    ("employment", Text),
    ("income_month", Money),
    ("wants_business", Bool),
    ("free_hours_week", Int),
];

/// Writes families into a new file.
pub(super) struct Table {
    file: SerializedFileWriter<File>,
    /// For each column what is still to be written.
    columns: Vec<Column>,
    rows: usize,
}

impl From<ParquetError> for Failure {
    fn from(error: ParquetError) -> Self {
        Failure::say(format!("the Parquet file cannot be written: {error}"))
    }
}

impl Table {
    pub(super) fn create(path: &Path) -> Result<Table, Failure> {
        let schema = Arc::new(parse_message_type(&schema())?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        let file = SerializedFileWriter::new(File::create(path)?, schema, Arc::new(properties))?;
        Ok(Table {
            file,
            columns: kinds().map(Column::new).collect(),
            rows: 0,
        })
    }

    /// Takes a family as it stands in a line.
    pub(super) fn add(&mut self, row: &Json) -> Result<(), Failure> {
        let mut columns = self.columns.iter_mut();
        let mut put = |value: &Json, absent, present| match columns.next() {
            Some(column) => column.push(value, absent, present, 0),
            None => Ok(()),
        };
        for name in ["household_id", "assessed_on"] {
            put(&row[name], 0, 0)?;
        }
        for (part, name, _) in FAMILY {
            match part {
                "" => put(&row[name], 0, 1)?,
                part if row[part].is_object() => put(&row[part][name], 1, 2)?,
                _ => put(&Json::Null, 0, 2)?,
            }
        }
        let first = self.columns.len() - MEMBER.len() - 1;
        let members = row["members"].as_array().map_or(&[][..], Vec::as_slice);
        for (place, member) in members.iter().enumerate() {
            let names = core::iter::once("member_id").chain(MEMBER.iter().map(|(name, _)| *name));
            for (column, name) in self.columns[first..].iter_mut().zip(names) {
                let present = if name == "member_id" { 1 } else { 2 };
                column.push(&member[name], 1, present, i16::from(place > 0))?;
            }
        }
        self.rows += 1;
        if self.rows == GROUP {
            self.write_group()?;
        }
        Ok(())
    }

    pub(super) fn close(mut self) -> Result<(), Failure> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.file.close()?;
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), Failure> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            if let Some(writer) = group.next_column()? {
                column.write(writer)?;
            }
            column.clear();
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

/// The kinds of all columns, in their order.
fn kinds() -> impl Iterator<Item = Kind> {
    let family = FAMILY.iter().map(|(_, _, kind)| *kind);
    let member = MEMBER.iter().map(|(_, kind)| *kind);
    [Text, Day]
        .into_iter()
        .chain(family)
        .chain([Text])
        .chain(member)
}

/// The known values of a column, and the levels of all.
struct Column {
    kind: Kind,
    /// Truths as 0 and 1, days, thousandths; empty for text.
    numbers: Vec<i64>,
    /// All texts one behind the other, and where each ends.
    text: String,
    ends: Vec<usize>,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
}

impl Column {
    fn new(kind: Kind) -> Column {
        Column {
            kind,
            numbers: Vec::new(),
            text: String::new(),
            ends: Vec::new(),
            definitions: Vec::new(),
            repetitions: Vec::new(),
        }
    }

    fn clear(&mut self) {
        self.numbers.clear();
        self.text.clear();
        self.ends.clear();
        self.definitions.clear();
        self.repetitions.clear();
    }

    fn push(
        &mut self,
        value: &Json,
        absent: i16,
        present: i16,
        repetition: i16,
    ) -> Result<(), Failure> {
        self.repetitions.push(repetition);
        if value.is_null() {
            self.definitions.push(absent);
            return Ok(());
        }
        self.definitions.push(present);
        if self.kind == Text {
            self.text.push_str(value.as_str().ok_or_else(unfit)?);
            self.ends.push(self.text.len());
            return Ok(());
        }
        let number = match self.kind {
            Bool => value.as_bool().map(i64::from),
            Int | Money => value.as_i64(),
            Decimal => value
                .as_number()
                .and_then(|number| naik_kelas_rules::Decimal::parse(&number.to_string()).ok())
                .map(|decimal| decimal.0),
            Day => value
                .as_str()
                .and_then(|text| naik_kelas_rules::Date::parse(text).ok())
                .map(|day| i64::from(day.days())),
            Text => None,
        };
        self.numbers.push(number.ok_or_else(unfit)?);
        Ok(())
    }

    fn write(&self, writer: SerializedColumnWriter<'_>) -> Result<(), Failure> {
        match self.kind {
            Bool => self.typed::<BoolType>(writer, |number| Some(number != 0)),
            Int | Day => self.typed::<Int32Type>(writer, |number| i32::try_from(number).ok()),
            Money | Decimal => self.typed::<Int64Type>(writer, Some),
            Text => {
                let starts = core::iter::once(0).chain(self.ends.iter().copied());
                let texts = starts
                    .zip(&self.ends)
                    .map(|(start, end)| ByteArray::from(&self.text[start..*end]));
                self.batch::<ByteArrayType>(writer, &texts.collect::<Vec<_>>())
            }
        }
    }

    fn typed<T: DataType>(
        &self,
        writer: SerializedColumnWriter<'_>,
        of: impl Fn(i64) -> Option<T::T>,
    ) -> Result<(), Failure> {
        let values: Option<Vec<T::T>> = self.numbers.iter().map(|number| of(*number)).collect();
        self.batch::<T>(writer, &values.ok_or_else(unfit)?)
    }

    fn batch<T: DataType>(
        &self,
        mut writer: SerializedColumnWriter<'_>,
        values: &[T::T],
    ) -> Result<(), Failure> {
        let levels = (Some(&self.definitions[..]), Some(&self.repetitions[..]));
        writer
            .typed::<T>()
            .write_batch(values, levels.0, levels.1)?;
        writer.close()?;
        Ok(())
    }
}

fn unfit() -> Failure {
    Failure::say("a value does not fit its column")
}

/// The schema, as the format writes schemas.
fn schema() -> String {
    let mut text = String::from(
        "message household {\n required binary household_id (UTF8);\n required int32 assessed_on (DATE);\n",
    );
    let mut open = "";
    for (part, name, kind) in FAMILY {
        if part != open {
            if !open.is_empty() {
                text.push_str(" }\n");
            }
            if !part.is_empty() {
                push(&mut text, format_args!(" optional group {part} {{\n"));
            }
            open = part;
        }
        push(
            &mut text,
            format_args!(" optional {};\n", field(name, kind)),
        );
    }
    if !open.is_empty() {
        text.push_str(" }\n");
    }
    text.push_str(
        " required group members (LIST) { repeated group list { required group element {\n required binary member_id (UTF8);\n",
    );
    for (name, kind) in MEMBER {
        push(
            &mut text,
            format_args!(" optional {};\n", field(name, kind)),
        );
    }
    text.push_str("} } } }");
    text
}

fn push(text: &mut String, what: core::fmt::Arguments<'_>) {
    // A string takes whatever is written to it.
    if text.write_fmt(what).is_err() {
        text.clear();
    }
}

fn field(name: &str, kind: Kind) -> String {
    match kind {
        Bool => format!("boolean {name}"),
        Int => format!("int32 {name}"),
        Money => format!("int64 {name}"),
        Decimal => format!("int64 {name} (DECIMAL(12,3))"),
        Day => format!("int32 {name} (DATE)"),
        Text => format!("binary {name} (UTF8)"),
    }
}
