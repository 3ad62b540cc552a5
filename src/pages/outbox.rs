//! *Kotak keluar*: what waits, what was refused and how to mend it, when the server last answered.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    i18n::format,
    route::{Route, Step},
    services::Loadable,
    sync::SyncTrouble,
    ui::{self, Level, Look, pressed},
    usecase::{ResendError, list_outbox, resend_refused},
    vault::VaultError,
};
use leptos::prelude::*;
use view::Row;

/// The page.
#[must_use]
pub fn outbox() -> Screen {
    let Some(ground) = Ground::of_page() else { return nothing() };
    let t = ground.t;
    let services = ground.services();
    let state = services.sync.state;
    let zone = services.person.area.zone();
    let rows = RwSignal::new(Loadable::<Vec<Row>, VaultError>::Loading);
    let counts = Memo::new(move |_| state.with(|state| (state.waiting, state.refused)));
    Effect::new(move |_| {
        counts.track();
        let services = ground.services();
        services.platform.clone().spawn(async move {
            let listed = list_outbox(&services).await.map(|items| {
                let row = |item| view::row(item, zone, services.now(), ground.lang, t);
                items.iter().map(row).collect()
            });
            rows.try_set(listed.map_or_else(Loadable::Failed, Loadable::Ready));
        });
    });
    let list = move || match rows.get() {
        Loadable::Loading => ui::skeleton(t.loading, 2),
        Loadable::Failed(_) => ui::card(Level::Bad, view! { <p>{t.outbox_failed}</p> }.into_any()),
        Loadable::Ready(rows) => {
            let rows = rows.into_iter().map(|entry| row(ground, entry)).collect_view();
            view! { <ul class="gap">{rows}</ul> }.into_any()
        }
    };
    let content = view! { {sync_state(ground)} {list} };
    let sync = pressed(move || ground.services().sync.now());
    Screen {
        top: ui::top(t.outbox.into(), None),
        body: ui::page("outbox", content.into_any()),
        action: ui::action(ui::button(Look::Main, t.sync_now, "sync-now", sync)),
    }
}

fn sync_state(ground: Ground) -> AnyView {
    let t = ground.t;
    let services = ground.services();
    let state = services.sync.state;
    let zone = services.person.area.zone();
    let sentence = move || {
        let now = ground.services().now();
        state.with(|state| view::sentence(state, zone, now, ground.lang, t))
    };
    let trouble = move || {
        let (running, trouble) = state.with(|state| (state.running, state.trouble));
        match trouble {
            _ if running => view! { <p class="small">{t.syncing}</p> }.into_any(),
            None => ().into_any(),
            Some(SyncTrouble::SignInAgain) => view! {
                <p>{view::trouble(SyncTrouble::SignInAgain, t)}</p>
                {ui::link_button(Look::Small, t.sign_in_again, "", Route::Me.address())}
            }
            .into_any(),
            Some(trouble) => view! { <p>{view::trouble(trouble, t)}</p> }.into_any(),
        }
    };
    view! {
        <section
            class="card"
            role="status"
            data-testid="sync-state"
            data-waiting=move || format::whole(i64::from(state.with(|state| state.waiting)))
            data-refused=move || format::whole(i64::from(state.with(|state| state.refused)))
            data-last=move || state.with(|state| state.last_receipt).map_or_else(String::new, |last| format::whole(last.0))
        >
            <p class="big">{sentence}</p>
            {trouble}
        </section>
    }
    .into_any()
}

fn row(ground: Ground, row: Row) -> AnyView {
    let t = ground.t;
    let Row { entry, kpm, name, when, refused } = row;
    let Some(reason) = refused else {
        let content = view! {
            <div class="split">
                <strong>{name}</strong>
                {ui::badge(Level::Warn, t.waiting.into())}
            </div>
            <small>{when}</small>
        };
        return view! { <li>{ui::card(Level::Plain, content.into_any())}</li> }.into_any();
    };
    let failed = RwSignal::new(false);
    let mend = pressed(move || {
        let services = ground.services();
        services.platform.clone().spawn(async move {
            let kpm = match (resend_refused(&services, entry).await, kpm) {
                (Ok(draft), _) => Some(draft.kpm),
                // A draft of this family is open already: that one is finished first.
                (Err(ResendError::DraftOpen), kpm) => kpm,
                (Err(_), _) => None,
            };
            match kpm {
                Some(kpm) => ground.router.go(&Route::Assessment(kpm, Step::Sections)),
                None => {
                    failed.try_set(true);
                }
            }
        });
    });
    let trouble = move || failed.get().then(|| ui::message(Level::Bad, t.mend_failed.into()));
    let content = view! {
        <div class="split">
            <strong>{name}</strong>
            {ui::badge(Level::Bad, t.needs_mending.into())}
        </div>
        <small>{when}</small>
        <p>{reason}</p>
        {ui::button(Look::Quiet, t.mend, "", mend)}
        {trouble}
    };
    view! { <li>{ui::card(Level::Plain, content.into_any())}</li> }.into_any()
}
