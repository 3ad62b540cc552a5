//! Chance that is the same on every machine, so that what a test has found is found again.

/// An xorshift of 64 bits.
pub struct Dice(pub u64);

impl Dice {
    /// A number below so many.
    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }
}
