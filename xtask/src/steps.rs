//! Says each step and how long it took. All of it goes to standard error: standard output holds results only.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::failure::Outcome;

static STARTED: OnceLock<Instant> = OnceLock::new();

/// Starts the clock that every step is stamped with.
pub fn start_clock() {
    STARTED.get_or_init(Instant::now);
}

/// Time since the command started.
pub fn elapsed() -> Duration {
    STARTED.get_or_init(Instant::now).elapsed()
}

/// Announces a step, does it, and says how long it took where that is worth knowing.
pub fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    say(&format!("==> {name}"));
    let began = Instant::now();
    let result = work();
    let took = began.elapsed();
    match &result {
        Ok(_) if took >= Duration::from_secs(1) => say(&format!("    {name}: {}", seconds(took))),
        Ok(_) => {}
        Err(_) => say(&format!("    {name}: FAILED after {}", seconds(took))),
    }
    result
}

/// One line of progress, stamped with the time since the start.
pub fn say(line: &str) {
    eprintln!("[{:>7}] {line}", seconds(elapsed()));
}

/// The time of the whole command, said at its end.
pub fn say_total(command: &str) {
    say(&format!("{command} took {} in all", seconds(elapsed())));
}

fn seconds(duration: Duration) -> String {
    let tenths = duration.as_millis() / 100;
    if tenths < 1200 {
        format!("{}.{} s", tenths / 10, tenths % 10)
    } else {
        format!("{} m {:02} s", tenths / 600, (tenths / 10) % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_show_tenths_and_long_ones_minutes() {
        assert_eq!(seconds(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(187)), "3 m 07 s");
    }
}
