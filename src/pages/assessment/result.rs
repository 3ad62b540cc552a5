//! The result: a sentence for the family, programmes, readiness, and finishing.

use super::{
    attendance::WHO,
    pages::Part,
    saver::Saving,
    view::{Before, ToDo, before_finish, step_to},
    work::Work,
};
use crate::{
    assess::attending::attending,
    decided::{self, Decided, Programme, Verdict, decided},
    i18n::{counted, fill, format},
    live::Live,
    platform::page,
    route::{Route, Step},
    ui::{self, Ask, El, Icon, Level, Look, Told, decided as draw, el, group},
    usecase::{Alike, FinishError, finish_record},
};
use leptos::prelude::untrack;
use naik_kelas_domain::{answer::FactPath, id::KpmId, journey::NoteFault, likeness::Because};
use naik_kelas_rules::pack::{FactRef, forms};

/// The id of the list of what stands before finishing.
const BEFORE: &str = "before";

/// The page. Nothing is answered on it: it is drawn once. Of a note it shows only what stands before keeping it.
#[must_use]
pub fn result(work: Work) -> Part {
    let t = work.t();
    let content = if work.is_note() {
        group()
    } else {
        let shown =
            work.read(|words, _, assessed| decided(words, &assessed.family, &assessed.decisions));
        filled(work, &shown)
    };
    let title = if work.is_note() {
        t.finish_first
    } else {
        t.result
    };
    Part {
        top: ui::top(title, Some(work.ground.back_to(work.route(Step::Sections)))),
        body: ui::page("result", content.child(to_do_list(work, &before(work)))),
        action: finish(work),
    }
}

fn before(work: Work) -> Before {
    let unreadable: Vec<FactPath> = work.unreadable.with_untracked(|texts| texts.paths());
    work.read(|words, draft, assessed| before_finish(words, draft, assessed, &unreadable))
}

fn filled(work: Work, shown: &Decided) -> El {
    let t = work.t();
    let to = |at: FactRef| address_of(work, at);
    let part = |title: &str, belongs: fn(Verdict) -> bool| {
        let these = shown
            .programmes
            .iter()
            .filter(|programme| belongs(programme.verdict));
        let cards: Vec<El> = these
            .map(|programme: &Programme| draw::programme(t, programme, &to, ways(work, programme)))
            .collect();
        (!cards.is_empty()).then(|| ui::section(title, group().all(cards)))
    };
    let to_green: draw::Ways = Some(Box::new(move || {
        work.read(|words, _, assessed| {
            let found = decided::ways_to_green(words, &assessed.family);
            draw::ways_to_green(work.t(), &found)
        })
    }));
    let one_loan = shown
        .one_loan
        .as_ref()
        .map(|text| ui::card(Level::Warn, el("p").text(text)));
    group()
        .child(el("p").class("big").text(&shown.sentence))
        .child(part(t.group_sure, |verdict| verdict == Verdict::Yes))
        .child(one_loan)
        .child(part(t.group_open, |verdict| {
            matches!(verdict, Verdict::Open | Verdict::Error)
        }))
        .child(draw::readiness(t, &shown.readiness, &to, to_green))
        .child(part(t.group_not, |verdict| verdict == Verdict::No))
}

/// What would make this family eligible, worked out when it is opened.
fn ways(work: Work, programme: &Programme) -> draw::Ways {
    if programme.verdict != Verdict::No {
        return None;
    }
    let place = work.pack().decision_index(&programme.id)?;
    Some(Box::new(move || {
        work.read(|words, _, assessed| {
            draw::ways(work.t(), &decided::ways(words, &assessed.family, place))
        })
    }))
}

fn address_of(work: Work, at: FactRef) -> Option<String> {
    let step = work
        .draft
        .with_untracked(|draft| step_to(&work.pack(), draft, at))?;
    Some(work.route(step).address())
}

/// What stands before finishing, as links to it.
fn to_do_list(work: Work, before: &Before) -> El {
    let t = work.t();
    let list = |template: &str, items: &[ToDo]| {
        (!items.is_empty()).then(|| {
            let title = fill(template, &[&format::whole(items.len() as i64)]);
            let links = items.iter().map(|item| {
                el("li").child(draw::link(
                    &item.label,
                    Some(work.route(item.step.clone()).address()),
                ))
            });
            el("div")
                .child(el("h3").text(&title))
                .child(el("ul").class("links").all(links.collect()))
        })
    };
    let clear = before.is_clear();
    if clear && before.open == 0 {
        return group();
    }
    let open = (before.open > 0).then(|| el("p").text(&counted(t.finish_open, before.open)));
    let content = group()
        .child(el("h2").text(t.finish_first))
        .child(list(t.finish_mend, &before.mend))
        .child(list(t.finish_typed, &before.typed))
        .child(list(t.finish_need, &before.need))
        .child(list(t.finish_confirm, &before.confirm))
        .child(open);
    ui::card(if clear { Level::Plain } else { Level::Warn }, content).set("id", BEFORE)
}

