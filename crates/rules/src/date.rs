//! Calendar days without a clock and without a time zone.

use core::fmt;

/// A day of the proleptic Gregorian calendar, kept as days since 1970-01-01.
///
/// Ordered by time; 1970-01-01 is the default. Years 0001 to 9999 can be read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Date(i32);

/// The text is not a day that exists, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateError;

impl Date {
    /// The first day that can be written: 0001-01-01.
    pub const MIN: Date = Date(-719_162);
    /// The last day that can be written: 9999-12-31.
    pub const MAX: Date = Date(2_932_896);

    /// The day that lies `days` after 1970-01-01; `None` outside years 0001 to 9999.
    pub fn from_days(days: i32) -> Option<Date> {
        (Date::MIN.0..=Date::MAX.0)
            .contains(&days)
            .then_some(Date(days))
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.0
    }

    /// The day of a year (1 to 9999), month (1 to 12) and day of the month; `None` if it does not exist.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month);
        if !exists {
            return None;
        }
        // Years that begin in March put the leap day last (Howard Hinnant's algorithm).
        let shifted_year = if month <= 2 { year - 1 } else { year };
        let era = shifted_year.div_euclid(400);
        let year_of_era = shifted_year.rem_euclid(400);
        let month_from_march = (month as i32 + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Date(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month as u32, day as u32)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let bytes = text.as_bytes();
        let well_formed = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        if !well_formed {
            return Err(DateError);
        }
        let number = |range: &[u8]| {
            range.iter().try_fold(0u32, |sum, byte| {
                byte.is_ascii_digit()
                    .then(|| sum * 10 + u32::from(byte - b'0'))
            })
        };
        let parts = (
            number(&bytes[0..4]),
            number(&bytes[5..7]),
            number(&bytes[8..10]),
        );
        let (Some(year), Some(month), Some(day)) = parts else {
            return Err(DateError);
        };
        Date::from_ymd(year as i32, month, day).ok_or(DateError)
    }

    /// So many months later; the last day of a month that is shorter. `None` beyond the year 9999.
    pub fn after_months(self, months: i32) -> Option<Date> {
        let (year, month, day) = self.ymd();
        let months = (year * 12 + month as i32 - 1).checked_add(months)?;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u32 + 1);
        Date::from_ymd(year, month, day.min(days_in_month(year, month)))
    }

    /// Whole years completed from `self` to `until`; negative if `until` is earlier.
    ///
    /// A year that began on 29 February is completed on 1 March in common years.
    pub fn years_until(self, until: Date) -> i32 {
        let (start_year, start_month, start_day) = self.ymd();
        let (year, month, day) = until.ymd();
        let reached = (month, day) >= (start_month, start_day);
        year - start_year - i32::from(!reached)
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn months_end_where_the_month_does() {
        for (from, months, to) in [
            ("2026-11-24", 2, "2027-01-24"),
            ("2026-10-31", 1, "2026-11-30"),
            ("2027-12-31", 2, "2028-02-29"),
            ("2026-01-15", 0, "2026-01-15"),
            ("2026-01-15", -1, "2025-12-15"),
        ] {
            assert_eq!(
                day(from).after_months(months),
                Some(day(to)),
                "{from} {months}"
            );
        }
        assert_eq!(day("9999-12-01").after_months(1), None);
        assert_eq!(day("9999-12-01").after_months(i32::MAX), None);
    }

    #[test]
    fn every_day_of_four_centuries_survives_the_round_trip() {
        let mut previous = None;
        for days in day("1800-01-01").days()..day("2200-12-31").days() {
            let date = Date::from_days(days).unwrap();
            let (year, month, of_month) = date.ymd();
            assert_eq!(Date::from_ymd(year, month, of_month), Some(date));
            assert!(previous < Some((year, month, of_month)));
            previous = Some((year, month, of_month));
        }
        assert_eq!(day("1970-01-01").days(), 0);
        assert_eq!(day("0001-01-01"), Date::MIN);
        assert_eq!(day("9999-12-31"), Date::MAX);
    }

    #[test]
    fn what_is_not_a_day_is_refused() {
        for text in [
            "2025-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "26-01-01",
            "2026-1-1",
            "2026/01/01",
            "2026-01-01T00",
            "",
            "20é6-01-01",
            "0000-01-01",
            "+026-01-01",
        ] {
            assert_eq!(Date::parse(text), Err(DateError), "{text}");
        }
    }

    #[test]
    fn a_leap_day_birthday_is_reached_on_the_first_of_march() {
        assert_eq!(day("2004-02-29").years_until(day("2010-02-28")), 5);
        assert_eq!(day("2004-02-29").years_until(day("2010-03-01")), 6);
        assert_eq!(day("2004-02-29").years_until(day("2008-02-29")), 4);
        assert_eq!(day("2020-06-02").years_until(day("2020-06-01")), -1);
    }
}
