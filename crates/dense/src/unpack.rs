//! The walk through a module, symbol by symbol, which writes it down.

use crate::HEADER;
use crate::coder::Bits;
use crate::follows::{
    ALIGNMENTS, BYTES, DATA, Follows, HEADS, INDIRECT, KINDS, LENGTHS, OPCODES, OTHER, READ_LOCALS,
    TABLES, WRITTEN_LOCALS, behind_second, follows,
};
use crate::predict::{CONTEXTS, Model, mixed};
use crate::read::Signatures;
use crate::shape::Shape;
use crate::tree::SYMBOLS;

/// No step takes more of the file than this, but for the longest tables of targets, of which there is none (the build
/// looks): one step can be taken while the rest is on its way.
pub const MARGIN: usize = 4096;
/// What a spoilt file says of itself may be absurd: no module of ours comes near this.
const LARGEST: usize = 1 << 20;
/// One step writes no more than this beyond a module's end.
const SPARE: usize = 64;
/// What a number is followed by that no other knows.
const NOTHING_YET: u32 = 999;
const GROUPS: u32 = 1000;
const COUNT: u32 = 1001;
const TYPE: u32 = 1002;
const NEXT: u32 = 1003;
/// Selects for the later bytes of a number.
const LATER: u8 = 250;

/// Bytes of a body's size, and of any number.
const LONGEST_SIZE: usize = 5;
const LONGEST_NUMBER: usize = 10;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Trees,
    Before,
    Head,
    Body { begin: usize },
    After,
    End,
}

/// What a file says of itself, in bytes.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub module: usize,
    /// Of the module, before the first function's body.
    pub before: usize,
    pub module_sum: u32,
    /// With what travels behind the module.
    pub all: usize,
    /// Over all.
    pub sum: u32,
}

impl Sizes {
    const NONE: Self = Self {
        module: 0,
        before: 0,
        module_sum: 0,
        all: 0,
        sum: 0,
    };
}

/// A module on its way.
pub struct Unpacking {
    sizes: Sizes,
    /// The module is there and is the right one; what travels behind it may still be on its way.
    is_whole: bool,
    /// Some bytes longer than it becomes: room for the size of a body.
    module: [u8; LARGEST + SPARE],
    to: usize,
    place: Place,
    model: Model,
    signatures: Signatures,
    shape: Shape,
    /// Which function, imported ones not counted.
    function: usize,
    word: u32,
    /// Opcodes and first numbers of the instructions before, the last one first.
    opcodes: [u32; 5],
    firsts: [u32; 3],
    /// The numbers before, by their kind.
    numbers: [[u32; 2]; KINDS],
    written_locals: u32,
    looks: (u32, u32),
}

impl Unpacking {
    /// All zeros: room for one module, not yet begun.
    pub const NONE: Self = Self {
        sizes: Sizes::NONE,
        is_whole: false,
        module: [0; LARGEST + SPARE],
        to: 0,
        place: Place::Trees,
        model: Model::NONE,
        signatures: Signatures::NONE,
        shape: Shape::NONE,
        function: 0,
        word: 0,
        opcodes: [0; 5],
        firsts: [0; 3],
        numbers: [[0; 2]; KINDS],
        written_locals: 0,
        looks: (0, 0),
    };

    /// Of these sizes.
    pub fn begin(&mut self, sizes: Sizes) {
        self.to = if sizes.all > LARGEST { LARGEST + 1 } else { 0 };
        self.sizes = Sizes {
            all: sizes.all.min(LARGEST),
            ..sizes
        };
        self.is_whole = false;
        self.place = Place::Trees;
        self.model.begin();
        self.function = 0;
        self.word = 0;
        self.opcodes = [0; 5];
        self.firsts = [0; 3];
        self.numbers = [[NOTHING_YET; 2]; KINDS];
        self.looks = (0, 0);
    }

    /// By what the file says of itself, see [`HEADER`].
    pub fn begin_by(&mut self, header: &[u8; HEADER]) {
        let number = |place: usize| {
            let digits = header[place..place + 4].iter().rev();
            digits.fold(0_u32, |number, digit| number << 8 | u32::from(*digit))
        };
        let size = |place| number(place) as usize;
        self.begin(Sizes {
            module: size(HEADER - 20),
            before: size(HEADER - 16),
            module_sum: number(HEADER - 12),
            all: size(HEADER - 8),
            sum: number(HEADER - 4),
        });
    }

    /// Whether another step leads anywhere: not when all is there, nor when it became longer than it can be.
    pub fn goes_on(&self) -> bool {
        self.place != Place::End && self.to <= self.sizes.all
    }

    /// The module, as soon as it is whole.
    pub fn module(&self) -> Option<&[u8]> {
        self.is_whole.then(|| &self.module[..self.sizes.module])
    }

