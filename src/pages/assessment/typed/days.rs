//! Days as people say them: `5-5-1993`, `5/5/93`, `5 mei 1993`, `05051993`.

use super::Mistake;
use naik_kelas_domain::Date;

/// The day that a text says.
///
/// # Errors
/// [`Mistake::Day`] where it cannot be read, [`Mistake::NoSuchDay`] where the calendar lacks it.
pub fn day_from(text: &str, today: Date) -> Result<Date, Mistake> {
    let parts = parts(text);
    let (day, month, year) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (number(day), month_of(month), number(year)),
        [day, month, year] => (number(day), month_of(month), year_of(year, today)),
        [run] if run.is_ascii() && matches!(run.len(), 6 | 8) => (
            number(&run[..2]),
            number(&run[2..4]),
            year_of(&run[4..], today),
        ),
        _ => return Err(Mistake::Day),
    };
    let (Some(day), Some(month), Some(year)) = (day, month, year) else {
        return Err(Mistake::Day);
    };
    Date::from_ymd(year as i32, month, day).ok_or(Mistake::NoSuchDay)
}

/// The middle of the days on which a person could be born who is so old today:
/// half a year before the last birthday that is certain. Always marked approximate.
#[must_use]
pub fn birth_from_age(years: i64, today: Date) -> Option<Date> {
    let (year, month, day) = today.ymd();
    let year = year.checked_sub(i32::try_from(years).ok()?)?;
    // 29 February has no day in most years; the day before is as good an estimate.
    let birthday = Date::from_ymd(year, month, day).or_else(|| Date::from_ymd(year, month, 28))?;
    Date::from_days(birthday.days() - 182)
}

/// Runs of digits and runs of letters.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut kind = None;
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        let now = c.is_ascii_alphanumeric().then_some(c.is_ascii_digit());
        match (now, parts.last_mut()) {
            (Some(_), Some(part)) if now == kind => part.push(c),
            (Some(_), _) => parts.push(c.into()),
            (None, _) => {}
        }
        kind = now;
    }
    parts
}

#[inline(never)]
fn number(text: &str) -> Option<u32> {
    let fits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| {
        text.bytes()
            .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    })
}

/// Two digits mean the last hundred years: nobody is born tomorrow.
fn year_of(text: &str, today: Date) -> Option<u32> {
    let year = number(text)?;
    match text.len() {
        4 => Some(year),
        2 => {
            let this_year = today.ymd().0.unsigned_abs();
            let century = this_year - this_year % 100;
            Some(if year <= this_year % 100 {
                century + year
            } else {
                century - 100 + year
            })
        }
        _ => None,
    }
}

fn month_of(text: &str) -> Option<u32> {
    // The first three letters tell the months of both languages apart.
    const BEGINNINGS: [[&str; 2]; 12] = [
        ["jan", "jan"],
        ["feb", "peb"],
        ["mar", "mar"],
        ["apr", "apr"],
        ["mei", "may"],
        ["jun", "jun"],
        ["jul", "jul"],
        ["agu", "aug"],
        ["sep", "sep"],
        ["okt", "oct"],
        ["nov", "nop"],
        ["des", "dec"],
    ];
    if let Some(month) = number(text) {
        return Some(month);
    }
    let short: String = text.chars().take(3).collect();
    let short = if short == "ags" { "agu" } else { &short };
    let at = BEGINNINGS.iter().position(|names| names.contains(&short))?;
    Some(at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let today = date("2026-11-24");
        for text in [
            "5-5-1993",
            "05-05-1993",
            "5/5/93",
            "5 mei 1993",
            "5 Mei 93",
            "5.5.1993",
            "1993-05-05",
            "05051993",
            "050593",
            "5 May 1993",
            " 5mei1993 ",
        ] {
            assert_eq!(day_from(text, today), Ok(date("1993-05-05")), "{text}");
        }
        assert_eq!(day_from("17 Agst 1945", today), Ok(date("1945-08-17")));
        assert_eq!(day_from("1-12-26", today), Ok(date("2026-12-01")));
        assert_eq!(day_from("1-12-27", today), Ok(date("1927-12-01")));
    }

    #[test]
    fn what_is_no_day_says_why() {
        let today = date("2026-11-24");
        for text in [
            "besok",
            "5 mei",
            "5-5-193",
            "1993",
            "5-foo-1993",
            "é0593",
            "12345",
        ] {
            assert_eq!(day_from(text, today), Err(Mistake::Day), "{text}");
        }
        for text in ["31-2-1993", "5-13-1993", "29/2/2023"] {
            assert_eq!(day_from(text, today), Err(Mistake::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn an_age_gives_a_day_on_which_one_is_that_old() {
        for today in ["2026-11-24", "2024-02-29", "2026-01-01"].map(date) {
            for years in [0, 1, 43, 99] {
                let birth = birth_from_age(years, today).unwrap();
                assert_eq!(i64::from(birth.years_until(today)), years);
            }
        }
        assert_eq!(birth_from_age(100_000, date("2026-11-24")), None);
    }
}
