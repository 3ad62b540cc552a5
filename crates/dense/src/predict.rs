//! How likely the next bit of a symbol is a one. Each context (some of what stands before the symbol) remembers what came
//! after it; their opinions are weighed, and the weights learn from every bit. (After Mahoney's PAQ, 2002–2009.)
//!
//! Native and wasm have to agree on every bit of every result: only additions, multiplications and divisions of `f32`,
//! which IEEE 754 fixes, and in the same order everywhere.

use crate::coder::Bits;
use crate::follows::{KINDS, TREES, tree_of};
use crate::tree::{SYMBOLS, Tree};

/// Opinions of contexts on a symbol.
pub const CONTEXTS: usize = 10;
/// With them: what came after the same six symbols the last time, and a constant.
const INPUTS: usize = CONTEXTS + 2;
const REPEATED: usize = CONTEXTS;
const CONSTANT: usize = CONTEXTS + 1;
/// Weighed side by side.
const LANES: usize = 4;
/// Slots for what contexts remember: two to this power.
const SLOTS: u32 = 23;
/// Places by the last six symbols: two to this power.
const PLACES: u32 = 20;
/// Symbols that are remembered: more than any module of ours has.
const PAST: usize = 1 << 21;
/// Longer runs are trusted like one of this length.
const LONG_RUN: usize = 31;
/// How often a slot counts its answers; its opinion moves by less each time.
const OFTEN: u32 = 16;
/// The scale on which opinions are added ends here, both ways, and has this many steps in each whole.
const SCALE: f32 = 12.0;
const STEPS: f32 = 32.0;
const STEPS_IN_ALL: usize = 770;
/// Who was as sure as this and right has nothing to learn.
const SURE: f32 = 0.01;
/// Runs that are told apart, and none.
const RUNS: usize = 9;
/// Steps of the last refinement.
const FINE: usize = 33;

/// Multiplies and folds, so that whatever goes in changes all of what comes out.
#[inline]
pub const fn mixed(a: u32, b: u32) -> u32 {
    let product = (a.rotate_left(13) ^ b).wrapping_mul(0x9e37_79b1);
    product ^ (product >> 15)
}

type Weights = [f32; INPUTS];

/// What has been learnt so far.
pub struct Model {
    trees: [Tree; TREES],
    planted: usize,
    /// 16 bits of probability, 10 to know whose it is, 6 of how often it was asked.
    slots: [u32; 1 << SLOTS],
    /// Of three groups each.
    weights: [f32; 3 * KINDS * SYMBOLS * INPUTS],
    votes: [f32; KINDS * RUNS * 3],
    refined: [f32; KINDS * SYMBOLS * FINE],
    trust: [f32; LONG_RUN + 1],
    learning: [f32; 64],
    /// From the scale to a probability.
    likely: [f32; STEPS_IN_ALL],
    /// And back, by the probability in 4,096ths.
    stretched: [f32; 4096],
    /// Symbols with their kinds, and where the last six came last.
    past: [u16; PAST],
    now: usize,
    places: [u32; 1 << PLACES],
    /// Of the last six symbols: what is older has been pushed out.
    key: u32,
    found: usize,
    run: usize,
}

impl Model {
    /// All zeros, so that a program need not hold it: room for one module, not yet begun.
    pub const NONE: Self = Self {
        trees: [Tree::BARE; TREES],
        planted: 0,
        slots: [0; 1 << SLOTS],
        weights: [0.0; 3 * KINDS * SYMBOLS * INPUTS],
        votes: [0.0; KINDS * RUNS * 3],
        refined: [0.0; KINDS * SYMBOLS * FINE],
        trust: [0.0; LONG_RUN + 1],
        learning: [0.0; 64],
        likely: [0.0; STEPS_IN_ALL],
        stretched: [0.0; 4096],
        past: [0; PAST],
        now: 0,
        places: [0; 1 << PLACES],
        key: 0,
        found: 0,
        run: 0,
    };

    /// Forgets everything.
    pub fn begin(&mut self) {
        self.slots.fill(0);
        self.weights.fill(0.25);
        self.votes.fill(0.33);
        self.trust.fill(0.5);
        for (times, rate) in self.learning.iter_mut().enumerate() {
            *rate = 1.0 / (times as f32 + 1.3);
        }
        self.past.fill(0);
        self.places.fill(0);
        (self.planted, self.now, self.found, self.run) = (0, 0, 0, 0);
        self.key = 0;
        // e to the power of 12, and of -1/32.
        let mut odds = 162_754.8_f32;
        for place in &mut self.likely {
            *place = 1.0 / (1.0 + odds);
            odds *= 0.969_233_2;
        }
        let mut low = 0;
        for place in 0..4096 {
            let p = (place as f32 + 0.5) / 4096.0;
            while self.likely[low + 1] < p {
                low += 1;
            }
            let part = (p - self.likely[low]) / (self.likely[low + 1] - self.likely[low]);
            self.stretched[place] = (low as f32 + part) / STEPS - SCALE;
        }
        for place in 0..self.refined.len() {
            self.refined[place] = self.squashed(((place % FINE) as f32 - 16.0) / 2.0);
        }
        let mut flat = [0; SYMBOLS];
        flat[..16].fill(4);
        self.plant(&flat);
    }

