//! The module as it travels: the instructions apart from what they act on, each kind in a stream of its own. A
//! compressor then finds like beside like and makes an eighth less of it. `public/joined.js` is the way back, and the
//! build asks it whether it gives the same module (docs/adr/0009-split-wasm.md).
//!
//! Layout, after a wrapping that makes it an empty module with one custom section: size of the whole module (u32, little
//! endian); sizes of the streams (u32 each); [`MEMORY`] triples of code, opcode and alignment; the streams.

use super::{CODE, CUSTOM, HEADER, Reader, sections};
use crate::failure::{Failure, Outcome};

/// The custom section's name.
const NAME: &[u8; 5] = b"split";
/// Places for pairs of a load or store and its alignment; those that are not needed hold 255s.
const MEMORY: usize = 64;
/// Opcodes that the specification leaves free, for the rarer alignments.
const FREE: std::ops::RangeInclusive<u8> = 0xd8..=0xfb;

// In the order in which brotli makes least of them (tried).
const BEFORE: usize = 0;
const WRITTEN_LOCALS: usize = 1;
const READ_LOCALS: usize = 2;
const HEADS: usize = 3;
const CODES: usize = 4;
const OTHER: usize = 5;
const CALLS: usize = 6;
const FLOATS: usize = 7;
const TABLES: usize = 8;
const BRANCHES: usize = 9;
const BLOCKS: usize = 10;
const GLOBALS: usize = 11;
const LOADS: usize = 12;
const STORES: usize = 13;
const SMALL: usize = 14;
const LARGE: usize = 15;
const AFTER: usize = 16;
const STREAMS: usize = 17;

/// Splits a module without custom sections.
///
/// # Errors
/// An instruction that the app's wasm never had: then this file and `joined.js` want teaching.
pub fn split(module: &[u8]) -> Outcome<Vec<u8>> {
    let mut splitting = Splitting::default();
    splitting.streams[BEFORE].extend(HEADER);
    let mut side = BEFORE;
    for section in sections(module)? {
        match section.id {
            CUSTOM => return Err(Failure::new("wasm: strip custom sections before splitting")),
            CODE => {
                side = AFTER;
                splitting.code(section.whole, section.body)?;
            }
            _ => splitting.streams[side].extend(section.whole),
        }
    }
    Ok(splitting.finish(module.len()))
}

#[derive(Default)]
struct Splitting {
    streams: [Vec<u8>; STREAMS],
    /// Code, opcode, alignment.
    memory: Vec<[u8; 3]>,
}

impl Splitting {
    fn code(&mut self, whole: &[u8], body: &[u8]) -> Outcome {
        let mut reader = Reader { bytes: body };
        let functions = reader.number()?;
        let bodies = reader.bytes;
        self.streams[BEFORE].extend(&whole[..whole.len() - bodies.len()]);
        for _ in 0..functions {
            let size = reader.number()?;
            let mut body = Reader {
                bytes: reader.take(size)?,
            };
            self.locals(&mut body)?;
            let mut depth = 1_usize;
            while depth > 0 {
                depth = self.instruction(&mut body, depth)?;
            }
            if !body.bytes.is_empty() {
                return Err(Failure::new("wasm: a function goes on after its end"));
            }
        }
        Ok(())
    }

    fn locals(&mut self, body: &mut Reader<'_>) -> Outcome {
        let before = body.bytes;
        for _ in 0..body.number()? {
            body.number()?;
            body.byte()?;
        }
        self.streams[HEADS].extend(&before[..before.len() - body.bytes.len()]);
        Ok(())
    }

