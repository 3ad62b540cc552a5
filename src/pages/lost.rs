//! Where an old bookmark ends: a friendly page that leads home.

use super::Screen;
use crate::{
    i18n::Texts,
    route::Route,
    ui::{self, Look},
};
use leptos::prelude::*;

/// The page.
#[must_use]
pub fn lost(t: &'static Texts) -> Screen {
    let words = view! { <p>{t.lost_page_more}</p> }.into_any();
    Screen {
        top: ui::top(t.lost_page.into(), None),
        body: ui::page("", words),
        action: ui::action(ui::link_button(Look::Main, t.go_today, "", Route::Today.address())),
    }
}
