//! Official areas (Kemendagri codes: province 2, regency 4, district 6, village 10 digits).

use crate::Date;
use core::{fmt, str::FromStr};

/// Why a text is no area code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAreaCode;

macro_rules! area_code {
    ($(#[$doc:meta])* $name:ident, $digits:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $digits]);

        impl $name {
            /// Stands for a code that could not be read.
            pub(crate) const ZEROS: Self = Self([b'0'; $digits]);

            /// The digits, without dots.
            #[must_use]
            pub fn as_str(&self) -> &str {
                core::str::from_utf8(&self.0).unwrap_or("")
            }
        }

        impl FromStr for $name {
            type Err = NotAnAreaCode;
            /// Takes `3201010001` and the dotted form `32.01.01.0001`.
            fn from_str(text: &str) -> Result<Self, NotAnAreaCode> {
                let mut digits = [0u8; $digits];
                let mut count = 0;
                for byte in text.trim().bytes().filter(|b| *b != b'.') {
                    if !byte.is_ascii_digit() {
                        return Err(NotAnAreaCode);
                    }
                    *digits.get_mut(count).ok_or(NotAnAreaCode)? = byte;
                    count += 1;
                }
                if count == $digits { Ok(Self(digits)) } else { Err(NotAnAreaCode) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

area_code!(
    /// A village (*desa* or *kelurahan*).
    VillageCode, 10
);
area_code!(
    /// A regency or city (*kabupaten/kota*): the scope in which positions are counted.
    RegencyCode, 4
);

impl VillageCode {
    /// The regency in which the village lies.
    #[must_use]
    pub const fn regency(&self) -> RegencyCode {
        let d = &self.0;
        RegencyCode([d[0], d[1], d[2], d[3]])
    }
}

/// Indonesia's three time zones; none has daylight saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Western: UTC+7.
    Wib,
    /// Central: UTC+8.
    Wita,
    /// Eastern: UTC+9.
    Wit,
}

impl Zone {
    /// Minutes ahead of UTC.
    #[must_use]
    pub const fn offset_minutes(self) -> i64 {
        match self {
            Self::Wib => 420,
            Self::Wita => 480,
            Self::Wit => 540,
        }
    }

    /// The calendar day of an instant in this zone.
    #[must_use]
    pub fn day_of(self, now: crate::Millis) -> Date {
        let local = now.0.saturating_add(self.offset_minutes() * 60_000);
        let days = local.div_euclid(86_400_000);
        let day = i32::try_from(days).ok().and_then(Date::from_days);
        // A clock beyond year 9999 is a broken clock: the first day that can be written says so.
        day.unwrap_or(Date::MIN)
    }
}

impl RegencyCode {
    /// The zone of the regency's province (Keppres 41/1987, later provinces after their mother province).
    #[must_use]
    pub const fn zone(&self) -> Zone {
        match (self.0[0], self.0[1]) {
            (b'5', _) | (b'6', b'3' | b'4' | b'5') | (b'7', _) => Zone::Wita,
            (b'8', _) | (b'9', _) => Zone::Wit,
            _ => Zone::Wib,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Millis;

    #[test]
    fn dotted_and_plain_codes_are_the_same() {
        let plain: VillageCode = "3201010001".parse().unwrap();
        assert_eq!("32.01.01.0001".parse(), Ok(plain));
        assert_eq!(plain.regency().as_str(), "3201");
        assert_eq!("320101".parse::<VillageCode>(), Err(NotAnAreaCode));
    }

    #[test]
    fn an_evening_in_utc_is_tomorrow_in_every_zone() {
        let late = Millis(1_795_559_400_000); // 2026-11-24T22:30:00Z
        for (regency, zone) in [
            ("3201", Zone::Wib),
            ("7371", Zone::Wita),
            ("9171", Zone::Wit),
        ] {
            let code: RegencyCode = regency.parse().unwrap();
            assert_eq!(code.zone(), zone);
            assert_eq!(code.zone().day_of(late).to_string(), "2026-11-25");
        }
    }

    #[test]
    fn kalimantan_has_two_zones() {
        for (regency, zone) in [
            ("6171", Zone::Wib),
            ("6271", Zone::Wib),
            ("6371", Zone::Wita),
        ] {
            assert_eq!(regency.parse::<RegencyCode>().unwrap().zone(), zone);
        }
    }
}
