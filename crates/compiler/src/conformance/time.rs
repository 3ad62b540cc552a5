//! Instants and spans of time. Packs hold days; these are only for the public suite.

use naik_kelas_rules::Date;

/// Nanoseconds in a second.
const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

/// An instant between the years 1 and 9999, in nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(i128);

/// A span of time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Length(pub(crate) i64);

impl Moment {
    /// Nothing outside the calendar.
    pub(crate) fn from_nanos(nanos: i128) -> Option<Moment> {
        let days = i32::try_from(nanos.div_euclid(DAY)).ok()?;
        Date::from_days(days).map(|_| Moment(nanos))
    }

    pub(crate) fn from_seconds(seconds: i64) -> Option<Moment> {
        Moment::from_nanos(i128::from(seconds) * SECOND)
    }

    pub(crate) fn seconds(self) -> i64 {
        // The calendar keeps it far below the bounds of the type.
        self.0.div_euclid(SECOND) as i64
    }

    pub(crate) fn plus(self, length: Length) -> Option<Moment> {
        Moment::from_nanos(self.0 + i128::from(length.0))
    }

    pub(crate) fn minus(self, length: Length) -> Option<Moment> {
        Moment::from_nanos(self.0 - i128::from(length.0))
    }

    pub(crate) fn since(self, other: Moment) -> Option<Length> {
        i64::try_from(self.0 - other.0).ok().map(Length)
    }

    /// Reads `2009-02-13T23:31:30.5+07:00` (RFC 3339).
    pub(crate) fn parse(text: &str) -> Option<Moment> {
        let date = Date::parse(text.get(..10)?).ok()?;
        let rest = text.get(10..)?.strip_prefix(['T', 't'])?;
        let clock = rest.get(..8)?;
        let mut parts = clock.split(':').map(two_digits);
        let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let mut rest = rest.get(8..)?;
        let mut nanos = 0;
        if let Some(fraction) = rest.strip_prefix('.') {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=9).contains(&digits) {
                return None;
            }
            nanos = fraction[..digits].parse::<i128>().ok()? * 10i128.pow(9 - digits as u32);
            rest = &fraction[digits..];
        }
        let offset = match rest {
            "Z" | "z" => 0,
            rest if rest.starts_with(['+', '-']) => i128::from(offset(rest)?),
            _ => return None,
        };
        let seconds = i128::from(hour * 3600 + minute * 60 + second);
        let whole = i128::from(date.days()) * DAY + seconds * SECOND + nanos;
        Moment::from_nanos(whole - offset * SECOND)
    }

    /// As RFC 3339 in UTC, with no more digits of the second than it has.
    pub(crate) fn text(self) -> String {
        let at = self.at_offset(0);
        let mut fraction = String::new();
        if at.nanos != 0 {
            fraction = format!(".{:09}", at.nanos);
            fraction.truncate(fraction.trim_end_matches('0').len());
        }
        let (hour, minute, second) = (at.second / 3600, at.second / 60 % 60, at.second % 60);
        format!(
            "{}T{hour:02}:{minute:02}:{second:02}{fraction}Z",
            at.day.unwrap_or_default()
        )
    }

    /// What clock and calendar show so many seconds east of UTC.
    fn at_offset(self, offset: i64) -> Shown {
        let local = self.0 + i128::from(offset) * SECOND;
        let within = local.rem_euclid(DAY);
        Shown {
            day: i32::try_from(local.div_euclid(DAY))
                .ok()
                .and_then(Date::from_days),
            second: (within / SECOND) as i64,
            nanos: (within % SECOND) as i64,
        }
    }

    /// A part of the clock or the calendar, such as `getFullYear`, in a zone: `+07:00`, `02:00`, `Asia/Jakarta`.
    /// The outer `None`: there is no such part; the inner one: no such zone, or a day outside the calendar.
    pub(crate) fn part(self, name: &str, zone: Option<&str>) -> Option<Option<i64>> {
        let part: fn(Date, &Shown) -> i64 = match name {
            "getFullYear" => |day, _| i64::from(day.ymd().0),
            "getMonth" => |day, _| i64::from(day.ymd().1) - 1,
            "getDate" => |day, _| i64::from(day.ymd().2),
            "getDayOfMonth" => |day, _| i64::from(day.ymd().2) - 1,
            // 1970-01-01 was a Thursday; weeks begin on Sunday.
            "getDayOfWeek" => |day, _| (i64::from(day.days()) + 4).rem_euclid(7),
            "getDayOfYear" => |day, _| day_of_year(day),
            "getHours" => |_, shown| shown.second / 3600,
            "getMinutes" => |_, shown| shown.second / 60 % 60,
            "getSeconds" => |_, shown| shown.second % 60,
            "getMilliseconds" => |_, shown| shown.nanos / 1_000_000,
            _ => return None,
        };
        let offset = match zone {
            None => Some(0),
            Some(zone) => offset(zone).or_else(|| self.named_offset(zone)),
        };
        let shown = offset.map(|offset| self.at_offset(offset));
        Some(shown.and_then(|shown| shown.day.map(|day| part(day, &shown))))
    }

    fn named_offset(self, zone: &str) -> Option<i64> {
        let zone = jiff::tz::TimeZone::get(zone).ok()?;
        let at = jiff::Timestamp::from_second(self.seconds()).ok()?;
        Some(i64::from(zone.to_offset(at).seconds()))
    }
}