    /// How many blocks are open after it.
    fn instruction(&mut self, body: &mut Reader<'_>, depth: usize) -> Outcome<usize> {
        let opcode = body.byte()?;
        if (0x28..=0x3e).contains(&opcode) {
            let code = self.memory_code(opcode, body.byte()?)?;
            self.streams[CODES].push(code);
            let stream = if opcode <= 0x35 { LOADS } else { STORES };
            self.numbers(body, stream, 1)?;
            return Ok(depth);
        }
        self.streams[CODES].push(opcode);
        match opcode {
            0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
            0x02..=0x04 => {
                self.numbers(body, BLOCKS, 1)?;
                return Ok(depth + 1);
            }
            0x0b => return Ok(depth - 1),
            0x0c | 0x0d => self.numbers(body, BRANCHES, 1)?,
            0x0e => {
                let targets = Reader { bytes: body.bytes }.number()?;
                self.numbers(body, TABLES, targets + 2)?;
            }
            0x10 | 0x12 => self.numbers(body, CALLS, 1)?,
            0x11 => self.numbers(body, OTHER, 2)?,
            0x20 => self.numbers(body, READ_LOCALS, 1)?,
            0x21 | 0x22 => self.numbers(body, WRITTEN_LOCALS, 1)?,
            0x23..=0x26 => self.numbers(body, GLOBALS, 1)?,
            0x3f | 0x40 | 0xd0 | 0xd2 => self.numbers(body, OTHER, 1)?,
            0x41 => self.numbers(body, SMALL, 1)?,
            0x42 => self.numbers(body, LARGE, 1)?,
            0x43 => self.streams[FLOATS].extend(body.take(4)?),
            0x44 => self.streams[FLOATS].extend(body.take(8)?),
            0xfc => {
                let second = Reader { bytes: body.bytes }.number()?;
                let numbers = match second {
                    0..=7 => 0,
                    8 | 10 | 12 | 14 => 2,
                    9 | 11 | 13 | 15..=17 => 1,
                    _ => return Err(unknown(opcode)),
                };
                self.numbers(body, OTHER, 1 + numbers)?;
            }
            _ => return Err(unknown(opcode)),
        }
        Ok(depth)
    }

    /// The rarer alignments of an opcode get codes of their own: the usual one is the first that comes.
    fn memory_code(&mut self, opcode: u8, align: u8) -> Outcome<u8> {
        if let Some([code, ..]) = (self.memory.iter()).find(|[_, o, a]| (*o, *a) == (opcode, align))
        {
            return Ok(*code);
        }
        let is_taken = |code: u8| self.memory.iter().any(|[taken, ..]| *taken == code);
        let code = std::iter::once(opcode)
            .chain(FREE)
            .find(|code| !is_taken(*code))
            .filter(|_| self.memory.len() < MEMORY)
            .ok_or_else(|| Failure::new("wasm: too many kinds of alignment to split"))?;
        self.memory.push([code, opcode, align]);
        Ok(code)
    }

    /// LEB128 numbers, as they stand.
    fn numbers(&mut self, body: &mut Reader<'_>, stream: usize, count: usize) -> Outcome {
        for _ in 0..count {
            loop {
                let byte = body.byte()?;
                self.streams[stream].push(byte);
                if byte < 0x80 {
                    break;
                }
            }
        }
        Ok(())
    }

    fn finish(mut self, size: usize) -> Vec<u8> {
        // No instruction has this code.
        self.memory.resize(MEMORY, [0xff; 3]);
        let mut inside = Vec::with_capacity(size);
        let sizes = self.streams.iter().map(Vec::len);
        for size in std::iter::once(size).chain(sizes) {
            // A module of 4 GB is no app.
            inside.extend((size as u32).to_le_bytes());
        }
        inside.extend(self.memory.concat());
        inside.extend(self.streams.concat());
        let mut file = HEADER.to_vec();
        file.push(CUSTOM);
        // Five digits always, so that what follows begins at the same place.
        let section = 1 + NAME.len() + inside.len();
        file.extend((0..4).map(|digit| (section >> (7 * digit)) as u8 | 0x80));
        file.push((section >> 28) as u8);
        file.push(NAME.len() as u8);
        file.extend(NAME);
        file.extend(inside);
        file
    }
}

fn unknown(opcode: u8) -> Failure {
    Failure::new(format!(
        "wasm: splitting knows no instruction {opcode:#04x}: teach it to xtask/src/wasm/split.rs and public/joined.js"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_travels_is_a_sound_module_to_other_tools() {
        let mut module = HEADER.to_vec();
        module.extend([10, 8, 1, 6, 0, 0x20, 0, 0x1a, 0x0b, 0x0b]);
        assert!(split(&module).is_err(), "goes on after its end");
        module.truncate(HEADER.len());
        module.extend([10, 7, 1, 5, 0, 0x20, 0, 0x1a, 0x0b]);
        let split = split(&module).expect("a sound module");
        let found = sections(&split).expect("a sound module");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id, CUSTOM);
        assert_eq!(found[0].body[..6], *b"\x05split");
    }

    #[test]
    fn what_is_unknown_or_cut_is_an_error_and_no_panic() {
        let mut module = HEADER.to_vec();
        module.extend([10, 5, 1, 3, 0, 0xfd, 0x0b]);
        assert!(split(&module).is_err());
        for length in HEADER.len() + 1..module.len() {
            assert!(split(&module[..length]).is_err());
        }
    }
}