    /// Plants the tree of the next kind.
    pub fn plant(&mut self, lengths: &[u8; SYMBOLS]) {
        if let Some(tree) = self.trees.get_mut(self.planted) {
            tree.plant(lengths);
        }
        self.planted += 1;
    }

    /// Whether every kind has its tree.
    pub fn has_all_trees(&self) -> bool {
        self.planted >= TREES
    }

    /// The next symbol of a kind, foretold by the contexts; `select` is what most decides whom to believe.
    #[cfg_attr(target_family = "wasm", target_feature(enable = "simd128"))]
    pub fn symbol(
        &mut self,
        bits: &mut impl Bits,
        kind: usize,
        contexts: &mut [u32; CONTEXTS],
        select: u8,
    ) -> u8 {
        for (number, context) in contexts.iter_mut().enumerate() {
            *context = mixed(mixed(*context, kind as u32), number as u32 + 77);
        }
        let tree = tree_of(kind);
        let usual = self.past[self.found];
        let mut guess = if self.run > 0 && (usual >> 8) as usize == kind {
            self.trees[tree].code((usual & 0xff) as u8)
        } else {
            0
        };
        let run = self.run.min(LONG_RUN);
        let mut depth = 31 - (guess | 1).leading_zeros();
        let mut node = 0_usize;
        let mut path = 1_u32;
        let mut lines = [0; CONTEXTS];
        let symbol = loop {
            if path.leading_zeros() % 4 == 3 {
                for which in 0..CONTEXTS {
                    lines[which] = folded(contexts[which], path);
                }
            }
            let mut inputs = [0.0; INPUTS];
            let mut places = [0_u32; CONTEXTS];
            self.recall(&lines, node, &mut places, &mut inputs);
            let mut length = 0;
            if guess >> depth == path && depth > 0 {
                depth -= 1;
                let says = self.stretched[(self.trust[run] * 4096.0) as usize & 4095];
                inputs[REPEATED] = if guess >> depth & 1 == 1 { says } else { -says };
                length = 1 + (run / 2).min(RUNS - 2);
            }
            inputs[CONSTANT] = 0.3;

            let groups = [length, node & (SYMBOLS - 1), usize::from(select)];
            let mut sums = [0.0; 3];
            let votes = (kind * RUNS + length) * 3;
            let mut sum = 0.0;
            for (which, own) in sums.iter_mut().enumerate() {
                let weights = self.weights(which, kind, groups[which]);
                *own = weighed(weights, &inputs).clamp(-9.0, 9.0);
                sum += self.votes[votes + which] * *own;
            }
            let sum = sum.clamp(-11.9, 11.9);
            let voted = self.squashed(sum);
            let fine = (sum.clamp(-7.99, 7.99) + 8.0) * 2.0;
            let near = fine as i32 as usize;
            let part = fine - near as i32 as f32;
            let near = (kind * SYMBOLS + groups[1]) * FINE + near;
            let refined = self.refined[near] * (1.0 - part) + self.refined[near + 1] * part;
            let bit = bits.bit((((voted + refined) * 32768.0) as i32).clamp(4, 65532) as u32);

            let is = bit as i32 as f32;
            self.refined[near] += (is - self.refined[near]) * (1.0 - part) * 0.02;
            self.refined[near + 1] += (is - self.refined[near + 1]) * part * 0.02;
            if (is - voted).abs() > SURE {
                for (which, own) in sums.into_iter().enumerate() {
                    self.votes[votes + which] += (is - voted) * 0.002 * own;
                    let off = (is - self.squashed(own)) * 0.02;
                    let weights = self.weights(which, kind, groups[which]);
                    for (weight, input) in weights.iter_mut().zip(&inputs) {
                        *weight += off * input;
                    }
                }
            }
            self.remember(&places, bit);
            if length > 0 {
                let hit = guess >> depth & 1 == bit;
                let trust = &mut self.trust[run];
                *trust += (f32::from(u8::from(hit)) - *trust) * 0.01;
                *trust = trust.clamp(0.0003, 0.9997);
                if !hit {
                    guess = 0;
                }
            }
            path = path << 1 | bit;
            let next = self.trees[tree].branch(node, bit);
            if next <= 0 {
                break !next as u8;
            }
            node = next as usize;
        };
        self.note((kind as u16) << 8 | u16::from(symbol));
        symbol
    }

