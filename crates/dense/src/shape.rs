//! What lies on the stack before an instruction: of all that is known, it tells most about which one comes. Only as exact
//! as foretelling wants it; a wrong idea costs bytes, no more.

use crate::predict::mixed;
use crate::read::{Signature, Signatures};

const I32: u8 = 0x7f;
const I64: u8 = 0x7e;
const F32: u8 = 0x7d;
const F64: u8 = 0x7c;
/// A block's type that says it leaves nothing.
const NO_RESULT: u8 = 0x40;
/// Deeper stacks look like this.
const DEEP: usize = 6;
/// Nothing of ours lies deeper; more is forgotten.
const ROOM: usize = 1 << 12;

#[derive(Clone, Copy)]
struct Block {
    opcode: u8,
    result: u8,
    base: usize,
}

/// In one function's body.
pub struct Shape {
    stack: [u8; ROOM],
    height: usize,
    blocks: [Block; ROOM],
    open: usize,
    locals: [u8; ROOM],
    known_locals: usize,
}

impl Shape {
    /// Before the first function.
    pub const NONE: Self = Self {
        stack: [0; ROOM],
        height: 0,
        blocks: [Block {
            opcode: 0,
            result: 0,
            base: 0,
        }; ROOM],
        open: 0,
        locals: [0; ROOM],
        known_locals: 0,
    };

    /// At the beginning of a function; `module` holds the bytes that its signature points at.
    pub fn begin(&mut self, signature: Signature, module: &[u8]) {
        self.height = 0;
        self.open = 0;
        self.block(
            0,
            if signature.results.1 == 0 {
                NO_RESULT
            } else {
                I32
            },
        );
        self.known_locals = 0;
        let (at, count) = signature.parameters;
        for kind in &module[at..at + count] {
            self.locals(1, *kind);
        }
    }

    /// More locals of a type.
    pub fn locals(&mut self, count: u32, kind: u8) {
        let from = self.known_locals;
        self.known_locals = from.saturating_add(count as usize).min(ROOM);
        self.locals[from..self.known_locals].fill(kind);
    }

    /// Whether the body has not ended yet.
    pub fn is_open(&self) -> bool {
        self.open > 0
    }

    /// The types on top of the stack, and with them how deep it is and in what block.
    pub fn look(&self) -> (u32, u32) {
        let block = self.innermost();
        let deep = self.height.saturating_sub(block.base);
        let type_at = |down: usize| {
            u32::from(if deep >= down {
                self.stack[self.height - down]
            } else {
                0
            })
        };
        let top = mixed(type_at(1) + 1, type_at(2));
        let whole = mixed(mixed(top, deep.min(DEEP) as u32), u32::from(block.opcode));
        (top, mixed(whole, u32::from(block.result == NO_RESULT)))
    }

    /// What an instruction does; `first` is its first number.
    pub fn step(&mut self, opcode: u8, first: u32, signatures: &Signatures, module: &[u8]) {
        let base = self.innermost().base;
        let first = first as usize;
        match opcode {
            0x02..=0x04 => {
                self.take(usize::from(opcode == 0x04));
                self.block(opcode, first as u8);
            }
            0x05 => {
                self.height = base;
                if self.open > 0 {
                    self.blocks[self.open - 1].opcode = opcode;
                }
            }
            0x0b => {
                let result = self.innermost().result;
                self.height = base;
                self.open = self.open.saturating_sub(1);
                if result != NO_RESULT {
                    self.push(result);
                }
            }
            0x00 | 0x0c | 0x0e | 0x0f => self.height = base,
            0x10 => self.call(signatures.of(first), module),
            0x11 => {
                self.take(1);
                self.call(signatures.of_type(first), module);
            }
            0x20 => self.push(self.locals.get(first).copied().unwrap_or(I32)),
            0x23 => self.push(module[signatures.of_global(first)]),
            0x0d | 0x1a | 0x21 | 0x24 | 0x6a..=0x78 | 0x7c..=0x8a | 0x92..=0x98 | 0xa0..=0xa6 => {
                self.take(1)
            }
            0x1b | 0x36..=0x3e => self.take(2),
            0x28 | 0x2c..=0x2f | 0x45 | 0x50 | 0xa7..=0xab | 0xbc => self.give(1, I32),
            0x29 | 0x30..=0x35 | 0xac..=0xb1 | 0xbd => self.give(1, I64),
            0x2a | 0xb2..=0xb6 | 0xbe => self.give(1, F32),
            0x2b | 0xb7..=0xbb | 0xbf => self.give(1, F64),
            0x3f | 0x41 => self.push(I32),
            0x42 => self.push(I64),
            0x43 => self.push(F32),
            0x44 => self.push(F64),
            0x46..=0x4f | 0x51..=0x66 => self.give(2, I32),
            0xfc if first > 7 => self.take(3),
            _ => {}
        }
    }

    fn innermost(&self) -> Block {
        self.blocks[self.open.saturating_sub(1)]
    }

    fn block(&mut self, opcode: u8, result: u8) {
        self.blocks[self.open] = Block {
            opcode,
            result,
            base: self.height,
        };
        self.open = (self.open + 1).min(ROOM - 1);
    }

    fn call(&mut self, signature: Signature, module: &[u8]) {
        self.take(signature.parameters.1);
        let (at, count) = signature.results;
        for kind in &module[at..at + count] {
            self.push(*kind);
        }
    }

    fn give(&mut self, taken: usize, kind: u8) {
        self.take(taken);
        self.push(kind);
    }

    fn push(&mut self, kind: u8) {
        self.stack[self.height] = kind;
        self.height = (self.height + 1).min(ROOM - 1);
    }

    /// Never what lies below the block that is open.
    fn take(&mut self, count: usize) {
        self.height = self.height.saturating_sub(count).max(self.innermost().base);
    }
}
