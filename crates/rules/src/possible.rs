//! What a value can still be while some facts are unknown.
//!
//! Every operation gives at least all the results that its operands allow. So a result that is certain here is
//! certain in every completion of the unknown facts; the other direction is the work of `evaluate::split`.

use crate::date::Date;

/// True is possible.
pub(crate) const TRUE: u8 = 1;
/// False is possible.
pub(crate) const FALSE: u8 = 2;
/// The operation has no value: overflow, or division by zero.
pub(crate) const ERROR: u8 = 4;
/// Without a lower bound.
pub(crate) const NO_LOW: i128 = i128::MIN;
/// Without an upper bound.
pub(crate) const NO_HIGH: i128 = i128::MAX;

/// The values that are still possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Possible {
    /// Truth values, as bits.
    Truth(u8),
    /// All numbers from `low` to `high`; days for dates, thousandths for decimals.
    Number { low: i128, high: i128 },
    /// Codes, as bits.
    Code(u64),
    /// Sets of codes: those that are in for certain, and those that may be in.
    Codes { certain: u64, possible: u64 },
    /// A regency as four digits; 0 where it is unknown.
    Region(u16),
    /// Text, which is only ever asked whether it is known.
    Text,
    /// No value for certain: overflow, or division by zero.
    Error,
}

/// Any number at all: also what a parameter is that is not in force.
pub(crate) const ANY_NUMBER: Possible = Possible::Number {
    low: NO_LOW,
    high: NO_HIGH,
};
/// True or false.
pub(crate) const ANY_TRUTH: Possible = Possible::Truth(TRUE | FALSE);

impl Possible {
    pub(crate) fn bool(value: bool) -> Possible {
        Possible::Truth(if value { TRUE } else { FALSE })
    }

    pub(crate) fn point(value: i128) -> Possible {
        Possible::Number {
            low: value,
            high: value,
        }
    }

    /// Only one value is left.
    pub(crate) fn is_certain(self) -> bool {
        match self {
            Possible::Truth(bits) => bits.is_power_of_two(),
            Possible::Number { low, high } => low == high,
            Possible::Code(bits) => bits.is_power_of_two(),
            Possible::Codes { certain, possible } => certain == possible,
            Possible::Region(region) => region != 0,
            Possible::Text | Possible::Error => true,
        }
    }

    pub(crate) fn truth(self) -> u8 {
        match self {
            Possible::Truth(bits) => bits,
            _ => ERROR,
        }
    }

    pub(crate) fn exactly(self) -> Option<i128> {
        match self {
            Possible::Number { low, high } if low == high => Some(low),
            _ => None,
        }
    }

    /// What is possible when it is unknown which of two cases holds.
    pub(crate) fn join(self, other: Possible) -> Possible {
        match (self, other) {
            (Possible::Truth(a), Possible::Truth(b)) => Possible::Truth(a | b),
            (Possible::Number { low: a, high: b }, Possible::Number { low: c, high: d }) => {
                Possible::Number {
                    low: a.min(c),
                    high: b.max(d),
                }
            }
            (Possible::Code(a), Possible::Code(b)) => Possible::Code(a | b),
            (
                Possible::Codes {
                    certain: a,
                    possible: b,
                },
                Possible::Codes {
                    certain: c,
                    possible: d,
                },
            ) => Possible::Codes {
                certain: a & c,
                possible: b | d,
            },
            (Possible::Region(a), Possible::Region(b)) if a == b => self,
            (Possible::Region(_), Possible::Region(_)) => Possible::Region(0),
            (Possible::Error, Possible::Error) => Possible::Error,
            // An error in one case only: certain of nothing.
            (Possible::Error, Possible::Number { .. })
            | (Possible::Number { .. }, Possible::Error) => ANY_NUMBER,
            (Possible::Error, Possible::Code(_)) | (Possible::Code(_), Possible::Error) => {
                Possible::Code(u64::MAX)
            }
            (Possible::Truth(bits), _) | (_, Possible::Truth(bits)) => {
                Possible::Truth(bits | ERROR)
            }
            _ => self,
        }
    }
}

