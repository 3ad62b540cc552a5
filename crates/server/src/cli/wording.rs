//! Texts of a pack for the command line, in Indonesian: values are put in as the field writes them.

use naik_kelas_rules::evaluate::Evaluation;
use naik_kelas_rules::explain::Named;
use naik_kelas_rules::family::Answer;
use naik_kelas_rules::pack::{FactKind, ParameterKind};
use naik_kelas_rules::text::{Token, tokens};
use naik_kelas_rules::{Date, Decimal, FactIndex, Lang, Pack, Text, Value};

const NOT_KNOWN: &str = "belum diketahui";
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
];

/// A text with its values put in.
pub(super) fn fill(pack: &Pack, evaluation: &mut Evaluation<'_>, day: Date, text: &Text) -> String {
    let mut filled = String::new();
    for token in tokens(text.get(Lang::Id)) {
        match token {
            Token::Words(words) => filled.push_str(words),
            Token::Parameter(key) => filled.push_str(&parameter(pack, key, day)),
            Token::Named(name) => filled.push_str(&named(pack, evaluation, name)),
        }
    }
    filled
}

/// A value of a fact, as a person writes it.
pub(super) fn value_of(pack: &Pack, fact: FactIndex, value: &Value) -> String {
    let definition = pack.fact(fact);
    let money = definition.is_some_and(|fact| fact.kind == FactKind::Money);
    match value {
        Value::Code(code) => code_label(pack, fact, code),
        Value::Codes(codes) => {
            let labels: Vec<String> = codes
                .iter()
                .map(|code| code_label(pack, fact, code))
                .collect();
            labels.join(", ")
        }
        value => plain(value, money),
    }
}

fn code_label(pack: &Pack, fact: FactIndex, code: &str) -> String {
    let found = pack.codes(fact).iter().find(|known| known.code == code);
    found
        .map_or(code, |known| known.label.get(Lang::Id))
        .to_owned()
}

fn parameter(pack: &Pack, key: &str, day: Date) -> String {
    let definition = pack
        .file()
        .parameters
        .iter()
        .find(|parameter| parameter.key == key);
    let (Some(definition), Some(line)) = (definition, pack.parameter_on(key, day)) else {
        return NOT_KNOWN.to_owned();
    };
    match definition.kind {
        ParameterKind::Money => rupiah(line.value),
        ParameterKind::Int => grouped(line.value),
        ParameterKind::Decimal if definition.unit.as_deref() == Some("part") => {
            // A share is kept in thousandths: 0.2 is 20 %.
            format!("{} %", decimal(Decimal(line.value.saturating_mul(100))))
        }
        ParameterKind::Decimal => decimal(Decimal(line.value)),
        ParameterKind::List => line
            .list
            .iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn named(pack: &Pack, evaluation: &mut Evaluation<'_>, name: &str) -> String {
    match evaluation.named(name) {
        Named::Fact(at, Answer::Known(value)) => value_of(pack, at.fact, &value),
        Named::Derived(place, Some(value)) => {
            let unit = pack
                .file()
                .derived
                .get(place)
                .and_then(|derived| derived.unit.as_deref());
            plain(&value, unit.is_some_and(|unit| unit.starts_with("rupiah")))
        }
        Named::Fact(..) | Named::Derived(..) | Named::Nothing => NOT_KNOWN.to_owned(),
    }
}

fn plain(value: &Value, money: bool) -> String {
    match value {
        Value::Bool(true) => "ya".to_owned(),
        Value::Bool(false) => "tidak".to_owned(),
        Value::Int(number) if money => rupiah(*number),
        Value::Int(number) => grouped(*number),
        Value::Decimal(number) => decimal(*number),
        Value::Date(date) => day(*date),
        Value::Code(code) | Value::Text(code) => code.clone(),
        Value::Codes(codes) => codes.join(", "),
    }
}

/// A day: 4 Agu 2026.
pub(super) fn day(date: Date) -> String {
    let (year, month, day) = date.ymd();
    let month = MONTHS.get(month as usize - 1).copied().unwrap_or("");
    format!("{day} {month} {year}")
}

fn rupiah(amount: i64) -> String {
    rupiah_of(amount.into())
}

/// Rupiah as people write them; sums over a population go beyond 64 bits.
pub(super) fn rupiah_of(amount: i128) -> String {
    match amount {
        0.. => format!("Rp{}", grouped(amount)),
        _ => format!("−Rp{}", grouped(amount).trim_start_matches('-')),
    }
}

/// Groups of three with points: 1.250.000.
pub(super) fn grouped(number: impl Into<i128>) -> String {
    let number = number.into();
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// Groups with points, decimals behind a comma: 1.250,5.
pub(super) fn decimal(number: Decimal) -> String {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, fraction)) => {
            let sign = if number.0 < 0 && number.0 > -Decimal::ONE {
                "-"
            } else {
                ""
            };
            format!("{sign}{},{fraction}", grouped(number.0 / Decimal::ONE))
        }
        None => grouped(number.0 / Decimal::ONE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_the_field_writes_them() {
        assert_eq!(rupiah(1_250_000), "Rp1.250.000");
        assert_eq!(rupiah(0), "Rp0");
        assert_eq!(grouped(999), "999");
        assert_eq!(decimal(Decimal(1_250_500)), "1.250,5");
        assert_eq!(decimal(Decimal(-500)), "-0,5");
        assert_eq!(decimal(Decimal(36_000)), "36");
        assert_eq!(
            plain(&Value::Date(Date::parse("2026-08-04").unwrap()), false),
            "4 Agu 2026"
        );
    }
}
