//! Kinds of symbols, and what follows an instruction. (The WebAssembly core specification, "Binary Format".)

/// Lengths of codes, at the beginning.
pub const LENGTHS: usize = 0;
/// Bytes of the data section and what else follows the code.
pub const DATA: usize = 1;
/// Bytes of what stands before the code, and of constants with a point.
pub const BYTES: usize = 2;
pub const OPCODES: usize = 3;
pub const READ_LOCALS: usize = 4;
pub const WRITTEN_LOCALS: usize = 5;
pub const LOADS: usize = 6;
pub const STORES: usize = 7;
pub const CALLS: usize = 8;
pub const SMALL: usize = 9;
pub const LARGE: usize = 10;
/// Groups of locals; like the kinds after it, it has its tree together with others.
pub const HEADS: usize = 11;
pub const BLOCKS: usize = 12;
pub const BRANCHES: usize = 13;
pub const TABLES: usize = 14;
pub const INDIRECT: usize = 15;
pub const GLOBALS: usize = 16;
pub const ALIGNMENTS: usize = 17;
pub const OTHER: usize = 18;
/// How many kinds there are.
pub const KINDS: usize = 19;
/// How many trees.
pub const TREES: usize = 12;

/// The tree of a kind.
pub const fn tree_of(kind: usize) -> usize {
    if kind < TREES { kind } else { TREES - 1 }
}

/// What stands behind an opcode.
pub enum Follows {
    Nothing,
    /// One number of this kind.
    Number(usize),
    /// An alignment and an offset of this kind.
    Memory(usize),
    /// How many targets, and one more than that.
    Targets,
    /// A type and a table.
    Callee,
    /// Four or eight bytes.
    Bytes(usize),
    /// A second opcode and its numbers, see [`behind_second`].
    Second,
    /// Our wasm has no such instruction.
    Unknown,
}

/// By opcode.
pub fn follows(opcode: u8) -> Follows {
    match opcode {
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => Follows::Nothing,
        0x02..=0x04 => Follows::Number(BLOCKS),
        0x0c | 0x0d => Follows::Number(BRANCHES),
        0x0e => Follows::Targets,
        0x10 | 0x12 => Follows::Number(CALLS),
        0x11 => Follows::Callee,
        0x20 => Follows::Number(READ_LOCALS),
        0x21 | 0x22 => Follows::Number(WRITTEN_LOCALS),
        0x23..=0x26 => Follows::Number(GLOBALS),
        0x28..=0x35 => Follows::Memory(LOADS),
        0x36..=0x3e => Follows::Memory(STORES),
        0x3f | 0x40 | 0xd0 | 0xd2 => Follows::Number(OTHER),
        0x41 => Follows::Number(SMALL),
        0x42 => Follows::Number(LARGE),
        0x43 => Follows::Bytes(4),
        0x44 => Follows::Bytes(8),
        0xfc => Follows::Second,
        _ => Follows::Unknown,
    }
}

/// How many numbers follow the second opcode of those that have two.
pub fn behind_second(second: u32) -> u32 {
    match second {
        0..=7 => 0,
        8 | 10 | 12 | 14 => 2,
        _ => 1,
    }
}
