//! The tree of a kind's symbols: what is frequent stands near the root, so that few bits have to be foretold. (Huffman,
//! 1952, in the canonical form: the lengths of the codes say everything.)

/// Symbols there can be.
pub const SYMBOLS: usize = 256;
/// Bits of the longest code.
pub const LONGEST: usize = 15;

/// Of one kind, or of some kinds together.
pub struct Tree {
    /// By twice the node and the bit: the next node, or the complement of a symbol. The root is 0.
    branches: [i16; 2 * SYMBOLS],
    /// By symbol: its bits behind a 1; 0 for one that does not occur.
    codes: [u16; SYMBOLS],
}

impl Tree {
    /// Without symbols.
    pub const BARE: Self = Self {
        branches: [0; 2 * SYMBOLS],
        codes: [0; SYMBOLS],
    };

    /// Plants it anew, by the lengths of the codes, at most [`LONGEST`]; 0 for symbols that do not occur.
    pub fn plant(&mut self, lengths: &[u8; SYMBOLS]) {
        *self = Self::BARE;
        let mut nodes = 0;
        let mut code = 0_u16;
        for length in 1..=LONGEST {
            for (symbol, _) in lengths
                .iter()
                .enumerate()
                .filter(|(_, own)| usize::from(**own) == length)
            {
                let mut node = 0;
                for place in (0..length).rev() {
                    let branch = &mut self.branches
                        [(2 * node + usize::from(code >> place & 1)) & (2 * SYMBOLS - 1)];
                    if place == 0 {
                        *branch = !(symbol as i16);
                    } else if *branch <= 0 {
                        nodes += 1;
                        *branch = nodes;
                    }
                    node = *branch as usize;
                }
                self.codes[symbol & (SYMBOLS - 1)] = 1 << length | code;
                code = code.wrapping_add(1);
            }
            code = code.wrapping_mul(2);
        }
    }

    /// What follows a node after a bit: a node above 0, or the complement of a symbol.
    #[inline(always)]
    pub fn branch(&self, node: usize, bit: u32) -> i16 {
        self.branches[(2 * node + bit as usize) & (2 * SYMBOLS - 1)]
    }

    /// A symbol's bits behind a 1.
    #[inline(always)]
    pub fn code(&self, symbol: u8) -> u32 {
        u32::from(self.codes[usize::from(symbol)])
    }
}