/// So many codes, all of them possible.
pub(crate) fn all_bits(count: usize) -> u64 {
    match count {
        0..=63 => (1 << count) - 1,
        _ => u64::MAX,
    }
}

pub(crate) fn not(a: u8) -> u8 {
    (a & ERROR) | if a & TRUE != 0 { FALSE } else { 0 } | if a & FALSE != 0 { TRUE } else { 0 }
}

/// False decides alone, even beside an error; an error decides over true.
pub(crate) fn and(a: u8, b: u8) -> u8 {
    let mut bits = (a | b) & FALSE;
    if a & TRUE != 0 && b & TRUE != 0 {
        bits |= TRUE;
    }
    // Error comes out where one side is an error and the other one is not false.
    let error_left = a & ERROR != 0 && b & (TRUE | ERROR) != 0;
    let error_right = b & ERROR != 0 && a & (TRUE | ERROR) != 0;
    if error_left || error_right {
        bits |= ERROR;
    }
    bits
}

pub(crate) fn or(a: u8, b: u8) -> u8 {
    not(and(not(a), not(b)))
}

pub(crate) fn same_truth(a: u8, b: u8) -> u8 {
    let mut bits = (a | b) & ERROR;
    if a & b & (TRUE | FALSE) != 0 {
        bits |= TRUE;
    }
    let opposite = not(b);
    if a & opposite & (TRUE | FALSE) != 0 {
        bits |= FALSE;
    }
    bits
}

/// Bounds of two numbers, or an error where one of them is an error.
fn both(a: Possible, b: Possible) -> Option<(i128, i128, i128, i128)> {
    match (a, b) {
        (Possible::Number { low: al, high: ah }, Possible::Number { low: bl, high: bh }) => {
            Some((al, ah, bl, bh))
        }
        _ => None,
    }
}

fn truth_of(can_be_true: bool, can_be_false: bool) -> Possible {
    let yes = if can_be_true { TRUE } else { 0 };
    let no = if can_be_false { FALSE } else { 0 };
    Possible::Truth(yes | no)
}

pub(crate) fn equal(a: Possible, b: Possible) -> Possible {
    let Some((al, ah, bl, bh)) = both(a, b) else {
        return Possible::Truth(ERROR);
    };
    truth_of(al <= bh && bl <= ah, !(al == ah && bl == bh && al == bl))
}

pub(crate) fn less(a: Possible, b: Possible) -> Possible {
    let Some((al, ah, bl, bh)) = both(a, b) else {
        return Possible::Truth(ERROR);
    };
    truth_of(al < bh, ah >= bl)
}

pub(crate) fn at_most(a: Possible, b: Possible) -> Possible {
    let Some((al, ah, bl, bh)) = both(a, b) else {
        return Possible::Truth(ERROR);
    };
    truth_of(al <= bh, ah > bl)
}

/// Makes a number of new bounds. A bound beyond `limit` is no bound; a known value beyond it is an error.
fn bounded(low: i128, high: i128, limit: i128) -> Possible {
    // There is one number more below zero than above.
    let beyond = |bound: i128| bound > limit || bound < -limit - 1;
    if low == high && beyond(low) {
        return Possible::Error;
    }
    Possible::Number {
        low: if beyond(low) {
            if low > 0 { limit } else { NO_LOW }
        } else {
            low
        },
        high: if beyond(high) {
            if high < 0 { -limit } else { NO_HIGH }
        } else {
            high
        },
    }
}

