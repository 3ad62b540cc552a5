//! Running a program over one segment of a block.

use super::block::{Block, Column, Segment};
use super::kernels::{self, Lanes, Out};
use super::members::{self, Row};
use super::program::{Bytes, Numbers, Op, Program};
use crate::node::Comparison;

/// Registers, used again for every segment.
#[derive(Debug, Default)]
pub(super) struct Machine {
    bytes: Vec<Vec<u8>>,
    numbers: Vec<NumberRegister>,
}

#[derive(Debug, Default)]
struct NumberRegister {
    values: Vec<i64>,
    open: Vec<u8>,
}

impl Machine {
    /// Runs all operations; the registers then hold the results.
    pub(super) fn run(&mut self, program: &Program, block: &Block<'_>, segment: &Segment) {
        let missing = program.byte_registers.saturating_sub(self.bytes.len());
        self.bytes
            .extend(core::iter::repeat_with(Vec::new).take(missing));
        let missing = program.number_registers.saturating_sub(self.numbers.len());
        self.numbers
            .extend(core::iter::repeat_with(NumberRegister::default).take(missing));
        for instruction in &program.instructions {
            let lanes = match instruction.of_member {
                true => segment.members,
                false => segment.families,
            };
            let out = usize::from(instruction.out);
            // An operation never writes a register that it reads, so the register can be taken out meanwhile.
            if instruction.op.gives_numbers() {
                let mut register = core::mem::take(&mut self.numbers[out]);
                register.values.resize(lanes, 0);
                register.open.resize(lanes, 0);
                let written = Out {
                    values: &mut register.values,
                    open: &mut register.open,
                };
                self.write_numbers(&instruction.op, written, block, segment);
                self.numbers[out] = register;
            } else {
                let mut register = core::mem::take(&mut self.bytes[out]);
                register.resize(lanes, 0);
                self.write_bytes(&instruction.op, &mut register, block, segment);
                self.bytes[out] = register;
            }
        }
    }

    fn write_bytes(&self, op: &Op, out: &mut [u8], block: &Block<'_>, segment: &Segment) {
        let bytes = |bytes: &Bytes| self.bytes(*bytes, block, segment);
        let numbers = |numbers: &Numbers| self.numbers(*numbers, block, segment);
        let rows = rows(block, segment);
        match op {
            Op::FillTruth(truth) => out.fill(*truth),
            Op::Not(a) => kernels::not(out, bytes(a)),
            Op::And(a, b) => kernels::and(out, bytes(a), bytes(b)),
            Op::Or(a, b) => kernels::or(out, bytes(a), bytes(b)),
            Op::SameTruth(a, b) => kernels::same_truth(out, bytes(a), bytes(b)),
            Op::Compare(Comparison::Equal, a, b) => {
                kernels::compare(out, numbers(a), numbers(b), |a, b| a == b);
            }
            Op::Compare(Comparison::Less, a, b) => {
                kernels::compare(out, numbers(a), numbers(b), |a, b| a < b);
            }
            Op::Compare(Comparison::AtMost, a, b) => {
                kernels::compare(out, numbers(a), numbers(b), |a, b| a <= b);
            }
            Op::OneOfFew(a, codes) => kernels::one_of_few(out, bytes(a), *codes),
            Op::OneOf(a, table) => kernels::one_of(out, bytes(a), table),
            Op::Includes(a, bit) => kernels::includes(out, numbers(a), *bit),
            Op::KnownBytes(a, open) => kernels::known(out, bytes(a), *open),
            Op::KnownNumber(a) => match numbers(a) {
                Lanes::Each { open, .. } => kernels::known(out, open, super::OPEN_TRUTH),
                Lanes::Same(_) => out.fill(crate::possible::TRUE),
            },
            Op::FirstOf(choices, otherwise) => {
                out.fill(*otherwise);
                for (when, code) in choices.iter().rev() {
                    kernels::first_of(out, bytes(when), *code);
                }
            }
            Op::ChooseBytes(condition, a, b, open) => {
                kernels::choose_bytes(out, bytes(condition), bytes(a), bytes(b), *open);
            }
            Op::SpreadBytes(a) => members::spread(out, bytes(a), rows),
            Op::Any(a) => members::any(out, bytes(a), rows),
            Op::All(a) => members::all(out, bytes(a), rows),
            // The others give numbers.
            _ => {}
        }
    }

