//! Conversions between types: `int(...)`, `string(...)` and their like.

use super::time::{Length, Moment};
use super::value::{Fault, Outcome, Value};

/// A conversion by the name of its type; `None` where there is no type of that name to convert to.
pub(crate) fn convert(name: &str, value: &Value) -> Option<Outcome> {
    let convert = match name {
        "int" => int,
        "uint" => uint,
        "double" => double,
        "string" => text,
        "bytes" => bytes,
        "bool" => bool,
        "timestamp" => moment,
        "duration" => length,
        "type" => |value: &Value| Ok(Value::Type(value.type_name().to_owned())),
        "dyn" => |value: &Value| Ok(value.clone()),
        _ => return None,
    };
    Some(convert(value))
}

fn none(name: &str, value: &Value) -> Outcome {
    Err(Fault::NoOverload(format!("{name}({})", value.type_name())))
}

fn int(value: &Value) -> Outcome {
    let number = match value {
        Value::Int(number) => Some(*number),
        Value::Uint(number) => i64::try_from(*number).ok(),
        // Both ends are excluded: a double cannot tell them from what lies beyond.
        Value::Double(number) => {
            (*number > i64::MIN as f64 && *number < i64::MAX as f64).then_some(*number as i64)
        }
        Value::Text(text) => {
            return text
                .parse()
                .map(Value::Int)
                .map_err(|_| Fault::BadConversion);
        }
        Value::Moment(moment) => Some(moment.seconds()),
        Value::Length(length) => length.part("getSeconds"),
        other => return none("int", other),
    };
    number.map(Value::Int).ok_or(Fault::Range)
}

fn uint(value: &Value) -> Outcome {
    let number = match value {
        Value::Uint(number) => Some(*number),
        Value::Int(number) => u64::try_from(*number).ok(),
        Value::Double(number) => {
            (*number >= 0.0 && *number < u64::MAX as f64).then_some(*number as u64)
        }
        Value::Text(text) => {
            return text
                .parse()
                .map(Value::Uint)
                .map_err(|_| Fault::BadConversion);
        }
        other => return none("uint", other),
    };
    number.map(Value::Uint).ok_or(Fault::Range)
}

fn double(value: &Value) -> Outcome {
    Ok(Value::Double(match value {
        Value::Double(number) => *number,
        Value::Int(number) => *number as f64,
        Value::Uint(number) => *number as f64,
        Value::Text(text) => text.parse().map_err(|_| Fault::BadConversion)?,
        other => return none("double", other),
    }))
}

fn text(value: &Value) -> Outcome {
    Ok(Value::Text(match value {
        Value::Text(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Uint(number) => number.to_string(),
        Value::Double(number) => of_double(*number),
        Value::Bytes(bytes) => {
            String::from_utf8(bytes.clone()).map_err(|_| Fault::BadConversion)?
        }
        Value::Moment(moment) => moment.text(),
        Value::Length(length) => length.text(),
        other => return none("string", other),
    }))
}

/// The shortest text of a double; very large and very small ones with an exponent.
fn of_double(number: f64) -> String {
    let size = number.abs();
    if !number.is_finite() {
        let sign = if number < 0.0 { "-" } else { "+" };
        return if number.is_nan() {
            "NaN".to_owned()
        } else {
            format!("{sign}Inf")
        };
    }
    if size == 0.0 || (1e-4..1e21).contains(&size) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let (sign, exponent) = match exponent.strip_prefix('-') {
                Some(exponent) => ('-', exponent),
                None => ('+', exponent),
            };
            format!("{digits}e{sign}{exponent:0>2}")
        }
        None => text,
    }
}

fn bytes(value: &Value) -> Outcome {
    match value {
        Value::Bytes(bytes) => Ok(Value::Bytes(bytes.clone())),
        Value::Text(text) => Ok(Value::Bytes(text.clone().into_bytes())),
        other => none("bytes", other),
    }
}

fn bool(value: &Value) -> Outcome {
    match value {
        Value::Bool(value) => Ok(Value::Bool(*value)),
        Value::Text(text) => match text.as_str() {
            "1" | "t" | "true" | "TRUE" | "True" => Ok(Value::Bool(true)),
            "0" | "f" | "false" | "FALSE" | "False" => Ok(Value::Bool(false)),
            _ => Err(Fault::BadConversion),
        },
        other => none("bool", other),
    }
}

fn moment(value: &Value) -> Outcome {
    let moment = match value {
        Value::Moment(moment) => Some(*moment),
        Value::Int(seconds) => Moment::from_seconds(*seconds),
        Value::Text(text) => Moment::parse(text),
        other => return none("timestamp", other),
    };
    moment.map(Value::Moment).ok_or(Fault::Range)
}

fn length(value: &Value) -> Outcome {
    let length = match value {
        Value::Length(length) => Some(*length),
        Value::Text(text) => Length::parse(text),
        other => return none("duration", other),
    };
    length.map(Value::Length).ok_or(Fault::Range)
}
