//! Rust source as rules read it: without comments, texts and tests, and as the paths that it names.

mod blanking;

use blanking::{code_only, without_test_modules};

/// A path named in a source: `use std::{fs, io::Read}` names `std::fs` and `std::io::Read`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPath {
    /// Line in the file, from 1.
    pub line: usize,
    /// Its parts.
    pub parts: Vec<String>,
}

/// All paths that the source names outside of comments, texts and modules of tests.
pub fn named_paths(source: &str) -> Vec<NamedPath> {
    let code = without_test_modules(&code_only(source));
    let tokens = tokens(&code);
    let mut paths = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        place = match tokens[place].text {
            word if is_word(word) => read_path(&tokens, place, &[], &mut paths),
            _ => place + 1,
        };
    }
    paths
}

/// Reads one path, or the tree of a `use`, and gives the place after it.
fn read_path(
    tokens: &[Token<'_>],
    mut place: usize,
    before: &[String],
    found: &mut Vec<NamedPath>,
) -> usize {
    let mut parts = before.to_vec();
    let line = tokens.get(place).map_or(0, |token| token.line);
    loop {
        match tokens.get(place).map(|token| token.text) {
            Some("{") if !parts.is_empty() => return read_group(tokens, place + 1, &parts, found),
            Some(word) if is_word(word) || word == "*" => parts.push(word.to_owned()),
            _ => break,
        }
        place += 1;
        if tokens.get(place).map(|token| token.text) != Some("::") {
            break;
        }
        place += 1;
    }
    if parts.len() > before.len() {
        found.push(NamedPath { line, parts });
        place
    } else {
        place + 1
    }
}

fn read_group(
    tokens: &[Token<'_>],
    mut place: usize,
    before: &[String],
    found: &mut Vec<NamedPath>,
) -> usize {
    while let Some(token) = tokens.get(place) {
        place = match token.text {
            "}" => return place + 1,
            "," => place + 1,
            _ => read_path(tokens, place, before, found),
        };
    }
    place
}

struct Token<'code> {
    text: &'code str,
    line: usize,
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let bytes = code.as_bytes();
    let mut tokens = Vec::new();
    let (mut place, mut line) = (0, 1);
    while place < bytes.len() {
        let begin = place;
        match bytes[place] {
            b'\n' => line += 1,
            byte if is_word_byte(byte) => {
                while place + 1 < bytes.len() && is_word_byte(bytes[place + 1]) {
                    place += 1;
                }
            }
            b':' if bytes.get(place + 1) == Some(&b':') => place += 1,
            _ => {}
        }
        place += 1;
        // A letter beyond ASCII stands in texts and comments only, which are gone.
        if let Some(text) = code
            .get(begin..place)
            .filter(|text| !text.trim().is_empty())
        {
            tokens.push(Token { text, line });
        }
    }
    tokens
}

fn is_word(text: &str) -> bool {
    text.bytes()
        .next()
        .is_some_and(|byte| is_word_byte(byte) && !byte.is_ascii_digit())
}

/// A letter, digit or underscore of ASCII.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(usize, &str)]) {
        let found: Vec<(usize, String)> = named_paths(source)
            .into_iter()
            .map(|path| (path.line, path.parts.join("::")))
            .collect();
        let expected: Vec<(usize, String)> = expected
            .iter()
            .map(|(line, path)| (*line, (*path).to_owned()))
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn trees_of_use_are_unfolded() {
        check(
            "use std::{fs, io::{self, Read}};\nuse a::*;",
            &[
                (1, "use"),
                (1, "std::fs"),
                (1, "std::io::self"),
                (1, "std::io::Read"),
                (2, "use"),
                (2, "a::*"),
            ],
        );
    }

    #[test]
    fn comments_texts_and_letters_name_nothing() {
        check(
            "// web_sys\n/* a /* b */ c */ x(\"web_sys::X\", r#\"serde \" x\"#, 'y', '\\'', 'é', b'z') &'life",
            &[(2, "x"), (2, "b"), (2, "life")],
        );
    }

    #[test]
    fn modules_of_tests_name_nothing_and_lines_stay() {
        check(
            "a::b;\n#[cfg(test)]\nmod tests {\n    use serde::De;\n    fn f() { {} }\n}\nc::d;\n#[cfg(test)]\nmod more;\ne;",
            &[(1, "a::b"), (7, "c::d"), (10, "e")],
        );
    }
}
