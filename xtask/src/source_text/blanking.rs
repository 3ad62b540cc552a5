//! Takes out of a source what is not code: comments, texts, letters, modules of tests. Lines stay where they are.

use super::is_word_byte;

/// Comments and the insides of texts become spaces; lines stay where they are.
pub fn code_only(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut code = bytes.to_vec();
    let mut place = 0;
    while place < bytes.len() {
        let end = match bytes[place] {
            b'/' if bytes.get(place + 1) == Some(&b'/') => end_of_line(bytes, place),
            b'/' if bytes.get(place + 1) == Some(&b'*') => end_of_block_comment(bytes, place),
            b'"' => end_of_text(bytes, place),
            b'r' if is_raw_text(bytes, place) => end_of_raw_text(bytes, place),
            b'\'' => end_of_letter(bytes, place),
            _ => place + 1,
        };
        if end > place + 1 {
            for byte in &mut code[place..end.min(bytes.len())] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
        place = end;
    }
    String::from_utf8_lossy(&code).into_owned()
}

fn end_of_line(bytes: &[u8], place: usize) -> usize {
    bytes[place..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |length| place + length)
}

fn end_of_block_comment(bytes: &[u8], mut place: usize) -> usize {
    let mut depth = 0_usize;
    while place < bytes.len() {
        match &bytes[place..] {
            [b'/', b'*', ..] => {
                depth += 1;
                place += 2;
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                place += 2;
                if depth == 0 {
                    return place;
                }
            }
            _ => place += 1,
        }
    }
    place
}

fn end_of_text(bytes: &[u8], mut place: usize) -> usize {
    place += 1;
    while place < bytes.len() {
        match bytes[place] {
            b'\\' => place += 2,
            b'"' => return place + 1,
            _ => place += 1,
        }
    }
    place
}

fn is_raw_text(bytes: &[u8], place: usize) -> bool {
    let starts_word = place == 0 || !is_word_byte(bytes[place - 1]) || bytes[place - 1] == b'b';
    let hashes = bytes[place + 1..]
        .iter()
        .take_while(|byte| **byte == b'#')
        .count();
    starts_word && bytes.get(place + 1 + hashes) == Some(&b'"')
}

fn end_of_raw_text(bytes: &[u8], place: usize) -> usize {
    let hashes = bytes[place + 1..]
        .iter()
        .take_while(|byte| **byte == b'#')
        .count();
    let mut closing = vec![b'"'];
    closing.resize(1 + hashes, b'#');
    let begin = place + 2 + hashes;
    bytes[begin..]
        .windows(closing.len())
        .position(|window| window == closing)
        .map_or(bytes.len(), |length| begin + length + closing.len())
}

/// `'a'` and `'\n'` are letters, `'a` alone is a lifetime.
fn end_of_letter(bytes: &[u8], place: usize) -> usize {
    match bytes.get(place + 1) {
        Some(b'\\') => bytes[place + 3..]
            .iter()
            .position(|byte| *byte == b'\'')
            .map_or(bytes.len(), |length| place + 4 + length),
        Some(first) => {
            let width = match first {
                0..=0x7f => 1,
                0x80..=0xdf => 2,
                0xe0..=0xef => 3,
                _ => 4,
            };
            if bytes.get(place + 1 + width) == Some(&b'\'') {
                place + 2 + width
            } else {
                place + 1
            }
        }
        None => place + 1,
    }
}

/// Blanks every `#[cfg(test)] mod … { … }`: tests may use what the code may not.
pub fn without_test_modules(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(begin) = rest.find("#[cfg(test)]") {
        let after = &rest[begin..];
        let header = after.find(['{', ';']).unwrap_or(after.len());
        let length = match after.as_bytes().get(header) {
            Some(b'{') => header + length_of_block(&after[header..]),
            _ => header,
        };
        kept.push_str(&rest[..begin]);
        kept.extend(after[..length].chars().filter(|letter| *letter == '\n'));
        rest = &after[length..];
    }
    kept.push_str(rest);
    kept
}

fn length_of_block(code: &str) -> usize {
    let mut depth = 0_usize;
    for (place, byte) in code.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return place + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}
