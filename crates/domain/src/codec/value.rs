//! Values say themselves what they are: whole numbers and truth as CBOR's own,
//! text as text, a code of a list under tag 39 (identifier), a day under tag 100
//! (RFC 8943), an exact decimal under tag 4 as `[-3, thousandths]`, several codes
//! as an array of texts, *tidak tahu* as null.

use super::{
    Kind, Reader, Writer, Written, close_list, open_list,
    things::{TAG_DAY, a_day},
};
use crate::{Value, answer::Reply};
use naik_kelas_rules::value::Decimal;

const TAG_DECIMAL: u64 = 4;
const TAG_CODE: u64 = 39;

impl Written for Reply {
    fn put(&self, writer: &mut Writer) {
        match self {
            Self::Unknown => writer.null(),
            Self::Known(Value::Bool(truth)) => writer.bool(*truth),
            Self::Known(Value::Int(number)) => writer.int(*number),
            Self::Known(Value::Decimal(decimal)) => {
                writer.tag(TAG_DECIMAL);
                writer.list(2);
                writer.int(-3);
                writer.int(decimal.0);
            }
            Self::Known(Value::Date(day)) => day.put(writer),
            Self::Known(Value::Code(code)) => {
                writer.tag(TAG_CODE);
                writer.text(code);
            }
            Self::Known(Value::Codes(codes)) => codes.put(writer),
            Self::Known(Value::Text(text)) => writer.text(text),
        }
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        Self::Known(match reader.next() {
            Kind::Null => {
                reader.null();
                return Self::Unknown;
            }
            Kind::Bool => Value::Bool(reader.bool()),
            Kind::Text => Value::Text(reader.string()),
            Kind::List => Value::Codes(Vec::take(reader)),
            Kind::Tag => tagged(reader),
            Kind::Int | Kind::Bytes | Kind::Nothing => Value::Int(reader.int()),
        })
    }
}

fn tagged(reader: &mut Reader<'_>) -> Value {
    match reader.tag() {
        TAG_CODE => Value::Code(reader.string()),
        TAG_DAY => Value::Date(a_day(reader)),
        TAG_DECIMAL => {
            let more = open_list(reader, 2);
            if reader.int() != -3 {
                reader.fail();
            }
            let decimal = Decimal(reader.int());
            close_list(reader, more);
            Value::Decimal(decimal)
        }
        _ => {
            reader.fail();
            Value::Bool(false)
        }
    }
}
