//! Wrong PINs: some are free, then each costs a wait. Nothing is ever wiped.

use naik_kelas_domain::{Millis, written_as_list};

/// How often a vault was tried in vain, and when last. It lies in the database, so that loading the page again takes
/// nothing back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tries {
    /// Failures in a row.
    pub failures: u64,
    /// The last one, by the phone's clock.
    pub last: Millis,
}

const FREE: u64 = 5;
const FIRST_WAIT: i64 = 30_000;
const LONGEST_WAIT: i64 = 15 * 60_000;

impl Tries {
    /// None yet.
    pub const NONE: Self = Self {
        failures: 0,
        last: Millis(0),
    };

    /// How long to wait before the next try, in milliseconds. A clock that was set back does not count as waiting, and
    /// one that runs ahead locks nobody out for longer than the wait itself.
    #[must_use]
    pub fn left(&self, now: Millis) -> u32 {
        let Some(paid) = self.failures.checked_sub(FREE) else {
            return 0;
        };
        let wait = (FIRST_WAIT << paid.min(8)).min(LONGEST_WAIT);
        let waited = now.0.saturating_sub(self.last.0);
        let left = if waited < 0 { wait } else { wait - waited };
        u32::try_from(left.max(0)).unwrap_or(0)
    }

    /// Where the clock was set back behind the last failure, the wait begins anew: by this it can end.
    #[must_use]
    pub fn by_this_clock(self, now: Millis) -> Self {
        Self {
            last: Millis(self.last.0.min(now.0)),
            ..self
        }
    }

    /// One more, now.
    #[must_use]
    pub const fn and_one(self, now: Millis) -> Self {
        Self {
            failures: self.failures.saturating_add(1),
            last: now,
        }
    }
}

written_as_list!(Tries, 2, { failures, last });

#[cfg(test)]
mod tests {
    use super::*;

    fn left(failures: u64, after: i64) -> u32 {
        let tries = Tries {
            failures,
            last: Millis(1_000_000),
        };
        tries.left(Millis(1_000_000 + after))
    }

    #[test]
    fn five_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let waits = [0, 4, 5, 6, 7, 8, 9, 10, 11, 1_000, u64::MAX]
            .map(|failures| left(failures, 0) / 1_000);
        assert_eq!(waits, [0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900]);
    }

    #[test]
    fn a_wait_ends_by_waiting_and_not_by_setting_the_clock_back() {
        assert_eq!(left(5, 29_999), 1);
        assert_eq!(left(5, 30_000), 0);
        assert_eq!(left(5, 86_400_000), 0);
        assert_eq!(left(5, -86_400_000), 30_000);
        let tries = Tries {
            failures: 5,
            last: Millis(1_000_000),
        };
        let noticed = tries.by_this_clock(Millis(0));
        assert_eq!(noticed.left(Millis(0)), 30_000);
        assert_eq!(
            noticed.left(Millis(30_000)),
            0,
            "the wait can end by the new clock"
        );
    }

    #[test]
    fn a_failure_counts_from_its_own_moment() {
        let tries = Tries {
            failures: 4,
            last: Millis(0),
        }
        .and_one(Millis(500));
        assert_eq!((tries.failures, tries.left(Millis(500))), (5, 30_000));
    }
}
