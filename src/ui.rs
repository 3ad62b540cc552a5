//! The parts that every page is made of: props in, callbacks out; no services, no store, no context.

mod button;
mod choice;
pub mod decided;
mod dialog;
mod frame;
mod icon;
mod pin;
mod sign_in;
mod text_box;

pub use crate::dom::{El, Event, el, group};
pub use button::{button, dont_know, link_button, live_button};
pub use choice::{Choice, checks, radios, select};
pub use dialog::{Ask, ask};
pub use frame::{
    Level, Told, action, badge, banner, card, facts, lines, message, note, page, row, rows,
    section, skeleton, through, told, top, top_of,
};
pub use icon::{Icon, icon};
pub use pin::{PinField, PinForm, pin_form};
pub use sign_in::{Entered, sign_in_form};
pub use text_box::{Caret, TextBox, Typing, text_box};

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
