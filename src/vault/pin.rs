//! The PIN: six digits, or a passphrase; never shown, never written down.

/// What opens a vault, as it was typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

/// Why a PIN was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PinFault {
    /// Neither six digits nor at least eight signs.
    Length,
    /// What everybody tries first.
    Easy,
    /// The second one is another.
    Differs,
}

const DIGITS: usize = 6;
const SIGNS: usize = 8;

impl Pin {
    /// A new PIN, typed twice.
    ///
    /// # Errors
    /// [`PinFault`].
    pub fn chosen(first: &str, again: &str) -> Result<Self, PinFault> {
        let pin = Self::typed(first);
        let signs = pin.0.chars().count();
        if signs < SIGNS && !(signs == DIGITS && pin.is_digits()) {
            Err(PinFault::Length)
        } else if is_easy(&pin.0) {
            Err(PinFault::Easy)
        } else if pin != Self::typed(again) {
            Err(PinFault::Differs)
        } else {
            Ok(pin)
        }
    }

    /// A PIN to unlock with. Keyboards add a space behind a word.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// Whether the keypad of digits is enough to type it.
    #[must_use]
    pub fn is_digits(&self) -> bool {
        self.0.bytes().all(|sign| sign.is_ascii_digit())
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A row of signs that each follow from the one before (123456, 987654), or a short piece over and over (000000, 121212,
/// 123123).
fn is_easy(pin: &str) -> bool {
    let signs: Vec<i64> = pin.chars().map(|sign| i64::from(u32::from(sign))).collect();
    let rising = |step| signs.windows(2).all(|two| two[1] - two[0] == step);
    let repeats = |piece| {
        signs
            .iter()
            .zip(signs.iter().skip(piece))
            .all(|(a, b)| a == b)
    };
    rising(1) || rising(-1) || (1..=3).any(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: &str, again: &str, wanted: Result<bool, PinFault>) {
        let chosen = Pin::chosen(first, again).map(|pin| pin.is_digits());
        assert_eq!(chosen, wanted, "{first} {again}");
    }

    #[test]
    fn six_digits_or_eight_signs_typed_twice() {
        check("482915", "482915", Ok(true));
        check(" 482915", "482915 ", Ok(true));
        check("kopi pagi sekali", "kopi pagi sekali", Ok(false));
        check("48291573", "48291573", Ok(true));
        for short in ["", "48291", "4829157", "kopi12", "kopi pg"] {
            check(short, short, Err(PinFault::Length));
        }
        check("482915", "482916", Err(PinFault::Differs));
        check("482915", "", Err(PinFault::Differs));
    }

    #[test]
    fn what_everybody_tries_first_is_not_taken() {
        for easy in [
            "000000", "999999", "123456", "012345", "654321", "987654", "121212", "123123",
            "abcdefgh", "aaaaaaaa", "12345678",
        ] {
            check(easy, easy, Err(PinFault::Easy));
        }
    }
}
