//! Loops over lanes, written so that the compiler can take many lanes at once.
//!
//! Truths are the bits of [`crate::possible`]: 1 true, 2 false, 3 open. Beside a number stands 0 where it is settled
//! and 3 where it is open, so that a comparison is one "or" away from being open as well.

use super::program::{Arithmetic, Table};
use super::{OPEN_CODE, OPEN_TRUTH, dates};
use crate::date::Date;
use crate::possible::{FALSE, TRUE};

/// Numbers that are read.
#[derive(Clone, Copy)]
pub(super) enum Lanes<'a> {
    Each { values: &'a [i64], open: &'a [u8] },
    Same(i64),
}

/// Numbers that are written.
pub(super) struct Out<'a> {
    pub(super) values: &'a mut [i64],
    pub(super) open: &'a mut [u8],
}

fn truth(holds: bool) -> u8 {
    FALSE - u8::from(holds)
}

pub(super) fn not(out: &mut [u8], a: &[u8]) {
    for (out, a) in out.iter_mut().zip(a) {
        *out = (a & TRUE) << 1 | a >> 1;
    }
}

pub(super) fn and(out: &mut [u8], a: &[u8], b: &[u8]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = and_one(*a, *b);
    }
}

pub(super) fn or(out: &mut [u8], a: &[u8], b: &[u8]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = or_one(*a, *b);
    }
}

pub(super) fn and_one(a: u8, b: u8) -> u8 {
    ((a | b) & FALSE) | (a & b & TRUE)
}

pub(super) fn or_one(a: u8, b: u8) -> u8 {
    ((a | b) & TRUE) | (a & b & FALSE)
}

pub(super) fn same_truth(out: &mut [u8], a: &[u8], b: &[u8]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        let open = if *a == OPEN_TRUTH || *b == OPEN_TRUTH {
            OPEN_TRUTH
        } else {
            0
        };
        *out = truth(a == b) | open;
    }
}

/// A test of two numbers.
pub(super) fn compare(out: &mut [u8], a: Lanes<'_>, b: Lanes<'_>, test: impl Fn(i64, i64) -> bool) {
    match (a, b) {
        (
            Lanes::Each { values: a, open },
            Lanes::Each {
                values: b,
                open: also,
            },
        ) => {
            for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                *out = truth(test(*a, *b));
            }
            add_open(out, open);
            add_open(out, also);
        }
        (Lanes::Each { values, open }, Lanes::Same(b)) => {
            for (out, a) in out.iter_mut().zip(values) {
                *out = truth(test(*a, b));
            }
            add_open(out, open);
        }
        (Lanes::Same(a), Lanes::Each { values, open }) => {
            for (out, b) in out.iter_mut().zip(values) {
                *out = truth(test(a, *b));
            }
            add_open(out, open);
        }
        (Lanes::Same(a), Lanes::Same(b)) => out.fill(truth(test(a, b))),
    }
}

fn add_open(out: &mut [u8], open: &[u8]) {
    for (out, open) in out.iter_mut().zip(open) {
        *out |= open;
    }
}

pub(super) fn one_of_few(out: &mut [u8], codes: &[u8], wanted: [u8; 4]) {
    let [a, b, c, d] = wanted;
    if a == d {
        for (out, code) in out.iter_mut().zip(codes) {
            *out = truth(*code == a) | open_where(*code == OPEN_CODE);
        }
        return;
    }
    for (out, code) in out.iter_mut().zip(codes) {
        let inside = *code == a || *code == b || *code == c || *code == d;
        *out = truth(inside) | open_where(*code == OPEN_CODE);
    }
}

fn open_where(open: bool) -> u8 {
    u8::from(open) * OPEN_TRUTH
}

pub(super) fn one_of(out: &mut [u8], codes: &[u8], table: &[u8; 256]) {
    for (out, code) in out.iter_mut().zip(codes) {
        *out = table[usize::from(*code)];
    }
}

pub(super) fn includes(out: &mut [u8], codes: Lanes<'_>, bit: u8) {
    compare(out, codes, Lanes::Same(1 << bit), |codes, bit| {
        codes & bit != 0
    });
}

pub(super) fn known(out: &mut [u8], bytes: &[u8], open: u8) {
    for (out, byte) in out.iter_mut().zip(bytes) {
        *out = truth(*byte != open);
    }
}

/// From the last choice to the first: each takes the place of those behind it where it holds.
pub(super) fn first_of(out: &mut [u8], when: &[u8], code: u8) {
    for (out, when) in out.iter_mut().zip(when) {
        *out = match *when {
            TRUE => code,
            FALSE => *out,
            _ => OPEN_CODE,
        };
    }
}

