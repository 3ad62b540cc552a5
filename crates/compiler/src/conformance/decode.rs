//! Values as they stand in the suite's JSON files, and whether what came out is what they say.

use super::evaluate::add_entry;
use super::suite::{field, list};
use super::time::{Length, Moment};
use super::value::Value;
use serde_json::Value as Json;

/// Why a case is not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is about something that this language does not have.
    Outside(&'static str),
    /// It cannot be read.
    Malformed(String),
}

/// A value, from protobuf's JSON of `cel.expr.Value`.
pub(crate) fn value(json: &Json) -> Result<Value, Unread> {
    let malformed = || Unread::Malformed(format!("not a value: {json}"));
    let of = |name: &str| field(json, name);
    if of("object_value").is_some() {
        return of("object_value")
            .and_then(object)
            .ok_or(Unread::Outside("protobuf messages"));
    }
    if of("enum_value").is_some() {
        return Err(Unread::Outside("protobuf enums"));
    }
    if of("null_value").is_some() {
        return Ok(Value::Null);
    }
    if let Some(value) = of("list_value") {
        let values: Result<_, _> = list(value, "values").iter().map(self::value).collect();
        return values.map(Value::List);
    }
    if let Some(map) = of("map_value") {
        let mut entries = Vec::new();
        for entry in list(map, "entries") {
            let key = entry.get("key").ok_or_else(malformed)?;
            let held = entry.get("value").ok_or_else(malformed)?;
            add_entry(&mut entries, value(key)?, value(held)?).map_err(|_| malformed())?;
        }
        return Ok(Value::Map(entries));
    }
    let scalar = if let Some(value) = of("bool_value") {
        value.as_bool().map(Value::Bool)
    } else if let Some(number) = of("int64_value") {
        digits(number)
            .and_then(|text| text.parse().ok())
            .map(Value::Int)
    } else if let Some(number) = of("uint64_value") {
        digits(number)
            .and_then(|text| text.parse().ok())
            .map(Value::Uint)
    } else if let Some(number) = of("double_value") {
        digits(number)
            .and_then(|text| text.parse().ok())
            .map(Value::Double)
    } else if let Some(text) = of("string_value") {
        text.as_str().map(|text| Value::Text(text.to_owned()))
    } else if let Some(bytes) = of("bytes_value") {
        bytes.as_str().and_then(base64).map(Value::Bytes)
    } else if let Some(name) = of("type_value") {
        name.as_str().map(|name| Value::Type(name.to_owned()))
    } else {
        None
    };
    scalar.ok_or_else(malformed)
}

/// Instants and spans of time stand as messages in the suite.
fn object(json: &Json) -> Option<Value> {
    if let Some(name) = json.get("@type").and_then(Json::as_str) {
        let text = json.get("value")?.as_str()?;
        return match name.rsplit('/').next()? {
            "google.protobuf.Timestamp" => Moment::parse(text).map(Value::Moment),
            "google.protobuf.Duration" => Length::parse(text).map(Value::Length),
            _ => None,
        };
    }
    // As protobuf's text has it: `[type.googleapis.com/google.protobuf.Duration] { seconds: 123 }`.
    let (name, fields) = json.as_object()?.iter().next()?;
    let number = |name| match fields.get(name) {
        None => Some(0),
        Some(number) => digits(number)?.parse::<i64>().ok(),
    };
    let nanos = i128::from(number("seconds")?) * 1_000_000_000 + i128::from(number("nanos")?);
    match name.trim_end_matches(']').rsplit('/').next()? {
        "google.protobuf.Timestamp" => Moment::from_nanos(nanos).map(Value::Moment),
        "google.protobuf.Duration" => i64::try_from(nanos).ok().map(Length).map(Value::Length),
        _ => None,
    }
}

/// A number, which protobuf writes as a text where it has 64 bits.
fn digits(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

/// Whether two values are the same: of one type, unlike `==`, and NaN is NaN.
pub(crate) fn same(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Double(a), Value::Double(b)) => a == b || a.is_nan() && b.is_nan(),
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let held = |(key, value): &(Value, Value)| {
                b.iter()
                    .any(|(other, found)| same(key, other) && same(value, found))
            };
            a.len() == b.len() && a.iter().all(held)
        }
        (a, b) => a.type_name() == b.type_name() && a.equals(b),
    }
}

/// Whether a value is of a type that is spelled out as protobuf's `cel.expr.Type`.
pub(crate) fn is_of_type(found: &Value, kind: &Json) -> bool {
    if let Some(primitive) = field(kind, "primitive").and_then(Json::as_str) {
        let name = match primitive {
            "BOOL" => "bool",
            "INT64" => "int",
            "UINT64" => "uint",
            "DOUBLE" => "double",
            "STRING" => "string",
            "BYTES" => "bytes",
            _ => return false,
        };
        return found.type_name() == name;
    }
    if let Some(inner) = field(kind, "list_type") {
        let Value::List(elements) = found else {
            return false;
        };
        let of = field(inner, "elem_type").unwrap_or(&Json::Null);
        return elements.iter().all(|element| is_of_type(element, of));
    }
    if let Some(inner) = field(kind, "map_type") {
        let Value::Map(entries) = found else {
            return false;
        };
        let keys = field(inner, "key_type").unwrap_or(&Json::Null);
        let values = field(inner, "value_type").unwrap_or(&Json::Null);
        let fits =
            |(key, value): &(Value, Value)| is_of_type(key, keys) && is_of_type(value, values);
        return entries.iter().all(fits);
    }
    if let Some(name) = field(kind, "message_type").and_then(Json::as_str) {
        return found.type_name() == name;
    }
    if field(kind, "type").is_some() {
        return matches!(found, Value::Type(_));
    }
    if let Some(name) = field(kind, "well_known").and_then(Json::as_str) {
        return found.type_name().to_ascii_uppercase().ends_with(name);
    }
    if field(kind, "null").is_some() {
        return matches!(found, Value::Null);
    }
    // `dyn` takes every value.
    field(kind, "dyn").is_some() || kind.is_null()
}
