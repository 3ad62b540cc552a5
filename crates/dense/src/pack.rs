//! Writes the file: a walk through the module's bytes for its symbols, the trees that suit them, and then the way back
//! with all answers in hand.

mod plan;
mod walk;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use plan::{bits_of, lengths_of_codes};
use walk::Walk;

use crate::HEADER;
use crate::coder::{Read, Reading, Writing};
use crate::unpack::{MARGIN, Sizes, Unpacking, sum_of};

const MAGIC: &[u8] = b"\0asm\x01\0\0\0";
const NAME: &[u8] = b"dense";
const CODE: u8 = 10;

/// Too large for a stack; one module at a time.
static OWN: Mutex<Unpacking> = Mutex::new(Unpacking::NONE);

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Not a module, or cut off.
    Unsound,
    /// An instruction that the app's wasm never had: then `follows.rs` wants teaching.
    UnknownInstruction(u8),
    /// The way back gives something else, or takes steps that are too long: a fault of this crate.
    NotTheSame,
}

impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsound => to.write_str("wasm: the module cannot be read to its end"),
            Self::UnknownInstruction(opcode) => {
                write!(
                    to,
                    "wasm: no idea what follows instruction {opcode:#04x}: teach it to crates/dense/src/follows.rs"
                )
            }
            Self::NotTheSame => {
                to.write_str("wasm: the dense form does not give the same module back")
            }
        }
    }
}

impl std::error::Error for Problem {}

/// The dense form of a module without custom sections before its code, and of `beside`, which travels behind it.
///
/// # Errors
/// See [`Problem`]. What is given back has been unpacked once and compared.
pub fn pack(module: &[u8], beside: &[u8]) -> Result<Vec<u8>, Problem> {
    let whole = [module, beside].concat();
    let mut walk = Walk::new(&whole);
    let before = walk.module()?;
    let lengths = lengths_of_codes(&walk.symbols);
    let mut writing = Writing::new(bits_of(&walk.symbols, &lengths));
    let mut unpacking = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    let sizes = Sizes {
        module: module.len(),
        before,
        module_sum: sum_of(module),
        all: whole.len(),
        sum: sum_of(&whole),
    };
    unpacking.begin(sizes);
    while unpacking.goes_on() {
        unpacking.step(&mut writing);
    }
    drop(unpacking);
    let (coded, all) = writing.finish();
    let mut inside = vec![NAME.len() as u8];
    inside.extend(NAME);
    for number in [
        sizes.module as u32,
        sizes.before as u32,
        sizes.module_sum,
        sizes.all as u32,
        sizes.sum,
    ] {
        inside.extend(number.to_le_bytes());
    }
    inside.extend(coded);
    let mut file = MAGIC.to_vec();
    file.push(0);
    // Five digits always, so that what follows begins at the same place.
    file.extend((0..4).map(|digit| (inside.len() >> (7 * digit)) as u8 | 0x80));
    file.push((inside.len() >> 28) as u8);
    file.extend(inside);
    if !all || unpacked(&file)? != (module.to_vec(), beside.to_vec()) {
        return Err(Problem::NotTheSame);
    }
    Ok(file)
}

/// The module again, and what travelled behind it.
///
/// # Errors
/// A file that is spoilt or cut off.
pub fn unpacked(file: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Problem> {
    let header = file.first_chunk::<HEADER>().ok_or(Problem::Unsound)?;
    let mut reading = Reading::new(file, Read::NOTHING);
    for _ in 0..HEADER {
        reading.plain();
    }
    reading.begin();
    let mut unpacking = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    unpacking.begin_by(header);
    while unpacking.goes_on() && reading.at() < file.len() + MARGIN {
        let before = reading.at();
        unpacking.step(&mut reading);
        if reading.at() - before > MARGIN {
            return Err(Problem::NotTheSame);
        }
    }
    match (unpacking.module(), unpacking.beside()) {
        (Some(module), Some(beside)) => Ok((module.to_vec(), beside.to_vec())),
        _ => Err(Problem::Unsound),
    }
}