    fn write_numbers(&self, op: &Op, mut out: Out<'_>, block: &Block<'_>, segment: &Segment) {
        let bytes = |bytes: &Bytes| self.bytes(*bytes, block, segment);
        let numbers = |numbers: &Numbers| self.numbers(*numbers, block, segment);
        let each = |numbers: &Numbers| match self.numbers(*numbers, block, segment) {
            Lanes::Each { values, open } => (values, open),
            // Compiled to a register where lanes are wanted.
            Lanes::Same(_) => (&[][..], &[][..]),
        };
        let rows = rows(block, segment);
        match op {
            Op::FillNumber(number) => {
                out.values.fill(*number);
                out.open.fill(0);
            }
            Op::ChooseNumber(condition, a, b) => {
                kernels::choose_numbers(out, bytes(condition), each(a), each(b));
            }
            Op::Arithmetic(what, a, b) => kernels::arithmetic(out, *what, numbers(a), numbers(b)),
            Op::Stack(a) => kernels::stack(out, numbers(a)),
            Op::Lookup(a, table) => {
                kernels::lookup(out, bytes(a).iter().map(|code| usize::from(*code)), table);
            }
            Op::ByRegion(table) => {
                let regions = span(&block.regions, segment.first, segment.families);
                kernels::lookup(
                    out,
                    regions.iter().map(|region| usize::from(*region)),
                    table,
                );
            }
            Op::Tally(codes, wanted) => {
                out.values.fill(0);
                out.open.fill(0);
                for codes in codes {
                    kernels::tally(&mut out, bytes(codes), *wanted);
                }
            }
            Op::SpreadNumbers(a) => match numbers(a) {
                Lanes::Each { values, open } => {
                    members::spread(out.values, values, rows);
                    members::spread(out.open, open, rows);
                }
                Lanes::Same(number) => {
                    out.values.fill(number);
                    out.open.fill(0);
                }
            },
            Op::Count(a) => members::count(out, bytes(a), rows),
            Op::Sum(a) => {
                let (values, open) = each(a);
                members::sum(out, values, open, rows);
            }
            Op::Best(count, a) => {
                let (values, open) = each(a);
                members::best(out, usize::from(*count), values, open, rows);
            }
            // The others give bytes.
            _ => {}
        }
    }

    /// Lanes of a segment.
    pub(super) fn bytes<'a>(
        &'a self,
        bytes: Bytes,
        block: &'a Block<'_>,
        segment: &Segment,
    ) -> &'a [u8] {
        match bytes {
            Bytes::Register(register) => &self.bytes[usize::from(register)],
            Bytes::Column(column) => match &block.columns[usize::from(column)] {
                Column::Bytes(values) => {
                    let (first, count) = block.lanes_of(column, segment);
                    span(values, first, count)
                }
                Column::Numbers(..) => &[],
            },
        }
    }

    /// Lanes of a segment.
    pub(super) fn numbers<'a>(
        &'a self,
        numbers: Numbers,
        block: &'a Block<'_>,
        segment: &Segment,
    ) -> Lanes<'a> {
        match numbers {
            Numbers::Same(number) => Lanes::Same(number),
            Numbers::Register(register) => {
                let register = &self.numbers[usize::from(register)];
                Lanes::Each {
                    values: &register.values,
                    open: &register.open,
                }
            }
            Numbers::Column(column) => match &block.columns[usize::from(column)] {
                Column::Numbers(values, open) => {
                    let (first, count) = block.lanes_of(column, segment);
                    Lanes::Each {
                        values: span(values, first, count),
                        open: span(open, first, count),
                    }
                }
                Column::Bytes(_) => Lanes::Each {
                    values: &[],
                    open: &[],
                },
            },
            Numbers::Day => Lanes::Each {
                values: span(&block.days, segment.first, segment.families),
                open: span(&block.settled, segment.first, segment.families),
            },
            Numbers::Persons => Lanes::Each {
                values: span(&block.persons, segment.first, segment.families),
                open: span(&block.settled, segment.first, segment.families),
            },
        }
    }
}

fn span<T>(lanes: &[T], first: usize, count: usize) -> &[T] {
    lanes.get(first..first + count).unwrap_or(&[])
}

fn rows<'a>(block: &'a Block<'_>, segment: &Segment) -> &'a [Row] {
    span(&block.rows, segment.first_row, segment.rows)
}
