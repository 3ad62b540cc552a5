//! Deciding a block: in columns, and what stays open by the first driver.

use super::block::Block;
use super::program::Program;
use super::run::Machine;
use super::{Layout, Results, compile};
use crate::evaluate::decide;

/// Decides block after block by one pack. Each thread has one of its own.
#[derive(Debug)]
pub struct Driver<'a> {
    layout: &'a Layout<'a>,
    /// A program a period, compiled when the first family of that period comes.
    programs: Vec<Option<Program>>,
    machine: Machine,
}

impl<'a> Driver<'a> {
    /// A driver for blocks of a layout.
    pub fn new(layout: &'a Layout<'a>) -> Driver<'a> {
        Driver {
            layout,
            programs: (0..layout.periods()).map(|_| None).collect(),
            machine: Machine::default(),
        }
    }

    /// Decides every family of a block of the same layout: all decisions, amounts and readiness.
    pub fn decide(&mut self, block: &Block<'_>, results: &mut Results) {
        self.settle(block, results);
        self.finish(block, results);
    }

    /// What columns settle; the others are marked open.
    fn settle(&mut self, block: &Block<'_>, results: &mut Results) {
        results.begin(self.layout, block);
        for segment in &block.segments {
            let Some(slot) = self.programs.get_mut(segment.period) else {
                continue;
            };
            let program = slot.get_or_insert_with(|| compile::program(self.layout, segment.period));
            self.machine.run(program, block, segment);
            results.take(&self.machine, program, block, segment);
        }
    }

    /// The first driver decides what is open.
    fn finish(&mut self, block: &Block<'_>, results: &mut Results) {
        results.fallbacks = 0;
        for family in 0..block.families() {
            let lane = block.lane(family);
            let open = results.open.get(lane).is_some_and(|open| *open != 0);
            if open && let Some(facts) = block.family(family) {
                let decided = decide(self.layout.pack, &facts);
                results.set(lane, &decided);
                results.fallbacks += 1;
            }
        }
    }
}
