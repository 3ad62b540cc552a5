//! Values as they are stored and sent: independent of any pack, codes as text.

use crate::date::Date;
use core::fmt;

/// The value of one fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number: a count, months, or whole rupiah.
    Int(i64),
    /// A number with up to three decimals, such as square metres.
    Decimal(Decimal),
    /// A calendar day.
    Date(Date),
    /// One code of the fact's list.
    Code(String),
    /// Several codes of the fact's list, each once.
    Codes(Vec<String>),
    /// Free text, or a number that is a name (NIK, KK, village).
    Text(String),
}

/// An exact decimal, kept in thousandths: 64.8 is 64800.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub i64);

/// The text is not a decimal number with at most three decimals, or is too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecimalError;

impl Decimal {
    /// How many thousandths make one.
    pub const ONE: i64 = 1000;

    /// Reads digits with an optional fraction after a point: `64.8`, `-0.125`, `36`, `7.2000`.
    ///
    /// Digits after the third decimal must be zeros: nothing is rounded.
    pub fn parse(text: &str) -> Result<Decimal, DecimalError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(DecimalError);
        }
        let (kept, beyond) = fraction.split_at(fraction.len().min(3));
        if beyond.bytes().any(|digit| digit != b'0') {
            return Err(DecimalError);
        }
        let mut thousandths: i64 = 0;
        let padding = core::iter::repeat_n(b'0', 3 - kept.len());
        for digit in whole.bytes().chain(kept.bytes()).chain(padding) {
            thousandths = thousandths
                .checked_mul(10)
                .and_then(|sum| sum.checked_add(i64::from(digit - b'0')))
                .ok_or(DecimalError)?;
        }
        Ok(Decimal(if negative { -thousandths } else { thousandths }))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(out, "{sign}{}", size / 1000)?;
        match size % 1000 {
            0 => Ok(()),
            rest if rest % 100 == 0 => write!(out, ".{}", rest / 100),
            rest if rest % 10 == 0 => write!(out, ".{:02}", rest / 10),
            rest => write!(out, ".{rest:03}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_and_read_back_as_written() {
        for (text, thousandths) in [
            ("64.8", 64_800),
            ("7.2", 7_200),
            ("36", 36_000),
            ("0.125", 125),
            ("0.05", 50),
            ("-0.5", -500),
            ("10000", 10_000_000),
        ] {
            assert_eq!(Decimal::parse(text), Ok(Decimal(thousandths)));
            assert_eq!(Decimal(thousandths).to_string(), text);
        }
        assert_eq!(Decimal::parse("7.2000"), Ok(Decimal(7_200)));
    }

    #[test]
    fn what_would_have_to_be_rounded_is_refused() {
        for text in [
            "7.2001",
            "",
            ".",
            "5.",
            ".5",
            "1e3",
            "1,5",
            "--1",
            "9300000000000000000",
        ] {
            assert_eq!(Decimal::parse(text), Err(DecimalError), "{text}");
        }
    }
}
