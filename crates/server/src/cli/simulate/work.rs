//! All threads over all families.

use super::examples::Examples;
use super::feed::{Batch, Feed, Shared};
use super::progress::Progress;
use super::tally::{Keys, Programmes, Tally};
use super::{BadRow, Source, Trouble};
use naik_kelas_rules::Pack;
use naik_kelas_rules::columns::{Block, Driver, Layout, Results};
use std::time::{Duration, Instant};

/// The most bad rows that are named; all are counted.
const MOST_NAMED: usize = 100;

/// What came of a simulation.
#[derive(Debug)]
pub struct Outcome {
    /// The programmes of both packs.
    pub(super) programmes: Programmes,
    /// What was counted.
    pub(super) tally: Tally,
    /// Families whose results changed.
    pub(super) examples: Examples,
    /// Rows that could not be decided, the first ones.
    pub bad: Vec<BadRow>,
    /// How many there were.
    pub bad_rows: u64,
    /// Families that the first driver decided, of all packs together.
    pub(super) fallbacks: u64,
    pub(super) threads: usize,
    /// Time of all threads together: reading or making families, evaluating, counting.
    pub(super) reading: Duration,
    pub(super) evaluating: Duration,
    pub(super) counting: Duration,
    /// From the first to the last family.
    pub(super) elapsed: Duration,
}

struct Part {
    tally: Tally,
    examples: Examples,
    bad: Vec<BadRow>,
    bad_rows: u64,
    fallbacks: u64,
    reading: Duration,
    evaluating: Duration,
    counting: Duration,
}

/// Decides every family of a source by each pack, on so many threads.
///
/// # Errors
/// The source cannot be read at all, or not to its end.
pub fn run(
    packs: &[Pack],
    source: &Source,
    threads: usize,
    show: bool,
) -> Result<Outcome, Trouble> {
    let programmes = Programmes::of(packs);
    let keys = packs.first().map(Keys::of).unwrap_or_default();
    let layouts: Vec<Layout<'_>> = packs
        .iter()
        .map(|pack| Layout::with(pack, &keys.facts(pack)))
        .collect();
    let shared = Shared::new(source)?;
    let progress = Progress::new(source, show);
    let begun = Instant::now();
    let parts: Vec<Result<Part, Trouble>> = std::thread::scope(|scope| {
        let work = || one_thread(&layouts, source, &shared, &programmes, &keys, &progress);
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles
            .into_iter()
            .map(|handle| {
                let failed = |_| Err(Trouble("a thread failed; nothing was counted".to_owned()));
                handle.join().unwrap_or_else(failed)
            })
            .collect()
    });
    let elapsed = begun.elapsed();
    progress.end();
    let mut outcome = Outcome {
        tally: Tally::new(&programmes),
        examples: Examples::new(&programmes),
        programmes,
        bad: Vec::new(),
        bad_rows: 0,
        fallbacks: 0,
        threads,
        reading: Duration::ZERO,
        evaluating: Duration::ZERO,
        counting: Duration::ZERO,
        elapsed,
    };
    for part in parts {
        let part = part?;
        outcome.tally.add(&part.tally);
        outcome.examples.add(part.examples);
        outcome.bad.extend(part.bad);
        outcome.bad_rows += part.bad_rows;
        outcome.fallbacks += part.fallbacks;
        outcome.reading += part.reading;
        outcome.evaluating += part.evaluating;
        outcome.counting += part.counting;
    }
    outcome.bad.sort_by_key(|bad| bad.row);
    outcome.bad.truncate(MOST_NAMED);
    Ok(outcome)
}

fn one_thread(
    layouts: &[Layout<'_>],
    source: &Source,
    shared: &Shared,
    programmes: &Programmes,
    keys: &Keys,
    progress: &Progress,
) -> Result<Part, Trouble> {
    let mut blocks: Vec<Block<'_>> = layouts.iter().map(Block::new).collect();
    let mut drivers: Vec<Driver<'_>> = layouts.iter().map(Driver::new).collect();
    let mut results = vec![Results::default(); layouts.len()];
    let mut feed = Feed::new(source, shared, &blocks)?;
    let mut batch = Batch::default();
    let mut part = Part {
        tally: Tally::new(programmes),
        examples: Examples::new(programmes),
        bad: Vec::new(),
        bad_rows: 0,
        fallbacks: 0,
        reading: Duration::ZERO,
        evaluating: Duration::ZERO,
        counting: Duration::ZERO,
    };
    loop {
        let begun = Instant::now();
        let more = feed.next(&mut blocks, &mut batch)?;
        let read = Instant::now();
        part.reading += read - begun;
        if !more {
            return Ok(part);
        }
        for ((driver, block), results) in drivers.iter_mut().zip(&blocks).zip(&mut results) {
            driver.decide(block, results);
            part.fallbacks += results.fallbacks() as u64;
        }
        let decided = Instant::now();
        part.evaluating += decided - read;
        part.tally
            .count(programmes, keys, &blocks, &results, &batch);
        if layouts.len() > 1 {
            part.examples
                .look(programmes, &blocks, &results, &batch, source);
        }
        part.bad_rows += batch.bad.len() as u64;
        part.bad.append(&mut batch.bad);
        part.bad.sort_by_key(|bad| bad.row);
        part.bad.truncate(MOST_NAMED);
        part.counting += decided.elapsed();
        progress.advance(batch.rows.len() as u64);
    }
}
