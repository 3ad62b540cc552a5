//! Reading a WebAssembly module just far enough: its sections, the size of each function, and their names.
//! (Format: the WebAssembly core specification, "Binary Format", and its appendix on the name section.)

mod names;
mod order;

pub use names::{exports, imports, with_names};
pub use order::numbered_by_likeness;

use crate::failure::{Failure, Outcome};

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const EXPORT: u8 = 7;
const CODE: u8 = 10;
const DATA: u8 = 11;
const FUNCTION_NAMES: u8 = 1;
/// The kind of an import that is a function.
const FUNCTION: u8 = 0;

/// A function of the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// As the name section has it, or its number.
    pub name: String,
    /// Bytes of its body.
    pub bytes: usize,
}

/// What a module is made of.
#[derive(Debug, Default)]
pub struct Contents {
    /// Those with a body in this module, in its order.
    pub functions: Vec<Function>,
    /// Bytes of the data section: texts, tables, constants.
    pub data: usize,
    /// Bytes of everything else but custom sections.
    pub other: usize,
}

/// The module without its custom sections: names for people and notes for tools, which a phone need not download.
pub fn without_custom_sections(module: &[u8]) -> Outcome<Vec<u8>> {
    let mut kept = HEADER.to_vec();
    for section in sections(module)? {
        if section.id != CUSTOM {
            kept.extend(section.whole);
        }
    }
    Ok(kept)
}

/// A custom section, to stand behind a module: its page can read it. Its size has five digits always, so that the contents
/// begin seven bytes and the name behind its beginning.
pub fn custom_section(name: &str, contents: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    push_number(&mut body, name.len());
    body.extend(name.bytes());
    body.extend(contents);
    let mut section = vec![CUSTOM];
    section.extend((0..4).map(|digit| (body.len() >> (7 * digit)) as u8 | 0x80));
    section.push((body.len() >> 28) as u8);
    section.extend(body);
    section
}

/// As the format writes numbers: seven bits a byte, the lowest first.
fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Measures a module that still has its names.
pub fn contents(module: &[u8]) -> Outcome<Contents> {
    let mut contents = Contents::default();
    let mut sizes = Vec::new();
    let mut imported_functions = 0;
    let mut names = Vec::new();
    for section in sections(module)? {
        let mut body = Reader {
            bytes: section.body,
        };
        match section.id {
            CUSTOM => {
                if body.text()? == "name" {
                    names = function_names(body)?;
                }
            }
            IMPORT => {
                imported_functions = count_imported_functions(body)?;
                contents.other += section.whole.len();
            }
            CODE => {
                for _ in 0..body.number()? {
                    let size = body.number()?;
                    body.take(size)?;
                    sizes.push(size);
                }
            }
            DATA => contents.data += section.whole.len(),
            _ => contents.other += section.whole.len(),
        }
    }
    contents.functions = sizes
        .into_iter()
        .enumerate()
        .map(|(place, bytes)| Function {
            name: name_at(&names, imported_functions + place),
            bytes,
        })
        .collect();
    Ok(contents)
}

fn name_at(names: &[(usize, String)], index: usize) -> String {
    match names.binary_search_by_key(&index, |(number, _)| *number) {
        Ok(place) => order::without_number(&names[place].1).to_owned(),
        Err(_) => format!("function {index}"),
    }
}

struct Section<'module> {
    id: u8,
    body: &'module [u8],
    whole: &'module [u8],
}

fn sections(module: &[u8]) -> Outcome<Vec<Section<'_>>> {
    let Some(rest) = module.strip_prefix(HEADER) else {
        return Err(Failure::new("this is no WebAssembly module of version 1"));
    };
    let mut reader = Reader { bytes: rest };
    let mut found = Vec::new();
    while !reader.bytes.is_empty() {
        let before = reader.bytes;
        let id = reader.byte()?;
        let size = reader.number()?;
        let body = reader.take(size)?;
        let whole = &before[..before.len() - reader.bytes.len()];
        found.push(Section { id, body, whole });
    }
    Ok(found)
}

fn function_names(mut reader: Reader<'_>) -> Outcome<Vec<(usize, String)>> {
    while !reader.bytes.is_empty() {
        let kind = reader.byte()?;
        let size = reader.number()?;
        let mut part = Reader {
            bytes: reader.take(size)?,
        };
        if kind == FUNCTION_NAMES {
            let count = part.number()?;
            return (0..count)
                .map(|_| Ok((part.number()?, part.text()?.to_owned())))
                .collect();
        }
    }
    Ok(Vec::new())
}

