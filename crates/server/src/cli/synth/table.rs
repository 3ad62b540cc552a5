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

/// Rows of a group: read as a whole by one thread.
const GROUP: usize = 65_536;

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
    rows: Vec<Json>,
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
            rows: Vec::new(),
        })
    }

    /// Takes a family as it stands in a line.
    pub(super) fn add(&mut self, row: Json) -> Result<(), Failure> {
        self.rows.push(row);
        if self.rows.len() == GROUP {
            self.write_group()?;
        }
        Ok(())
    }

    pub(super) fn close(mut self) -> Result<(), Failure> {
        if !self.rows.is_empty() {
            self.write_group()?;
        }
        self.file.close()?;
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), Failure> {
        let rows = core::mem::take(&mut self.rows);
        let mut group = self.file.next_row_group()?;
        let required = [("household_id", Text), ("assessed_on", Day)];
        let mut cells = Vec::new();
        for (name, kind) in required {
            cells.clear();
            cells.extend(rows.iter().map(|row| Cell::of(&row[name], 0, 0, 0)));
            if let Some(column) = group.next_column()? {
                write(column, kind, &cells)?;
            }
        }
        for (part, name, kind) in FAMILY {
            cells.clear();
            cells.extend(rows.iter().map(|row| match part {
                "" => Cell::of(&row[name], 0, 1, 0),
                part if row[part].is_object() => Cell::of(&row[part][name], 1, 2, 0),
                _ => Cell::of(&Json::Null, 0, 2, 0),
            }));
            if let Some(column) = group.next_column()? {
                write(column, kind, &cells)?;
            }
        }
        for (name, kind, whole) in core::iter::once(("member_id", Text, 1))
            .chain(MEMBER.iter().map(|(name, kind)| (*name, *kind, 2)))
        {
            cells.clear();
            for row in &rows {
                let members = row["members"].as_array().map_or(&[][..], Vec::as_slice);
                let members = members.iter().enumerate();
                cells.extend(members.map(|(place, member)| {
                    Cell::of(&member[name], 1, whole, i16::from(place > 0))
                }));
            }
            if let Some(column) = group.next_column()? {
                write(column, kind, &cells)?;
            }
        }
        group.close()?;
        Ok(())
    }
}

/// A value with its levels.
struct Cell<'a> {
    value: &'a Json,
    definition: i16,
    repetition: i16,
}

impl<'a> Cell<'a> {
    fn of(value: &'a Json, absent: i16, present: i16, repetition: i16) -> Cell<'a> {
        Cell {
            value,
            definition: if value.is_null() { absent } else { present },
            repetition,
        }
    }
}

fn write(
    column: SerializedColumnWriter<'_>,
    kind: Kind,
    cells: &[Cell<'_>],
) -> Result<(), Failure> {
    match kind {
        Bool => typed::<BoolType>(column, cells, Json::as_bool),
        Int => typed::<Int32Type>(column, cells, |value| i32::try_from(value.as_i64()?).ok()),
        Money => typed::<Int64Type>(column, cells, Json::as_i64),
        Decimal => typed::<Int64Type>(column, cells, |value| {
            let text = value.as_number()?.to_string();
            naik_kelas_rules::Decimal::parse(&text)
                .ok()
                .map(|decimal| decimal.0)
        }),
        Day => typed::<Int32Type>(column, cells, |value| {
            let day = naik_kelas_rules::Date::parse(value.as_str()?).ok()?;
            Some(day.days())
        }),
        Text => typed::<ByteArrayType>(column, cells, |value| value.as_str().map(ByteArray::from)),
    }
}

fn typed<T: DataType>(
    mut column: SerializedColumnWriter<'_>,
    cells: &[Cell<'_>],
    of: impl Fn(&Json) -> Option<T::T>,
) -> Result<(), Failure> {
    let known = cells.iter().filter(|cell| !cell.value.is_null());
    let values: Option<Vec<T::T>> = known.map(|cell| of(cell.value)).collect();
    let values = values.ok_or_else(|| Failure::say("a value does not fit its column"))?;
    let definitions: Vec<i16> = cells.iter().map(|cell| cell.definition).collect();
    let repetitions: Vec<i16> = cells.iter().map(|cell| cell.repetition).collect();
    let writer = column.typed::<T>();
    writer.write_batch(&values, Some(&definitions), Some(&repetitions))?;
    column.close()?;
    Ok(())
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
