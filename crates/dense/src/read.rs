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

/// More of each than any module of ours has; what is beyond is unknown.
const TYPES_KNOWN: usize = 1 << 10;
const FUNCTIONS_KNOWN: usize = 1 << 14;
const GLOBALS_KNOWN: usize = 1 << 6;

/// A module's beginning, as far as it is wanted. What cannot be read is left out: it only makes foretelling worse.
pub struct Signatures {
    types: [Signature; TYPES_KNOWN],
    types_read: usize,
    /// The types of all functions, imported ones first.
    types_of: [u16; FUNCTIONS_KNOWN],
    /// How many there are.
    pub functions: usize,
    pub imported: usize,
    /// Where the types of globals stand, each a byte.
    globals: [usize; GLOBALS_KNOWN],
    globals_read: usize,
}

impl Signatures {
    /// All zeros, nothing read yet.
    pub const NONE: Self = Self {
        types: [Signature {
            parameters: (0, 0),
            results: (0, 0),
        }; TYPES_KNOWN],
        types_read: 0,
        types_of: [0; FUNCTIONS_KNOWN],
        functions: 0,
        imported: 0,
        globals: [0; GLOBALS_KNOWN],
        globals_read: 0,
    };

    /// Of all that stands before the first function's body.
    pub fn read(&mut self, before: &[u8]) {
        (
            self.types_read,
            self.functions,
            self.imported,
            self.globals_read,
        ) = (0, 0, 0, 0);
        let mut reader = Reader {
            bytes: before,
            at: 8,
        };
        loop {
            let section = reader.byte();
            let size = reader.number();
            let end = reader.at + size;
            if section == CODE || end > before.len() {
                return;
            }
            if matches!(section, TYPES | IMPORTS | FUNCTIONS | GLOBALS) {
                for _ in 0..reader.number() {
                    self.entry(section, &mut reader);
                    if reader.at > end {
                        break;
                    }
                }
            }
            reader.at = end;
        }
    }

    /// Of a type by its number.
    pub fn of_type(&self, number: usize) -> Signature {
        self.types[number & (TYPES_KNOWN - 1)]
    }

    /// Of a function by its number, imported ones counted.
    pub fn of(&self, function: usize) -> Signature {
        self.of_type(usize::from(self.types_of[function & (FUNCTIONS_KNOWN - 1)]))
    }

    /// Where a global's type stands.
    pub fn of_global(&self, number: usize) -> usize {
        self.globals[number & (GLOBALS_KNOWN - 1)]
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
                let (parameters, results) = (reader.list(), reader.list());
                self.types[self.types_read & (TYPES_KNOWN - 1)] = Signature {
                    parameters,
                    results,
                };
                self.types_read += 1;
            }
            FUNCTIONS => {
                self.types_of[self.functions & (FUNCTIONS_KNOWN - 1)] = reader.number() as u16;
                self.functions += 1;
            }
            // An imported table or memory has limits, which ours never imports.
            _ => {
                self.globals[self.globals_read & (GLOBALS_KNOWN - 1)] = reader.at;
                self.globals_read += 1;
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
