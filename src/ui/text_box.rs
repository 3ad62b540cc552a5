//! A field to type in. It keeps what was typed; whether that is an answer is decided elsewhere.

use super::{El, el};
use crate::live::Live;

/// Hears of typing: the text now and before; may give a better way to write the same.
pub type Typing = Box<dyn Fn(&str, &str) -> Option<String>>;

/// What a field needs to be drawn.
pub struct TextBox {
    /// Its id; the label points to it.
    pub id: String,
    /// The ids of hint, reading and messages.
    pub described_by: String,
    /// Which keypad comes up: `numeric`, `decimal`, `text`.
    pub keypad: &'static str,
    /// What stands in it.
    pub text: Live<String>,
    /// Whether it holds a mistake.
    pub invalid: Box<dyn Fn() -> bool>,
    /// Called while typing with the new text and the one before; may give a better way to write the same.
    pub typing: Typing,
    /// Called when the field is left.
    pub left: Box<dyn Fn()>,
}

/// Keeps the caret behind the same digit when groups move.
pub struct Caret;

impl Caret {
    /// Where the caret belongs in the new text: behind as many digits as it was before.
    #[must_use]
    pub fn after(old: &str, caret: usize, new: &str) -> usize {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        // Both texts are digits and signs of one byte here; anything else leaves the caret at the end.
        let behind = old.get(..caret).map_or(usize::MAX, digits);
        if behind == 0 {
            return 0;
        }
        let mut seen = 0;
        for (at, c) in new.char_indices() {
            seen += usize::from(c.is_ascii_digit());
            if seen == behind {
                return at + 1;
            }
        }
        new.len()
    }
}

/// The field.
#[must_use]
pub fn text_box(parts: TextBox) -> El {
    let TextBox {
        id,
        described_by,
        keypad,
        text,
        invalid,
        typing,
        left,
    } = parts;
    let input = el("input")
        .class("in")
        .set("type", "text")
        .set("id", &id)
        .set("inputmode", keypad)
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-describedby", &described_by)
        .live_set("aria-invalid", move || invalid().then(|| "true".into()))
        .follow(move |input| text.with(|text| input.set_value(text)))
        .on("change", move |_| left());
    let field = input.clone();
    input.on("input", move |_| {
        let now = field.value();
        let better = text.with_untracked(|before| typing(&now, before));
        if let Some(better) = &better {
            let caret = Caret::after(&now, field.caret(), better);
            field.set_value(better);
            field.set_caret(caret);
        }
        text.set(better.unwrap_or(now));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stays_behind_its_digit() {
        for (old, caret, new, place) in [
            ("1250", 4, "1.250", 5),
            ("1.9250", 3, "19.250", 2),
            ("12.50", 5, "1.250", 5),
            ("1.250", 0, "1.250", 0),
            ("", 0, "", 0),
        ] {
            assert_eq!(Caret::after(old, caret, new), place, "{old} → {new}");
        }
    }
}