pub(crate) fn add(a: Possible, b: Possible, limit: i128) -> Possible {
    let Some((al, ah, bl, bh)) = both(a, b) else {
        return Possible::Error;
    };
    let low = if al == NO_LOW || bl == NO_LOW {
        NO_LOW
    } else {
        al.saturating_add(bl)
    };
    let high = if ah == NO_HIGH || bh == NO_HIGH {
        NO_HIGH
    } else {
        ah.saturating_add(bh)
    };
    bounded(low, high, limit)
}

pub(crate) fn negate(a: Possible) -> Possible {
    let flip = |bound: i128| match bound {
        NO_LOW => NO_HIGH,
        NO_HIGH => NO_LOW,
        bound => -bound,
    };
    match a {
        Possible::Number { low, high } => Possible::Number {
            low: flip(high),
            high: flip(low),
        },
        _ => Possible::Error,
    }
}

pub(crate) fn multiply(a: Possible, b: Possible, limit: i128) -> Possible {
    let Some((al, ah, bl, bh)) = both(a, b) else {
        return Possible::Error;
    };
    corners(al, ah, bl, bh, limit, product)
}

/// The product, or no bound in its direction where it is beyond what can be computed.
fn product(a: i128, b: i128) -> i128 {
    if a == 0 || b == 0 {
        return 0;
    }
    let beyond = if (a < 0) == (b < 0) { NO_HIGH } else { NO_LOW };
    if a == NO_LOW || a == NO_HIGH || b == NO_LOW || b == NO_HIGH {
        return beyond;
    }
    a.checked_mul(b).unwrap_or(beyond)
}

pub(crate) fn divide(a: Possible, b: Possible, limit: i128) -> Possible {
    let Some((al, ah, bl, bh)) = both(a, b) else {
        return Possible::Error;
    };
    match (bl, bh) {
        (0, 0) => Possible::Error,
        (low, high) if low <= 0 && high >= 0 => ANY_NUMBER,
        _ => corners(al, ah, bl, bh, limit, quotient),
    }
}

fn quotient(a: i128, b: i128) -> i128 {
    match (a, b) {
        (0, _) => 0,
        (_, NO_LOW | NO_HIGH) => 0,
        (NO_LOW | NO_HIGH, _) => product(a, b),
        _ => a.checked_div(b).unwrap_or(0),
    }
}

/// An operation that goes only up or only down in each operand has its extremes in the corners.
fn corners(
    al: i128,
    ah: i128,
    bl: i128,
    bh: i128,
    limit: i128,
    operation: fn(i128, i128) -> i128,
) -> Possible {
    let first = operation(al, bl);
    let (mut low, mut high) = (first, first);
    for corner in [operation(al, bh), operation(ah, bl), operation(ah, bh)] {
        low = low.min(corner);
        high = high.max(corner);
    }
    bounded(low, high, limit)
}

pub(crate) fn remainder(a: Possible, b: Possible) -> Possible {
    match (a.exactly(), b.exactly()) {
        (_, Some(0)) => Possible::Error,
        (Some(a), Some(b)) => Possible::point(a.checked_rem(b).unwrap_or(0)),
        _ if both(a, b).is_some() => ANY_NUMBER,
        _ => Possible::Error,
    }
}

pub(crate) fn smaller(a: Possible, b: Possible) -> Possible {
    match both(a, b) {
        Some((al, ah, bl, bh)) => Possible::Number {
            low: al.min(bl),
            high: ah.min(bh),
        },
        None => Possible::Error,
    }
}

pub(crate) fn larger(a: Possible, b: Possible) -> Possible {
    match both(a, b) {
        Some((al, ah, bl, bh)) => Possible::Number {
            low: al.max(bl),
            high: ah.max(bh),
        },
        None => Possible::Error,
    }
}

/// Whole years from one day to another: the later the start, the fewer.
pub(crate) fn years(from: Possible, until: Possible) -> Possible {
    let Some((fl, fh, ul, uh)) = both(from, until) else {
        return Possible::Error;
    };
    let between = |from: i128, until: i128| Some(i128::from(day(from)?.years_until(day(until)?)));
    Possible::Number {
        low: between(fh, ul).unwrap_or(NO_LOW),
        high: between(fl, uh).unwrap_or(NO_HIGH),
    }
}

