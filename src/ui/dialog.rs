//! A native dialogue that asks before something is taken away.

use super::{El, Look, button, el};

/// What a dialogue asks.
pub struct Ask {
    /// The question, with what is safe.
    pub question: String,
    /// What else is to be chosen.
    pub body: Option<El>,
    /// Says yes, in the words of what happens.
    pub yes: &'static str,
    /// Says no.
    pub no: &'static str,
    /// How the yes looks.
    pub look: Look,
}

/// A dialogue, to be opened by [`El::open`]. `Esc` and *no* close it; focus goes back by itself.
#[must_use]
pub fn ask(parts: Ask, then: impl FnMut() + 'static) -> El {
    asking(parts, Box::new(then))
}

fn asking(parts: Ask, mut then: Box<dyn FnMut()>) -> El {
    let dialog = el("dialog").set("aria-label", &parts.question);
    let (agreed, refused) = (dialog.clone(), dialog.clone());
    let yes = button(parts.look, parts.yes, "yes", move || {
        agreed.close();
        then();
    });
    let no = button(Look::Quiet, parts.no, "no", move || refused.close());
    dialog.child(
        el("div")
            .class("gap")
            .child(el("p").text(&parts.question))
            .child(parts.body)
            .child(yes)
            .child(no),
    )
}
