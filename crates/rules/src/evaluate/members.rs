//! What is asked of all members together, and the best paid option of each.

use super::engine::Evaluation;
use crate::node::{Node, NodeId};
use crate::possible::{self, ANY_NUMBER, NO_LOW, Possible};

impl Evaluation<'_> {
    /// Every option that can be the best paid one that applies, as bits; the bit behind the last option is "none".
    pub(super) fn schedule(&self, schedule: usize, member: usize) -> Possible {
        let options = &self.pack.file().schedules[schedule].options;
        let applies = |option: usize| self.truth(options[option].when, member);
        let amount = |option: usize| self.value(options[option].amount, member);
        let mut bits = 0u64;
        let mut someone_certain = false;
        for option in 0..options.len() {
            let truth = applies(option);
            if truth & possible::TRUE == 0 {
                continue;
            }
            someone_certain |= truth == possible::TRUE;
            // One that applies for certain and is known to pay more, or as much and stands before, takes its place.
            let beaten = (0..options.len()).any(|other| {
                applies(other) == possible::TRUE
                    && match (amount(other).exactly(), amount(option).exactly()) {
                        (Some(theirs), Some(own)) => {
                            theirs > own || (theirs == own && other < option)
                        }
                        _ => false,
                    }
            });
            if !beaten {
                bits |= 1 << option;
            }
        }
        if !someone_certain {
            bits |= 1 << options.len();
        }
        Possible::Code(bits)
    }

    pub(super) fn schedule_amount(&self, node: NodeId, member: usize) -> Possible {
        let (Node::Schedule(schedule), Possible::Code(bits)) =
            (self.node(node), self.value(node, member))
        else {
            return Possible::Error;
        };
        let options = &self.pack.file().schedules[usize::from(*schedule)].options;
        let mut whole: Option<Possible> = None;
        for bit in (0..=options.len()).filter(|bit| bits & (1 << bit) != 0) {
            let pays = options.get(bit).map_or(Possible::point(0), |option| {
                self.value(option.amount, member)
            });
            whole = Some(whole.map_or(pays, |sum| sum.join(pays)));
        }
        whole.unwrap_or(Possible::Error)
    }

    pub(super) fn fold_truth(&self, body: NodeId, start: u8, operation: fn(u8, u8) -> u8) -> u8 {
        (0..self.persons()).fold(start, |sum, member| {
            operation(sum, self.truth(body, member))
        })
    }

    pub(super) fn count(&self, body: NodeId) -> Possible {
        let (mut low, mut high) = (0, 0);
        for member in 0..self.persons() {
            let truth = self.truth(body, member);
            if truth == possible::ERROR {
                return Possible::Error;
            }
            low += i128::from(truth == possible::TRUE);
            high += i128::from(truth & possible::TRUE != 0);
        }
        Possible::Number { low, high }
    }

    /// The sum of the so many largest; of each bound separately, for members are independent of one another.
    pub(super) fn best(&self, count: Possible, body: NodeId, limit: i128) -> Possible {
        let (mut lows, mut highs) = ([0; 64], [0; 64]);
        for member in 0..self.persons().min(64) {
            match self.value(body, member) {
                Possible::Number { low, high } => {
                    lows[member] = low;
                    highs[member] = high;
                }
                _ => return Possible::Error,
            }
        }
        let Some(count) = count.exactly() else {
            return ANY_NUMBER;
        };
        let persons = self.persons().min(64);
        let count = usize::try_from(count.max(0))
            .unwrap_or(persons)
            .min(persons);
        let (mut low, mut high) = (Possible::point(0), Possible::point(0));
        for _ in 0..count {
            low = possible::add(
                low,
                Possible::point(take_largest(&mut lows[..persons])),
                limit,
            );
            high = possible::add(
                high,
                Possible::point(take_largest(&mut highs[..persons])),
                limit,
            );
        }
        match (low, high) {
            (Possible::Number { low, .. }, Possible::Number { high, .. }) => {
                Possible::Number { low, high }
            }
            // A bound beyond the limit is an error only where everything is known.
            (Possible::Error, Possible::Error) if lows == highs => Possible::Error,
            _ => ANY_NUMBER,
        }
    }
}

/// Takes the largest number out and leaves the smallest possible in its place.
fn take_largest(numbers: &mut [i128]) -> i128 {
    let mut best = 0;
    for place in 0..numbers.len() {
        if numbers[place] > numbers[best] {
            best = place;
        }
    }
    numbers
        .get_mut(best)
        .map_or(0, |largest| core::mem::replace(largest, NO_LOW))
}
