//! *Keluarga*: the caseload with a search that answers as one types.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    dom::value_of,
    i18n::{counted, fill},
    live::Live,
    route::{Route, Step},
    services::Loadable,
    ui::{self, El, Level, Look, el, group},
    usecase::begun_on,
};
use naik_kelas_domain::access::Role;
use naik_kelas_rules::pack::forms;
use view::{List, Row};

/// How many rows stand at first, and how many more each time.
const ROWS: usize = 20;

/// The page.
#[must_use]
pub fn families() -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let caseload = ground.services().caseload.list;
    let typed = Live::new(String::new());
    let shown = Live::new(ROWS);
    let list = ui::through(move || match caseload.get() {
        Loadable::Loading => ui::skeleton(t.loading, 6),
        Loadable::Failed(_) => ui::card(Level::Bad, el("p").text(t.list_failed)),
        Loadable::Ready(summaries) => {
            let today = ground.services().today();
            let typed = typed.get();
            rows(
                ground,
                view::list(&summaries, &typed, shown.get(), today, t),
                &typed,
                shown,
            )
        }
    });
    let search = el("input")
        .class("in")
        .set("id", "search")
        .set("type", "search")
        .set("autocomplete", "off")
        .set("enterkeyhint", "search")
        .test_id("search")
        .on("input", move |event| {
            shown.set(ROWS);
            typed.set(value_of(&event));
        });
    let field = el("div")
        .class("f")
        .child(el("label").set("for", "search").text(t.search))
        .child(search);
    Screen {
        top: ui::top(t.families, None),
        body: ui::page("caseload", group().child(field).child(list)),
        action: beside(ground),
    }
}

/// What is written down of no family of the list: a new one, and the meeting of a group.
fn beside(ground: Ground) -> El {
    if ground.services().person.role != Role::Facilitator {
        return group();
    }
    let t = ground.t;
    let buttons = el("div")
        .class("pair")
        .child(begin(ground, forms::REGISTER, t.register))
        .child(begin(ground, forms::GROUP, t.group));
    ui::action(buttons)
}

/// Opens what was begun on a form, or a new one.
fn begin(ground: Ground, form: &'static str, label: &str) -> El {
    ui::button(Look::Quiet, label, form, move || {
        let services = ground.services();
        services.platform.spawn(async move {
            if let Ok(kpm) = begun_on(services, form).await
                && ground.router.route.try_get_untracked() == Some(Route::Families)
            {
                let form = Some(form.to_owned());
                ground
                    .router
                    .go(&Route::Assessment(kpm, form, Step::Resume));
            }
        });
    })
}

fn rows(ground: Ground, list: List, typed: &str, shown: Live<usize>) -> El {
    let t = ground.t;
    if list.found == 0 {
        let (title, more) = match typed.trim() {
            "" => (t.today_empty.to_owned(), t.today_empty_more),
            words => (fill(t.search_none, &[words]), t.search_hint),
        };
        return ui::card(
            Level::Plain,
            group()
                .child(el("h2").text(&title))
                .child(el("p").text(more)),
        );
    }
    let more = (list.found > list.rows.len()).then(|| {
        ui::button(Look::Quiet, t.more_rows, "more", move || {
            shown.update(|shown| *shown += 2 * ROWS)
        })
    });
    group()
        .child(ui::note(&counted(t.found, list.found)).set("role", "status"))
        .child(ui::rows(list.rows.into_iter().map(row).collect()))
        .child(more)
}

fn row(row: Row) -> El {
    let below = group()
        .child(el("small").text(&row.about))
        .child(el("small").text(&row.stands));
    let grade = row.grade.map(|grade| ui::badge(Level::Plain, grade));
    ui::row(
        &Route::Family(row.kpm).address(),
        &row.name,
        below,
        grade,
        "family-row",
    )
}
