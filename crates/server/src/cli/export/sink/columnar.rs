//! Parquet: a column after another, in groups of rows.

use super::{
    super::rows::{Field, Kind},
    Columns, SinkError,
};
use parquet::{
    basic::Compression,
    data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use std::{fs::File, sync::Arc};

/// Rows of a group: held until they are written.
const GROUP: usize = 8_192;

pub(super) struct Columnar {
    file: SerializedFileWriter<File>,
    columns: Columns,
    /// The fields of each column.
    held: Vec<Vec<Field>>,
}

impl From<ParquetError> for SinkError {
    fn from(error: ParquetError) -> Self {
        Self::Format(error.to_string())
    }
}

impl Columnar {
    pub(super) fn open(file: File, columns: Columns) -> Result<Self, SinkError> {
        let fields = columns.iter().map(|(name, kind)| match kind {
            Kind::Text | Kind::Object => format!(" optional binary {name} (UTF8);"),
            Kind::Int => format!(" optional int64 {name};"),
            Kind::Bool => format!(" optional boolean {name};"),
            Kind::Day => format!(" optional int32 {name} (DATE);"),
        });
        let schema = format!("message rows {{{}}}", fields.collect::<String>());
        let schema = Arc::new(parse_message_type(&schema)?);
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        Ok(Self {
            file: SerializedFileWriter::new(file, schema, Arc::new(properties.build()))?,
            columns,
            held: columns.iter().map(|_| Vec::new()).collect(),
        })
    }

    pub(super) fn row(&mut self, fields: Vec<Field>) -> Result<(), SinkError> {
        for (held, field) in self.held.iter_mut().zip(fields) {
            held.push(field);
        }
        if self.held.first().is_some_and(|held| held.len() >= GROUP) {
            self.write()?;
        }
        Ok(())
    }

    pub(super) fn close(mut self) -> Result<(), SinkError> {
        self.write()?;
        self.file.close()?;
        Ok(())
    }

    fn write(&mut self) -> Result<(), SinkError> {
        if self.held.first().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for ((_, kind), held) in self.columns.iter().zip(&mut self.held) {
            let Some(mut writer) = group.next_column()? else {
                break;
            };
            let held = std::mem::take(held);
            let there: Vec<i16> = held
                .iter()
                .map(|field| i16::from(*field != Field::None))
                .collect();
            let there = Some(there.as_slice());
            match kind {
                Kind::Bool => {
                    writer
                        .typed::<BoolType>()
                        .write_batch(&known(held, truth), there, None)?
                }
                Kind::Day => {
                    writer
                        .typed::<Int32Type>()
                        .write_batch(&known(held, day), there, None)?
                }
                Kind::Int => {
                    writer
                        .typed::<Int64Type>()
                        .write_batch(&known(held, int), there, None)?
                }
                Kind::Text | Kind::Object => {
                    writer
                        .typed::<ByteArrayType>()
                        .write_batch(&known(held, text), there, None)?
                }
            };
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }
}

fn known<T>(held: Vec<Field>, of: impl Fn(Field) -> Option<T>) -> Vec<T> {
    held.into_iter().filter_map(of).collect()
}

fn truth(field: Field) -> Option<bool> {
    match field {
        Field::Bool(truth) => Some(truth),
        _ => None,
    }
}

fn day(field: Field) -> Option<i32> {
    match field {
        Field::Day(day) => Some(day.days()),
        _ => None,
    }
}

fn int(field: Field) -> Option<i64> {
    match field {
        Field::Int(number) => Some(number),
        _ => None,
    }
}

fn text(field: Field) -> Option<ByteArray> {
    match field {
        Field::Text(text) => Some(ByteArray::from(text.into_bytes())),
        Field::Object(object) => Some(ByteArray::from(object.to_string().into_bytes())),
        _ => None,
    }
}
