//! Buttons and links that look like buttons.

use super::Look;
use leptos::prelude::*;

/// What a press does.
pub type Press = Box<dyn FnMut()>;

/// A callback for a part, boxed.
pub fn pressed(press: impl FnMut() + 'static) -> Press {
    Box::new(press)
}

/// A button with words. `test_id` is the name by which outside checks find it; may be empty.
#[must_use]
pub fn button(look: Look, label: &str, test_id: &'static str, mut press: Press) -> AnyView {
    let test_id = (!test_id.is_empty()).then_some(test_id);
    view! {
        <button type="button" class=look.class() data-testid=test_id on:click=move |_| press()>
            {label.to_owned()}
        </button>
    }
    .into_any()
}

/// A button whose words change.
#[must_use]
pub fn live_button(look: Look, label: Box<dyn Fn() -> String + Send>, test_id: &'static str, mut press: Press) -> AnyView {
    view! {
        <button type="button" class=look.class() data-testid=test_id on:click=move |_| press()>
            {move || label()}
        </button>
    }
    .into_any()
}

/// A link to another page that looks like a button.
#[must_use]
pub fn link_button(look: Look, label: &str, test_id: &'static str, href: String) -> AnyView {
    let test_id = (!test_id.is_empty()).then_some(test_id);
    view! {
        <a class=look.class() data-testid=test_id href=href>
            {label.to_owned()}
        </a>
    }
    .into_any()
}

/// *Tidak tahu* beside a typed field: an answer of equal rank.
#[must_use]
pub fn dont_know(label: &'static str, chosen: Signal<bool>, mut press: Press) -> AnyView {
    view! {
        <button
            type="button"
            class="dk"
            aria-pressed=move || if chosen.get() { "true" } else { "false" }
            on:click=move |_| press()
        >
            {label}
        </button>
    }
    .into_any()
}
