//! A few families whose results differ: the first ones of the file, whichever thread came upon them.

use super::Source;
use super::feed::Batch;
use super::synthetic::Drawn;
use super::tally::{Change, Programmes, result};
use naik_kelas_rules::Family;
use naik_kelas_rules::columns::{Block, Results};

/// Examples of each change of each programme.
const EACH: usize = 2;

/// One family, as it stands under both packs.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub(super) row: u64,
    pub(super) id: String,
    pub(super) families: Vec<Family>,
}

/// For each programme, and for each change of [`Change::ALL`], the first families.
#[derive(Clone, Debug, Default)]
pub(super) struct Examples {
    pub(super) of: Vec<[Vec<Example>; 4]>,
}

impl Examples {
    pub(super) fn new(programmes: &Programmes) -> Examples {
        Examples {
            of: programmes.list.iter().map(|_| Default::default()).collect(),
        }
    }

    /// Keeps families of a batch that come before those that are kept.
    pub(super) fn look(
        &mut self,
        programmes: &Programmes,
        blocks: &[Block<'_>],
        results: &[Results],
        batch: &Batch,
        source: &Source,
    ) {
        for (programme, lists) in programmes.list.iter().zip(&mut self.of) {
            for (family, row) in batch.rows.iter().enumerate() {
                if batch.skip.get(family).is_none_or(|skip| *skip) {
                    continue;
                }
                let before = result(programme, results, 0, family);
                let Some(change) = Change::of(before, result(programme, results, 1, family)) else {
                    continue;
                };
                let list = &mut lists[change as usize];
                if list.len() == EACH && list.last().is_some_and(|last| last.row < *row) {
                    continue;
                }
                let read = blocks.iter().map(|block| block.family(family));
                let Some(families) = read.collect() else {
                    continue;
                };
                list.push(Example {
                    row: *row,
                    id: match source {
                        Source::Synthetic { seed, .. } => Drawn::id(*seed, *row),
                        Source::Lines(_) | Source::Parquet(_) => {
                            batch.ids.get(family).cloned().unwrap_or_default()
                        }
                    },
                    families,
                });
                keep_first(list);
            }
        }
    }

    /// Takes those of another thread in.
    pub(super) fn add(&mut self, other: Examples) {
        for (lists, others) in self.of.iter_mut().zip(other.of) {
            for (list, other) in lists.iter_mut().zip(others) {
                list.extend(other);
                keep_first(list);
            }
        }
    }
}

fn keep_first(list: &mut Vec<Example>) {
    list.sort_by_key(|example| example.row);
    list.truncate(EACH);
}
