//! Numbers that look drawn and are the same for the same seed everywhere.

/// A stream of numbers (SplitMix64, Steele and others 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of one thing of a series.
    #[must_use]
    pub fn of(seed: u64, index: u64) -> Self {
        let mut mixed = Self(seed ^ 0x9e37_79b9_7f4a_7c15);
        let first = mixed.next();
        Self(first ^ index.wrapping_mul(0xd134_2543_de82_ef95))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to and not including 1, in steps of 2^-53.
    pub fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
        let number = (self.next() >> 11) as f64;
        number / 9_007_199_254_740_992.0
    }

    /// Whether something of this probability happens.
    pub fn yes(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number from 0 up to and not including `limit`; 0 for an empty range.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u128::try_from(limit).unwrap_or(0);
        usize::try_from((u128::from(self.next()) * limit) >> 64).unwrap_or(0)
    }

    /// A whole number from 0 up to and not including `limit`.
    pub fn int(&mut self, limit: f64) -> i64 {
        whole(self.unit() * limit)
    }

    /// So many days at most.
    pub fn days(&mut self, limit: u32) -> i32 {
        i32::try_from(self.int(f64::from(limit))).unwrap_or(0)
    }

    /// About normal, mean 0 and deviation 1: the sum of twelve, for a logarithm may differ between machines.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Bytes for an identity.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            *byte = self.next().to_be_bytes()[0];
        }
        bytes
    }
}

/// The whole part of a number.
pub fn whole(number: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and the numbers here are small"
    )]
    let whole = number as i64;
    whole
}

/// e to the power of a small number, by products only.
pub fn exponential(power: f64) -> f64 {
    let mut grown = 1.0 + power / 1024.0;
    for _ in 0..10 {
        grown *= grown;
    }
    grown
}
