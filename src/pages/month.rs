//! The monthly report (*RHK*): what the month's records already say, for the screen, for paper, and for a sheet.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    live::Live,
    platform::{HandOut, HandOutError},
    route::Route,
    ui::{self, El, Level, Look, Told, el, group},
    workbook::workbook,
};
use naik_kelas_domain::Date;
use std::sync::Arc;
use view::{Kind, Month};

type Found = Live<Option<Result<Arc<Month>, ()>>>;

/// The report of the month that this day begins.
#[must_use]
pub fn month(first: Date) -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let services = ground.services();
    let found: Found = Live::new(None);
    services.platform.spawn(async move {
        let kpms = services.records().readable_kpms().await;
        let pack = services.packs.in_force(services.today());
        found.try_set(Some(kpms.map_err(|_| ()).map(|kpms| {
            Arc::new(view::month(&kpms, pack.as_deref(), first, ground.lang, t))
        })));
    });
    let body = ui::through(move || match found.get() {
        None => ui::skeleton(t.loading, 5),
        Some(Err(())) => ui::card(Level::Bad, el("p").text(t.list_failed)),
        Some(Ok(month)) => filled(ground, first, &month),
    });
    let action = ui::through(move || match found.get() {
        Some(Ok(month)) if !month.kinds.is_empty() => ways_out(ground, first, month),
        _ => group(),
    });
    Screen {
        top: ui::top(t.month, Some(ground.back_to(Route::Today))),
        body: ui::page("month", body),
        action,
    }
}

fn filled(ground: Ground, first: Date, month: &Month) -> El {
    let t = ground.t;
    let person = &ground.services().person;
    let who = [&person.name, " · ", &person.area_name].concat();
    let kinds = month.kinds.iter().map(kind).collect();
    let nothing = month
        .kinds
        .is_empty()
        .then(|| ui::card(Level::Plain, el("p").text(t.month_nothing)));
    // What is not the main action leaves the thumb's place to the list.
    let services = ground.services();
    let way_out = (!month.kinds.is_empty()).then(|| {
        let print = ui::button(Look::Quiet, t.print, "print", move || {
            services.platform.print();
        });
        group().child(ui::note(t.month_holds_names)).child(print)
    });
    let before = first.after_months(-1).map(|before| {
        ui::link_button(
            Look::Quiet,
            t.month_before,
            "month-before",
            &Route::Month(before).address(),
        )
    });
    group()
        .child(el("h2").text(&month.title))
        .child(ui::note(&who))
        .child(nothing)
        .all(kinds)
        .child(before)
        .child(way_out)
}

fn kind(kind: &Kind) -> El {
    let rows = kind.records.iter().map(|record| {
        let place = [&record.day, " · ", &record.place].concat();
        let words = el("span")
            .class("main")
            .child(el("strong").text(&record.name))
            .child(el("small").text(&place))
            .child((!record.what.is_empty()).then(|| el("small").text(&record.what)));
        el("li").class("row").child(words)
    });
    let counts = group()
        .child(ui::note(&kind.counts))
        .child(el("ul").class("rows").all(rows.collect()));
    ui::section(&kind.title, counts)
}

/// Names leave the phone only with this tap, and it says so.
fn ways_out(ground: Ground, first: Date, month: Arc<Month>) -> El {
    let t = ground.t;
    let services = ground.services();
    let state = Live::new(Told::Nothing);
    let hand_out = move || {
        let person = &services.person;
        let who = [person.name.as_str(), person.area_name.as_str()];
        let rows = view::sheet(&month, &who, t);
        let day = first.to_string();
        let month = day.get(..7).unwrap_or(&day);
        let file = HandOut {
            name: ["laporan-", month, ".xlsx"].concat(),
            media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            bytes: workbook(&rows),
        };
        services.platform.spawn(async move {
            let shared = match services.platform.share(&file).await {
                Err(HandOutError::Unsupported) => services.platform.download(&file),
                shared => shared,
            };
            state.try_set(match shared {
                Err(HandOutError::Unsupported) => Told::Bad(t.hand_out_failed),
                Ok(()) | Err(HandOutError::Cancelled) => Told::Nothing,
            });
        });
    };
    let buttons = group().child(ui::told(state)).child(ui::button(
        Look::Main,
        t.month_sheet,
        "month-sheet",
        hand_out,
    ));
    ui::action(buttons)
}
