//! From what a person typed to a value: tolerant of how people write, never guessing.

mod days;
mod money;

pub use days::{birth_from_age, day_from};
pub use money::regrouped;

use crate::i18n::{Lang, Texts, fill, format};
use naik_kelas_domain::{
    Date, Value,
    identity::{KkNumber, Nik, NumberError},
};
use naik_kelas_rules::value::Decimal;

/// What a typed field takes. Bounds are inclusive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Typed {
    /// A count, months, days.
    Whole {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// Whole rupiah.
    Money {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// Thousandths.
    Decimal {
        /// Least, in thousandths.
        min: i64,
        /// Most, in thousandths.
        max: i64,
    },
    /// A calendar day.
    Day,
    /// Free text.
    Text,
    /// Sixteen digits of an identity number.
    Nik,
    /// Sixteen digits of a family card.
    Kk,
    /// This many digits: a village's or a business's code.
    Digits(usize),
}

/// Why a text is no value of its field. What was typed stays where it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// Not a whole number.
    Number,
    /// Not an amount of money.
    Money,
    /// Not a decimal.
    Decimal,
    /// Not a day.
    Day,
    /// A day that the calendar does not have.
    NoSuchDay,
    /// Below the least value.
    Small(i64),
    /// Above the greatest value.
    Large(i64),
    /// Wanted so many digits, got so many.
    Length(usize, usize),
    /// Something other than digits.
    NotDigits,
    /// 3,2E+15.
    Spreadsheet,
    /// More than [`LONGEST_TEXT`] characters.
    Long,
}

/// The longest free text, in characters.
pub const LONGEST_TEXT: usize = 120;

/// The value of a typed text; `None` where the field is empty.
///
/// # Errors
/// The [`Mistake`], for a message under the field.
pub fn parse(kind: Typed, text: &str, today: Date) -> Result<Option<Value>, Mistake> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = match kind {
        Typed::Whole { min, max } => {
            let number = money::plain_number(text).ok_or(Mistake::Number)?;
            Value::Int(within(number, min, max)?)
        }
        Typed::Money { min, max } => {
            let amount = money::amount(text).ok_or(Mistake::Money)?;
            Value::Int(within(amount, min, max)?)
        }
        Typed::Decimal { min, max } => {
            let thousandths = money::thousandths(text).ok_or(Mistake::Decimal)?;
            Value::Decimal(Decimal(within(thousandths, min, max)?))
        }
        Typed::Day => Value::Date(day_from(text, today)?),
        Typed::Text if text.chars().count() > LONGEST_TEXT => return Err(Mistake::Long),
        Typed::Text => Value::Text(text.into()),
        Typed::Nik => Value::Text(text.parse::<Nik>().map_err(number_mistake)?.as_str().into()),
        Typed::Kk => Value::Text(
            text.parse::<KkNumber>()
                .map_err(number_mistake)?
                .as_str()
                .into(),
        ),
        Typed::Digits(want) => Value::Text(digits(text, want)?),
    };
    Ok(Some(value))
}

fn within(number: i64, min: i64, max: i64) -> Result<i64, Mistake> {
    if number < min {
        Err(Mistake::Small(min))
    } else if number > max {
        Err(Mistake::Large(max))
    } else {
        Ok(number)
    }
}

fn number_mistake(error: NumberError) -> Mistake {
    match error {
        NumberError::Length(got) => Mistake::Length(16, got),
        NumberError::NotDigits => Mistake::NotDigits,
        NumberError::Spreadsheet => Mistake::Spreadsheet,
    }
}

fn digits(text: &str, want: usize) -> Result<String, Mistake> {
    let kept: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-'))
        .collect();
    if !kept.bytes().all(|byte| byte.is_ascii_digit()) {
        Err(Mistake::NotDigits)
    } else if kept.len() != want {
        Err(Mistake::Length(want, kept.len()))
    } else {
        Ok(kept)
    }
}

/// A stored value as its field shows it, so that it reads back as the same value.
#[must_use]
pub fn shown(kind: Typed, lang: Lang, value: &Value) -> String {
    match (kind, value) {
        (Typed::Money { .. }, Value::Int(number)) => format::grouped(lang, *number),
        (Typed::Nik | Typed::Kk, Value::Text(text)) => format::fours(text),
        (_, Value::Int(number)) => format::whole(*number),
        (_, Value::Decimal(number)) => format::decimal(lang, *number),
        (_, Value::Date(date)) => format::typed_day(*date),
        (_, Value::Text(text) | Value::Code(text)) => text.clone(),
        (_, Value::Bool(_) | Value::Codes(_)) => String::new(),
    }
}

