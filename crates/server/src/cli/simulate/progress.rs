//! How far it is, on a terminal.

use super::Source;
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Often enough to look alive.
const PAUSE: Duration = Duration::from_millis(200);

/// A line that says how many families are done.
#[derive(Debug)]
pub(super) struct Progress {
    show: bool,
    total: Option<u64>,
    done: AtomicU64,
    begun: Instant,
    written: Mutex<Instant>,
}

impl Progress {
    pub(super) fn new(source: &Source, show: bool) -> Progress {
        let begun = Instant::now();
        Progress {
            show,
            total: match source {
                Source::Synthetic { count, .. } => Some(*count),
                Source::Lines(_) | Source::Parquet(_) => None,
            },
            done: AtomicU64::new(0),
            begun,
            written: Mutex::new(begun),
        }
    }

    pub(super) fn advance(&self, families: u64) {
        let done = self.done.fetch_add(families, Ordering::Relaxed) + families;
        if !self.show {
            return;
        }
        // Whoever comes while another thread writes goes on working.
        let Ok(mut written) = self.written.try_lock() else {
            return;
        };
        if written.elapsed() < PAUSE {
            return;
        }
        *written = Instant::now();
        self.say(&line(done, self.total, self.begun.elapsed()));
    }

    pub(super) fn end(&self) {
        if self.show {
            self.say("");
        }
    }

    fn say(&self, line: &str) {
        let mut out = std::io::stderr().lock();
        let shown = write!(out, "\r\x1b[K{line}").and_then(|()| out.flush());
        // A terminal that has gone away does not end the work.
        drop(shown);
    }
}

fn line(done: u64, total: Option<u64>, elapsed: Duration) -> String {
    const WIDTH: u64 = 30;
    let rate = done as f64 / elapsed.as_secs_f64().max(0.001);
    match total {
        Some(total) if total > 0 => {
            let full = (done * WIDTH / total).min(WIDTH) as usize;
            let (bar, rest) = ("#".repeat(full), ".".repeat(WIDTH as usize - full));
            format!("[{bar}{rest}] {done} of {total} families, {rate:.0} a second")
        }
        _ => format!("{done} families, {rate:.0} a second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_grows_with_what_is_done() {
        let said = line(15, Some(30), Duration::from_secs(5));
        assert_eq!(said.matches('#').count(), 15, "{said}");
        assert!(said.contains("3 a second"), "{said}");
        assert_eq!(
            line(8, None, Duration::from_secs(4)),
            "8 families, 2 a second"
        );
    }
}
