//! The result: a sentence for the family, programmes, readiness, and finishing.

use super::{
    pages::Part,
    saver::Saving,
    view::{Before, ToDo, before_finish, step_to},
    work::Work,
};
use crate::{
    decided::{Decided, Programme, Verdict, decided},
    i18n::{counted, fill, format},
    route::{Route, Step},
    ui::{self, Level, Look, decided as draw, pressed},
    usecase::finish_assessment,
};
use leptos::prelude::*;
use naik_kelas_domain::answer::FactPath;
use naik_kelas_rules::pack::FactRef;

/// What the finishing button is doing.
#[derive(Clone, Copy, PartialEq)]
enum Finishing {
    Idle,
    Working,
    Unsaved,
    Failed,
}

/// The page.
#[must_use]
pub fn result(work: Work) -> Part {
    let t = work.t();
    // Nothing is answered on this page: it is drawn once.
    let shown = work.read(|words, _, assessed| decided(words, &assessed.family, &assessed.decisions));
    let unreadable: Vec<FactPath> = work.unreadable.with_untracked(|texts| texts.keys().cloned().collect());
    let before = work.read(|words, draft, assessed| before_finish(words, draft, assessed, &unreadable));
    let clear = before.is_clear();
    Part {
        top: ui::top(t.result.into(), Some((t.back, super::pages::to_sections(work)))),
        body: ui::page("result", view! { {filled(work, shown)} {to_do_list(work, before)} }.into_any()),
        action: finish(work, clear),
    }
}

fn filled(work: Work, shown: Decided) -> AnyView {
    let t = work.t();
    let Decided { sentence, programmes, one_loan, readiness } = shown;
    let to = |at: FactRef| {
        let step = work.read(|words, draft, _| step_to(words.pack, draft, at))?;
        Some(work.route(step).address())
    };
    let (sure, rest): (Vec<Programme>, Vec<Programme>) =
        programmes.into_iter().partition(|programme| programme.verdict == Verdict::Yes);
    let (not, open): (Vec<Programme>, Vec<Programme>) =
        rest.into_iter().partition(|programme| programme.verdict == Verdict::No);
    let group = |title: &'static str, programmes: Vec<Programme>| {
        (!programmes.is_empty()).then(|| {
            let cards = programmes.into_iter().map(|programme| draw::programme(t, programme, &to)).collect_view();
            view! {
                <section class="gap">
                    <h2>{title}</h2>
                    {cards}
                </section>
            }
            .into_any()
        })
    };
    let one_loan = one_loan.map(|text| ui::card(Level::Warn, view! { <p>{text}</p> }.into_any()));
    view! {
        <p class="big">{sentence}</p>
        {group(t.group_sure, sure)}
        {one_loan}
        {group(t.group_open, open)}
        {draw::readiness(t, readiness, &to)}
        {group(t.group_not, not)}
    }
    .into_any()
}

/// What stands before finishing, as links to it.
fn to_do_list(work: Work, before: Before) -> AnyView {
    let t = work.t();
    let list = |template: &'static str, items: Vec<ToDo>| {
        (!items.is_empty()).then(|| {
            let title = fill(template, &[&format::whole(items.len() as i64)]);
            let items = items.into_iter().map(|item| {
                let href = work.route(item.step).address();
                view! { <li><a class="link" href=href>{item.label}</a></li> }.into_any()
            });
            view! {
                <div>
                    <h3>{title}</h3>
                    <ul class="links">{items.collect_view()}</ul>
                </div>
            }
            .into_any()
        })
    };
    let clear = before.is_clear();
    let open = (before.open > 0).then(|| view! { <p>{counted(t.finish_open, before.open)}</p> }.into_any());
    if clear && open.is_none() {
        return ().into_any();
    }
    let content = view! {
        <h2>{t.finish_first}</h2>
        {list(t.finish_mend, before.mend)}
        {list(t.finish_typed, before.typed)}
        {list(t.finish_need, before.need)}
        {list(t.finish_confirm, before.confirm)}
        {open}
    };
    view! { <div id="before">{ui::card(if clear { Level::Plain } else { Level::Warn }, content.into_any())}</div> }
        .into_any()
}

fn finish(work: Work, clear: bool) -> AnyView {
    let t = work.t();
    let state = RwSignal::new(Finishing::Idle);
    let press = pressed(move || {
        if state.get_untracked() == Finishing::Working {
            return;
        }
        if !clear {
            // The list says what to do; the button leads to it.
            crate::platform::page::stand_at("before".into());
            return;
        }
        if work.saving.get_untracked() != Saving::Saved {
            state.set(Finishing::Unsaved);
            return;
        }
        state.set(Finishing::Working);
        let services = work.ground.services();
        let draft = work.committed();
        services.platform.clone().spawn(async move {
            match finish_assessment(&services, &draft).await {
                Ok(finished) => {
                    if state.try_set(Finishing::Idle).is_none() {
                        work.ground.router.replace(&Route::Done(finished.kpm));
                    }
                }
                Err(_) => {
                    state.try_set(Finishing::Failed);
                }
            }
        });
    });
    let told = move || match state.get() {
        Finishing::Idle => ().into_any(),
        Finishing::Working => view! { <p class="small" role="status">{t.finishing}</p> }.into_any(),
        Finishing::Unsaved => ui::message(Level::Warn, t.finish_unsaved.into()),
        Finishing::Failed => ui::message(Level::Bad, t.finish_failed.into()),
    };
    view! {
        {told}
        {ui::button(Look::Main, t.finish, "finish", press)}
    }
    .into_any()
}

/// The slim bar above the main action; it opens to the programmes and what decides them.
#[must_use]
pub fn live(work: Work) -> AnyView {
    let t = work.t();
    let rows = move || {
        let rows = work.bar.with(|bar| bar.rows.clone());
        let rows = rows.into_iter().map(|row| {
            let question = row.deciding.map(|question| {
                let step = work.draft.with_untracked(|draft| step_to(&work.pack(), draft, question.at));
                let href = step.map(|step| work.route(step).address());
                view! { <a class="link" href=href>{question.label}</a> }.into_any()
            });
            view! {
                <li class="reason">
                    {draw::mark(t, draw::mark_of(row.verdict))}
                    <div>
                        <strong>{row.title}</strong>
                        " "
                        <small>{if row.note.is_empty() { draw::verdict(t, row.verdict).to_owned() } else { row.note }}</small>
                        {question.map(|question| view! { <br /> {question} })}
                    </div>
                </li>
            }
            .into_any()
        });
        rows.collect_view()
    };
    view! {
        <details class="live" data-testid="live">
            <summary>
                <span>
                    <b>{move || work.bar.with(|bar| bar.sure.clone())}</b>
                    <b>{move || work.bar.with(|bar| bar.depends.clone())}</b>
                </span>
                {ui::icon(ui::Icon::Up)}
            </summary>
            <div>
                <ul>{rows}</ul>
                {ui::link_button(Look::Quiet, t.see_result, "", work.route(Step::Result).address())}
            </div>
        </details>
    }
    .into_any()
}
