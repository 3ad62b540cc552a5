//! A small set of icons, one stroke weight, always beside a word.

use super::{El, el};

/// What an icon means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    /// Today.
    Day,
    /// Families.
    People,
    /// The outbox.
    Send,
    /// The person who signed in.
    Person,
    /// Back.
    Back,
    /// Further.
    Next,
    /// Met, done.
    Check,
    /// Not met.
    Cross,
    /// Not known.
    Question,
    /// Attention.
    Warning,
    /// Opens upwards.
    Up,
    /// In between.
    Dash,
}

impl Icon {
    const fn markup(self) -> &'static str {
        macro_rules! drawn {
            ($path:literal) => {
                concat!("<svg viewBox='0 0 24 24'>", $path, "</svg>")
            };
        }
        match self {
            Self::Day => drawn!("<path d='M5 5h14v15H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4'/>"),
            Self::People => drawn!(
                "<circle cx='9' cy='8' r='3'/><path d='M3 20c0-4 2-6 6-6s6 2 6 6M15 5a3 3 0 0 1 0 6M17 14c3 .5 4 2.5 4 6'/>"
            ),
            Self::Send => drawn!("<path d='M12 15V4M8 8l4-4 4 4M4 14v6h16v-6'/>"),
            Self::Person => {
                drawn!("<circle cx='12' cy='8' r='4'/><path d='M4 21c0-5 3-7 8-7s8 2 8 7'/>")
            }
            Self::Back => drawn!("<path d='M15 5l-7 7 7 7'/>"),
            Self::Next => drawn!("<path d='M9 5l7 7-7 7'/>"),
            Self::Check => drawn!("<path d='M5 13l4 4L19 7'/>"),
            Self::Cross => drawn!("<path d='M6 6l12 12M18 6L6 18'/>"),
            Self::Question => drawn!("<path d='M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 18v.1'/>"),
            Self::Warning => drawn!("<path d='M12 4l9 16H3zM12 10v4M12 17v.1'/>"),
            Self::Up => drawn!("<path d='M6 15l6-6 6 6'/>"),
            Self::Dash => drawn!("<path d='M6 12h12'/>"),
        }
    }
}

/// An icon; a screen reader hears the word beside it instead.
#[must_use]
pub fn icon(icon: Icon) -> El {
    el("span")
        .class("icon")
        .set("aria-hidden", "true")
        .markup(icon.markup())
}
