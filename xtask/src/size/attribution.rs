//! Which crate a function's bytes are owed to, told from its name.

use std::collections::BTreeMap;

use crate::wasm::Function;

/// The code of one crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The crate, or what stands for it.
    pub name: String,
    /// Bytes of its functions' bodies.
    pub bytes: usize,
    /// How many they are.
    pub functions: usize,
}

/// The parts of a module, largest first.
pub fn by_crate(functions: &[Function]) -> Vec<Part> {
    let mut parts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for function in functions {
        let part = parts.entry(crate_of(&function.name)).or_default();
        part.0 += function.bytes;
        part.1 += 1;
    }
    let mut parts: Vec<Part> = parts
        .into_iter()
        .map(|(name, (bytes, functions))| Part {
            name: name.to_owned(),
            bytes,
            functions,
        })
        .collect();
    parts.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    parts
}

const STANDARD: &[&str] = &["core", "alloc", "std"];
const NO_CRATE: &str = "(no crate: imports, intrinsics, exports)";

/// The crate whose code made the function. For `<T as Trait>::method` that is the crate of `T`; where `T` is the
/// language's or the standard library's, the trait's; for generics, whoever they are made for.
fn crate_of(name: &str) -> &str {
    let paths = path_heads(name);
    paths
        .iter()
        .copied()
        .find(|head| !STANDARD.contains(head))
        .or_else(|| paths.first().copied())
        .unwrap_or(NO_CRATE)
}

/// The first parts of all paths in a demangled name, in order: words directly before `::` and not after one.
/// The disambiguator of the newer mangling (`leptos[1a2b3c4d]::…`) is passed over.
fn path_heads(name: &str) -> Vec<&str> {
    let mut heads = Vec::new();
    let bytes = name.as_bytes();
    let mut place = 0;
    while place < bytes.len() {
        if !is_word(bytes[place]) {
            place += 1;
            continue;
        }
        let begin = place;
        while place < bytes.len() && is_word(bytes[place]) {
            place += 1;
        }
        let end = place;
        if bytes.get(place) == Some(&b'[')
            && let Some(length) = name[place..].find(']')
        {
            place += length + 1;
        }
        let leads_on = name[place..].starts_with("::");
        let is_continued = name[..begin].ends_with("::");
        if leads_on && !is_continued && !bytes[begin].is_ascii_digit() {
            heads.push(&name[begin..end]);
        }
    }
    heads
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crate_is_found_in_every_shape_of_name() {
        for (name, expected) in [
            ("tachys::html::element::build::h0123456789abcdef", "tachys"),
            ("leptos[1a2b3c4d5e6f7081]::mount::mount_to", "leptos"),
            (
                "<gloo_timers::Timeout as core::ops::drop::Drop>::drop::h01",
                "gloo_timers",
            ),
            ("<&T as core::fmt::Debug>::fmt::h01", "core"),
            (
                "core::ptr::drop_in_place<naik_kelas_app::pages::today::Today>",
                "naik_kelas_app",
            ),
            (
                "<alloc::vec::Vec<minicbor::Token> as Clone>::clone",
                "minicbor",
            ),
            ("alloc::raw_vec::finish_grow::h01", "alloc"),
            ("memcpy", NO_CRATE),
            ("function 12", NO_CRATE),
            ("", NO_CRATE),
        ] {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }

    #[test]
    fn parts_add_up() {
        let function = |name: &str, bytes| Function {
            name: name.into(),
            bytes,
        };
        let parts = by_crate(&[
            function("a::f", 3),
            function("b::g", 5),
            function("a::h", 4),
        ]);
        let part = |name: &str, bytes, functions| Part {
            name: name.into(),
            bytes,
            functions,
        };
        assert_eq!(parts, [part("a", 7, 2), part("b", 5, 1)]);
    }
}