struct Shown {
    day: Option<Date>,
    second: i64,
    nanos: i64,
}

fn day_of_year(day: Date) -> i64 {
    let first = Date::from_ymd(day.ymd().0, 1, 1).unwrap_or_default();
    i64::from(day.days() - first.days())
}

fn two_digits(text: &str) -> Option<i64> {
    let digits = text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Seconds east of UTC: `+07:00`, `-02:30`, `02:00`.
fn offset(text: &str) -> Option<i64> {
    let (sign, clock) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

impl Length {
    /// Reads `1h30m`, `-1.5s`, `100ms`, `999999999ns`.
    pub(crate) fn parse(text: &str) -> Option<Length> {
        let (sign, mut rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        if rest == "0" {
            return Some(Length(0));
        }
        if rest.is_empty() {
            return None;
        }
        let mut nanos: i128 = 0;
        while !rest.is_empty() {
            let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
            let (whole, after) = rest.split_at(digits(rest));
            let (fraction, after) = match after.strip_prefix('.') {
                Some(after) => after.split_at(digits(after)),
                None => ("", after),
            };
            let letters = after
                .bytes()
                .take_while(|byte| !byte.is_ascii_digit() && *byte != b'.')
                .count();
            let (unit, after) = (after.get(..letters)?, after.get(letters..)?);
            if whole.is_empty() && fraction.is_empty() || whole.len() > 18 || fraction.len() > 18 {
                return None;
            }
            let unit: i128 = match unit {
                "h" => 3600 * SECOND,
                "m" => 60 * SECOND,
                "s" => SECOND,
                "ms" => 1_000_000,
                "us" | "µs" | "μs" => 1_000,
                "ns" => 1,
                _ => return None,
            };
            let number = |text: &str| match text {
                "" => Some(0),
                text => text.parse::<i128>().ok(),
            };
            nanos += number(whole)? * unit;
            nanos += number(fraction)? * unit / 10i128.pow(fraction.len() as u32);
            rest = after;
        }
        i64::try_from(sign * nanos).ok().map(Length)
    }

    /// Seconds, with no more digits than it has: `1000000s`, `-1.5s`.
    pub(crate) fn text(self) -> String {
        let size = i128::from(self.0).abs();
        let mut fraction = String::new();
        if size % SECOND != 0 {
            fraction = format!(".{:09}", size % SECOND);
            fraction.truncate(fraction.trim_end_matches('0').len());
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}{fraction}s", size / SECOND)
    }

    pub(crate) fn plus(self, other: Length) -> Option<Length> {
        self.0.checked_add(other.0).map(Length)
    }

    pub(crate) fn minus(self, other: Length) -> Option<Length> {
        self.0.checked_sub(other.0).map(Length)
    }

    /// The whole of it in hours, minutes or seconds; of milliseconds those within the second.
    pub(crate) fn part(self, name: &str) -> Option<i64> {
        Some(match name {
            "getHours" => self.0 / 3_600_000_000_000,
            "getMinutes" => self.0 / 60_000_000_000,
            "getSeconds" => self.0 / 1_000_000_000,
            "getMilliseconds" => self.0 / 1_000_000 % 1_000,
            _ => return None,
        })
    }
}
