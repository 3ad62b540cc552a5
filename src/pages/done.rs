//! After finishing: what is stored, and what waits.

use super::{Ground, Screen, nothing};
use crate::{
    i18n::fill,
    route::Route,
    ui::{self, Level, Look, el, group},
};
use naik_kelas_domain::id::KpmId;

/// The page.
#[must_use]
pub fn done(kpm: KpmId) -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let services = ground.services();
    let name = services
        .caseload
        .summary(kpm)
        .map_or_else(String::new, |summary| summary.name);
    let state = services.sync.state;
    let fate = move || {
        let sent = state.with(|state| state.waiting == 0 && state.refused == 0);
        String::from(if sent { t.done_sent } else { t.done_waits })
    };
    let words = group()
        .child(el("p").class("big").text(&fill(t.done_stored, &[&name])))
        .child(el("p").set("role", "status").live_text(fate));
    let content = group()
        .child(ui::card(Level::Good, words))
        .child(ui::link_button(
            Look::Quiet,
            t.to_family,
            "",
            &Route::Family(kpm).address(),
        ))
        .child(ui::link_button(
            Look::Quiet,
            t.outbox,
            "",
            &Route::Outbox.address(),
        ));
    Screen {
        top: ui::top(t.done, None),
        body: ui::page("done", content),
        action: ui::action(ui::link_button(
            Look::Main,
            t.go_today,
            "",
            &Route::Today.address(),
        )),
    }
}
