//! NIK and KK numbers: sixteen digits, kept as text.
//!
//! Neither has a check digit, and the region in a NIK is that of first
//! registration, not of residence (`Dukcapil`). So only the form is a promise;
//! a disagreement with sex or birth date is a warning and never a stop.

use crate::mask::masked;
use core::{fmt, str::FromStr};
use naik_kelas_rules::date::Date;

/// Why a text is no NIK or KK number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// The text has this many digits, not sixteen.
    Length(usize),
    /// Something other than digits, spaces, dots and hyphens.
    NotDigits,
    /// A spreadsheet has turned the number into 3,2E+15: its last digits are lost.
    Spreadsheet,
}

/// National identity number (*nomor induk kependudukan*), sixteen digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nik([u8; 16]);

/// Family card number (*nomor kartu keluarga*), sixteen digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KkNumber([u8; 16]);

/// What a NIK says of its holder, to be compared with what the family says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NikHint {
    /// Women's day of birth is written 40 higher.
    pub female: bool,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Month, 1 to 12.
    pub month: u8,
    /// Last two digits of the year of birth; the century is not written.
    pub year_of_century: u8,
}

/// What disagrees between a NIK and the answers beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NikDoubt {
    /// The NIK is of a person of the other sex.
    Sex,
    /// The NIK holds another birth date.
    BirthDate,
    /// The NIK's own date cannot be (day 38, month 13).
    ImpossibleDate,
}

impl Nik {
    /// Sex and birth date as written in the number; `None` where its date cannot be.
    #[must_use]
    pub fn hint(&self) -> Option<NikHint> {
        let two = |at: usize| (self.0[at] - b'0') * 10 + (self.0[at + 1] - b'0');
        let raw_day = two(6);
        let female = raw_day > 40;
        let day = if female { raw_day - 40 } else { raw_day };
        let month = two(8);
        let possible = (1..=31).contains(&day) && (1..=12).contains(&month);
        possible.then_some(NikHint {
            female,
            day,
            month,
            year_of_century: two(10),
        })
    }

    /// Compares the number with what is known; warns and never refuses.
    #[must_use]
    pub fn doubt(&self, female: Option<bool>, birth_date: Option<Date>) -> Option<NikDoubt> {
        let Some(hint) = self.hint() else {
            return Some(NikDoubt::ImpossibleDate);
        };
        if female.is_some_and(|known| known != hint.female) {
            return Some(NikDoubt::Sex);
        }
        let (year, month, day) = birth_date?.ymd();
        let same = i32::from(hint.year_of_century) == year.rem_euclid(100)
            && u32::from(hint.month) == month
            && u32::from(hint.day) == day;
        (!same).then_some(NikDoubt::BirthDate)
    }
}

macro_rules! sixteen_digits {
    ($name:ident) => {
        impl $name {
            /// The sixteen digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                // Only digits are ever stored, so this cannot fail; the empty text is never seen.
                core::str::from_utf8(&self.0).unwrap_or("")
            }
        }

        impl FromStr for $name {
            type Err = NumberError;
            fn from_str(text: &str) -> Result<Self, NumberError> {
                parse_sixteen(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            /// In groups of four, as people read them out.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for (at, group) in self.as_str().as_bytes().chunks(4).enumerate() {
                    if at > 0 {
                        f.write_str(" ")?;
                    }
                    f.write_str(core::str::from_utf8(group).unwrap_or(""))?;
                }
                Ok(())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                masked(self.as_str(), f)
            }
        }
    };
}

impl KkNumber {
    /// Stands for a number that could not be read.
    pub(crate) const ZEROS: Self = Self([b'0'; 16]);
}

sixteen_digits!(Nik);
sixteen_digits!(KkNumber);

fn parse_sixteen(text: &str) -> Result<[u8; 16], NumberError> {
    let mut digits = [0u8; 16];
    let mut count = 0usize;
    for c in text.trim().chars() {
        match c {
            '0'..='9' => {
                if let Some(place) = digits.get_mut(count) {
                    *place = c as u8;
                }
                count += 1;
            }
            ' ' | '.' | '-' | '\u{a0}' => {}
            'e' | 'E' | ',' | '+' => return Err(NumberError::Spreadsheet),
            _ => return Err(NumberError::NotDigits),
        }
    }
    if count == 16 {
        Ok(digits)
    } else {
        Err(NumberError::Length(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nik(text: &str) -> Result<Nik, NumberError> {
        text.parse()
    }

    #[test]
    fn people_write_numbers_with_spaces_and_dots() {
        assert_eq!(
            nik("3201 0141.0593-9001").map(|n| n.to_string()),
            Ok("3201 0141 0593 9001".into())
        );
    }

    #[test]
    fn wrong_numbers_say_what_is_wrong() {
        assert_eq!(nik("32010141059390"), Err(NumberError::Length(14)));
        assert_eq!(nik("32010141059390012"), Err(NumberError::Length(17)));
        assert_eq!(nik("3,2E+15"), Err(NumberError::Spreadsheet));
        assert_eq!(nik("32010141O5939001"), Err(NumberError::NotDigits));
    }

    #[test]
    fn a_womans_day_is_forty_higher() {
        let number: Nik = "3201014105939001".parse().unwrap();
        let born = Date::from_ymd(1993, 5, 1);
        assert_eq!(number.doubt(Some(true), born), None);
        assert_eq!(number.doubt(Some(false), born), Some(NikDoubt::Sex));
        assert_eq!(
            number.doubt(None, Date::from_ymd(1993, 5, 2)),
            Some(NikDoubt::BirthDate)
        );
        let impossible: Nik = "3201013913939001".parse().unwrap();
        assert_eq!(impossible.doubt(None, None), Some(NikDoubt::ImpossibleDate));
    }

    #[test]
    fn debug_shows_the_last_four_digits_only() {
        let number: Nik = "3201014105939001".parse().unwrap();
        assert_eq!(format!("{number:?}"), "••••••••••••9001");
    }
}
