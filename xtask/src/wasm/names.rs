//! The names by which a module and its surroundings know each other. A phone need not download them at length.

use std::collections::BTreeMap;

use super::{EXPORT, HEADER, IMPORT, Reader, push_number, sections};
use crate::failure::{Failure, Outcome};

/// What a module asks for: module and name, in its order.
pub fn imports(module: &[u8]) -> Outcome<Vec<(String, String)>> {
    let mut found = Vec::new();
    each_import(module, |of, name, _| {
        found.push((of.to_owned(), name.to_owned()));
    })?;
    Ok(found)
}

/// What a module offers, in its order.
pub fn exports(module: &[u8]) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    each_export(module, |name, _| found.push(name.to_owned()))?;
    Ok(found)
}

/// The module with every name replaced that `short` holds; exports for which `kept` says no are gone.
pub fn with_names(
    module: &[u8],
    short: &BTreeMap<String, String>,
    kept: impl Fn(&str) -> bool,
) -> Outcome<Vec<u8>> {
    let name_of = |long: &str| short.get(long).map_or(long, String::as_str).to_owned();
    let (mut asked, mut asked_for) = (Vec::new(), 0);
    each_import(module, |of, name, kind| {
        asked_for += 1;
        push_text(&mut asked, &name_of(of));
        push_text(&mut asked, &name_of(name));
        asked.extend(kind);
    })?;
    let (mut offered, mut offers) = (Vec::new(), 0);
    each_export(module, |name, what| {
        if kept(name) {
            offers += 1;
            push_text(&mut offered, &name_of(name));
            offered.extend(what);
        }
    })?;
    let mut out = HEADER.to_vec();
    for section in sections(module)? {
        let (count, list) = match section.id {
            IMPORT => (asked_for, &asked),
            EXPORT => (offers, &offered),
            _ => {
                out.extend(section.whole);
                continue;
            }
        };
        let mut body = Vec::new();
        push_number(&mut body, count);
        body.extend(list);
        out.push(section.id);
        push_number(&mut out, body.len());
        out.extend(body);
    }
    Ok(out)
}

/// Module, name, and the bytes that say what it is.
fn each_import(module: &[u8], mut say: impl FnMut(&str, &str, &[u8])) -> Outcome {
    for section in sections(module)? {
        if section.id != IMPORT {
            continue;
        }
        let mut body = Reader {
            bytes: section.body,
        };
        for _ in 0..body.number()? {
            let (of, name) = (body.text()?, body.text()?);
            let before = body.bytes;
            body.kind_of_import()?;
            say(of, name, &before[..before.len() - body.bytes.len()]);
        }
    }
    Ok(())
}

/// Name, and the bytes that say what it is.
fn each_export(module: &[u8], mut say: impl FnMut(&str, &[u8])) -> Outcome {
    for section in sections(module)? {
        if section.id != EXPORT {
            continue;
        }
        let mut body = Reader {
            bytes: section.body,
        };
        for _ in 0..body.number()? {
            let name = body.text()?;
            let before = body.bytes;
            if body.byte()? > 4 {
                return Err(Failure::new("wasm: unknown kind of export"));
            }
            body.number()?;
            say(name, &before[..before.len() - body.bytes.len()]);
        }
    }
    Ok(())
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    push_number(out, text.len());
    out.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks for `long.name`, a function; offers `first` and `second`, and its memory.
    fn module() -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        bytes.extend([1, 4, 1, 0x60, 0, 0]);
        bytes.extend([2, 13, 1, 4]);
        bytes.extend(b"long\x04name\x00\x00");
        bytes.extend([7, 27, 3, 5]);
        bytes.extend(b"first\x00\x01\x06second\x00\x02\x06memory\x02\x00");
        bytes.extend([10, 1, 0]);
        bytes
    }

    #[test]
    fn names_change_and_nothing_else() {
        let short = [("name".to_owned(), "a".to_owned())].into();
        let module = with_names(&module(), &short, |_| true).expect("a sound module");
        let asked = imports(&module).expect("a sound module");
        assert_eq!(asked, [("long".to_owned(), "a".to_owned())]);
        assert_eq!(
            exports(&module).expect("a sound module"),
            ["first", "second", "memory"]
        );
        assert_eq!(module.len(), self::module().len() - 3);
    }

    #[test]
    fn what_nobody_wants_is_no_longer_offered() {
        let module = with_names(&module(), &BTreeMap::new(), |name| name != "second");
        assert_eq!(
            exports(&module.expect("a sound module")).expect("a sound module"),
            ["first", "memory"]
        );
    }

    #[test]
    fn long_numbers_are_written_as_they_are_read() {
        for number in [0, 127, 128, 300, 70_000] {
            let mut bytes = Vec::new();
            push_number(&mut bytes, number);
            let read = Reader { bytes: &bytes }.number().expect("a number");
            assert_eq!(read, number);
        }
    }
}