    #[inline(always)]
    fn weights(&mut self, which: usize, kind: usize, group: usize) -> &mut [f32] {
        let from = ((which * KINDS + kind) * SYMBOLS + group) * INPUTS;
        &mut self.weights[from..from + INPUTS]
    }

    /// From the scale, within its ends, to a probability.
    #[inline(always)]
    fn squashed(&self, x: f32) -> f32 {
        let place = (x + SCALE) * STEPS;
        let low = place as i32 as usize;
        self.likely[low] + (self.likely[low + 1] - self.likely[low]) * (place - low as i32 as f32)
    }

    /// The slots of the contexts at this node, and their opinions.
    #[inline(always)]
    fn recall(
        &mut self,
        lines: &[u32; CONTEXTS],
        node: usize,
        places: &mut [u32; CONTEXTS],
        inputs: &mut [f32; INPUTS],
    ) {
        let step = (node as u32 + 1).wrapping_mul(0x2c92_77b5);
        let mut checks = [0; CONTEXTS];
        let mut pairs = [[0_u32; 2]; CONTEXTS];
        // Asked for all at once, so that memory is waited for once.
        for which in 0..CONTEXTS {
            let line = lines[which];
            let own = line.wrapping_add(step).wrapping_mul(0x9e37_79b1);
            checks[which] = own >> 22 | 1;
            let place = line >> (32 - SLOTS) & !15 | own >> 16 & 15;
            places[which] = place;
            pairs[which] = [self.slot(place), self.slot(place ^ 1)];
        }
        for which in 0..CONTEXTS {
            let (check, [slot, beside]) = (checks[which], pairs[which]);
            let is_beside = (slot >> 6 & 1023 != check) & (beside >> 6 & 1023 == check);
            places[which] ^= u32::from(is_beside);
            let mut slot = if is_beside { beside } else { slot };
            if slot >> 6 & 1023 != check {
                // Whoever was asked less has to go, and the other is one nearer to it.
                let goes = u32::from(slot & 63 > beside & 63);
                let stays = places[which] ^ 1 ^ goes;
                places[which] ^= goes;
                let other = if goes == 1 { slot } else { beside };
                self.slots[stays as usize & ((1 << SLOTS) - 1)] = other - u32::from(other & 63 > 1);
                slot = 0x8000_0000 | check << 6;
                self.slots[places[which] as usize & ((1 << SLOTS) - 1)] = slot;
            }
            // In the middle, that is 0, as long as nothing is known.
            inputs[which] = self.stretched[(slot >> 20) as usize];
        }
    }

    #[inline(always)]
    fn slot(&self, place: u32) -> u32 {
        self.slots[place as usize & ((1 << SLOTS) - 1)]
    }

    #[inline(always)]
    fn remember(&mut self, places: &[u32; CONTEXTS], bit: u32) {
        let aim = (bit * 65535) as i32 as f32;
        for place in places {
            let slot = &mut self.slots[*place as usize & ((1 << SLOTS) - 1)];
            let times = *slot & 63;
            let p = (*slot >> 16) as i32 as f32;
            let p =
                ((p + (aim - p) * self.learning[times as usize]) as i32).clamp(16, 65519) as u32;
            *slot = p << 16 | *slot & 0xffc0 | (times + 1).min(OFTEN);
        }
    }

    /// Looks for the last place where the last six symbols stood, if no repetition is going on.
    fn note(&mut self, both: u16) {
        self.run += 1;
        self.found += 1;
        if self.past[self.found - 1] != both {
            self.run = 0;
        }
        self.past[self.now] = both;
        self.now += 1;
        self.key = (self.key.wrapping_add(u32::from(both) + 1)).wrapping_mul(0xe169_88e0);
        let place = &mut self.places[(self.key >> (32 - PLACES)) as usize];
        if self.run == 0 {
            self.found = *place as usize;
            self.run = usize::from(self.found > 0);
        }
        *place = self.now as u32;
    }
}

#[inline(always)]
fn weighed(weights: &[f32], inputs: &Weights) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    for input in 0..INPUTS {
        lanes[input % LANES] += weights[input] * inputs[input];
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

/// Where a context keeps what it remembers: close together for four bits on end.
#[inline(always)]
fn folded(context: u32, path: u32) -> u32 {
    let step = path.wrapping_mul(0x2c92_77b5);
    let fold = context.wrapping_add(step).wrapping_mul(0x85eb_ca6b);
    let fold = (fold ^ fold >> 15).wrapping_mul(0xc2b2_ae35);
    fold ^ fold >> 16
}
