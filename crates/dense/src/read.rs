//! What the types of instructions are known from: the sections before the code.

const TYPES: u8 = 1;
const IMPORTS: u8 = 2;
const FUNCTIONS: u8 = 3;
const GLOBALS: u8 = 6;
const CODE: u8 = 10;

/// Parameters and results of functions of a type: where their own bytes stand in the module, and how many there are.
#[derive(Clone, Copy, Default)]
pub struct Signature {
    pub parameters: (usize, usize),
    pub results: (usize, usize),
}

/// A module's beginning, as far as it is wanted. What cannot be read is left out: it only makes foretelling worse.
#[derive(Default)]
pub struct Signatures {
    pub types: Vec<Signature>,
    /// Of all functions, imported ones first.
    pub functions: Vec<Signature>,
    pub imported: usize,
    /// Where the types of globals stand, each a byte.
    pub globals: Vec<usize>,
}

impl Signatures {
    /// Of all that stands before the first function's body.
    pub fn read(before: &[u8]) -> Self {
        let mut signatures = Self::default();
        let mut reader = Reader {
            bytes: before,
            at: 8,
        };
        loop {
            let section = reader.byte();
            let size = reader.number();
            let end = reader.at + size;
            if section == CODE || end > before.len() {
                return signatures;
            }
            if matches!(section, TYPES | IMPORTS | FUNCTIONS | GLOBALS) {
                for _ in 0..reader.number() {
                    signatures.entry(section, &mut reader);
                    if reader.at > end {
                        break;
                    }
                }
            }
            reader.at = end;
        }
    }

    fn entry(&mut self, section: u8, reader: &mut Reader<'_>) {
        let mut section = section;
        if section == IMPORTS {
            reader.list();
            reader.list();
            if reader.byte() == 0 {
                self.imported += 1;
                section = FUNCTIONS;
            }
        }
        match section {
            TYPES => {
                reader.at += 1;
                let parameters = reader.list();
                let results = reader.list();
                self.types.push(Signature {
                    parameters,
                    results,
                });
            }
            FUNCTIONS => {
                let number = reader.number();
                self.functions
                    .push(self.types.get(number).copied().unwrap_or_default());
            }
            // An imported table or memory has limits, which ours never imports.
            _ => {
                self.globals.push(reader.at);
                reader.at += 2;
                while section == GLOBALS && reader.byte() != 0x0b && reader.at < reader.bytes.len()
                {
                }
            }
        }
    }
}

struct Reader<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    fn number(&mut self) -> usize {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            value |= usize::from(byte & 127) << (shift & 31);
            shift += 7;
            if byte < 128 {
                return value;
            }
        }
    }

    fn list(&mut self) -> (usize, usize) {
        let count = self.number();
        let at = self.at;
        self.at += count;
        (at, count)
    }
}
