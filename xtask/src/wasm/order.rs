//! In which order functions lie: those that are alike side by side, because a compressor names what is near in fewer
//! bits. Two hundredths of the travelling bytes; which function stands where changes nothing else.
//!
//! The order goes to wasm-opt as numbers before the functions' names, after which its pass sorts them.

use super::{CODE, CUSTOM, FUNCTION_NAMES, HEADER, Reader, push_number, sections};
use super::{count_imported_functions, function_names};
use crate::failure::Outcome;

/// How many bytes make a piece: short, so that calls of other functions and other numbers do not hide what is alike.
const PIECE: usize = 3;
/// Bits of the set of pieces of a function.
const BITS: usize = 1 << 14;
const WORDS: usize = BITS / 64;
const DIGITS: usize = 5;

/// The module with a number before each function's name: its place when those that are alike lie together.
pub fn numbered_by_likeness(module: &[u8]) -> Outcome<Vec<u8>> {
    let (mut names, mut bodies, mut imported) = (Vec::new(), Vec::new(), 0);
    for section in sections(module)? {
        let mut body = Reader {
            bytes: section.body,
        };
        match section.id {
            CUSTOM if body.text()? == "name" => names = function_names(body)?,
            super::IMPORT => imported = count_imported_functions(body)?,
            CODE => {
                for _ in 0..body.number()? {
                    let size = body.number()?;
                    bodies.push(body.take(size)?);
                }
            }
            _ => {}
        }
    }
    let place = places(&bodies);
    let mut list = Vec::new();
    push_number(&mut list, names.len());
    for (function, name) in &names {
        push_number(&mut list, *function);
        let name = match function.checked_sub(imported).and_then(|at| place.get(at)) {
            Some(place) => format!("{place:0DIGITS$} {name}"),
            None => name.clone(),
        };
        push_number(&mut list, name.len());
        list.extend(name.bytes());
    }
    let mut section = b"\x04name".to_vec();
    section.push(FUNCTION_NAMES);
    push_number(&mut section, list.len());
    section.extend(list);
    let mut out = HEADER.to_vec();
    for old in sections(module)? {
        let mut body = Reader { bytes: old.body };
        if old.id != CUSTOM || body.text()? != "name" {
            out.extend(old.whole);
        }
    }
    out.push(CUSTOM);
    push_number(&mut out, section.len());
    out.extend(section);
    Ok(out)
}

/// A function's name without its number.
pub fn without_number(name: &str) -> &str {
    match name.split_once(' ') {
        Some((number, rest))
            if number.len() == DIGITS && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            rest
        }
        _ => name,
    }
}

/// From the longest function on, each is followed by the one most like it of those that are left.
fn places(bodies: &[&[u8]]) -> Vec<usize> {
    let sets: Vec<[u64; WORDS]> = bodies.iter().map(|body| pieces(body)).collect();
    let sizes: Vec<u32> = sets.iter().map(|set| ones(set.iter().copied())).collect();
    let mut place = vec![0; bodies.len()];
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    let longest = left
        .iter()
        .enumerate()
        .max_by_key(|(_, at)| bodies[**at].len());
    let mut next = longest.map(|(in_left, _)| in_left);
    let mut number = 0;
    while let Some(in_left) = next {
        let now = left.swap_remove(in_left);
        place[now] = number;
        number += 1;
        let likeness = |other: usize| {
            let pairs = sets[now].iter().zip(&sets[other]);
            let shared = u64::from(ones(pairs.map(|(a, b)| a & b)));
            // The square of the cosine, in whole numbers: the same on every machine. A little is added to the size, or
            // functions of a few bytes, of which all is found anywhere, would stand between all others.
            let size = u64::from(sizes[other]);
            ((shared * shared) << 20) / (size + 2 * size.isqrt() + 1)
        };
        next = (0..left.len()).max_by_key(|in_left| {
            let other = left[*in_left];
            (likeness(other), std::cmp::Reverse(other))
        });
    }
    place
}

fn pieces(body: &[u8]) -> [u64; WORDS] {
    let mut set = [0; WORDS];
    for piece in body.windows(PIECE) {
        let number = piece
            .iter()
            .fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        let bit = (number.wrapping_mul(0x9e37_79b1) >> 18) as usize % BITS;
        set[bit / 64] |= 1 << (bit % 64);
    }
    set
}

fn ones(words: impl Iterator<Item = u64>) -> u32 {
    words.map(u64::count_ones).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_lies_side_by_side() {
        let (a, b) = ([1u8, 2, 3, 4, 5, 6, 7, 8], [9u8, 8, 7, 6, 5, 4, 3, 2]);
        let (a2, b2) = ([1u8, 2, 3, 4, 5, 6, 7, 0], [9u8, 8, 7, 6, 5, 4, 3, 0]);
        let long = [1u8, 2, 3, 4, 5, 6, 7, 8, 1, 2];
        let place = places(&[&a, &b, &long, &b2, &a2]);
        assert_eq!(place[2], 0, "the longest first");
        assert_eq!(place[1].abs_diff(place[3]), 1);
        assert!(place[0].max(place[4]) < place[1].min(place[3]));
    }

    #[test]
    fn the_number_goes_and_the_name_stays() {
        assert_eq!(without_number("00012 <a as b>::c"), "<a as b>::c");
        assert_eq!(without_number("<a as b>::c"), "<a as b>::c");
    }
}
