//! Days as numbers from which whole years are one subtraction.

/// The bits of month and day together: 12 months of 32 days are below 512.
const BITS: u32 = 9;

/// Year, month and day of a day (since 1970-01-01) as one number: `year * 512 + month * 32 + day`.
///
/// Without a branch, for a loop over lanes. Gives the calendar of [`crate::Date`] for the years 0001 to 9999.
pub(super) fn stacked(days: i64) -> i64 {
    // Positive for every day that can be written; years begin in March, so that the leap day is the last.
    let shifted = (days as i32).wrapping_add(719_468) as u32;
    let era = shifted / 146_097;
    let day_of_era = shifted - era * 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let next_year = u32::from(month_from_march >= 10);
    let month = month_from_march + 3 - 12 * next_year;
    let year = year_of_era + era * 400 + next_year;
    i64::from((year << BITS) + month * 32 + day)
}

/// Whole years between two stacked days; as [`crate::Date::years_until`].
pub(super) fn years(from: i64, until: i64) -> i64 {
    (until - from) >> BITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    #[test]
    fn every_calendar_day_is_stacked_as_it_is_written() {
        for days in Date::MIN.days()..=Date::MAX.days() {
            let (year, month, day) = Date::from_days(days).unwrap().ymd();
            let wanted = i64::from(year) * 512 + i64::from(month) * 32 + i64::from(day);
            assert_eq!(stacked(i64::from(days)), wanted, "{days}");
        }
    }

    #[test]
    fn whole_years_are_those_of_dates() {
        let day = |text: &str| Date::parse(text).unwrap();
        let around = [
            "2004-02-28",
            "2004-02-29",
            "2004-03-01",
            "2020-12-31",
            "1931-01-01",
        ];
        for from in around.map(day) {
            for days in day("2010-01-01").days()..day("2013-01-02").days() {
                let until = Date::from_days(days).unwrap();
                let (a, b) = (stacked(i64::from(from.days())), stacked(i64::from(days)));
                assert_eq!(
                    years(a, b),
                    i64::from(from.years_until(until)),
                    "{from} {until}"
                );
                assert_eq!(
                    years(b, a),
                    i64::from(until.years_until(from)),
                    "{until} {from}"
                );
            }
        }
    }
}
