//! A small set of icons, one stroke weight, always beside a word.

use leptos::prelude::*;

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
    const fn path(self) -> &'static str {
        match self {
            Self::Day => "<path d='M5 5h14v15H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4'/>",
            Self::People => "<circle cx='9' cy='8' r='3'/><path d='M3 20c0-4 2-6 6-6s6 2 6 6M15 5a3 3 0 0 1 0 6M17 14c3 .5 4 2.500 4 6'/>",
            Self::Send => "<path d='M12 15V4M8 8l4-4 4 4M4 14v6h16v-6'/>",
            Self::Person => "<circle cx='12' cy='8' r='4'/><path d='M4 21c0-5 3-7 8-7s8 2 8 7'/>",
            Self::Back => "<path d='M15 5l-7 7 7 7'/>",
            Self::Next => "<path d='M9 5l7 7-7 7'/>",
            Self::Check => "<path d='M5 13l4 4L19 7'/>",
            Self::Cross => "<path d='M6 6l12 12M18 6L6 18'/>",
            Self::Question => "<path d='M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 18v.1'/>",
            Self::Warning => "<path d='M12 4l9 16H3zM12 10v4M12 17v.1'/>",
            Self::Up => "<path d='M6 15l6-6 6 6'/>",
            Self::Dash => "<path d='M6 12h12'/>",
        }
    }
}

/// An icon; a screen reader hears the word beside it instead.
#[must_use]
pub fn icon(icon: Icon) -> AnyView {
    view! { <svg viewBox="0 0 24 24" aria-hidden="true" inner_html=icon.path()></svg> }.into_any()
}
