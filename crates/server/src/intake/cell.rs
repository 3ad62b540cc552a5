//! One cell, as the file holds it.

use naik_kelas_domain::Date;

/// What a cell holds. CSV knows texts alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number of a spreadsheet: of sixteen digits the last is lost.
    Number(f64),
    /// A day of a spreadsheet.
    Day(Date),
    /// Truth of a spreadsheet.
    Bool(bool),
    /// A formula that failed: `#N/A`, `#REF!`.
    Failed(String),
}

/// What a formula that failed leaves, in CSV too.
const FAILURES: [&str; 8] = [
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!",
];

impl Cell {
    /// A text, or nothing where it is blank.
    #[must_use]
    pub fn text(text: &str) -> Self {
        match text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}') {
            "" => Self::Empty,
            failed if FAILURES.contains(&failed) => Self::Failed(failed.to_owned()),
            trimmed => Self::Text(trimmed.to_owned()),
        }
    }

    /// Whether the cell holds nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The cell as a person reads it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Failed(text) => text.clone(),
            Self::Number(number) => format!("{number}"),
            Self::Day(day) => day.to_string(),
            Self::Bool(truth) => truth.to_string(),
        }
    }

    /// The whole number that the cell holds, if it is one.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e18 => {
                // Far below 2^63.
                #[allow(clippy::cast_possible_truncation, reason = "checked above")]
                Some(*number as i64)
            }
            Self::Text(text) => text.strip_suffix(".0").unwrap_or(text).parse().ok(),
            _ => None,
        }
    }
}

/// A header or a label without case, spaces and signs: `No. KK` and `NO_KK` are `nokk`.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
