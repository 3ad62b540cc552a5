//! Households from a Parquet file: `docs/parquet.md`.

mod column;
mod fill;

use super::BadRow;
use super::Trouble;
use super::feed::{Batch, Shared};
use crate::cli::households::LineError;
use column::{Column, Target};
use naik_kelas_rules::Date;
use naik_kelas_rules::columns::{Block, CAPACITY};
use naik_kelas_rules::family::MAX_MEMBERS;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::path::Path;
use std::sync::atomic::Ordering;

/// One thread's view of the file: it takes a group of rows, and reads it a block at a time.
pub(super) struct Rows<'a> {
    shared: &'a Shared,
    file: SerializedFileReader<File>,
    /// For each column of the file what it is; none for those that nothing reads.
    targets: Vec<Option<Target>>,
    columns: Vec<Column>,
    /// Rows of the group that are left, and the number of the next one in the file.
    left: usize,
    next_row: u64,
    shape: Vec<(Date, usize)>,
}

impl<'a> Rows<'a> {
    pub(super) fn open(
        path: &Path,
        shared: &'a Shared,
        blocks: &[Block<'a>],
    ) -> Result<Rows<'a>, Trouble> {
        let cannot = |why: String| Trouble(format!("{} cannot be read: {why}", path.display()));
        let file = File::open(path).map_err(|error| cannot(error.to_string()))?;
        let file = SerializedFileReader::new(file).map_err(|error| cannot(error.to_string()))?;
        let targets = column::targets(&file, blocks).map_err(cannot)?;
        Ok(Rows {
            shared,
            file,
            targets,
            columns: Vec::new(),
            left: 0,
            next_row: 0,
            shape: Vec::new(),
        })
    }

    pub(super) fn next(
        &mut self,
        blocks: &mut [Block<'a>],
        batch: &mut Batch,
    ) -> Result<bool, Trouble> {
        while self.left == 0 {
            if !self.next_group()? {
                return Ok(false);
            }
        }
        let count = self.left.min(CAPACITY);
        for column in &mut self.columns {
            let name = column.name.clone();
            column.read(count).map_err(|error| {
                let first = self.next_row + 1;
                Trouble(format!(
                    "column {name} cannot be read from row {first} on: {error}"
                ))
            })?;
        }
        for row in 0..count as u64 {
            batch.rows.push(self.next_row + row + 1);
        }
        self.begin(blocks, batch, count)?;
        for column in &self.columns {
            fill::fill(column, blocks, batch, &self.shape);
        }
        self.left -= count;
        self.next_row += count as u64;
        Ok(true)
    }

    fn next_group(&mut self) -> Result<bool, Trouble> {
        let group = self.shared.next_group.fetch_add(1, Ordering::Relaxed);
        let groups = self.file.metadata().row_groups();
        let Some(found) = groups.get(group) else {
            return Ok(false);
        };
        let rows = |count: i64| u64::try_from(count).unwrap_or(0);
        self.next_row = groups
            .iter()
            .take(group)
            .map(|group| rows(group.num_rows()))
            .sum();
        self.left = usize::try_from(found.num_rows()).unwrap_or(0);
        let broken = |error| Trouble(format!("group {group} of the rows cannot be read: {error}"));
        let reader = self.file.get_row_group(group).map_err(broken)?;
        self.columns.clear();
        for (place, target) in self.targets.iter().enumerate() {
            if let Some(target) = target {
                let column = reader.get_column_reader(place).map_err(broken)?;
                let described = found.schema_descr().column(place);
                self.columns
                    .push(Column::new(target.clone(), &described, column).map_err(Trouble)?);
            }
        }
        Ok(true)
    }

    /// Days and members of the rows; those without are not counted.
    fn begin(
        &mut self,
        blocks: &mut [Block<'a>],
        batch: &mut Batch,
        count: usize,
    ) -> Result<(), Trouble> {
        batch.skip.resize(count, false);
        self.shape.clear();
        self.shape.resize(count, (Date::MIN, 0));
        let mut days = vec![None; count];
        for column in &self.columns {
            match column.target {
                Target::Day => column.each(|row, _, at| {
                    if let Some(day) = days.get_mut(row) {
                        *day = at.and_then(|at| column.day(at));
                    }
                }),
                Target::Member => column.each_member(|row| {
                    if let Some((_, persons)) = self.shape.get_mut(row) {
                        *persons += 1;
                    }
                }),
                Target::Id => {
                    batch.ids.resize(count, String::new());
                    column.each(|row, _, at| {
                        let id = at.and_then(|at| column.text(at));
                        if let (Some(slot), Some(id)) = (batch.ids.get_mut(row), id) {
                            slot.push_str(id);
                        }
                    });
                }
                Target::Fact { .. } => {}
            }
        }
        for (row, (shape, day)) in self.shape.iter_mut().zip(days).enumerate() {
            let error = match (day, shape.1) {
                (None, _) => Some(("bad_date", "assessed_on", "There is no such day.")),
                (_, 0) => Some((
                    "no_members",
                    "members",
                    "List the members: a household has at least one.",
                )),
                (_, persons) if persons > MAX_MEMBERS => Some((
                    "too_many_members",
                    "members",
                    "A household has at most 40 members. Split it into its households.",
                )),
                _ => None,
            };
            shape.0 = day.unwrap_or(Date::MIN);
            if let Some((code, path, message)) = error {
                shape.1 = 0;
                refuse(batch, row, LineError::new(code, path, message));
            }
        }
        for block in blocks {
            block
                .begin(&self.shape)
                .map_err(|error| Trouble(format!("families do not fit a block: {error:?}")))?;
        }
        Ok(())
    }
}

/// Leaves a row out, and says why where it has not been said.
fn refuse(batch: &mut Batch, row: usize, error: LineError) {
    let number = batch.rows.get(row).copied().unwrap_or(0);
    if let Some(skip) = batch.skip.get_mut(row)
        && !*skip
    {
        *skip = true;
        batch.bad.push(BadRow { row: number, error });
    }
}