/// The button that finishes, on the page of the result and on that of a note.
pub(super) fn finish(work: Work) -> El {
    let t = work.t();
    let told = Live::new(Told::Nothing);
    let alike = Live::new(Vec::new());
    let label = match (work.is_on(forms::REGISTER), work.is_note()) {
        (true, _) => t.register_go,
        (_, true) => t.keep_note,
        _ => t.finish,
    };
    let dialog = work.is_on(forms::REGISTER).then(|| {
        let parts = Ask {
            question: t.alike_ask.into(),
            body: Some(ui::through(move || alike_rows(work, &alike.get()))),
            yes: t.alike_other,
            no: t.cancel,
            look: Look::Quiet,
        };
        ui::ask(parts, move || {
            keep(Keeping {
                work,
                told,
                alike,
                dialog: None,
            });
        })
    });
    let opens = dialog.clone();
    // What stood in the way may be gone after the next answer.
    let forget = move |_: &El| {
        work.draft.track();
        if matches!(told.get_untracked(), Told::Bad(_)) {
            told.set(Told::Nothing);
        }
    };
    group()
        .child(ui::told(told))
        .follow(forget)
        .child(ui::button(Look::Main, label, "finish", move || {
            alike.set(Vec::new());
            keep(Keeping {
                work,
                told,
                alike,
                dialog: opens.clone(),
            });
        }))
        .child(dialog)
}

/// What finishing needs.
struct Keeping {
    work: Work,
    told: Live<Told>,
    /// Families that look like the one that is registered.
    alike: Live<Vec<Alike>>,
    /// Asks whether it is one of them.
    dialog: Option<El>,
}

/// Why each family may be the one, and the way to it.
fn alike_rows(work: Work, alike: &[Alike]) -> El {
    let t = work.t();
    let row = |alike: &Alike| {
        let why = match alike.because {
            Because::SameKk => t.alike_kk,
            Because::SameNik => t.alike_nik,
            Because::NameAndBirthDate => t.alike_born,
            Because::NearBirthDate => t.alike_near,
            Because::NameAndAddress => t.alike_home,
        };
        let below = group()
            .child(el("small").text(&alike.place))
            .child(el("small").class("why").text(why));
        let to = Route::Family(alike.kpm).address();
        ui::row(&to, &alike.name, below, None, "alike")
    };
    // More would be no question any more; the surest stand first.
    ui::rows(alike.iter().take(6).map(row).collect())
}

fn keep(keeping: Keeping) {
    let Keeping {
        work,
        told,
        alike,
        dialog,
    } = keeping;
    let t = work.t();
    if matches!(told.get_untracked(), Told::Busy(_)) {
        return;
    }
    if !untrack(|| before(work)).is_clear() {
        // The list says what to do; the button leads to it.
        work.go_unless_there(Step::Result);
        page::stand_at(BEFORE.into());
        return;
    }
    let nobody = work
        .draft
        .with_untracked(|draft| attending(draft).is_empty());
    if work.is_on(forms::GROUP) && nobody {
        told.set(Told::Bad(t.group_nobody));
        page::stand_at(WHO.into());
        return;
    }
    if work.saving.get_untracked() != Saving::Saved {
        told.set(Told::Bad(t.finish_unsaved));
        return;
    }
    told.set(Told::Busy(t.finishing));
    let services = work.ground.services();
    let draft = work.committed();
    let others: Vec<KpmId> =
        alike.with_untracked(|alike| alike.iter().map(|alike| alike.kpm).collect());
    let route = work.ground.router.route;
    let here = route.get_untracked();
    services.platform.spawn(async move {
        let failed = match finish_record(services, &draft, &others).await {
            // Only where the person still waits here.
            Ok(()) if route.try_get_untracked() == Some(here) => {
                let kpm = draft.kpm;
                work.ground.router.replace(&match draft.form {
                    None => Route::Done(kpm),
                    Some(_) => work.ground.home_of(kpm),
                });
                return;
            }
            Ok(()) => return,
            Err(FinishError::Alike(found)) => {
                told.try_set(Told::Nothing);
                alike.try_set(found);
                dialog.inspect(El::open);
                return;
            }
            Err(FinishError::Note(NoteFault::OutOfOrder)) => t.refused_order,
            Err(_) => t.finish_failed,
        };
        told.try_set(Told::Bad(failed));
    });
}

/// The slim bar above the main action; it opens to the programmes and what decides them.
#[must_use]
pub fn live(work: Work) -> El {
    let t = work.t();
    // Said when it changes, after what is being read.
    let words = el("span")
        .set("aria-live", "polite")
        .child(el("b").live_text(move || work.bar.with(|bar| bar.sure.clone())))
        .child(el("b").live_text(move || work.bar.with(|bar| bar.depends.clone())));
    let rows = el("ul").live(move || {
        let rows = work.bar.with(|bar| {
            bar.rows
                .iter()
                .map(|row| {
                    let note = if row.note.is_empty() {
                        draw::verdict(t, row.verdict)
                    } else {
                        &row.note
                    };
                    let mut words = el("div")
                        .child(el("strong").text(&row.title))
                        .text(" ")
                        .child(el("small").text(note));
                    if let Some(question) = &row.deciding {
                        words = words
                            .child(el("br"))
                            .child(draw::link(&question.label, address_of(work, question.at)));
                    }
                    el("li")
                        .class("reason")
                        .child(draw::mark(t, draw::mark_of(row.verdict)))
                        .child(words)
                })
                .collect()
        });
        group().all(rows)
    });
    let all = ui::link_button(
        Look::Quiet,
        t.see_result,
        "",
        &work.route(Step::Result).address(),
    );
    el("details")
        .class("live")
        .test_id("live")
        .child(el("summary").child(words).child(ui::icon(Icon::Up)))
        .child(el("div").child(rows).child(all))
}
