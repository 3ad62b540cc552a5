//! JSON values as values of facts: exactly, or not at all.

use naik_kelas_rules::pack::{Code, Fact, FactKind};
use naik_kelas_rules::{Date, Decimal, Value};
use serde_json::Value as Json;

/// Why a JSON value is none of a fact.
pub(super) enum Unfit {
    Kind,
    Date,
    TooPrecise,
}

/// A JSON value as a value of a fact.
pub(super) fn to_value(fact: &Fact, codes: &[Code], json: &Json) -> Result<Value, Unfit> {
    match (fact.kind, json) {
        (FactKind::Bool, Json::Bool(value)) => Ok(Value::Bool(*value)),
        (FactKind::Int | FactKind::Money, Json::Number(number)) => {
            let thousandths = exact(number.as_str()).ok_or(Unfit::Kind)?;
            match thousandths % i128::from(Decimal::ONE) {
                0 => in_64_bits(thousandths / i128::from(Decimal::ONE)).map(Value::Int),
                _ => Err(Unfit::Kind),
            }
        }
        (FactKind::Decimal, Json::Number(number)) => {
            let thousandths = exact(number.as_str()).ok_or(Unfit::TooPrecise)?;
            in_64_bits(thousandths).map(|thousandths| Value::Decimal(Decimal(thousandths)))
        }
        (FactKind::Date, Json::String(text)) => {
            Date::parse(text).map(Value::Date).map_err(|_| Unfit::Date)
        }
        (FactKind::Code, Json::String(code)) if !numeric(codes) => Ok(Value::Code(code.clone())),
        (FactKind::Code, Json::Number(code)) if numeric(codes) => Ok(Value::Code(code.to_string())),
        (FactKind::Codes, Json::Array(list)) => {
            let codes: Option<Vec<String>> = list
                .iter()
                .map(|code| code.as_str().map(str::to_owned))
                .collect();
            codes.map(Value::Codes).ok_or(Unfit::Kind)
        }
        (FactKind::Text, Json::String(text)) => Ok(Value::Text(text.clone())),
        _ => Err(Unfit::Kind),
    }
}

/// Codes that are numbers, such as the installed power, are numbers in JSON too.
pub(super) fn numeric(codes: &[Code]) -> bool {
    codes
        .iter()
        .all(|code| code.code.bytes().all(|digit| digit.is_ascii_digit()))
}

/// A number that does not fit is as far out of range as the largest one.
fn in_64_bits(number: i128) -> Result<i64, Unfit> {
    let nearest = if number < 0 { i64::MIN } else { i64::MAX };
    Ok(i64::try_from(number).unwrap_or(nearest))
}

/// Thousandths of a JSON number, exactly; `None` where it has more decimals.
fn exact(text: &str) -> Option<i128> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = [whole, fraction].concat();
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    // The last digit counts 10^place thousandths.
    let place = i64::from(exponent) - fraction.len() as i64 + 3;
    let kept = match usize::try_from(-place) {
        Ok(beyond) if beyond >= digits.len() => return None,
        Ok(beyond) => {
            let (kept, rest) = digits.split_at(digits.len() - beyond);
            if rest.bytes().any(|digit| digit != b'0') {
                return None;
            }
            kept
        }
        Err(_) => digits,
    };
    let shift = u32::try_from(place.max(0)).unwrap_or(u32::MAX);
    let size = match (kept.parse::<i128>(), 10i128.checked_pow(shift)) {
        (Ok(number), Some(power)) => number.checked_mul(power).unwrap_or(i128::MAX),
        _ => i128::MAX,
    };
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn numbers_are_read_exactly_or_not_at_all() {
        for (text, thousandths) in [
            ("64.8", Some(64_800)),
            ("0", Some(0)),
            ("-0.0", Some(0)),
            ("9007199254740991", Some(9_007_199_254_740_991_000)),
            ("1e3", Some(1_000_000)),
            ("1.5E-2", Some(15)),
            ("21.5990", Some(21_599)),
            ("21.5999", None),
            ("1e-9", None),
            ("1e999", Some(i128::MAX)),
            ("-1e999", Some(-i128::MAX)),
        ] {
            assert_eq!(exact(text), thousandths, "{text}");
        }
    }
}
