//! Whether two records may be of one person: a question put to people, never an answer.
//!
//! Names are compared as they sound: *Moh. Soekardjo* and *Muhammad Sukarjo* are
//! one key. Numbers are the same or they are not.

mod people;

pub use people::{Sought, Trait, born, families_alike, text, traits};

use crate::{Date, search::folded};

/// What a record says of a person, keys made once and compared often.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Likeness {
    /// [`name_key`] of the name.
    pub name: String,
    /// Birth date, where known.
    pub born: Option<Date>,
    /// [`address_key`] of the address.
    pub address: String,
}

/// Why two records may be of one person or of one family, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Because {
    /// The same family card.
    SameKk,
    /// A person of the same identity number.
    SameNik,
    /// Like names, the same birth date.
    NameAndBirthDate,
    /// Like names, the same address, and birth dates that differ as slips of the pen do.
    NearBirthDate,
    /// Like names, the same address, and one of the two without a birth date.
    NameAndAddress,
}

/// Compares two records; `None` where nothing suggests that they are of one person.
#[must_use]
pub fn alike(one: &Likeness, other: &Likeness) -> Option<Because> {
    if !names_alike(&one.name, &other.name) {
        return None;
    }
    let near_home = || addresses_alike(&one.address, &other.address);
    match (one.born, other.born) {
        (Some(a), Some(b)) if a == b => Some(Because::NameAndBirthDate),
        (Some(a), Some(b)) => (slip(a, b) && near_home()).then_some(Because::NearBirthDate),
        _ => near_home().then_some(Because::NameAndAddress),
    }
}

/// Titles that come and go before and after a name.
const TITLES: &str = "h hj haji hajjah alm almh bpk bapak ibu sdr sdri bin binti kh ust drs";

/// What sounds alike, replaced one after another; then `h` goes where it does not begin a word.
const SOUNDS: &str =
    "sj>s sy>s sh>s kh>k ch>k nj>ni ph>p f>p v>p z>s q>k x>ks oo>u ee>i ae>ai ie>i y>i ii>i dj>j";

/// A name as it sounds: without titles, spellings made one, doubled letters single.
#[must_use]
pub fn name_key(name: &str) -> String {
    sounding(name, TITLES)
}

/// The words as they sound, without those of the list and without zeros before numbers.
fn sounding(text: &str, without: &str) -> String {
    let mut key = String::new();
    for word in folded(text).split(' ') {
        if is_one_of(word, without) {
            continue;
        }
        let heard = sound(word.trim_start_matches('0'));
        if !heard.is_empty() && !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&heard);
    }
    key
}

/// Whether a word stands in a list.
fn is_one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// How *Muhammad* is shortened and spelt, as it sounds.
const MUHAMMAD: &str = "m mu mo mk md mad mamad muamad moamad mokamad mukamad muamat moamat";

fn sound(word: &str) -> String {
    let mut spelt = word.to_owned();
    for pair in SOUNDS.split(' ') {
        if let Some((from, to)) = pair.split_once('>') {
            spelt = spelt.replace(from, to);
        }
    }
    let mut key = String::with_capacity(spelt.len());
    for c in spelt.chars() {
        if !(key.ends_with(c) || (c == 'h' && !key.is_empty())) {
            key.push(c);
        }
    }
    match key.as_str() {
        "abd" => "abdul".to_owned(),
        short if is_one_of(short, MUHAMMAD) => "muamad".to_owned(),
        _ => key,
    }
}

/// An address by what tells houses apart: without *jalan*, *RT* and zeros before numbers.
#[must_use]
pub fn address_key(address: &str) -> String {
    const WORDS: &str = "jl jln jalan gg gang dsn dusun kp kampung blok no rt rw desa";
    let mut spaced = String::with_capacity(address.len() + 8);
    for c in address.chars() {
        let digit = spaced.chars().last().map(|last| last.is_ascii_digit());
        if !c.is_alphanumeric() || digit.is_some_and(|digit| digit != c.is_ascii_digit()) {
            spaced.push(' ');
        }
        if c.is_alphanumeric() {
            spaced.push(c);
        }
    }
    sounding(&spaced, WORDS)
}

fn names_alike(one: &str, other: &str) -> bool {
    let long = one.len().min(other.len());
    // A letter in five may differ: `Aminah` and `Amina`, not `Ani` and `Ana`.
    long > 0 && (distance(one, other) <= (long / 5).min(2) || is_within(one, other, 2))
}

fn addresses_alike(one: &str, other: &str) -> bool {
    is_within(one, other, 1)
}

/// Whether every word of the shorter text, and no fewer than `least`, stands in the longer one.
fn is_within(one: &str, other: &str, least: usize) -> bool {
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).count();
    let (short, long) = if words(one) <= words(other) {
        (one, other)
    } else {
        (other, one)
    };
    words(short) >= least
        && short
            .split(' ')
            .all(|word| long.split(' ').any(|w| w == word))
}

/// Day and month exchanged, or one of day, month and year differing by one written digit.
fn slip(a: Date, b: Date) -> bool {
    let ((year, month, day), (other_year, other_month, other_day)) = (a.ymd(), b.ymd());
    let digits = digits_apart(year.unsigned_abs(), other_year.unsigned_abs())
        + digits_apart(month, other_month)
        + digits_apart(day, other_day);
    digits == 1 || (year == other_year && (month, day) == (other_day, other_month))
}

/// In how many places two numbers differ as they are written.
fn digits_apart(mut one: u32, mut other: u32) -> u32 {
    let mut apart = 0;
    while one != other {
        apart += u32::from(one % 10 != other % 10);
        one /= 10;
        other /= 10;
    }
    apart
}

/// How many letters must be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (place, b) in other.iter().enumerate() {
            let cost = before + usize::from(a != *b);
            before = row[place + 1];
            row[place + 1] = cost.min(before + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests;
