//! The walk through a module's bytes for its symbols, in the order in which the way back asks for them.

use super::{CODE, MAGIC, Problem};
use crate::follows::{
    ALIGNMENTS, BYTES, DATA, Follows, HEADS, INDIRECT, OPCODES, OTHER, TABLES, behind_second,
    follows, tree_of,
};

pub struct Walk<'module> {
    module: &'module [u8],
    at: usize,
    /// With their trees.
    pub symbols: Vec<(usize, u8)>,
}

impl<'module> Walk<'module> {
    pub fn new(module: &'module [u8]) -> Self {
        Self {
            module,
            at: 0,
            symbols: Vec::new(),
        }
    }

    /// All of it; how much stands before the first function's body.
    pub fn module(&mut self) -> Result<usize, Problem> {
        if !self.module.starts_with(MAGIC) {
            return Err(Problem::Unsound);
        }
        self.at = MAGIC.len();
        let (functions, end) = loop {
            let section = self.byte()?;
            let size = self.size()? as usize;
            let end = self.at.checked_add(size).ok_or(Problem::Unsound)?;
            if section == CODE {
                break (self.size()?, end);
            }
            self.at = end;
        };
        let before = self.at;
        self.at = 0;
        self.plain(BYTES, before)?;
        for _ in 0..functions {
            self.function()?;
        }
        if self.at != end {
            return Err(Problem::Unsound);
        }
        self.plain(DATA, self.module.len() - end)?;
        Ok(before)
    }

    fn function(&mut self) -> Result<(), Problem> {
        let size = self.size()? as usize;
        let end = self.at.checked_add(size).ok_or(Problem::Unsound)?;
        for _ in 0..self.number(HEADS)? {
            self.number(HEADS)?;
            self.number(HEADS)?;
        }
        let mut open = 1_usize;
        while open > 0 {
            let opcode = self.byte()?;
            self.symbols.push((tree_of(OPCODES), opcode));
            match opcode {
                0x02..=0x04 => open += 1,
                0x0b => open -= 1,
                _ => {}
            }
            self.behind(opcode)?;
        }
        if self.at == end {
            Ok(())
        } else {
            Err(Problem::Unsound)
        }
    }

    fn behind(&mut self, opcode: u8) -> Result<(), Problem> {
        match follows(opcode) {
            Follows::Nothing => {}
            Follows::Number(kind) => {
                self.number(kind)?;
            }
            Follows::Memory(kind) => {
                self.number(ALIGNMENTS)?;
                self.number(kind)?;
            }
            Follows::Targets => {
                for _ in 0..=self.number(TABLES)? {
                    self.number(TABLES)?;
                }
            }
            Follows::Callee => {
                self.number(INDIRECT)?;
                self.number(INDIRECT)?;
            }
            Follows::Bytes(count) => self.plain(BYTES, count)?,
            Follows::Second => {
                for _ in 0..behind_second(self.number(OTHER)?) {
                    self.number(OTHER)?;
                }
            }
            Follows::Unknown => return Err(Problem::UnknownInstruction(opcode)),
        }
        Ok(())
    }

    /// A number as [`Unpacking`] asks for it.
    fn number(&mut self, kind: usize) -> Result<u32, Problem> {
        let begin = self.at;
        while self.byte()? > 127 {}
        let digits = &self.module[begin..self.at];
        let tree = tree_of(kind);
        if digits.len() > 10 {
            return Err(Problem::Unsound);
        }
        if digits.len() > 1 {
            self.symbols.push((tree, 126 + digits.len() as u8));
        }
        self.symbols
            .extend(digits.iter().rev().map(|digit| (tree, digit & 127)));
        Ok(digits
            .iter()
            .rev()
            .fold(0, |value, digit| value << 7 | u32::from(digit & 127)))
    }

    /// A number that the file leaves out.
    fn size(&mut self) -> Result<u32, Problem> {
        let mut value = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            value |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(value);
            }
        }
        Err(Problem::Unsound)
    }

    fn plain(&mut self, kind: usize, count: usize) -> Result<(), Problem> {
        for _ in 0..count {
            let byte = self.byte()?;
            self.symbols.push((tree_of(kind), byte));
        }
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, Problem> {
        let byte = *self.module.get(self.at).ok_or(Problem::Unsound)?;
        self.at += 1;
        Ok(byte)
    }
}
