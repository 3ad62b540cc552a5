//! *Kotak keluar*: what waits, what was refused and how to mend it, when the server last answered.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    i18n::format,
    live::{Derived, Live},
    outbox,
    route::{Route, Step},
    sync::SyncTrouble,
    ui::{self, El, Level, Look, Told, el, group},
    usecase::{ResendError, list_outbox, resend_refused},
};
use view::Row;

/// The page.
#[must_use]
pub fn outbox() -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let services = ground.services();
    let state = services.sync.state;
    let zone = services.person.area.zone();
    let rows = Live::new(None::<Result<Vec<Row>, ()>>);
    let list = ui::through(move || match rows.get() {
        None => ui::skeleton(t.loading, 2),
        Some(Err(())) => ui::card(Level::Bad, el("p").text(t.outbox_failed)),
        Some(Ok(rows)) => el("ul")
            .class("gap")
            .all(rows.into_iter().map(|entry| row(ground, entry)).collect()),
    });
    let counts = Derived::new(move || state.with(|state| (state.waiting, state.refused)));
    let list = list.follow(move |_| {
        counts.track();
        let services = ground.services();
        services.platform.spawn(async move {
            let listed = list_outbox(services).await.map(|items| {
                let row = |item| view::row(item, zone, services.now(), ground.lang, t);
                items.iter().map(row).collect()
            });
            rows.try_set(Some(listed.map_err(|_| ())));
        });
    });
    let sync = ui::button(Look::Main, t.sync_now, "sync-now", move || {
        ground.services().sync.now()
    });
    Screen {
        top: ui::top(t.outbox, None),
        body: ui::page("outbox", group().child(sync_state(ground)).child(list)),
        action: ui::action(sync),
    }
}

fn sync_state(ground: Ground) -> El {
    let t = ground.t;
    let services = ground.services();
    let state = services.sync.state;
    let zone = services.person.area.zone();
    let sentence = move || {
        state.with(|state| outbox::sentence(state, zone, ground.services().now(), ground.lang, t))
    };
    let trouble = ui::through(move || {
        let (running, trouble) = state.with(|state| (state.running, state.trouble));
        match trouble {
            _ if running => ui::note(t.syncing),
            None => group(),
            Some(trouble) => {
                let again = (trouble == SyncTrouble::SignInAgain).then(|| {
                    ui::link_button(Look::Small, t.sign_in_again, "", &Route::Me.address())
                });
                group()
                    .child(el("p").text(view::trouble(trouble, t)))
                    .child(again)
            }
        }
    });
    let count = |count: u32| Some(format::whole(i64::from(count)));
    el("section")
        .class("card")
        .set("role", "status")
        .test_id("sync-state")
        .live_set("data-waiting", move || {
            count(state.with(|state| state.waiting))
        })
        .live_set("data-refused", move || {
            count(state.with(|state| state.refused))
        })
        .live_set("data-last", move || {
            Some(
                state
                    .with(|state| state.last_receipt)
                    .map_or_else(String::new, |last| format::whole(last.0)),
            )
        })
        .child(el("p").class("big").live_text(sentence))
        .child(trouble)
}

fn row(ground: Ground, row: Row) -> El {
    let t = ground.t;
    let Row {
        entry,
        kpm,
        name,
        when,
        refused,
    } = row;
    let (level, word) = match refused {
        None => (Level::Warn, t.waiting),
        Some(_) => (Level::Bad, t.needs_mending),
    };
    let title = el("div")
        .class("split")
        .child(el("strong").text(&name))
        .child(ui::badge(level, word));
    let content = group().child(title).child(el("small").text(&when));
    let Some(reason) = refused else {
        return el("li").child(ui::card(Level::Plain, content));
    };
    let state = Live::new(Told::Nothing);
    let mend = ui::button(Look::Quiet, t.mend, "mend", move || {
        let services = ground.services();
        services.platform.spawn(async move {
            let open = match (resend_refused(services, entry).await, kpm) {
                (Ok(draft), _) => Some((draft.kpm, draft.form)),
                // A draft of this family is open already: that one is finished first.
                (Err(ResendError::DraftOpen), Some(kpm)) => Some((kpm, None)),
                (Err(_), _) => None,
            };
            match open {
                Some((kpm, form)) => {
                    ground
                        .router
                        .go(&Route::Assessment(kpm, form, Step::Sections))
                }
                None => {
                    state.try_set(Told::Bad(t.mend_failed));
                }
            }
        });
    });
    el("li").child(ui::card(
        Level::Plain,
        content
            .child(el("p").text(reason))
            .child(mend)
            .child(ui::told(state)),
    ))
}
