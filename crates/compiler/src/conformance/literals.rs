//! Reading an expression, and the values that are written in it.

use super::value::Value;
use cel::common::ast::{IdedExpr, LiteralValue};
use cel::parser::{ParseErrors, Parser};

/// How deep the suite's expressions may be nested.
const DEPTH: u16 = 96;
/// Stands for a carriage return while the parser reads: it would make a line feed of one, and the suite keeps it.
const RETURN: char = '\u{f8ff}';

/// Reads an expression.
pub(crate) fn parse(text: &str) -> Result<IdedExpr, ParseErrors> {
    let parser = || {
        Parser::new()
            .max_recursion_depth(DEPTH)
            .enable_optional_syntax(true)
            .enable_ident_escape_syntax(true)
    };
    if text.contains('\r') && !text.contains(RETURN) {
        let marked = text.replace('\r', &RETURN.to_string());
        // Outside of texts it is a space, and the mark is not.
        if let Ok(expression) = parser().parse(&marked) {
            return Ok(expression);
        }
    }
    parser().parse(text)
}

/// The value of a literal.
pub(crate) fn value(literal: &LiteralValue) -> Value {
    match literal {
        LiteralValue::Boolean(value) => Value::Bool(*value.inner()),
        LiteralValue::Int(number) => Value::Int(*number.inner()),
        LiteralValue::UInt(number) => Value::Uint(*number.inner()),
        LiteralValue::Double(number) => Value::Double(*number.inner()),
        LiteralValue::String(text) => Value::Text(text.inner().replace(RETURN, "\r")),
        LiteralValue::Bytes(bytes) => Value::Bytes(unmarked(bytes.inner())),
        LiteralValue::Null => Value::Null,
    }
}

fn unmarked(bytes: &[u8]) -> Vec<u8> {
    let mut mark = [0; 4];
    let mark = RETURN.encode_utf8(&mut mark).as_bytes();
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some(first) = rest.first() {
        match rest.strip_prefix(mark) {
            Some(after) => {
                out.push(b'\r');
                rest = after;
            }
            None => {
                out.push(*first);
                rest = &rest[1..];
            }
        }
    }
    out
}
