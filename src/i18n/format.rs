//! Numbers, money, days and ages as people here read them.
//!
//! Built by hand: `format!` and its kin would cost the phone more than this file.

use super::{Lang, Texts, counted, fill};
use naik_kelas_domain::{Date, Millis, region::Zone};
use naik_kelas_rules::value::Decimal;

/// A whole number without grouping.
#[must_use]
pub fn whole(number: i64) -> String {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let mut out = String::with_capacity(21 - at);
    if number < 0 {
        out.push('-');
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
    out
}

const fn separators(lang: Lang) -> (char, char) {
    match lang {
        Lang::Id => ('.', ','),
        Lang::En => (',', '.'),
    }
}

/// Digits in groups of three: `1.250.000`.
#[must_use]
pub fn grouped(lang: Lang, number: i64) -> String {
    let plain = whole(number);
    let digits = plain.trim_start_matches('-');
    let mut out = String::with_capacity(plain.len() + 6);
    if number < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separators(lang).0);
        }
        out.push(digit);
    }
    out
}

/// `Rp1.250.000`.
#[must_use]
pub fn rupiah(lang: Lang, amount: i64) -> String {
    let mut out = String::from(if amount < 0 { "-Rp" } else { "Rp" });
    out.push_str(&grouped(lang, amount.saturating_abs()));
    out
}

/// How an amount is said: `1,25 juta`, `900 ribu`; about so where digits are left out.
/// Amounts below a thousand need no such help.
#[must_use]
pub fn spoken(lang: Lang, t: &Texts, amount: i64) -> Option<String> {
    let (unit, name) = match amount {
        1_000..1_000_000 => (1_000, t.thousand),
        1_000_000..1_000_000_000 => (1_000_000, t.million),
        1_000_000_000..1_000_000_000_000 => (1_000_000_000, t.billion),
        1_000_000_000_000.. => (1_000_000_000_000, t.trillion),
        _ => return None,
    };
    let hundredths = amount / (unit / 100);
    let exact = hundredths * (unit / 100) == amount;
    let mut number = grouped(lang, hundredths / 100);
    push_fraction(
        &mut number,
        separators(lang).1,
        (hundredths % 100) as u32,
        2,
    );
    number.push(' ');
    number.push_str(name);
    Some(if exact {
        number
    } else {
        fill(t.about, &[&number])
    })
}

/// A decimal with the language's own sign: `64,8`.
#[must_use]
pub fn decimal(lang: Lang, value: Decimal) -> String {
    let mut out = String::new();
    if value.0 < 0 {
        out.push('-');
    }
    let size = value.0.unsigned_abs();
    out.push_str(&grouped(lang, (size / 1000) as i64));
    push_fraction(&mut out, separators(lang).1, (size % 1000) as u32, 3);
    out
}

fn push_fraction(out: &mut String, sign: char, mut fraction: u32, mut places: usize) {
    if fraction == 0 {
        return;
    }
    while fraction.is_multiple_of(10) {
        fraction /= 10;
        places -= 1;
    }
    out.push(sign);
    let digits = whole(i64::from(fraction));
    out.extend(core::iter::repeat_n(
        '0',
        places.saturating_sub(digits.len()),
    ));
    out.push_str(&digits);
}

