//! NIK and KK numbers as spreadsheets leave them. Where no digit can be lost the number is mended
//! and said to be; where one may be lost it is refused: a wrong number is another family.

use super::{cell::Cell, trouble::Trouble};

/// Sixteen digits, and whether signs around them were taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sixteen {
    /// The digits.
    pub digits: String,
    /// Whether apostrophes, quotes or `=` of a spreadsheet stood around them.
    pub mended: bool,
}

/// Reads a number; `rounded` says that this column's last digits were turned to zero.
///
/// # Errors
/// What the spreadsheet did to it.
pub fn sixteen(cell: &Cell, rounded: bool) -> Result<Option<Sixteen>, Trouble> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Failed(_) => return Err(Trouble::FormulaFailed),
        // A double holds all sixteen digits up to 2^53, but Excel has kept fifteen and written a zero.
        Cell::Number(number) => match cell.whole() {
            Some(whole) if whole % 10 != 0 && *number < 9_007_199_254_740_992.0 => {
                return judged(&whole.to_string(), false, false).map(Some);
            }
            Some(whole) if (1_000_000_000_000_000..10_000_000_000_000_000).contains(&whole) => {
                return Err(Trouble::NumberRounded);
            }
            Some(0) => return Ok(None),
            Some(whole) => return judged(&whole.to_string(), false, false).map(Some),
            None => return Err(Trouble::NumberSpreadsheet),
        },
        Cell::Day(_) | Cell::Bool(_) => return Err(Trouble::NumberSigns),
        Cell::Text(text) => text.as_str(),
    };
    // What registers write for "none".
    if matches!(text, "-" | "--" | "0" | "." | "tidak ada" | "null" | "NULL") {
        return Ok(None);
    }
    let bare: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !is_wrapping(*c))
        .collect();
    if bare.contains(['e', 'E']) && bare.contains(|c: char| c.is_ascii_digit()) {
        let form = |c: char| c.is_ascii_digit() || matches!(c, 'e' | 'E' | '+' | ',' | '.');
        if bare.chars().all(form) {
            return Err(Trouble::NumberSpreadsheet);
        }
    }
    let whole = bare
        .split_once(['.', ','])
        .filter(|(whole, rest)| whole.len() >= 14 && rest.bytes().all(|b| b == b'0'));
    if whole.is_some() {
        return Err(Trouble::NumberFloat);
    }
    let digits: String = bare
        .chars()
        .filter(|c| !matches!(c, '.' | '-' | ','))
        .collect();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Trouble::NumberSigns);
    }
    judged(&digits, digits != text, rounded).map(Some)
}

/// Signs that spreadsheets and their users put around a number to keep it text.
const fn is_wrapping(c: char) -> bool {
    matches!(
        c,
        '\'' | '"'
            | '`'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201c}'
            | '\u{201d}'
            | '\u{b4}'
            | '='
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'
            | '\u{202c}'
            | '\u{feff}'
    )
}

fn judged(digits: &str, mended: bool, rounded: bool) -> Result<Sixteen, Trouble> {
    match digits.len() {
        16 => {}
        short @ 0..16 => return Err(Trouble::NumberShort(short)),
        long => return Err(Trouble::NumberLong(long)),
    }
    // No serial is 0000, no month is 00: such zeros stand where digits stood.
    if digits.ends_with("0000") || (rounded && digits.ends_with('0')) {
        return Err(Trouble::NumberRounded);
    }
    // Provinces begin at 11: a zero in front was put there.
    if digits.starts_with('0') {
        return Err(Trouble::NumberImpossible);
    }
    Ok(Sixteen {
        digits: digits.to_owned(),
        mended,
    })
}

/// Counts how many numbers of a column end in zero: by nature one in ten does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Endings {
    numbers: u32,
    zeros: u32,
    last: u64,
}

impl Endings {
    /// Looks at one cell; repeats of the number before it (members of one family) count once.
    pub fn see(&mut self, cell: &Cell) {
        let Cell::Text(text) = cell else { return };
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match digits.parse::<u64>() {
            Ok(number) if digits.len() == 16 && number != self.last => {
                self.last = number;
                self.numbers += 1;
                self.zeros += u32::from(number % 10 == 0);
            }
            _ => {}
        }
    }

    /// Whether so many end in zero that a spreadsheet did it.
    #[must_use]
    pub const fn are_rounded(&self) -> bool {
        (self.numbers >= 4 && self.zeros == self.numbers)
            || (self.numbers >= 20 && self.zeros * 2 >= self.numbers)
    }
}
