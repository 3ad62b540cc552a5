//! How often a password may be tried: failures are counted by name and by address.
//!
//! Kept in memory, for each process on its own: an attacker who waits for a restart
//! gains a handful of guesses. Many facilitators share one address of a mobile
//! network, so an address may fail far more often than a name.

use naik_kelas_domain::Millis;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

const WINDOW: i64 = 15 * 60 * 1000;
const FAILURES_OF_A_NAME: usize = 10;
const FAILURES_OF_AN_ADDRESS: usize = 200;
/// More names than this are forgotten from the oldest: memory stays bounded.
const REMEMBERED: usize = 20_000;

/// Failures of the last quarter of an hour.
#[derive(Default)]
pub struct SignInLimits {
    failures: Mutex<HashMap<Key, Vec<i64>>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Name(String),
    Address(IpAddr),
}

impl SignInLimits {
    /// Whether this name from this address may try; otherwise the milliseconds to wait.
    ///
    /// # Errors
    /// How long to wait.
    pub fn check(&self, name: &str, address: Option<IpAddr>, now: Millis) -> Result<(), i64> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, most) in keys(name, address) {
            let Some(times) = failures.get(&key) else {
                continue;
            };
            let recent = times.iter().filter(|at| now.0 - **at < WINDOW);
            if recent.clone().count() >= most {
                let oldest = recent.min().copied().unwrap_or(now.0);
                return Err((oldest + WINDOW - now.0).max(1000));
            }
        }
        Ok(())
    }

    /// Counts a failure.
    pub fn failed(&self, name: &str, address: Option<IpAddr>, now: Millis) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > REMEMBERED {
            failures.retain(|_, times| times.iter().any(|at| now.0 - *at < WINDOW));
        }
        if failures.len() > 2 * REMEMBERED {
            failures.clear();
        }
        for (key, _) in keys(name, address) {
            let times = failures.entry(key).or_default();
            times.retain(|at| now.0 - *at < WINDOW);
            times.push(now.0);
        }
    }

    /// A right password ends the count of its name; its address goes on being counted.
    pub fn succeeded(&self, name: &str) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&Key::Name(name.to_lowercase()));
    }
}

fn keys(name: &str, address: Option<IpAddr>) -> impl Iterator<Item = (Key, usize)> {
    let name = (Key::Name(name.to_lowercase()), FAILURES_OF_A_NAME);
    let address = address.map(|address| (Key::Address(address), FAILURES_OF_AN_ADDRESS));
    std::iter::once(name).chain(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_failures_close_a_name_for_a_quarter_of_an_hour_and_no_other() {
        let limits = SignInLimits::default();
        let address = Some(IpAddr::from([10, 0, 0, 1]));
        for second in 0..10 {
            let now = Millis(second * 1000);
            assert_eq!(limits.check("siti", address, now), Ok(()));
            limits.failed("siti", address, now);
        }
        let now = Millis(10_000);
        assert_eq!(limits.check("Siti", address, now), Err(WINDOW - 10_000));
        assert_eq!(limits.check("asep", address, now), Ok(()));
        assert_eq!(limits.check("siti", address, Millis(WINDOW + 1)), Ok(()));
    }

    #[test]
    fn an_address_that_guesses_many_names_is_closed() {
        let limits = SignInLimits::default();
        let address = Some(IpAddr::from([10, 0, 0, 1]));
        for number in 0..FAILURES_OF_AN_ADDRESS {
            limits.failed(&format!("name{number}"), address, Millis(0));
        }
        assert!(limits.check("fresh", address, Millis(1)).is_err());
        let elsewhere = Some(IpAddr::from([10, 0, 0, 2]));
        assert_eq!(limits.check("fresh", elsewhere, Millis(1)), Ok(()));
    }

    #[test]
    fn the_right_password_ends_the_count() {
        let limits = SignInLimits::default();
        for _ in 0..9 {
            limits.failed("siti", None, Millis(0));
        }
        limits.succeeded("siti");
        limits.failed("siti", None, Millis(0));
        assert_eq!(limits.check("siti", None, Millis(0)), Ok(()));
    }
}
