//! Between the family's lanes and its members': member number n of every family that has one stands in a row.

use super::OPEN_TRUTH;
use super::kernels::{Out, and_one, or_one, within};
use crate::family::MAX_MEMBERS;
use crate::possible::{FALSE, TRUE};

/// The lanes of all members of one number in a segment: they belong to the first `count` families.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    pub(super) first: usize,
    pub(super) count: usize,
}

impl Row {
    pub(super) fn of<'a, T>(&self, lanes: &'a [T]) -> &'a [T] {
        lanes
            .get(self.first..self.first + self.count)
            .unwrap_or(&[])
    }
}

pub(super) fn spread<T: Copy>(out: &mut [T], family: &[T], rows: &[Row]) {
    for row in rows {
        let end = row.first + row.count;
        if let (Some(out), Some(family)) = (out.get_mut(row.first..end), family.get(..row.count)) {
            out.copy_from_slice(family);
        }
    }
}

pub(super) fn any(out: &mut [u8], members: &[u8], rows: &[Row]) {
    out.fill(FALSE);
    for row in rows {
        for (out, member) in out.iter_mut().zip(row.of(members)) {
            *out = or_one(*out, *member);
        }
    }
}

pub(super) fn all(out: &mut [u8], members: &[u8], rows: &[Row]) {
    out.fill(TRUE);
    for row in rows {
        for (out, member) in out.iter_mut().zip(row.of(members)) {
            *out = and_one(*out, *member);
        }
    }
}

pub(super) fn count(out: Out<'_>, members: &[u8], rows: &[Row]) {
    out.values.fill(0);
    out.open.fill(0);
    for row in rows {
        let lanes = out.values.iter_mut().zip(out.open.iter_mut());
        for ((value, open), member) in lanes.zip(row.of(members)) {
            *value += i64::from(*member == TRUE);
            *open |= if *member == OPEN_TRUTH { OPEN_TRUTH } else { 0 };
        }
    }
}

pub(super) fn sum(out: Out<'_>, values: &[i64], open: &[u8], rows: &[Row]) {
    out.values.fill(0);
    out.open.fill(0);
    for row in rows {
        let lanes = out.values.iter_mut().zip(out.open.iter_mut());
        for (out, (value, open)) in lanes.zip(row.of(values).iter().zip(row.of(open))) {
            add(out, *value, *open);
        }
    }
}

fn add(out: (&mut i64, &mut u8), value: i64, open: u8) {
    let (sum, beyond) = within(out.0.overflowing_add(value));
    *out.0 = sum;
    *out.1 |= open | if beyond { OPEN_TRUTH } else { 0 };
}

/// The sum of the so many largest. Where a family has no more members than that, their sum.
pub(super) fn best(out: Out<'_>, most: usize, values: &[i64], open: &[u8], rows: &[Row]) {
    out.values.fill(0);
    out.open.fill(0);
    for row in rows {
        for (out, open) in out.open.iter_mut().zip(row.of(open)) {
            *out |= open;
        }
    }
    let mut largest = [0i64; MAX_MEMBERS];
    let lanes = out.values.iter_mut().zip(out.open.iter_mut());
    for (lane, (value, open)) in lanes.enumerate() {
        let mut found = 0;
        for row in rows.iter().take_while(|row| lane < row.count) {
            let mut carried = values.get(row.first + lane).copied().unwrap_or(0);
            // Those found so far stand in falling order; the new one finds its place, the smallest goes.
            for slot in largest.iter_mut().take(found.min(most)) {
                (*slot, carried) = ((*slot).max(carried), (*slot).min(carried));
            }
            if found < most
                && let Some(slot) = largest.get_mut(found)
            {
                *slot = carried;
            }
            found += 1;
        }
        for number in largest.iter().take(found.min(most)) {
            add((value, open), *number, 0);
        }
    }
}
