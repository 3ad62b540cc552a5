//! Values written in TOML, read as the kind of their fact.

use crate::vocabulary::number;
use naik_kelas_rules::pack::{Fact, FactKind};
use naik_kelas_rules::{Date, Decimal, Value};

/// The value, or nothing where it is not of the fact's kind.
pub(crate) fn to_value(fact: &Fact, value: &toml::Value) -> Option<Value> {
    match (fact.kind, value) {
        (FactKind::Bool, toml::Value::Boolean(value)) => Some(Value::Bool(*value)),
        (FactKind::Int | FactKind::Money, value) => number(value, false).map(Value::Int),
        (FactKind::Decimal, value) => {
            number(value, true).map(|thousandths| Value::Decimal(Decimal(thousandths)))
        }
        (FactKind::Date, toml::Value::String(text)) => Date::parse(text).ok().map(Value::Date),
        (FactKind::Code, toml::Value::String(code)) => Some(Value::Code(code.clone())),
        // Codes that are numbers, such as the installed power.
        (FactKind::Code, toml::Value::Integer(code)) => Some(Value::Code(code.to_string())),
        (FactKind::Codes, toml::Value::Array(codes)) => {
            let codes: Option<Vec<String>> = codes
                .iter()
                .map(|code| code.as_str().map(str::to_owned))
                .collect();
            codes.map(Value::Codes)
        }
        (FactKind::Text, toml::Value::String(text)) => Some(Value::Text(text.clone())),
        _ => None,
    }
}
