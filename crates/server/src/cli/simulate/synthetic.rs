//! Synthetic families straight into columns.

use super::Trouble;
use super::feed::{Batch, Shared};
use crate::synth::{Country, Fact, Facts, Synthetic};
use naik_kelas_domain::Date;
use naik_kelas_rules::columns::{Block, CAPACITY, Cell, Filler};
use naik_kelas_rules::{FactIndex, Pack};
use std::collections::HashMap;
use std::sync::atomic::Ordering;

/// Draws families, a block at a time.
pub(super) struct Drawn<'a> {
    shared: &'a Shared,
    country: Country,
    count: u64,
    seed: u64,
    families: Vec<Synthetic>,
    shape: Vec<(Date, usize)>,
    /// For each pack its facts by path, the members' without `members.`.
    places: Vec<Places>,
}

struct Places {
    family: HashMap<&'static str, FactIndex>,
    members: HashMap<&'static str, FactIndex>,
}

impl<'a> Drawn<'a> {
    pub(super) fn new(
        shared: &'a Shared,
        count: u64,
        seed: u64,
        blocks: &[Block<'a>],
    ) -> Result<Drawn<'a>, Trouble> {
        let country = Country::new(None).map_err(|_| {
            Trouble("the table of villages in this program is not whole".to_owned())
        })?;
        let sample = country.family(seed, 0).family;
        let places = blocks.iter().map(|block| {
            let layout = block.layout();
            let find = |facts: &Facts, prefix: &str| {
                let known = facts.iter().filter_map(|(path, _)| {
                    let fact = layout.pack().fact_index(&format!("{prefix}{path}"))?;
                    layout.reads(fact).then_some((*path, fact))
                });
                known.collect()
            };
            Places {
                family: find(&sample.facts, ""),
                members: sample
                    .people
                    .first()
                    .map(|person| find(&person.facts, "members."))
                    .unwrap_or_default(),
            }
        });
        Ok(Drawn {
            places: places.collect(),
            shared,
            country,
            count,
            seed,
            families: Vec::with_capacity(CAPACITY),
            shape: Vec::with_capacity(CAPACITY),
        })
    }

    pub(super) fn next(
        &mut self,
        blocks: &mut [Block<'a>],
        batch: &mut Batch,
    ) -> Result<bool, Trouble> {
        let step = CAPACITY as u64;
        let first = self.shared.next_family.fetch_add(step, Ordering::Relaxed);
        if first >= self.count {
            return Ok(false);
        }
        let last = first.saturating_add(step).min(self.count);
        self.families.clear();
        let (country, seed) = (&self.country, self.seed);
        self.families
            .extend((first..last).map(|index| country.family(seed, index)));
        self.shape.clear();
        let shapes = self.families.iter();
        self.shape
            .extend(shapes.map(|drawn| (drawn.day, drawn.family.people.len())));
        for (block, places) in blocks.iter_mut().zip(&self.places) {
            block.begin(&self.shape).map_err(|error| {
                Trouble(format!("synthetic families do not fit a block: {error:?}"))
            })?;
            for (place, drawn) in self.families.iter().enumerate() {
                put(block, places, place, drawn)?;
            }
        }
        for index in first..last {
            batch.rows.push(index + 1);
            batch.skip.push(false);
        }
        Ok(true)
    }

    /// The name of a family, as `naik-kelas synth` gives it.
    pub(super) fn id(seed: u64, row: u64) -> String {
        format!("SYN-{seed}-{:08}", row - 1)
    }
}

fn put(
    block: &mut Block<'_>,
    places: &Places,
    family: usize,
    drawn: &Synthetic,
) -> Result<(), Trouble> {
    let pack = block.layout().pack();
    for (path, fact) in &drawn.family.facts {
        if let Some(index) = places.family.get(path) {
            set(pack, *index, block.filler(*index), (family, 0), fact)?;
        }
    }
    for (member, person) in drawn.family.people.iter().enumerate() {
        for (path, fact) in &person.facts {
            if let Some(index) = places.members.get(path) {
                set(pack, *index, block.filler(*index), (family, member), fact)?;
            }
        }
    }
    Ok(())
}

fn set(
    pack: &Pack,
    index: FactIndex,
    filler: Result<Filler<'_>, naik_kelas_rules::FactError>,
    (family, member): (usize, usize),
    fact: &Fact,
) -> Result<(), Trouble> {
    let cell = match fact {
        Fact::Bool(truth) => Some(Cell::Truth(*truth)),
        Fact::Int(number) => Some(Cell::Number(*number)),
        // Thousandths.
        Fact::Tenths(tenths) => Some(Cell::Number(tenths.saturating_mul(100))),
        Fact::Day(day) => Some(Cell::Number(i64::from(day.days()))),
        Fact::Text(text) => Some(Cell::Text(text)),
        Fact::Code(code) => {
            let codes = pack.codes(index).iter();
            let place = { codes }.position(|known| known.code == *code);
            place
                .and_then(|place| u8::try_from(place).ok())
                .map(Cell::Code)
        }
    };
    let set = cell.and_then(|cell| filler.ok()?.set(family, member, cell).ok());
    set.ok_or_else(|| {
        let path = pack.fact(index).map_or("", |fact| fact.path.as_str());
        Trouble(format!(
            "this pack does not know what synthetic families have as {path}"
        ))
    })
}
