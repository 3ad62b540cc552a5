//! A native dialogue that asks before something is taken away.

use super::{Look, Press};
use leptos::{html, prelude::*};

/// What a dialogue asks.
pub struct Ask {
    /// The question, with what is safe.
    pub question: String,
    /// What else is to be chosen; may be empty.
    pub body: AnyView,
    /// Says yes, in the words of what happens.
    pub yes: &'static str,
    /// Says no.
    pub no: &'static str,
    /// How the yes looks.
    pub look: Look,
}

/// A dialogue, and the press that opens it. `Esc` and *no* close it; focus goes back by itself.
#[must_use]
pub fn ask(parts: Ask, mut then: Press) -> (AnyView, Press) {
    let Ask { question, body, yes, no, look } = parts;
    let node = NodeRef::<html::Dialog>::new();
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let open = move || {
        if let Some(dialog) = node.get_untracked()
            && dialog.show_modal().is_err()
        {
            // It is open already.
        }
    };
    let agreed = move || {
        close();
        then();
    };
    let label = question.clone();
    let view = view! {
        <dialog node_ref=node aria-label=label>
            <div class="gap">
                <p>{question}</p>
                {body}
                {super::button(look, yes, "", Box::new(agreed))}
                {super::button(Look::Quiet, no, "", Box::new(close))}
            </div>
        </dialog>
    }
    .into_any();
    (view, Box::new(open))
}