pub(super) fn choose_bytes(out: &mut [u8], condition: &[u8], a: &[u8], b: &[u8], open: u8) {
    for (((out, condition), a), b) in out.iter_mut().zip(condition).zip(a).zip(b) {
        *out = match *condition {
            TRUE => *a,
            FALSE => *b,
            _ => open,
        };
    }
}

pub(super) fn choose_numbers(
    out: Out<'_>,
    condition: &[u8],
    a: (&[i64], &[u8]),
    b: (&[i64], &[u8]),
) {
    for (((out, condition), a), b) in out.values.iter_mut().zip(condition).zip(a.0).zip(b.0) {
        *out = if *condition == TRUE { *a } else { *b };
    }
    choose_bytes(out.open, condition, a.1, b.1, OPEN_TRUTH);
}

pub(super) fn arithmetic(out: Out<'_>, what: Arithmetic, a: Lanes<'_>, b: Lanes<'_>) {
    match what {
        Arithmetic::Add => each(out, a, b, |a, b| within(a.overflowing_add(b))),
        Arithmetic::Subtract => each(out, a, b, |a, b| within(a.overflowing_sub(b))),
        Arithmetic::Multiply => each(out, a, b, |a, b| within(a.overflowing_mul(b))),
        Arithmetic::Divide => each(out, a, b, |a, b| optional(a.checked_div(b))),
        Arithmetic::Remainder => each(out, a, b, |a, b| optional(a.checked_rem(b))),
        Arithmetic::Min => each(out, a, b, |a, b| (a.min(b), false)),
        Arithmetic::Max => each(out, a, b, |a, b| (a.max(b), false)),
        Arithmetic::Years => each(out, a, b, |a, b| (dates::years(a, b), false)),
        Arithmetic::DaysBefore => each(out, a, b, |day, days| {
            let (day, overflow) = day.overflowing_sub(days);
            let calendar = i64::from(Date::MIN.days())..=i64::from(Date::MAX.days());
            (day, overflow || !calendar.contains(&day))
        }),
    }
}

/// The first driver's numbers reach as far below zero as above it.
pub(super) fn within((value, overflow): (i64, bool)) -> (i64, bool) {
    (value, overflow | (value == i64::MIN))
}

fn optional(value: Option<i64>) -> (i64, bool) {
    (
        value.unwrap_or(0),
        value.is_none_or(|value| value == i64::MIN),
    )
}

fn each(out: Out<'_>, a: Lanes<'_>, b: Lanes<'_>, f: impl Fn(i64, i64) -> (i64, bool)) {
    let lanes = out.values.iter_mut().zip(out.open.iter_mut());
    match (a, b) {
        (
            Lanes::Each { values: a, open },
            Lanes::Each {
                values: b,
                open: also,
            },
        ) => {
            for (((out, a), b), (open, also)) in lanes.zip(a).zip(b).zip(open.iter().zip(also)) {
                write(out, f(*a, *b), open | also);
            }
        }
        (Lanes::Each { values, open }, Lanes::Same(b)) => {
            for ((out, a), open) in lanes.zip(values).zip(open) {
                write(out, f(*a, b), *open);
            }
        }
        (Lanes::Same(a), Lanes::Each { values, open }) => {
            for ((out, b), open) in lanes.zip(values).zip(open) {
                write(out, f(a, *b), *open);
            }
        }
        (Lanes::Same(a), Lanes::Same(b)) => {
            for out in lanes {
                write(out, f(a, b), 0);
            }
        }
    }
}

fn write(out: (&mut i64, &mut u8), (value, bad): (i64, bool), open: u8) {
    *out.0 = value;
    *out.1 = open | open_where(bad);
}

pub(super) fn stack(out: Out<'_>, days: Lanes<'_>) {
    each(out, days, Lanes::Same(0), |day, _| {
        (dates::stacked(day), false)
    });
}

pub(super) fn lookup(out: Out<'_>, entries: impl Iterator<Item = usize>, table: &Table) {
    let lanes = out.values.iter_mut().zip(out.open.iter_mut());
    for ((value, open), entry) in lanes.zip(entries) {
        *value = table.values.get(entry).copied().unwrap_or(0);
        *open = table.open.get(entry).copied().unwrap_or(OPEN_TRUTH);
    }
}

/// Adds up where a code is the wanted one; an open code leaves the number open.
pub(super) fn tally(out: &mut Out<'_>, codes: &[u8], wanted: u8) {
    let lanes = out.values.iter_mut().zip(out.open.iter_mut());
    for ((value, open), code) in lanes.zip(codes) {
        *value += i64::from(*code == wanted);
        *open |= open_where(*code == OPEN_CODE);
    }
}
