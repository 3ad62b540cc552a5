//! *Keluarga*: the caseload with a search that answers as one types.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    i18n::{counted, fill},
    route::Route,
    services::Loadable,
    ui::{self, Level, Look, pressed},
};
use leptos::{ev, prelude::*};
use view::{List, Row};

/// How many rows stand at first, and how many more each time.
const ROWS: usize = 40;

/// The page.
#[must_use]
pub fn families() -> Screen {
    let Some(ground) = Ground::of_page() else { return nothing() };
    let t = ground.t;
    let caseload = ground.services().caseload.list;
    let typed = RwSignal::new(String::new());
    let shown = RwSignal::new(ROWS);
    let list = Memo::new(move |_| match caseload.get() {
        Loadable::Loading => Loadable::Loading,
        Loadable::Failed(_) => Loadable::Failed(()),
        Loadable::Ready(summaries) => {
            let today = ground.services().today();
            Loadable::Ready(typed.with(|typed| view::list(&summaries, typed, shown.get(), today, t)))
        }
    });
    let body = move || match list.get() {
        Loadable::Loading => ui::skeleton(t.loading, 6),
        Loadable::Failed(()) => ui::card(Level::Bad, view! { <p>{t.list_failed}</p> }.into_any()),
        Loadable::Ready(list) => rows(ground, list, typed, shown),
    };
    let search = move |event: ev::Event| {
        typed.set(event_target_value(&event));
        shown.set(ROWS);
    };
    let content = view! {
        <div class="f">
            <label for="search">{t.search}</label>
            <input
                class="in"
                id="search"
                type="search"
                autocomplete="off"
                enterkeyhint="search"
                data-testid="search"
                on:input=search
            />
        </div>
        {body}
    };
    Screen {
        top: ui::top(t.families.into(), None),
        body: ui::page("caseload", content.into_any()),
        action: ().into_any(),
    }
}

fn rows(ground: Ground, list: List, typed: RwSignal<String>, shown: RwSignal<usize>) -> AnyView {
    let t = ground.t;
    if list.found == 0 {
        let words = typed.get_untracked();
        return if words.trim().is_empty() {
            ui::card(Level::Plain, view! { <h2>{t.today_empty}</h2> <p>{t.today_empty_more}</p> }.into_any())
        } else {
            let none = fill(t.search_none, &[words.trim()]);
            ui::card(Level::Plain, view! { <h2>{none}</h2> <p>{t.search_hint}</p> }.into_any())
        };
    }
    let more = (list.found > list.rows.len()).then(|| {
        ui::button(Look::Quiet, t.more_rows, "", pressed(move || shown.update(|shown| *shown += 2 * ROWS)))
    });
    let rows = list.rows.into_iter().map(|entry| view! { <li>{row(entry)}</li> }.into_any()).collect_view();
    view! {
        <p class="small" role="status">
            {counted(t.found, list.found)}
        </p>
        <ul class="rows">{rows}</ul>
        {more}
    }
    .into_any()
}

fn row(row: Row) -> AnyView {
    let below = view! {
        <small>{row.about}</small>
        <small>{row.stands}</small>
    };
    let grade = row.grade.map(|grade| ui::badge(Level::Plain, grade.into())).into_any();
    ui::row(Route::Family(row.kpm).address(), row.name, below.into_any(), grade, Some("family-row".into()))
}
