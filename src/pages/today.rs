//! *Hari ini*: whom to see and why.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    i18n::{counted, format},
    route::{Route, Step},
    services::Loadable,
    ui::{self, El, Level, Look, el, group},
};
use naik_kelas_domain::{Date, access::Role};
use view::{Group, Row, Today};

/// The page.
#[must_use]
pub fn today() -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let list = ground.services().caseload.list;
    let body = ui::through(move || match list.get() {
        Loadable::Loading => ui::skeleton(t.loading, 5),
        Loadable::Failed(_) => ui::card(Level::Bad, el("p").text(t.list_failed)),
        Loadable::Ready(summaries) if summaries.is_empty() => empty(ground),
        Loadable::Ready(summaries) => {
            let on = ground.services().today();
            let pack = ground.services().packs.in_force(on);
            let page = view::today(&summaries, pack.as_deref(), on, ground.lang, t);
            filled(ground, page)
        }
    });
    Screen {
        top: ui::top(t.today, None),
        body: ui::page("today", body),
        action: group(),
    }
}

fn empty(ground: Ground) -> El {
    let t = ground.t;
    let sync = ui::button(Look::Main, t.sync_now, "sync-now", move || {
        ground.services().sync.now()
    });
    let words = group()
        .child(el("h2").text(t.today_empty))
        .child(el("p").text(t.today_empty_more));
    ui::card(Level::Plain, words.child(sync))
}

fn filled(ground: Ground, page: Today) -> El {
    let t = ground.t;
    let resting = page
        .groups
        .is_empty()
        .then(|| ui::card(Level::Good, el("p").text(t.today_done)));
    let all = counted(t.today_all, page.total);
    group()
        .child(
            page.target
                .map(|target| el("p").child(el("strong").text(&target)).test_id("target")),
        )
        .child(ui::note(&page.counts))
        .child(resting)
        .all(page.groups.into_iter().map(part).collect())
        .child(ui::link_button(
            Look::Quiet,
            &all,
            "",
            &Route::Families.address(),
        ))
        .child(first_of_month(ground).map(|first| {
            ui::link_button(
                Look::Quiet,
                t.month,
                "month",
                &Route::Month(first).address(),
            )
        }))
}

/// The first day of this month; `None` for those who report nothing.
fn first_of_month(ground: Ground) -> Option<Date> {
    let services = ground.services();
    let (year, month, _) = services.today().ymd();
    let reports = services.person.role == Role::Facilitator;
    Date::from_ymd(year, month, 1).filter(|_| reports)
}

fn part(part: Group) -> El {
    let count = ui::badge(Level::Plain, &format::whole(part.count as i64));
    let title = el("h2")
        .class("split")
        .child(el("span").text(part.title))
        .child(count);
    el("section")
        .class("gap")
        .child(title)
        .child(ui::rows(part.rows.into_iter().map(row).collect()))
}

fn row(row: Row) -> El {
    let to = if row.draft {
        Route::Assessment(row.kpm, None, Step::Resume)
    } else {
        Route::Family(row.kpm)
    };
    let below = group()
        .child(el("small").text(&row.place))
        .child(el("small").class("why").text(&row.why));
    ui::row(&to.address(), &row.name, below, None, "")
}
