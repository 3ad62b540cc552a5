//! Families by the thousand, in columns.

use super::samples::{Samples, timed};
use naik_kelas_rules::columns::{Block, CAPACITY, Driver, Layout, Results};
use naik_kelas_rules::pack::FactKind;
use naik_kelas_rules::{FactIndex, Family, Pack, decide};
use serde_json::{Value, json};
use std::error::Error;
use std::hint::black_box;

const SAMPLES: usize = 31;
/// What the other driver is asked too before anything is timed.
const COMPARED: usize = 20_000;

/// Families a second: one core, two cores; and how many bytes of facts a family has.
pub fn measure(pack: &Pack, families: &[Family]) -> Result<Value, Box<dyn Error>> {
    let layout = Layout::new(pack);
    let mut blocks = Vec::new();
    for chunk in families.chunks(CAPACITY) {
        blocks.push(filled(&layout, chunk)?);
    }
    let fallbacks = compare(pack, &layout, &blocks, families)?;
    let mut one = Samples::default();
    let (mut driver, mut results) = (Driver::new(&layout), Results::default());
    for sample in 0..=SAMPLES {
        let ((), seconds) = timed(|| all(&mut driver, &mut results, &blocks));
        // The first pass compiles a program a period.
        if sample > 0 {
            one.add(families.len() as f64 / seconds);
        }
    }
    let (bytes, facts) = size(&layout, families);
    Ok(json!({
        "one_core_per_second": one.json(),
        "two_cores_per_second": two_cores(&layout, &blocks, families.len())?,
        "blocks": blocks.len(),
        "fallbacks": fallbacks,
        "facts_read": facts,
        "bytes_a_family": bytes,
    }))
}

fn filled<'a>(layout: &'a Layout<'a>, families: &[Family]) -> Result<Block<'a>, Box<dyn Error>> {
    let mut block = Block::new(layout);
    let shapes = families.iter();
    let shape: Vec<_> = shapes
        .map(|family| (family.assessed_on(), family.persons()))
        .collect();
    block.begin(&shape).map_err(|error| format!("{error:?}"))?;
    for (place, family) in families.iter().enumerate() {
        block.put(place, family);
    }
    Ok(block)
}

fn all(driver: &mut Driver<'_>, results: &mut Results, blocks: &[Block<'_>]) {
    for block in blocks {
        driver.decide(black_box(block), results);
        black_box(&*results);
    }
}

/// Answers must be those of the first driver; gives how many families columns left to it.
fn compare(
    pack: &Pack,
    layout: &Layout<'_>,
    blocks: &[Block<'_>],
    families: &[Family],
) -> Result<usize, Box<dyn Error>> {
    let (mut driver, mut results) = (Driver::new(layout), Results::default());
    let mut fallbacks = 0;
    for (number, (block, families)) in blocks.iter().zip(families.chunks(CAPACITY)).enumerate() {
        driver.decide(block, &mut results);
        fallbacks += results.fallbacks();
        if number * CAPACITY >= COMPARED {
            continue;
        }
        for (place, family) in families.iter().enumerate() {
            if results.decisions(place) != decide(pack, family) {
                let family = number * CAPACITY + place;
                return Err(format!("columns decide family {family} otherwise").into());
            }
        }
    }
    Ok(fallbacks)
}

/// Each thread has half of the blocks; both begin together and the later end counts.
fn two_cores(
    layout: &Layout<'_>,
    blocks: &[Block<'_>],
    families: usize,
) -> Result<Value, Box<dyn Error>> {
    let halves = blocks.split_at(blocks.len() / 2);
    let mut samples = Samples::default();
    let mut drivers = [Driver::new(layout), Driver::new(layout)];
    for sample in 0..=SAMPLES {
        let [first, second] = &mut drivers;
        let (ended, seconds) = timed(|| {
            std::thread::scope(|scope| {
                let one = scope.spawn(|| all(first, &mut Results::default(), halves.0));
                let other = scope.spawn(|| all(second, &mut Results::default(), halves.1));
                one.join().and(other.join())
            })
        });
        ended.map_err(|_| "a thread broke off")?;
        if sample > 0 {
            samples.add(families as f64 / seconds);
        }
    }
    Ok(samples.json())
}

/// Bytes of facts a family in its columns, and how many facts are read: numbers take eight and a mark, others one.
fn size(layout: &Layout<'_>, families: &[Family]) -> (f64, usize) {
    let persons: usize = families.iter().map(Family::persons).sum();
    let (mut bytes, mut facts) = (0, 0);
    for (place, fact) in layout.pack().facts().iter().enumerate() {
        if !u16::try_from(place).is_ok_and(|place| layout.reads(FactIndex(place))) {
            continue;
        }
        facts += 1;
        let each = match fact.kind {
            FactKind::Bool | FactKind::Code | FactKind::Text => 1,
            FactKind::Int
            | FactKind::Money
            | FactKind::Decimal
            | FactKind::Date
            | FactKind::Codes => 9,
        };
        bytes += each
            * if fact.of_member() {
                persons
            } else {
                families.len()
            };
    }
    (bytes as f64 / families.len() as f64, facts)
}