/// Says what to do about a mistake.
#[must_use]
pub fn advice(kind: Typed, mistake: Mistake, lang: Lang, t: &Texts) -> String {
    let bound = |limit: i64| match kind {
        Typed::Money { .. } => format::rupiah(lang, limit),
        Typed::Decimal { .. } => format::decimal(lang, Decimal(limit)),
        _ => format::grouped(lang, limit),
    };
    let whole = |number: usize| format::whole(number as i64);
    let text = match mistake {
        Mistake::Number => t.bad_number,
        Mistake::Money => t.bad_money,
        Mistake::Decimal => t.bad_decimal,
        Mistake::Day => t.bad_date,
        Mistake::NoSuchDay => t.no_such_day,
        Mistake::NotDigits => t.bad_digits,
        Mistake::Spreadsheet => t.spreadsheet,
        Mistake::Small(least) => return fill(t.too_small, &[&bound(least)]),
        Mistake::Large(most) => return fill(t.too_large, &[&bound(most)]),
        Mistake::Length(want, got) => return fill(t.bad_length, &[&whole(want), &whole(got)]),
        Mistake::Long => return fill(t.too_long, &[&whole(LONGEST_TEXT)]),
    };
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONEY: Typed = Typed::Money {
        min: 0,
        max: 9_007_199_254_740_991,
    };
    const AREA: Typed = Typed::Decimal {
        min: 1_000,
        max: 10_000_000,
    };

    fn read(kind: Typed, text: &str) -> Result<Option<Value>, Mistake> {
        parse(kind, text, Date::parse("2026-11-24").unwrap())
    }

    #[test]
    fn an_empty_field_is_no_answer_and_no_mistake() {
        for kind in [MONEY, AREA, Typed::Day, Typed::Nik, Typed::Text] {
            assert_eq!(read(kind, "  "), Ok(None));
        }
    }

    #[test]
    fn money_is_taken_as_people_write_it() {
        for (text, amount) in [
            ("1250000", 1_250_000),
            ("1.250.000", 1_250_000),
            ("Rp 1.250.000,00", 1_250_000),
            ("1,250,000", 1_250_000),
            ("1,25 juta", 1_250_000),
            ("1.25jt", 1_250_000),
            ("900 rb", 900_000),
            ("900ribu", 900_000),
            ("2 miliar", 2_000_000_000),
            ("0", 0),
        ] {
            assert_eq!(read(MONEY, text), Ok(Some(Value::Int(amount))), "{text}");
        }
    }

    #[test]
    fn what_could_mean_two_amounts_is_asked_again() {
        for text in [
            "1,25",
            "1.5",
            "12.34.567",
            "juta",
            "dua juta",
            "1 jut4",
            "1,2345678 juta",
            "-",
        ] {
            assert_eq!(read(MONEY, text), Err(Mistake::Money), "{text}");
        }
        assert_eq!(read(MONEY, "99999999999999999999"), Err(Mistake::Money));
        assert_eq!(
            read(MONEY, "9.999.999.999.999.999"),
            Err(Mistake::Large(9_007_199_254_740_991))
        );
        assert_eq!(
            read(Typed::Whole { min: 0, max: 30 }, "31"),
            Err(Mistake::Large(30))
        );
        assert_eq!(
            read(Typed::Whole { min: 0, max: 30 }, "1,5"),
            Err(Mistake::Number)
        );
    }

    #[test]
    fn areas_take_comma_and_point() {
        for (text, thousandths) in [
            ("64,8", 64_800),
            ("64.8", 64_800),
            ("36", 36_000),
            ("1.000,5", 1_000_500),
        ] {
            assert_eq!(
                read(AREA, text),
                Ok(Some(Value::Decimal(Decimal(thousandths)))),
                "{text}"
            );
        }
        assert_eq!(read(AREA, "0,5"), Err(Mistake::Small(1_000)));
        assert_eq!(read(AREA, "7 x 9"), Err(Mistake::Decimal));
    }

    #[test]
    fn numbers_of_people_keep_their_digits() {
        let nik = Value::Text("3201014105939001".into());
        assert_eq!(
            read(Typed::Nik, "3201 0141 0593 9001"),
            Ok(Some(nik.clone()))
        );
        assert_eq!(shown(Typed::Nik, Lang::Id, &nik), "3201 0141 0593 9001");
        assert_eq!(
            read(Typed::Nik, "320101410593900"),
            Err(Mistake::Length(16, 15))
        );
        assert_eq!(read(Typed::Nik, "3,2E+15"), Err(Mistake::Spreadsheet));
        assert_eq!(
            read(Typed::Digits(5), "10 792"),
            Ok(Some(Value::Text("10792".into())))
        );
        assert_eq!(read(Typed::Digits(5), "1079"), Err(Mistake::Length(5, 4)));
    }

    #[test]
    fn a_field_shows_its_value_so_that_it_reads_back_the_same() {
        let day = Value::Date(Date::parse("1993-05-05").unwrap());
        for (kind, value) in [
            (MONEY, Value::Int(1_250_000)),
            (AREA, Value::Decimal(Decimal(64_800))),
            (AREA, Value::Decimal(Decimal(1_250_500))),
            (Typed::Day, day),
            (Typed::Text, Value::Text("Siti Aminah Contoh".into())),
        ] {
            for lang in [Lang::Id, Lang::En] {
                assert_eq!(
                    read(kind, &shown(kind, lang, &value)),
                    Ok(Some(value.clone()))
                );
            }
        }
    }
}