    /// What travelled behind it, once all is there.
    pub fn beside(&self) -> Option<&[u8]> {
        (self.place == Place::End).then(|| &self.module[self.sizes.module..self.to])
    }

    /// One step on: at most an instruction.
    pub fn step(&mut self, bits: &mut impl Bits) {
        match self.place {
            Place::Trees => {
                self.tree(bits);
                if self.model.has_all_trees() {
                    self.place = Place::Before;
                }
            }
            Place::Before => {
                self.byte(bits, BYTES);
                if self.to >= self.sizes.before {
                    self.signatures.read(&self.module[..self.to]);
                    self.next_function();
                }
            }
            Place::Head => self.head(bits),
            Place::Body { begin } => {
                self.instruction(bits);
                if !self.shape.is_open() {
                    self.end_body(begin);
                }
            }
            Place::After => {
                self.byte(bits, DATA);
                self.end_part();
            }
            Place::End => {}
        }
    }

    fn next_function(&mut self) {
        self.place = Place::Head;
        if self.function + self.signatures.imported >= self.signatures.functions {
            self.place = Place::After;
            self.end_part();
        }
    }

    fn end_part(&mut self) {
        let Sizes {
            module, all, sum, ..
        } = self.sizes;
        if self.to == module && sum_of(&self.module[..module]) == self.sizes.module_sum {
            self.is_whole = true;
        }
        if self.to == all && self.is_whole && sum_of(&self.module[..all]) == sum {
            self.place = Place::End;
        } else if self.to >= all {
            // Longer than it can be: nothing goes on.
            self.to = all + 1;
        }
    }

    /// The lengths of the codes of a tree's symbols.
    fn tree(&mut self, bits: &mut impl Bits) {
        let mut lengths = [0; SYMBOLS];
        let (mut last, mut before) = (0, 0);
        for (symbol, length) in lengths.iter_mut().enumerate() {
            let mut contexts = [0; CONTEXTS];
            contexts[0] = last;
            contexts[1] = mixed(last + 1, before);
            contexts[2] = symbol as u32 + 99;
            *length = self.model.symbol(bits, LENGTHS, &mut contexts, 0);
            before = std::mem::replace(&mut last, u32::from(*length));
        }
        self.model.plant(&lengths);
    }

    /// A byte that is no instruction: of a text, of a table, of the module's other sections.
    fn byte(&mut self, bits: &mut impl Bits, kind: usize) {
        let back = |far: usize| match self.to.checked_sub(far) {
            Some(place) => u32::from(self.module[place]),
            None => 0,
        };
        let one = back(1);
        let two = mixed(one + 1, back(2));
        let three = mixed(two, back(3));
        let four = mixed(three, back(4));
        let mut contexts = [
            0,
            one + 1,
            two,
            three,
            four,
            mixed(self.word, one + 1),
            mixed(back(4) + 1, back(8)),
            mixed(back(2) + 1, back(3)),
            mixed(back(8) + 1, one),
            mixed(mixed(four, back(5)), back(6)),
        ];
        let byte = self.model.symbol(bits, kind, &mut contexts, one as u8);
        let letter = byte | 0x20;
        self.word = if letter.is_ascii_lowercase() {
            mixed(self.word, u32::from(letter))
        } else {
            0
        };
        self.push(byte);
    }

    /// What stands before a function's instructions. Room is left for the longest size of its body.
    fn head(&mut self, bits: &mut impl Bits) {
        let begin = self.to;
        self.to += LONGEST_SIZE;
        let signature = (self.signatures).of(self.function + self.signatures.imported);
        self.shape.begin(signature, &self.module);
        self.written_locals = signature.parameters.1 as u32;
        self.opcodes = [0; 5];
        self.firsts = [0; 3];
        self.numbers[READ_LOCALS] = [NOTHING_YET; 2];
        self.looks = (0, 0);
        for _ in 0..self.number(bits, HEADS, GROUPS) {
            if !self.goes_on() {
                break;
            }
            let count = self.number(bits, HEADS, COUNT);
            let kind = self.number(bits, HEADS, TYPE);
            self.shape.locals(count, kind as u8);
        }
        self.place = Place::Body { begin };
    }

    /// Now its size is known.
    fn end_body(&mut self, begin: usize) {
        let body = begin + LONGEST_SIZE;
        let mut rest = self.to - body;
        let mut at = begin;
        loop {
            let more = rest > 127;
            self.module[at] = rest as u8 & 127 | u8::from(more) << 7;
            at += 1;
            rest >>= 7;
            if !more {
                break;
            }
        }
        self.module.copy_within(body..self.to, at);
        self.to -= body - at;
        self.function += 1;
        self.next_function();
    }