const MONTHS: [[&str; 12]; 2] = [
    [
        "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
    ],
    [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
];

/// `24 Nov 2026`.
#[must_use]
pub fn day(lang: Lang, date: Date) -> String {
    let (year, month, day) = date.ymd();
    let names = match lang {
        Lang::Id => &MONTHS[0],
        Lang::En => &MONTHS[1],
    };
    let name = names.get(month as usize - 1).copied().unwrap_or("");
    fill(
        "{} {} {}",
        &[&whole(i64::from(day)), name, &whole(i64::from(year))],
    )
}

/// `Nov 2026`.
#[must_use]
pub fn month(lang: Lang, date: Date) -> String {
    let day = day(lang, date);
    day.split_once(' ')
        .map_or_else(String::new, |(_, month)| month.to_owned())
}

/// `24-11-2026`, as it is typed.
#[must_use]
pub fn typed_day(date: Date) -> String {
    let (year, month, day) = date.ymd();
    fill(
        "{}-{}-{}",
        &[&two(day), &two(month), &whole(i64::from(year))],
    )
}

fn two(number: u32) -> String {
    let mut out = String::from(if number < 10 { "0" } else { "" });
    out.push_str(&whole(i64::from(number)));
    out
}

/// `43 th`, below six years `4 th 3 bln`, below one `3 bln`.
#[must_use]
pub fn age(t: &Texts, birth: Date, on: Date) -> String {
    let years = birth.years_until(on);
    if !(0..6).contains(&years) {
        return fill(t.years_short, &[&whole(i64::from(years))]);
    }
    let (_, birth_month, birth_day) = birth.ymd();
    let (_, month, of_month) = on.ymd();
    let begun = (12 + month - birth_month) % 12;
    let months = if of_month < birth_day {
        (begun + 11) % 12
    } else {
        begun
    };
    let months = fill(t.months_short, &[&whole(i64::from(months))]);
    if years == 0 {
        return months;
    }
    let mut out = fill(t.years_short, &[&whole(i64::from(years))]);
    out.push(' ');
    out.push_str(&months);
    out
}

/// `hari ini`, `kemarin`, `12 hari lalu`, `5 bulan lalu`, `2 tahun lalu`.
#[must_use]
pub fn ago(t: &Texts, then: Date, today: Date) -> String {
    let days = today.days().saturating_sub(then.days());
    match days {
        ..=0 => String::from(t.ago_today),
        1 => String::from(t.ago_yesterday),
        2..=59 => counted(t.ago_days, days as usize),
        60..=729 => counted(t.ago_months, days as usize / 30),
        _ => counted(t.ago_years, days as usize / 365),
    }
}

/// An instant as `17.05` on the day itself, else `23 Nov 17.05`, in the regency's zone.
#[must_use]
pub fn moment(lang: Lang, zone: Zone, then: Millis, now: Millis) -> String {
    let minutes = (then.0.div_euclid(60_000) + zone.offset_minutes()).rem_euclid(1440);
    let sign = match lang {
        Lang::Id => ".",
        Lang::En => ":",
    };
    let clock = [
        &two((minutes / 60) as u32),
        sign,
        &two((minutes % 60) as u32),
    ]
    .concat();
    let of_then = zone.day_of(then);
    if of_then == zone.day_of(now) {
        clock
    } else {
        fill("{} {}", &[&day(lang, of_then), &clock])
    }
}

/// Free space and the like: `1,2 GB`, `350 MB`.
#[must_use]
pub fn bytes(lang: Lang, count: u64) -> String {
    let megabytes = count / 1_000_000;
    if megabytes < 1000 {
        return fill("{} MB", &[&whole(megabytes as i64)]);
    }
    let mut out = grouped(lang, (megabytes / 1000) as i64);
    push_fraction(
        &mut out,
        separators(lang).1,
        (megabytes % 1000 / 100) as u32,
        1,
    );
    out.push_str(" GB");
    out
}

/// Sixteen digits in groups of four, also while they are typed.
#[must_use]
pub fn fours(digits: &str) -> String {
    let mut out = String::with_capacity(20);
    for (at, digit) in digits.chars().filter(char::is_ascii_digit).enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::texts;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn money_is_grouped_and_said() {
        let t = texts(Lang::Id);
        for (amount, shown, said) in [
            (0, "Rp0", None),
            (999, "Rp999", None),
            (900_000, "Rp900.000", Some("900 ribu")),
            (1_250_000, "Rp1.250.000", Some("1,25 juta")),
            (1_234_567, "Rp1.234.567", Some("sekitar 1,23 juta")),
            (1_050_000, "Rp1.050.000", Some("1,05 juta")),
            (4_800_000_000, "Rp4.800.000.000", Some("4,8 miliar")),
        ] {
            assert_eq!(rupiah(Lang::Id, amount), shown);
            assert_eq!(spoken(Lang::Id, t, amount).as_deref(), said);
        }
        assert_eq!(rupiah(Lang::En, 1_250_000), "Rp1,250,000");
        assert_eq!(rupiah(Lang::Id, -5_000), "-Rp5.000");
        assert_eq!(whole(i64::MIN), i64::MIN.to_string());
    }

    #[test]
    fn decimals_use_the_languages_own_sign() {
        assert_eq!(decimal(Lang::Id, Decimal(64_800)), "64,8");
        assert_eq!(decimal(Lang::En, Decimal(7_205)), "7.205");
        assert_eq!(decimal(Lang::Id, Decimal(1_000_050)), "1.000,05");
        assert_eq!(decimal(Lang::Id, Decimal(36_000)), "36");
    }

    #[test]
    fn days_and_ages_read_as_people_say_them() {
        let t = texts(Lang::Id);
        let on = date("2026-11-24");
        assert_eq!(day(Lang::Id, date("2026-08-05")), "5 Agu 2026");
        assert_eq!(day(Lang::En, date("2026-08-05")), "5 Aug 2026");
        assert_eq!(typed_day(date("1993-05-05")), "05-05-1993");
        for (birth, shown) in [
            ("1983-11-24", "43 th"),
            ("2022-08-20", "4 th 3 bln"),
            ("2022-08-30", "4 th 2 bln"),
            ("2026-08-20", "3 bln"),
            ("2024-11-25", "1 th 11 bln"),
            ("2026-11-24", "0 bln"),
        ] {
            assert_eq!(age(t, date(birth), on), shown, "{birth}");
        }
    }

    #[test]
    fn the_past_is_told_from_today() {
        let today = date("2026-11-24");
        let en = texts(Lang::En);
        for (then, shown) in [
            ("2026-11-24", "today"),
            ("2026-11-23", "yesterday"),
            ("2026-11-12", "12 days ago"),
            ("2026-05-05", "6 months ago"),
            ("2024-01-01", "2 years ago"),
        ] {
            assert_eq!(ago(en, date(then), today), shown);
        }
    }

    #[test]
    fn moments_are_told_in_the_regencys_zone() {
        let now = Millis(1_795_514_700_000); // 2026-11-24T10:05:00Z
        assert_eq!(moment(Lang::Id, Zone::Wib, now, now), "17.05");
        assert_eq!(moment(Lang::En, Zone::Wit, now, now), "19:05");
        let yesterday = Millis(now.0 - 86_400_000);
        assert_eq!(
            moment(Lang::Id, Zone::Wib, yesterday, now),
            "23 Nov 2026 17.05"
        );
    }

    #[test]
    fn a_nik_is_read_in_groups_of_four() {
        assert_eq!(fours("3201014105939001"), "3201 0141 0593 9001");
        assert_eq!(fours("32010"), "3201 0");
    }

    #[test]
    fn space_is_told_in_the_unit_that_a_phone_uses() {
        assert_eq!(bytes(Lang::Id, 350_000_000), "350 MB");
        assert_eq!(bytes(Lang::Id, 1_250_000_000), "1,2 GB");
    }
}
