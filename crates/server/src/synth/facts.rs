//! What is drawn about a family, typed, by the paths of `household.schema.json`.

use naik_kelas_domain::{Date, Value};
use naik_kelas_rules::value::Decimal;

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Yes or no.
    Bool(bool),
    /// A whole number, or rupiah.
    Int(i64),
    /// A number with one decimal, in tenths.
    Tenths(i64),
    /// A code of the fact's list.
    Code(&'static str),
    /// A name, or a number that is a name.
    Text(String),
    /// A day.
    Day(Date),
}

/// Facts by their paths, in the order in which they are written.
pub type Facts = Vec<(&'static str, Fact)>;

/// Facts as they are written down: `facts! { "desil": 2, "area": "rural" }`.
macro_rules! facts {
    ($($path:literal: $value:expr),* $(,)?) => {
        vec![$(($path, Fact::from($value))),*]
    };
}
pub(super) use facts;

/// Writes a fact in the place of the one before it.
pub fn put(facts: &mut Facts, path: &'static str, fact: Fact) {
    match facts.iter_mut().find(|(found, _)| *found == path) {
        Some((_, place)) => *place = fact,
        None => facts.push((path, fact)),
    }
}

/// The text of a fact, where it is one.
#[must_use]
pub fn text<'a>(facts: &'a Facts, path: &str) -> Option<&'a str> {
    facts.iter().find_map(|(found, fact)| match fact {
        Fact::Text(text) if *found == path => Some(text.as_str()),
        _ => None,
    })
}

impl From<&Fact> for Value {
    fn from(fact: &Fact) -> Self {
        match fact {
            Fact::Bool(truth) => Self::Bool(*truth),
            Fact::Int(number) => Self::Int(*number),
            Fact::Tenths(tenths) => Self::Decimal(Decimal(tenths * 100)),
            Fact::Code(code) => Self::Code((*code).to_owned()),
            Fact::Text(text) => Self::Text(text.clone()),
            Fact::Day(day) => Self::Date(*day),
        }
    }
}

macro_rules! from {
    ($($from:ty => $variant:ident),*) => {$(
        impl From<$from> for Fact {
            fn from(value: $from) -> Self {
                Self::$variant(value)
            }
        }
    )*};
}
from!(bool => Bool, i64 => Int, &'static str => Code, String => Text, Date => Day);

impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
