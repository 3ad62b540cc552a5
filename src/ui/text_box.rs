//! A field to type in. It keeps what was typed; whether that is an answer is decided elsewhere.

use leptos::{ev, html, prelude::*};

/// What a field needs to be drawn.
pub struct TextBox {
    /// Its id; the label points to it.
    pub id: String,
    /// The ids of hint, reading and messages.
    pub described_by: String,
    /// Which keypad comes up: `numeric`, `decimal`, `text`.
    pub keypad: &'static str,
    /// What stands in it.
    pub text: RwSignal<String>,
    /// Whether it holds a mistake.
    pub invalid: Signal<bool>,
    /// Called while typing with the new text and the one before; may give a better way to write the same.
    pub typing: Box<dyn Fn(&str, &str) -> Option<String>>,
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
pub fn text_box(parts: TextBox) -> AnyView {
    let TextBox { id, described_by, keypad, text, invalid, typing, left } = parts;
    let node = NodeRef::<html::Input>::new();
    let on_input = move |event: ev::Event| {
        let now = event_target_value(&event);
        let before = text.get_untracked();
        let better = typing(&now, &before);
        if let (Some(better), Some(input)) = (&better, node.get_untracked()) {
            let caret = input.selection_start().ok().flatten().unwrap_or(u32::MAX) as usize;
            let place = u32::try_from(Caret::after(&now, caret, better)).unwrap_or(u32::MAX);
            input.set_value(better);
            // A browser that cannot move the caret leaves it at the end, where most people type.
            if input.set_selection_range(place, place).is_err() {
                text.set(better.clone());
            }
        }
        text.set(better.unwrap_or(now));
    };
    view! {
        <input
            class="in"
            type="text"
            id=id
            node_ref=node
            inputmode=keypad
            autocomplete="off"
            spellcheck="false"
            aria-describedby=described_by
            aria-invalid=move || invalid.get().then_some("true")
            prop:value=move || text.get()
            on:input=on_input
            on:change=move |_| left()
        />
    }
    .into_any()
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