    fn instruction(&mut self, bits: &mut impl Bits) {
        self.looks = self.shape.look();
        let (top, shape) = self.looks;
        let [o0, o1, o2, o3, o4] = self.opcodes;
        let [a0, a1, a2] = self.firsts;
        let one = mixed(o0 + 1, a0);
        let two = mixed(mixed(one, o1), a1);
        let three = mixed(mixed(o0 + 2, o1), o2);
        let four = mixed(three, o3);
        let mut contexts = [
            o0,
            four,
            one,
            two,
            shape,
            mixed(shape, o0),
            mixed(mixed(three, a0), top),
            mixed(mixed(two, o2), a2),
            mixed(mixed(four, o4), shape),
            mixed(mixed(shape, o0), o1),
        ];
        let opcode = self.model.symbol(bits, OPCODES, &mut contexts, o0 as u8);
        self.push(opcode);
        let role = u32::from(opcode);
        let mut first = 0;
        match follows(opcode) {
            Follows::Nothing | Follows::Unknown => {}
            Follows::Number(kind) => first = self.number(bits, kind, role),
            Follows::Memory(kind) => {
                let alignment = self.number(bits, ALIGNMENTS, role);
                first = self.number(bits, kind, role | alignment << 8);
            }
            Follows::Targets => {
                first = self.number(bits, TABLES, role);
                for _ in 0..=first {
                    if self.goes_on() {
                        self.number(bits, TABLES, NEXT);
                    } else {
                        break;
                    }
                }
            }
            Follows::Callee => {
                first = self.number(bits, INDIRECT, role);
                self.number(bits, INDIRECT, NEXT);
            }
            Follows::Bytes(count) => {
                for _ in 0..count {
                    self.byte(bits, BYTES);
                }
            }
            Follows::Second => {
                first = self.number(bits, OTHER, role);
                for _ in 0..behind_second(first) {
                    self.number(bits, OTHER, NEXT);
                }
            }
        }
        self.shape
            .step(opcode, first, &self.signatures, &self.module);
        if matches!(opcode, 0x21 | 0x22) {
            self.written_locals = self.written_locals.max(first.saturating_add(1));
        }
        self.opcodes = [role, o0, o1, o2, o3];
        self.firsts = [first, a0, a1];
    }

    fn push(&mut self, byte: u8) {
        self.module[self.to] = byte;
        self.to += 1;
    }

    /// A number: one byte if that is all; otherwise how many there are and then they, the highest first.
    fn number(&mut self, bits: &mut impl Bits, kind: usize, role: u32) -> u32 {
        let select = self.opcodes[0] as u8;
        let symbol = self.part(bits, kind, role, select);
        let mut value = u32::from(symbol);
        if symbol < 128 {
            self.push(symbol);
        } else {
            let count = usize::from(symbol - 126).min(LONGEST_NUMBER);
            let begin = self.to;
            self.to += count;
            value = 0;
            for place in (0..count).rev() {
                let higher = mixed(value ^ 1 << 31, (count * 16 + place) as u32);
                let seven = self.part(bits, kind, mixed(role, higher), LATER);
                value = value << 7 | u32::from(seven & 127);
                self.module[begin + place] = seven & 127 | u8::from(place + 1 < count) << 7;
            }
        }
        let numbers = &mut self.numbers[shared(kind)];
        *numbers = [value, numbers[0]];
        value
    }

    fn part(&mut self, bits: &mut impl Bits, kind: usize, role: u32, select: u8) -> u8 {
        let [n0, n1] = self.numbers[shared(kind)];
        let [o0, o1, o2, o3, _] = self.opcodes;
        let [a0, a1, _] = self.firsts;
        let (top, shape) = self.looks;
        let function = self.function as u32;
        let behind = mixed(role, o0 + 7);
        let three = mixed(mixed(behind, o1), o2);
        let mut contexts = [
            mixed(role ^ 4, n1),
            mixed(role ^ 1, n0),
            mixed(mixed(behind, n0), n1),
            mixed(behind, a0),
            three,
            mixed(behind, shape),
            mixed(mixed(role, self.numbers[READ_LOCALS][0]), function),
            mixed(mixed(behind, self.written_locals), top),
            mixed(role ^ 3, function),
            mixed(mixed(three, o3), a1),
        ];
        self.model.symbol(bits, kind, &mut contexts, select)
    }
}

/// Of all bytes of a module: a file that was spoilt on its way does not come to it.
pub fn sum_of(module: &[u8]) -> u32 {
    (module.iter()).fold(0, |sum, byte| mixed(sum, u32::from(*byte)))
}

/// Locals that are read and written are remembered together.
fn shared(kind: usize) -> usize {
    if kind == WRITTEN_LOCALS {
        READ_LOCALS
    } else {
        kind
    }
}
