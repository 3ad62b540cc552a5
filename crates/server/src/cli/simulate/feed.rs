//! Families for a block of each pack, wherever they come from.

use super::lines::Lines;
use super::synthetic::Drawn;
use super::table::Rows;
use super::{BadRow, Source, Trouble};
use naik_kelas_rules::columns::Block;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize};

/// What all threads take families from.
#[derive(Debug)]
pub(super) struct Shared {
    /// The next synthetic family.
    pub(super) next_family: AtomicU64,
    /// The next group of rows.
    pub(super) next_group: AtomicUsize,
    /// The lines that are left.
    pub(super) lines: Option<Mutex<Lines>>,
}

impl Shared {
    pub(super) fn new(source: &Source) -> Result<Shared, Trouble> {
        let lines = match source {
            Source::Lines(path) => Some(Mutex::new(Lines::open(path)?)),
            Source::Synthetic { .. } | Source::Parquet(_) => None,
        };
        Ok(Shared {
            next_family: AtomicU64::new(0),
            next_group: AtomicUsize::new(0),
            lines,
        })
    }
}

/// What stands in the blocks.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// For each family its line or row, from 1.
    pub(super) rows: Vec<u64>,
    /// For each family its name.
    pub(super) ids: Vec<String>,
    /// Families that are not to be counted: something in them could not be read.
    pub(super) skip: Vec<bool>,
    /// Why.
    pub(super) bad: Vec<BadRow>,
}

impl Batch {
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.ids.clear();
        self.skip.clear();
        self.bad.clear();
    }
}

/// One thread's way to families.
pub(super) enum Feed<'a> {
    Drawn(Drawn<'a>),
    Lines(super::lines::Taken<'a>),
    Rows(Box<Rows<'a>>),
}

impl<'a> Feed<'a> {
    pub(super) fn new(
        source: &Source,
        shared: &'a Shared,
        blocks: &[Block<'a>],
    ) -> Result<Feed<'a>, Trouble> {
        Ok(match source {
            Source::Synthetic { count, seed } => {
                Feed::Drawn(Drawn::new(shared, *count, *seed, blocks)?)
            }
            Source::Lines(_) => match &shared.lines {
                Some(lines) => Feed::Lines(super::lines::Taken::new(lines)),
                None => return Err(Trouble("there are no lines".to_owned())),
            },
            Source::Parquet(path) => Feed::Rows(Box::new(Rows::open(path, shared, blocks)?)),
        })
    }

    /// Fills the blocks; false where no family is left.
    pub(super) fn next(
        &mut self,
        blocks: &mut [Block<'a>],
        batch: &mut Batch,
    ) -> Result<bool, Trouble> {
        batch.clear();
        match self {
            Feed::Drawn(drawn) => drawn.next(blocks, batch),
            Feed::Lines(lines) => lines.next(blocks, batch),
            Feed::Rows(rows) => rows.next(blocks, batch),
        }
    }
}
