//! *Hari ini*: whom to see and why.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    i18n::counted,
    route::{Route, Step},
    services::Loadable,
    ui::{self, Level, Look, pressed},
};
use leptos::prelude::*;
use view::{Group, Row, Today};

/// The page.
#[must_use]
pub fn today() -> Screen {
    let Some(ground) = Ground::of_page() else { return nothing() };
    let t = ground.t;
    let list = ground.services().caseload.list;
    let shown = Memo::new(move |_| match list.get() {
        Loadable::Loading => Loadable::Loading,
        Loadable::Failed(_) => Loadable::Failed(()),
        Loadable::Ready(summaries) => {
            Loadable::Ready(view::today(&summaries, ground.services().today(), ground.lang, t))
        }
    });
    let body = move || match shown.get() {
        Loadable::Loading => ui::skeleton(t.loading, 5),
        Loadable::Failed(()) => ui::card(Level::Bad, view! { <p>{t.list_failed}</p> }.into_any()),
        Loadable::Ready(page) if page.total == 0 => empty(ground),
        Loadable::Ready(page) => filled(ground, page),
    };
    Screen {
        top: ui::top(t.today.into(), None),
        body: ui::page("today", view! { {body} }.into_any()),
        action: ().into_any(),
    }
}

fn empty(ground: Ground) -> AnyView {
    let sync = pressed(move || ground.services().sync.now());
    let content = view! {
        <h2>{ground.t.today_empty}</h2>
        <p>{ground.t.today_empty_more}</p>
        {ui::button(Look::Main, ground.t.sync_now, "sync-now", sync)}
    };
    ui::card(Level::Plain, content.into_any())
}

fn filled(ground: Ground, page: Today) -> AnyView {
    let t = ground.t;
    let resting = page.groups.is_empty().then(|| ui::card(Level::Good, view! { <p>{t.today_done}</p> }.into_any()));
    let groups = page.groups.into_iter().map(group).collect_view();
    view! {
        <p class="small">{page.counts}</p>
        {resting}
        {groups}
        {ui::link_button(Look::Quiet, &counted(t.today_all, page.total), "", Route::Families.address())}
    }
    .into_any()
}

fn group(group: Group) -> AnyView {
    let rows = group.rows.into_iter().map(|entry| view! { <li>{row(entry)}</li> }.into_any()).collect_view();
    view! {
        <section class="gap">
            <h2 class="split">
                <span>{group.title}</span>
                {ui::badge(Level::Plain, crate::i18n::format::whole(group.count as i64))}
            </h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(row: Row) -> AnyView {
    let to = if row.draft { Route::Assessment(row.kpm, Step::Resume) } else { Route::Family(row.kpm) };
    let below = view! {
        <small>{row.place}</small>
        <small class="why">{row.why}</small>
    };
    ui::row(to.address(), row.name, below.into_any(), ().into_any(), None)
}
