//! Numbers and amounts as they are written here: `1.250.000`, `1,25 juta`, `900rb`.

use crate::i18n::{Lang, format};

/// A whole amount of rupiah; `None` where the text could mean something else.
#[inline(never)]
pub(super) fn amount(text: &str) -> Option<i64> {
    let lower = text.to_ascii_lowercase();
    let body = lower
        .strip_prefix("rp")
        .unwrap_or(&lower)
        .trim_start_matches('.')
        .trim();
    let end = body
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')))
        .unwrap_or(body.len());
    let (number, unit) = body.split_at(end);
    let number = number.trim();
    let unit = match unit.trim() {
        "" => {
            let cents = number
                .strip_suffix(",00")
                .or_else(|| number.strip_suffix(",-"));
            return plain_number(cents.unwrap_or(number));
        }
        "rb" | "ribu" | "k" | "thousand" => 1_000,
        "jt" | "juta" | "m" | "million" => 1_000_000,
        "miliar" | "milyar" | "billion" => 1_000_000_000,
        _ => return None,
    };
    if let Some(whole) = plain_number(number) {
        return whole.checked_mul(unit);
    }
    // With a unit the sign before a short group can only be a decimal sign.
    let (whole, fraction) = number.split_once([',', '.'])?;
    let scaled = fraction_of(fraction, unit)?;
    plain_number(whole)?.checked_mul(unit)?.checked_add(scaled)
}

#[inline(never)]
fn fraction_of(digits: &str, unit: i64) -> Option<i64> {
    let mut place = unit;
    let mut sum = 0;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() || place % 10 != 0 {
            return None;
        }
        place /= 10;
        sum += i64::from(byte - b'0') * place;
    }
    (!digits.is_empty()).then_some(sum)
}

/// Digits, or digits in whole groups of three by one kind of sign.
#[inline(never)]
pub(super) fn plain_number(text: &str) -> Option<i64> {
    let sign = text.chars().find(|c| matches!(c, '.' | ',' | ' '));
    let mut number: i64 = 0;
    let groups = match sign {
        Some(sign) => text.split(sign),
        None => text.split('.'),
    };
    for (at, group) in groups.enumerate() {
        let fits = if at == 0 {
            sign.is_none() || group.len() <= 3
        } else {
            group.len() == 3
        };
        if group.is_empty() || !fits || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        for byte in group.bytes() {
            number = number
                .checked_mul(10)?
                .checked_add(i64::from(byte - b'0'))?;
        }
    }
    Some(number)
}

/// A decimal in thousandths. The last sign is the decimal sign, except a single one
/// before exactly three digits of more than one group: `1.000,5`, `64,8`, `64.8`.
#[inline(never)]
pub(super) fn thousandths(text: &str) -> Option<i64> {
    match text.rfind([',', '.']) {
        None => plain_number(text)?.checked_mul(1000),
        Some(at) => {
            let (whole, fraction) = (text.get(..at)?, text.get(at + 1..)?);
            if fraction.len() > 3 {
                return None;
            }
            let scaled = fraction_of(fraction, 1000)?;
            plain_number(whole)?.checked_mul(1000)?.checked_add(scaled)
        }
    }
}

/// The text of a money field regrouped while it is typed; `None` = leave it as it is.
///
/// A sign that was just typed is left alone, for it may be the comma of *1,25 juta*;
/// after a deletion the groups are made anew.
#[must_use]
pub fn regrouped(lang: Lang, text: &str, before: &str) -> Option<String> {
    let only_digits_and_signs = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
    if !only_digits_and_signs {
        return None;
    }
    let deleted = text.len() < before.len();
    let settled = text
        .split(['.', ',', ' '])
        .skip(1)
        .all(|group| group.len() == 3 || group.len() == 4);
    if !deleted && !settled {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let new = match digits.parse() {
        Ok(number) => format::grouped(lang, number),
        Err(_) => return None,
    };
    (new != text).then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_digit_by_digit_groups_them() {
        let mut field = String::new();
        for digit in "1250000".chars() {
            let before = field.clone();
            field.push(digit);
            if let Some(new) = regrouped(Lang::Id, &field, &before) {
                field = new;
            }
        }
        assert_eq!(field, "1.250.000");
    }

    #[test]
    fn deleting_and_inserting_regroup() {
        assert_eq!(
            regrouped(Lang::Id, "1.250.00", "1.250.000").as_deref(),
            Some("125.000")
        );
        assert_eq!(regrouped(Lang::Id, "19.250", "1.250"), None);
        assert_eq!(
            regrouped(Lang::Id, "1.9250", "1.250").as_deref(),
            Some("19.250")
        );
        assert_eq!(regrouped(Lang::En, "1000", "100").as_deref(), Some("1,000"));
    }

    #[test]
    fn the_comma_of_a_spoken_amount_is_left_alone() {
        for (text, before) in [
            ("1,", "1"),
            ("1,2", "1,"),
            ("1,25", "1,2"),
            ("1,25 j", "1,25 "),
        ] {
            assert_eq!(regrouped(Lang::Id, text, before), None, "{text}");
        }
    }
}