fn day(days: i128) -> Option<Date> {
    Date::from_days(i32::try_from(days).ok()?)
}

/// The days before a day, within the calendar.
pub(crate) fn days_before(from: Possible, days: Possible) -> Possible {
    let moved = add(from, negate(days), i128::from(i64::MAX));
    match moved.exactly() {
        Some(exact) if day(exact).is_none() => Possible::Error,
        _ => moved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: i128, high: i128) -> Possible {
        Possible::Number { low, high }
    }

    const LIMIT: i128 = i64::MAX as i128;

    #[test]
    fn false_decides_beside_an_error_and_true_does_not() {
        assert_eq!(and(FALSE, ERROR), FALSE);
        assert_eq!(and(TRUE, ERROR), ERROR);
        assert_eq!(or(TRUE, ERROR), TRUE);
        assert_eq!(or(FALSE, ERROR), ERROR);
        assert_eq!(and(TRUE | FALSE, ERROR), FALSE | ERROR);
        assert_eq!(and(TRUE | FALSE, TRUE), TRUE | FALSE);
        assert_eq!(and(TRUE | FALSE, FALSE), FALSE);
    }

    #[test]
    fn truth_tables_hold_for_every_set_of_possible_values() {
        let apply = |a: u8, b: u8| match (a, b) {
            (FALSE, _) | (_, FALSE) => FALSE,
            (ERROR, _) | (_, ERROR) => ERROR,
            _ => TRUE,
        };
        for a in 1..8u8 {
            for b in 1..8u8 {
                let mut expected = 0;
                for x in [TRUE, FALSE, ERROR].into_iter().filter(|x| a & x != 0) {
                    for y in [TRUE, FALSE, ERROR].into_iter().filter(|y| b & y != 0) {
                        expected |= apply(x, y);
                    }
                }
                assert_eq!(and(a, b), expected, "{a} and {b}");
            }
        }
    }

    #[test]
    fn bounds_hold_every_result() {
        let pairs = [(-3i128, 2i128), (0, 0), (1, 4), (-2, -1)];
        for (al, ah) in pairs {
            for (bl, bh) in pairs {
                for a in al..=ah {
                    for b in bl..=bh {
                        let inside = |whole: Possible, result: i128| match whole {
                            Possible::Number { low, high } => low <= result && result <= high,
                            _ => false,
                        };
                        assert!(inside(add(range(al, ah), range(bl, bh), LIMIT), a + b));
                        assert!(inside(multiply(range(al, ah), range(bl, bh), LIMIT), a * b));
                        if b != 0 {
                            assert!(inside(divide(range(al, ah), range(bl, bh), LIMIT), a / b));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_known_result_beyond_the_limit_is_an_error_and_an_unknown_one_has_no_bound() {
        let large = Possible::point(LIMIT);
        assert_eq!(add(large, Possible::point(1), LIMIT), Possible::Error);
        assert_eq!(multiply(large, Possible::point(2), LIMIT), Possible::Error);
        assert_eq!(add(large, range(0, NO_HIGH), LIMIT), range(LIMIT, NO_HIGH));
        assert_eq!(divide(large, Possible::point(0), LIMIT), Possible::Error);
        assert_eq!(less(Possible::Error, large), Possible::Truth(ERROR));
    }

    #[test]
    fn a_parameter_that_is_not_in_force_decides_nothing() {
        for known in [0, 5, -1] {
            assert_eq!(at_most(Possible::point(known), ANY_NUMBER), ANY_TRUTH);
            assert_eq!(less(ANY_NUMBER, Possible::point(known)), ANY_TRUTH);
            assert_eq!(equal(ANY_NUMBER, Possible::point(known)), ANY_TRUTH);
        }
    }
}
