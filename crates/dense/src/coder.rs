//! Arithmetic coding of bits: a range of numbers is divided by how likely a one is, and the file says in which part it
//! went on. (After Rissanen and Langdon, 1979; carried out with 32 bits, as is usual.)

/// Where the walk gets its next bit from.
pub trait Bits {
    /// The next bit; `one` is how likely a 1 is, in 65,536ths, from 1 to 65,535.
    fn bit(&mut self, one: u32) -> u32;
}

/// What is left possible.
#[derive(Clone, Copy)]
struct Range {
    low: u32,
    high: u32,
}

impl Range {
    const WHOLE: Self = Self {
        low: 0,
        high: u32::MAX,
    };

    /// The last number that means a one.
    fn middle(self, one: u32) -> u32 {
        let width = u64::from(self.high - self.low);
        // Less than the width, which has 32 bits.
        self.low + ((width * u64::from(one)) >> 16) as u32
    }

    fn narrow(&mut self, one: u32, bit: u32) {
        let middle = self.middle(one);
        if bit == 1 {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
    }

    /// The highest byte, if it can no longer change: it is done with then.
    fn settled(&mut self) -> Option<u8> {
        if (self.low ^ self.high) >> 24 != 0 {
            return None;
        }
        let byte = (self.high >> 24) as u8;
        self.low <<= 8;
        self.high = self.high << 8 | 0xff;
        Some(byte)
    }
}

/// Reads what [`Writing`] wrote. Behind the end of the file there are only zeros.
pub struct Reading {
    file: Vec<u8>,
    at: usize,
    window: u32,
    range: Range,
}

impl Reading {
    /// Of a file of which only the beginning need be there yet.
    pub fn new(file: Vec<u8>) -> Self {
        Self {
            file,
            at: 0,
            window: 0,
            range: Range::WHOLE,
        }
    }

    /// Where the file is to be put.
    #[cfg(target_family = "wasm")]
    pub fn file(&mut self) -> &mut [u8] {
        &mut self.file
    }

    /// How much of the file has been read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// A byte as it stands.
    pub fn plain(&mut self) -> u8 {
        let byte = self.file.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    /// From here on the file is coded.
    pub fn begin(&mut self) {
        for _ in 0..4 {
            self.window = self.window << 8 | u32::from(self.plain());
        }
    }
}

impl Bits for Reading {
    #[inline(always)]
    fn bit(&mut self, one: u32) -> u32 {
        let bit = u32::from(self.window <= self.range.middle(one));
        self.range.narrow(one, bit);
        while self.range.settled().is_some() {
            self.window = self.window << 8 | u32::from(self.plain());
        }
        bit
    }
}

/// Writes bits that are known beforehand, and gives them to whoever asks.
#[cfg(not(target_family = "wasm"))]
pub struct Writing {
    bits: Vec<bool>,
    next: usize,
    written: Vec<u8>,
    range: Range,
}

#[cfg(not(target_family = "wasm"))]
impl Writing {
    pub fn new(bits: Vec<bool>) -> Self {
        Self {
            bits,
            next: 0,
            written: Vec::new(),
            range: Range::WHOLE,
        }
    }

    /// The coded bits, and whether all were asked for, no more and no fewer.
    pub fn finish(mut self) -> (Vec<u8>, bool) {
        // With zeros behind it, it lies inside the range.
        self.written.push((self.range.high >> 24) as u8);
        (self.written, self.next == self.bits.len())
    }
}

#[cfg(not(target_family = "wasm"))]
impl Bits for Writing {
    fn bit(&mut self, one: u32) -> u32 {
        let bit = u32::from(self.bits.get(self.next).copied().unwrap_or(false));
        self.next += 1;
        self.range.narrow(one, bit);
        while let Some(byte) = self.range.settled() {
            self.written.push(byte);
        }
        bit
    }
}
