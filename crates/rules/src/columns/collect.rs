//! From a machine's registers to results.

use super::block::{Block, Segment};
use super::kernels::Lanes;
use super::program::{Amount, Program};
use super::run::Machine;
use super::{Layout, OPEN_CODE, OPEN_TRUTH, Results};
use crate::possible::TRUE;
use core::ops::Range;

impl Results {
    /// Makes room for the families of a block, all of them open.
    pub(super) fn begin(&mut self, layout: &Layout<'_>, block: &Block<'_>) {
        let pack = layout.pack;
        let (decisions, colours) = (pack.decisions().len(), pack.readiness().indicators.len());
        let families = block.families();
        self.lanes.clear();
        let lanes = (0..families).map(|family| block.lane(family) as u32);
        self.lanes.extend(lanes);
        let columns = [
            (&mut self.outcomes, decisions),
            (&mut self.paid, decisions),
            (&mut self.colours, colours),
        ];
        for (columns, count) in columns {
            columns.resize_with(count, Vec::new);
            columns
                .iter_mut()
                .for_each(|column| column.resize(families, 0));
        }
        self.amounts.resize_with(decisions, Vec::new);
        self.amounts
            .iter_mut()
            .for_each(|column| column.resize(families, 0));
        self.readiness.resize(families, 0);
        self.open.clear();
        self.open.resize(families, OPEN_TRUTH);
        self.gave_up.clear();
        self.gave_up.resize(families, false);
    }

    /// Takes over what a program came to in a segment.
    pub(super) fn take(
        &mut self,
        machine: &Machine,
        program: &Program,
        block: &Block<'_>,
        segment: &Segment,
    ) {
        let span = segment.first..segment.first + segment.families;
        self.open[span.clone()].fill(0);
        for (place, decision) in program.decisions.iter().enumerate() {
            let eligible = machine.bytes(decision.eligible, block, segment);
            self.outcomes[place][span.clone()].copy_from_slice(eligible);
            self.mark(&span, eligible, OPEN_TRUTH);
            match decision.amount {
                Amount::None => self.paid[place][span.clone()].fill(0),
                Amount::Open => self.pay(place, &span, None),
                Amount::Lanes(amount) => {
                    let amount = machine.numbers(amount, block, segment);
                    self.pay(place, &span, Some(amount));
                }
            }
        }
        for (place, colour) in program.indicators.iter().enumerate() {
            let colour = machine.bytes(*colour, block, segment);
            self.colours[place][span.clone()].copy_from_slice(colour);
            self.mark(&span, colour, OPEN_CODE);
        }
        let readiness = machine.bytes(program.readiness, block, segment);
        self.readiness[span.clone()].copy_from_slice(readiness);
        self.mark(&span, readiness, OPEN_CODE);
    }

    fn mark(&mut self, span: &Range<usize>, bytes: &[u8], unsettled: u8) {
        for (open, byte) in self.open[span.clone()].iter_mut().zip(bytes) {
            *open |= u8::from(*byte == unsettled);
        }
    }

    /// The amounts of eligible families; `None` where no amount is settled.
    fn pay(&mut self, decision: usize, span: &Range<usize>, amount: Option<Lanes<'_>>) {
        let open = &mut self.open[span.clone()];
        let paid = &mut self.paid[decision][span.clone()];
        let amounts = &mut self.amounts[decision][span.clone()];
        for (paid, eligible) in paid.iter_mut().zip(&self.outcomes[decision][span.clone()]) {
            *paid = u8::from(*eligible == TRUE);
        }
        match amount {
            Some(Lanes::Each {
                values,
                open: unsettled,
            }) => {
                amounts.copy_from_slice(values);
                for ((open, paid), unsettled) in open.iter_mut().zip(paid.iter()).zip(unsettled) {
                    *open |= *paid & u8::from(*unsettled != 0);
                }
            }
            Some(Lanes::Same(value)) => amounts.fill(value),
            None => {
                for (open, paid) in open.iter_mut().zip(paid.iter()) {
                    *open |= *paid;
                }
            }
        }
    }
}
