//! How a pack's small parts are written; whole packs are written by the compiler, from `model`'s derived forms.

use crate::date::Date;
use crate::node::Node;
use crate::text::Text;
use crate::value::Value;
use minicbor::Encode;
use minicbor::encode::{Encoder, Error, Write};

impl<C> Encode<C> for Date {
    fn encode<W: Write>(&self, out: &mut Encoder<W>, _: &mut C) -> Result<(), Error<W::Error>> {
        out.i32(self.days())?.ok()
    }
}

impl<C> Encode<C> for Text {
    fn encode<W: Write>(&self, out: &mut Encoder<W>, _: &mut C) -> Result<(), Error<W::Error>> {
        out.array(2)?.str(&self.id)?.str(&self.en)?.ok()
    }
}

impl<C> Encode<C> for Node {
    fn encode<W: Write>(&self, out: &mut Encoder<W>, _: &mut C) -> Result<(), Error<W::Error>> {
        let (op, numbers, count) = self.parts();
        out.array(count as u64 + 1)?.u8(op)?;
        for number in &numbers[..count] {
            out.i64(*number)?;
        }
        Ok(())
    }
}

/// `[kind, [value]]`.
impl<C> Encode<C> for Value {
    fn encode<W: Write>(&self, out: &mut Encoder<W>, c: &mut C) -> Result<(), Error<W::Error>> {
        let kind = match self {
            Value::Bool(_) => 0,
            Value::Int(_) => 1,
            Value::Decimal(_) => 2,
            Value::Date(_) => 3,
            Value::Code(_) => 4,
            Value::Codes(_) => 5,
            Value::Text(_) => 6,
        };
        out.array(2)?.u8(kind)?.array(1)?;
        match self {
            Value::Bool(truth) => out.bool(*truth)?.ok(),
            Value::Int(number) => out.i64(*number)?.ok(),
            Value::Decimal(decimal) => out.i64(decimal.0)?.ok(),
            Value::Date(day) => day.encode(out, c),
            Value::Code(text) | Value::Text(text) => out.str(text)?.ok(),
            Value::Codes(codes) => codes.encode(out, c),
        }
    }
}
