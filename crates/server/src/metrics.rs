//! Counters in Prometheus' text format. Nothing in them is about a person.

use naik_kelas_domain::wire::v1::{Receipt, ReceiptOutcome};
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// Upper bounds of the buckets of request times, in seconds.
const BOUNDS: [f64; 8] = [0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0];

/// What is counted since the start.
#[derive(Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<(&'static str, u16), Times>>,
    accepted: AtomicU64,
    had: AtomicU64,
    later: AtomicU64,
    refused: Mutex<BTreeMap<&'static str, u64>>,
    families_sent: AtomicU64,
}

#[derive(Clone, Default)]
struct Times {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    /// Counts a request by its route's pattern, never by its address.
    pub fn request(&self, route: &'static str, status: u16, took: Duration) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let times = requests.entry((route, status)).or_default();
        let seconds = took.as_secs_f64();
        times.count += 1;
        times.seconds += seconds;
        for (bucket, bound) in times.buckets.iter_mut().zip(BOUNDS) {
            if seconds <= bound {
                *bucket += 1;
            }
        }
    }

    /// Counts what became of entries.
    pub fn receipts(&self, receipts: &[Receipt]) {
        for receipt in receipts {
            match receipt.outcome {
                ReceiptOutcome::Accepted(_) => add(&self.accepted, 1),
                ReceiptOutcome::AlreadyHad(_) => add(&self.had, 1),
                ReceiptOutcome::Later => add(&self.later, 1),
                ReceiptOutcome::Refused(code) => {
                    let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
                    *refused.entry(code.as_str()).or_default() += 1;
                }
            }
        }
    }

    /// Counts families that went down to phones.
    pub fn families(&self, sent: usize) {
        add(&self.families_sent, u64::try_from(sent).unwrap_or(u64::MAX));
    }

    /// The page of `/metrics`.
    #[must_use]
    pub fn page(&self) -> String {
        let mut page = String::new();
        self.entries(&mut page);
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        line(
            &mut page,
            format_args!("# TYPE naik_kelas_request_seconds histogram"),
        );
        for ((route, status), times) in requests.iter() {
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            for (count, bound) in times.buckets.iter().zip(BOUNDS) {
                line(
                    &mut page,
                    format_args!(
                        "naik_kelas_request_seconds_bucket{{{labels},le=\"{bound}\"}} {count}"
                    ),
                );
            }
            let (count, seconds) = (times.count, times.seconds);
            line(
                &mut page,
                format_args!("naik_kelas_request_seconds_bucket{{{labels},le=\"+Inf\"}} {count}"),
            );
            line(
                &mut page,
                format_args!("naik_kelas_request_seconds_sum{{{labels}}} {seconds}"),
            );
            line(
                &mut page,
                format_args!("naik_kelas_request_seconds_count{{{labels}}} {count}"),
            );
        }
        page
    }

    fn entries(&self, page: &mut String) {
        line(
            page,
            format_args!("# TYPE naik_kelas_entries_total counter"),
        );
        for (outcome, count) in [
            ("accepted", &self.accepted),
            ("already-had", &self.had),
            ("later", &self.later),
        ] {
            let count = count.load(Ordering::Relaxed);
            line(
                page,
                format_args!("naik_kelas_entries_total{{outcome=\"{outcome}\"}} {count}"),
            );
        }
        line(
            page,
            format_args!("# TYPE naik_kelas_entries_refused_total counter"),
        );
        for (code, count) in self
            .refused
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
        {
            line(
                page,
                format_args!("naik_kelas_entries_refused_total{{code=\"{code}\"}} {count}"),
            );
        }
        line(
            page,
            format_args!("# TYPE naik_kelas_families_sent_total counter"),
        );
        let sent = self.families_sent.load(Ordering::Relaxed);
        line(page, format_args!("naik_kelas_families_sent_total {sent}"));
    }
}

fn add(counter: &AtomicU64, number: u64) {
    counter.fetch_add(number, Ordering::Relaxed);
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.push_str(&text.to_string());
    page.push('\n');
}
