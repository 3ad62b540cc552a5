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

/// How far a file has been read that [`Writing`] wrote.
#[derive(Clone, Copy)]
pub struct Read {
    at: usize,
    window: u32,
    range: Range,
}

impl Read {
    /// Nothing yet.
    pub const NOTHING: Self = Self {
        at: 0,
        window: 0,
        range: Range { low: 0, high: 0 },
    };
}

/// Reads on. Behind the end of the file there are only zeros.
pub struct Reading<'file> {
    file: &'file [u8],
    read: Read,
}

impl<'file> Reading<'file> {
    pub fn new(file: &'file [u8], read: Read) -> Self {
        Self { file, read }
    }

    /// For going on later.
    #[cfg(target_family = "wasm")]
    pub fn read(&self) -> Read {
        self.read
    }

    /// How much of the file has been read.
    pub fn at(&self) -> usize {
        self.read.at
    }

    /// A byte as it stands.
    pub fn plain(&mut self) -> u8 {
        let byte = self.file.get(self.read.at).copied().unwrap_or(0);
        self.read.at += 1;
        byte
    }

    /// From here on the file is coded.
    pub fn begin(&mut self) {
        self.read.range = Range::WHOLE;
        for _ in 0..4 {
            self.read.window = self.read.window << 8 | u32::from(self.plain());
        }
    }
}

impl Bits for Reading<'_> {
    #[inline(always)]
    fn bit(&mut self, one: u32) -> u32 {
        let bit = u32::from(self.read.window <= self.read.range.middle(one));
        self.read.range.narrow(one, bit);
        while self.read.range.settled().is_some() {
            self.read.window = self.read.window << 8 | u32::from(self.plain());
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
