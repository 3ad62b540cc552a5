//! Inputs made of others: bits turned, bytes changed, lengths made huge, parts left out, doubled and taken from elsewhere.

/// Longer inputs find nothing more and take longer.
const LONGEST: usize = 96 << 10;
/// Numbers at which lengths and sums go wrong.
const TELLING: [u64; 9] = [
    0,
    1,
    0x7f,
    0xff,
    0xffff,
    0x7fff_ffff,
    0xffff_ffff,
    0x7fff_ffff_ffff_ffff,
    u64::MAX,
];

/// An endless row of inputs, the same for the same seed.
pub struct Mutations {
    seeds: Vec<Vec<u8>>,
    state: u64,
}

impl Mutations {
    /// From these inputs.
    pub fn of(seeds: Vec<Vec<u8>>, seed: u64) -> Self {
        Self {
            seeds,
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
        }
    }

    /// The next input.
    pub fn next(&mut self) -> Vec<u8> {
        let mut bytes = self.some().to_vec();
        for _ in 0..=self.below(4) {
            self.change(&mut bytes);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let length = 1 + self.below(16);
        let end = (at + length).min(bytes.len());
        match self.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 if at < bytes.len() => bytes[at] = self.below(256) as u8,
            // A head of CBOR with an argument of eight bytes.
            2 => {
                let telling = TELLING[self.below(TELLING.len())];
                let head = (self.below(8) as u8) << 5 | 27;
                bytes.splice(
                    at..end.min(at + 1),
                    [head].into_iter().chain(telling.to_be_bytes()),
                );
            }
            3 => drop(bytes.drain(at..end)),
            4 => {
                let part = bytes[at..end].to_vec();
                for _ in 0..=self.below(64) {
                    bytes.splice(at..at, part.iter().copied());
                }
            }
            5 => {
                let other = self.some().to_vec();
                let from = self.below(other.len() + 1);
                let until = from + self.below(other.len() + 1 - from).min(512);
                bytes.splice(at..end, other[from..until].iter().copied());
            }
            6 => {
                let digits = TELLING[self.below(TELLING.len())].to_string();
                bytes.splice(at..end, digits.into_bytes());
            }
            _ => {
                let signs = b"()[]{}.,:?!&|=<>+-*/%'\"\\ \n\0e9\xc3\xa9";
                bytes.insert(at, signs[self.below(signs.len())]);
            }
        }
    }

    fn some(&mut self) -> &[u8] {
        let which = self.below(self.seeds.len());
        &self.seeds[which]
    }

    fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % bound.max(1)
    }
}
