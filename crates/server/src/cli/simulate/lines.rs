//! Households from lines of JSON.

use super::feed::Batch;
use super::{BadRow, Trouble};
use crate::cli::households::{LineError, read_household};
use naik_kelas_rules::columns::Block;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Mutex;

/// Lines that a thread takes at once.
const AT_ONCE: usize = 512;
/// The longest line that is read.
const LONGEST_LINE: u64 = 1 << 20;

/// A file of lines.
#[derive(Debug)]
pub(super) struct Lines {
    file: BufReader<File>,
    number: u64,
}

impl Lines {
    pub(super) fn open(path: &Path) -> Result<Lines, Trouble> {
        let file = File::open(path)
            .map_err(|error| Trouble(format!("{} cannot be read: {error}", path.display())))?;
        Ok(Lines {
            file: BufReader::with_capacity(1 << 18, file),
            number: 0,
        })
    }

    /// Takes lines into `taken`; the buffers in it are used again. Gives how many.
    fn take(&mut self, taken: &mut Vec<(u64, Vec<u8>)>) -> std::io::Result<usize> {
        let mut count = 0;
        while count < AT_ONCE {
            if taken.len() == count {
                taken.push((0, Vec::new()));
            }
            let Some((number, line)) = taken.get_mut(count) else {
                break;
            };
            line.clear();
            let mut limited = self.file.by_ref().take(LONGEST_LINE);
            if limited.read_until(b'\n', line)? == 0 {
                break;
            }
            self.number += 1;
            *number = self.number;
            if line.last() != Some(&b'\n') && line.len() as u64 == LONGEST_LINE {
                super::super::decide::skip_line(&mut self.file)?;
                line.clear();
                line.extend_from_slice(TOO_LONG);
            }
            if !line.iter().all(u8::is_ascii_whitespace) {
                count += 1;
            }
        }
        Ok(count)
    }
}

/// What stands in the place of a line that is too long.
const TOO_LONG: &[u8] = b"\0";

/// One thread's lines.
pub(super) struct Taken<'a> {
    lines: &'a Mutex<Lines>,
    taken: Vec<(u64, Vec<u8>)>,
}

impl<'a> Taken<'a> {
    pub(super) fn new(lines: &'a Mutex<Lines>) -> Taken<'a> {
        Taken {
            lines,
            taken: Vec::new(),
        }
    }

    pub(super) fn next(
        &mut self,
        blocks: &mut [Block<'a>],
        batch: &mut Batch,
    ) -> Result<bool, Trouble> {
        let count = {
            let mut lines = self
                .lines
                .lock()
                .map_err(|_| Trouble("another thread failed while reading".to_owned()))?;
            lines
                .take(&mut self.taken)
                .map_err(|error| Trouble(format!("the families cannot be read: {error}")))?
        };
        let mut families: Vec<Vec<naik_kelas_rules::Family>> = vec![Vec::new(); blocks.len()];
        for (row, line) in self.taken.iter().take(count) {
            let read = blocks.iter().map(|block| {
                if line == TOO_LONG {
                    let message = "This line is longer than 1 MB. Write one household a line.";
                    return Err(LineError::new("too_long", "", message));
                }
                read_household(block.layout().pack(), line.trim_ascii_end(), None)
            });
            match read.collect::<Result<Vec<_>, _>>() {
                Ok(read) => {
                    let id = read.first().map(|household| household.id.clone());
                    batch.rows.push(*row);
                    batch.ids.push(id.unwrap_or_default());
                    batch.skip.push(false);
                    for (families, household) in families.iter_mut().zip(read) {
                        families.push(household.family);
                    }
                }
                Err(error) => batch.bad.push(BadRow { row: *row, error }),
            }
        }
        for (block, families) in blocks.iter_mut().zip(&families) {
            let shape: Vec<_> = families
                .iter()
                .map(|family| (family.assessed_on(), family.persons()))
                .collect();
            block
                .begin(&shape)
                .map_err(|error| Trouble(format!("families do not fit a block: {error:?}")))?;
            for (place, family) in families.iter().enumerate() {
                block.put(place, family);
            }
        }
        Ok(count > 0)
    }
}
