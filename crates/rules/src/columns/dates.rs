//! Days as numbers from which whole years are one subtraction.

/// The bits of month and day together: 12 months of 32 days are below 512.
const BITS: u32 = 9;

/// Year, month and day of a day (since 1970-01-01) as one number: `year * 512 + month * 32 + day`.
///
/// Without a branch, for a loop over lanes. Gives the calendar of [`crate::Date`] for the years 0001 to 9999
/// (after Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms", 2022).
pub(super) fn stacked(days: i64) -> i64 {
    // Positive for every day that can be written; years begin in March, so that the leap day is the last.
    let shifted = (days as i32).wrapping_add(719_468) as u32;
    let quarters = shifted.wrapping_mul(4).wrapping_add(3);
    let century = quarters / 146_097;
    let of_century = (quarters % 146_097) / 4;
    let product = 2_939_745 * u64::from(4 * of_century + 3);
    let year = 100 * century + (product >> 32) as u32;
    let of_year = product as u32 / 2_939_745 / 4;
    let both = 2_141 * of_year + 197_913;
    let (month, day) = (both >> 16, (both & 0xffff) / 2_141 + 1);
    let next_year = u32::from(of_year >= 306);
    i64::from(((year + next_year) << BITS) + (month - 12 * next_year) * 32 + day)
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
