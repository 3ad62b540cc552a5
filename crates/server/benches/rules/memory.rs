//! How many bytes a second one core copies and reads, from buffers that no cache holds.

use super::samples::{Samples, timed};
use serde_json::{Value, json};
use std::hint::black_box;

/// Longer than the caches of a server are large.
const WORDS: usize = 32 << 20;

/// GB/s of a copy (read and written bytes together) and of reading alone.
pub fn measure() -> Value {
    let from: Vec<u64> = (0..WORDS as u64).collect();
    let mut to = vec![0_u64; WORDS];
    let bytes = (WORDS * size_of::<u64>()) as f64;
    let (mut copied, mut read) = (Samples::default(), Samples::default());
    for _ in 0..9 {
        let ((), seconds) = timed(|| black_box(to.as_mut_slice()).copy_from_slice(&from));
        copied.add(2.0 * bytes / seconds / 1e9);
        let (sum, seconds) = timed(|| {
            black_box(&from)
                .iter()
                .fold(0_u64, |sum, word| sum.wrapping_add(*word))
        });
        black_box(sum);
        read.add(bytes / seconds / 1e9);
    }
    json!({ "copy_gb_per_second": copied.json(), "read_gb_per_second": read.json() })
}
