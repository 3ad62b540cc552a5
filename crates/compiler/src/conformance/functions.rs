//! Functions of the language's standard library.

use super::convert::convert;
use super::value::{Fault, Outcome, Value};

/// Names of all functions.
const NAMES: [&str; 25] = [
    "size",
    "matches",
    "startsWith",
    "endsWith",
    "contains",
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "bool",
    "timestamp",
    "duration",
    "type",
    "dyn",
    "getFullYear",
    "getMonth",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getHours",
    "getMinutes",
    "getSeconds",
    "getMilliseconds",
];

/// Calls a function; a method's target is its first argument.
pub(crate) fn call(name: &str, is_method: bool, args: &[Value]) -> Outcome {
    let unknown = || {
        if !NAMES.contains(&name) {
            return Fault::Unbound(name.to_owned());
        }
        let types: Vec<&str> = args.iter().map(Value::type_name).collect();
        Fault::NoOverload(format!("{name}({})", types.join(", ")))
    };
    match (name, args) {
        ("size", [value]) => size(value).map(Value::Int).ok_or_else(unknown),
        ("matches", [Value::Text(text), Value::Text(pattern)]) => matches(text, pattern),
        ("startsWith", [Value::Text(text), Value::Text(part)]) if is_method => {
            Ok(Value::Bool(text.starts_with(part.as_str())))
        }
        ("endsWith", [Value::Text(text), Value::Text(part)]) if is_method => {
            Ok(Value::Bool(text.ends_with(part.as_str())))
        }
        ("contains", [Value::Text(text), Value::Text(part)]) if is_method => {
            Ok(Value::Bool(text.contains(part.as_str())))
        }
        (_, [Value::Moment(moment), zone @ ..]) if is_method => {
            let zone = match zone {
                [] => None,
                [Value::Text(zone)] => Some(zone.as_str()),
                _ => return Err(unknown()),
            };
            let part = moment.part(name, zone).ok_or_else(unknown)?;
            part.map(Value::Int).ok_or(Fault::Range)
        }
        (_, [Value::Length(length)]) if is_method => {
            length.part(name).map(Value::Int).ok_or_else(unknown)
        }
        (_, [value]) if !is_method => convert(name, value).unwrap_or_else(|| Err(unknown())),
        _ => Err(unknown()),
    }
}

/// Characters of a text, bytes, elements or entries.
fn size(value: &Value) -> Option<i64> {
    let size = match value {
        Value::Text(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        _ => return None,
    };
    i64::try_from(size).ok()
}

/// Whether a part of the text fits the pattern, in time that grows with the text only.
fn matches(text: &str, pattern: &str) -> Outcome {
    let pattern = regex::RegexBuilder::new(pattern)
        .size_limit(1 << 20)
        .build()
        .map_err(|_| Fault::BadPattern)?;
    Ok(Value::Bool(pattern.is_match(text)))
}
