//! Repeated measurements and what is said of them.

use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;

/// Figures of one thing, measured again and again.
#[derive(Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// One more.
    pub fn add(&mut self, figure: f64) {
        self.0.push(figure);
    }

    /// Middle, 95th percentile, least, most, mean and how many there are.
    pub fn json(mut self) -> Value {
        self.0.sort_by(f64::total_cmp);
        let at = |part: f64| {
            let place = ((self.0.len().saturating_sub(1)) as f64 * part).round() as usize;
            self.0.get(place).copied()
        };
        let mean = self.0.iter().sum::<f64>() / self.0.len() as f64;
        json!({ "median": at(0.5), "p95": at(0.95), "min": at(0.0), "max": at(1.0), "mean": mean, "samples": self.0.len() })
    }
}

/// What comes of some work, and its seconds.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let done = black_box(work());
    (done, begun.elapsed().as_secs_f64())
}
