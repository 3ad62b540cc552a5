//! The parts that every page is made of: props in, callbacks out; no services, no store, no context.
//!
//! Parts are plain functions that give an [`AnyView`](leptos::prelude::AnyView) and take boxed callbacks:
//! one compiled copy each, however many pages use them.

mod button;
mod choice;
pub mod decided;
mod dialog;
mod frame;
mod icon;
mod sign_in;
mod text_box;

pub use button::{Press, button, dont_know, link_button, live_button, pressed};
pub use choice::{Choice, checks, radios, select};
pub use dialog::{Ask, ask};
pub use frame::{Level, action, badge, banner, card, facts, message, page, row, skeleton, top, top_of};
pub use icon::{Icon, icon};
pub use sign_in::{Entered, SigningIn, sign_in_form};
pub use text_box::{Caret, TextBox, text_box};

/// How a button looks: one main action a screen, the others quiet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// The screen's main action.
    Main,
    /// Another action.
    Quiet,
    /// Another action, less wide.
    Small,
    /// Takes something away.
    Loss,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "btn",
            Self::Quiet => "btn quiet",
            Self::Small => "btn quiet small",
            Self::Loss => "btn bad",
        }
    }
}
