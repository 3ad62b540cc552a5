//! One column of a Parquet file: what it is, and its values a block at a time.

use naik_kelas_rules::columns::Block;
use naik_kelas_rules::pack::FactKind;
use naik_kelas_rules::{Date, Decimal, FactIndex};
use parquet::basic::{ConvertedType, LogicalType};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::{ColumnDescriptor, Type};
use std::fs::File;

/// What a column is.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// `household_id`.
    Id,
    /// `assessed_on`.
    Day,
    /// `members.member_id`: there is one for each member.
    Member,
    /// A fact; of each pack that reads it.
    Fact {
        facts: Vec<Option<FactIndex>>,
        of_member: bool,
    },
}

/// Names that lists have within themselves.
const WITHIN_LISTS: [&str; 5] = ["list", "element", "item", "array", "bag"];
const MEMBER_ID: &str = "members.member_id";

/// What each column of a file is.
pub(super) fn targets(
    file: &SerializedFileReader<File>,
    blocks: &[Block<'_>],
) -> Result<Vec<Option<Target>>, String> {
    let schema = file.metadata().file_metadata().schema_descr();
    let mut targets = Vec::with_capacity(schema.num_columns());
    for column in schema.columns() {
        let name = name_of(column);
        let target = match name.as_str() {
            "household_id" => Some(Target::Id),
            "assessed_on" => Some(Target::Day),
            MEMBER_ID => Some(Target::Member),
            name => fact(name, column, blocks)?,
        };
        targets.push(target);
    }
    for (wanted, is) in [
        (
            "household_id",
            targets
                .iter()
                .flatten()
                .any(|target| matches!(target, Target::Id)),
        ),
        (
            "assessed_on",
            targets
                .iter()
                .flatten()
                .any(|target| matches!(target, Target::Day)),
        ),
        (
            MEMBER_ID,
            targets
                .iter()
                .flatten()
                .any(|target| matches!(target, Target::Member)),
        ),
    ] {
        if !is {
            return Err(format!("it has no column {wanted}"));
        }
    }
    Ok(targets)
}

fn name_of(column: &ColumnDescriptor) -> String {
    let parts = column.path().parts().iter();
    let named: Vec<&str> = parts
        .map(String::as_str)
        .filter(|part| !WITHIN_LISTS.contains(part))
        .collect();
    named.join(".")
}

fn fact(
    name: &str,
    column: &ColumnDescriptor,
    blocks: &[Block<'_>],
) -> Result<Option<Target>, String> {
    let known = blocks.iter().map(|block| {
        let pack = block.layout().pack();
        let fact = pack.fact_index(name);
        (fact, fact.is_some_and(|fact| block.layout().reads(fact)))
    });
    let known: Vec<_> = known.collect();
    if known.iter().all(|(fact, _)| fact.is_none()) {
        return Err(format!("its column {name} is no fact of the pack"));
    }
    if known.iter().all(|(_, reads)| !reads) {
        return Ok(None);
    }
    let of_member = name.starts_with(naik_kelas_rules::pack::MEMBERS);
    if column.max_rep_level() != i16::from(of_member) {
        return Err(format!(
            "its column {name} is repeated in another way than docs/parquet.md says"
        ));
    }
    let facts = known.iter().map(|(fact, reads)| fact.filter(|_| *reads));
    Ok(Some(Target::Fact {
        facts: facts.collect(),
        of_member,
    }))
}

/// A column of a group of rows, with the values of one block.
pub(super) struct Column {
    pub(super) target: Target,
    pub(super) name: String,
    values: Values,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    most: i16,
    /// The definition level from which there is a member.
    member_from: i16,
    /// Digits behind the point of a decimal.
    scale: u32,
}

enum Values {
    Bool(ColumnReaderImpl<BoolType>, Vec<bool>),
    Int32(ColumnReaderImpl<Int32Type>, Vec<i32>),
    Int64(ColumnReaderImpl<Int64Type>, Vec<i64>),
    Double(ColumnReaderImpl<DoubleType>, Vec<f64>),
    Bytes(ColumnReaderImpl<ByteArrayType>, Vec<ByteArray>),
}

impl Column {
    pub(super) fn new(
        target: Target,
        described: &ColumnDescriptor,
        reader: ColumnReader,
    ) -> Result<Column, String> {
        let name = name_of(described);
        let values = match reader {
            ColumnReader::BoolColumnReader(reader) => Values::Bool(reader, Vec::new()),
            ColumnReader::Int32ColumnReader(reader) => Values::Int32(reader, Vec::new()),
            ColumnReader::Int64ColumnReader(reader) => Values::Int64(reader, Vec::new()),
            ColumnReader::DoubleColumnReader(reader) => Values::Double(reader, Vec::new()),
            ColumnReader::ByteArrayColumnReader(reader) => Values::Bytes(reader, Vec::new()),
            _ => {
                return Err(format!(
                    "column {name} has a type that docs/parquet.md does not have"
                ));
            }
        };
        let decimal = matches!(described.logical_type_ref(), Some(LogicalType::Decimal(_)))
            || described.converted_type() == ConvertedType::DECIMAL;
        Ok(Column {
            target,
            values,
            definitions: Vec::new(),
            repetitions: Vec::new(),
            most: described.max_def_level(),
            member_from: member_from(described),
            scale: match decimal {
                true => u32::try_from(described.type_scale()).unwrap_or(0),
                false => 0,
            },
            name,
        })
    }

    /// Reads the next rows.
    pub(super) fn read(&mut self, rows: usize) -> Result<(), ParquetError> {
        self.definitions.clear();
        self.repetitions.clear();
        let levels = (&mut self.definitions, &mut self.repetitions);
        let read = match &mut self.values {
            Values::Bool(reader, values) => records(reader, rows, levels, values)?,
            Values::Int32(reader, values) => records(reader, rows, levels, values)?,
            Values::Int64(reader, values) => records(reader, rows, levels, values)?,
            Values::Double(reader, values) => records(reader, rows, levels, values)?,
            Values::Bytes(reader, values) => records(reader, rows, levels, values)?,
        };
        // A column without levels has a value in each row.
        if self.most == 0 {
            self.definitions.resize(read, 0);
        }
        match read == rows {
            true => Ok(()),
            false => Err(ParquetError::EOF(format!("{read} rows of {rows}"))),
        }
    }

    /// Visits row, member and, where there is one, the place of the value.
    pub(super) fn each(&self, mut visit: impl FnMut(usize, usize, Option<usize>)) {
        let (mut row, mut member, mut value) = (0, 0, 0);
        for (place, definition) in self.definitions.iter().enumerate() {
            match self.repetitions.get(place) {
                Some(1..) => member += 1,
                _ => {
                    row += usize::from(place > 0);
                    member = 0;
                }
            }
            let known = *definition == self.most;
            visit(row, member, known.then_some(value));
            value += usize::from(known);
        }
    }

    /// Visits the row of each member, whatever is known of the member.
    pub(super) fn each_member(&self, mut visit: impl FnMut(usize)) {
        let mut row = 0;
        for (place, definition) in self.definitions.iter().enumerate() {
            row += usize::from(
                place > 0 && self.repetitions.get(place).is_none_or(|level| *level == 0),
            );
            if *definition >= self.member_from {
                visit(row);
            }
        }
    }

    pub(super) fn truth(&self, at: usize) -> Option<bool> {
        match &self.values {
            Values::Bool(_, values) => values.get(at).copied(),
            _ => None,
        }
    }

    pub(super) fn bytes(&self, at: usize) -> Option<&[u8]> {
        match &self.values {
            Values::Bytes(_, values) => Some(values.get(at)?.data()),
            _ => None,
        }
    }

    pub(super) fn text(&self, at: usize) -> Option<&str> {
        std::str::from_utf8(self.bytes(at)?).ok()
    }

    /// A whole number; thousandths for a fact that has decimals.
    pub(super) fn number(&self, at: usize, kind: FactKind) -> Option<i64> {
        let stored = match &self.values {
            Values::Int32(_, values) => i64::from(*values.get(at)?),
            Values::Int64(_, values) => *values.get(at)?,
            // As it is written, never through a binary fraction.
            Values::Double(_, values) if kind == FactKind::Decimal => {
                return Decimal::parse(&values.get(at)?.to_string())
                    .ok()
                    .map(|decimal| decimal.0);
            }
            _ => return None,
        };
        let wanted = if kind == FactKind::Decimal { 3 } else { 0 };
        match self.scale {
            scale if scale <= wanted => stored.checked_mul(10i64.checked_pow(wanted - scale)?),
            scale => {
                let divisor = 10i64.checked_pow(scale - wanted)?;
                (stored % divisor == 0).then(|| stored / divisor)
            }
        }
    }

    pub(super) fn day(&self, at: usize) -> Option<Date> {
        match &self.values {
            Values::Int32(_, values) => Date::from_days(*values.get(at)?),
            _ => None,
        }
    }
}

fn records<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    (definitions, repetitions): (&mut Vec<i16>, &mut Vec<i16>),
    values: &mut Vec<T::T>,
) -> Result<usize, ParquetError> {
    values.clear();
    let (read, ..) = reader.read_records(rows, Some(definitions), Some(repetitions), values)?;
    Ok(read)
}

/// The definition level of the repeated part above a column; 0 where there is none.
fn member_from(described: &ColumnDescriptor) -> i16 {
    // Below the repeated part only the column itself may be optional: docs/parquet.md.
    let optional: &Type = described.self_type();
    described.max_def_level() - i16::from(optional.is_optional())
}
