//! Where an old bookmark ends: a friendly page that leads home.

use super::Screen;
use crate::{
    i18n::Texts,
    route::Route,
    ui::{self, Look, el},
};

/// The page.
#[must_use]
pub fn lost(t: &'static Texts) -> Screen {
    Screen {
        top: ui::top(t.lost_page, None),
        body: ui::page("lost", el("p").text(t.lost_page_more)),
        action: ui::action(ui::link_button(
            Look::Main,
            t.go_today,
            "",
            &Route::Today.address(),
        )),
    }
}
