//! Buttons and links that look like buttons.

use super::{El, Look, el};

/// A button with words. `test_id` is the name by which outside checks find it; may be empty.
#[must_use]
pub fn button(look: Look, label: &str, test_id: &str, press: impl FnMut() + 'static) -> El {
    pressable(look.class(), test_id, Box::new(press)).text(label)
}

/// A button whose words change.
#[must_use]
pub fn live_button(
    look: Look,
    label: impl Fn() -> String + 'static,
    test_id: &str,
    press: impl FnMut() + 'static,
) -> El {
    pressable(look.class(), test_id, Box::new(press)).live_text(label)
}

/// A link to another page that looks like a button.
#[must_use]
pub fn link_button(look: Look, label: &str, test_id: &str, href: &str) -> El {
    el("a")
        .class(look.class())
        .test_id(test_id)
        .set("href", href)
        .text(label)
}

/// *Tidak tahu* beside a typed field: an answer of equal rank.
#[must_use]
pub fn dont_know(
    label: &str,
    chosen: impl Fn() -> bool + 'static,
    press: impl FnMut() + 'static,
) -> El {
    let pressed = move || Some(String::from(if chosen() { "true" } else { "false" }));
    pressable("dk", "", Box::new(press))
        .text(label)
        .live_set("aria-pressed", pressed)
}

fn pressable(class: &str, test_id: &str, mut press: Box<dyn FnMut()>) -> El {
    el("button")
        .set("type", "button")
        .class(class)
        .test_id(test_id)
        .on("click", move |_| press())
}