/// Imported functions take the first numbers, so the bodies' numbers begin after them.
fn count_imported_functions(mut reader: Reader<'_>) -> Outcome<usize> {
    let mut functions = 0;
    for _ in 0..reader.number()? {
        reader.text()?;
        reader.text()?;
        functions += usize::from(reader.kind_of_import()? == FUNCTION);
    }
    Ok(functions)
}

struct Reader<'module> {
    bytes: &'module [u8],
}

impl<'module> Reader<'module> {
    fn take(&mut self, count: usize) -> Outcome<&'module [u8]> {
        match self.bytes.split_at_checked(count) {
            Some((taken, rest)) => {
                self.bytes = rest;
                Ok(taken)
            }
            None => Err(Failure::new("wasm: the module ends too early")),
        }
    }

    fn byte(&mut self) -> Outcome<u8> {
        Ok(self.take(1)?[0])
    }

    /// An unsigned LEB128 of at most 32 bits.
    fn number(&mut self) -> Outcome<usize> {
        let mut value = 0_usize;
        for place in 0..5 {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Failure::new("wasm: a number is longer than 32 bits"))
    }

    fn text(&mut self) -> Outcome<&'module str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?)
            .map_err(|_| Failure::new("wasm: a name is not UTF-8"))
    }

    /// Reads what an import is; its kind.
    fn kind_of_import(&mut self) -> Outcome<u8> {
        let kind = self.byte()?;
        match kind {
            FUNCTION => {
                self.number()?;
            }
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            3 => {
                self.byte()?;
                self.byte()?;
            }
            4 => {
                self.byte()?;
                self.number()?;
            }
            _ => return Err(Failure::new(format!("wasm: unknown kind of import {kind}"))),
        }
        Ok(kind)
    }

    fn limits(&mut self) -> Outcome {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One imported function, two with bodies of 2 and 4 bytes, a data section, names for all three.
    fn module() -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        bytes.extend([1, 4, 1, 0x60, 0, 0]);
        bytes.extend([2, 7, 1, 1, b'a', 1, b'b', 0, 0]);
        bytes.extend([3, 3, 2, 0, 0]);
        bytes.extend([10, 9, 2, 2, 0, 0x0b, 4, 0, 1, 1, 0x0b]);
        bytes.extend([11, 2, 0, 0]);
        let names = [
            4, b'n', b'a', b'm', b'e', 1, 13, 3, 0, 2, b'i', b'0', 1, 2, b'f', b'1', 2, 2, b'f',
            b'2',
        ];
        bytes.extend([0, names.len() as u8]);
        bytes.extend(names);
        bytes
    }

    #[test]
    fn functions_get_their_own_names_although_imports_come_first() {
        let contents = contents(&module()).expect("a sound module");
        let function = |name: &str, bytes| Function {
            name: name.into(),
            bytes,
        };
        assert_eq!(contents.functions, [function("f1", 2), function("f2", 4)]);
        assert_eq!(contents.data, 4);
    }

    #[test]
    fn stripping_takes_the_names_and_nothing_else() {
        let whole = module();
        let stripped = without_custom_sections(&whole).expect("a sound module");
        assert_eq!(stripped, whole[..stripped.len()]);
        assert_eq!(stripped.len(), whole.len() - 22);
    }

    #[test]
    fn a_section_behind_a_module_is_its_last_one() {
        let behind = custom_section("pack", b"rules");
        // As public/unpacked.js has it.
        assert_eq!(behind[11..], *b"rules");
        let whole = [module(), behind].concat();
        let sections = sections(&whole).expect("a sound module");
        let last = sections.last().expect("a section");
        assert_eq!((last.id, last.body), (CUSTOM, &b"\x04packrules"[..]));
    }

    #[test]
    fn a_broken_module_is_an_error_and_no_panic() {
        assert!(contents(b"not wasm").is_err());
        let whole = module();
        for length in HEADER.len() + 1..whole.len() {
            // A cut between two sections is a shorter module, any other cut an error: neither may panic.
            match contents(&whole[..length]) {
                Ok(_) | Err(_) => {}
            }
        }
    }
}
