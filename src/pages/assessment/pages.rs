//! The pages of an assessment: sections, a section, a roster's members, one member.

use super::{
    question::question,
    questions::{Who, shapes, state},
    roster,
    view::{self, Progress, SectionRow},
    work::Work,
};
use crate::{
    i18n::{fill, format},
    route::{Route, Step},
    ui::{self, Level, Look, pressed},
};
use leptos::prelude::*;
use naik_kelas_domain::{answer::FactPath, id::MemberId};

/// The parts of a page of an assessment.
pub struct Part {
    /// Title and way back.
    pub top: AnyView,
    /// Content.
    pub body: AnyView,
    /// Main action.
    pub action: AnyView,
}

/// The state of a section in a word.
#[must_use]
pub fn progress(work: Work, progress: Progress) -> AnyView {
    let t = work.t();
    let whole = |number: usize| format::whole(number as i64);
    match progress {
        Progress::Todo => ui::badge(Level::Plain, t.state_todo.into()),
        Progress::Partly(answered, total) => {
            ui::badge(Level::Warn, fill(t.state_partly, &[&whole(answered), &whole(total)]))
        }
        Progress::Done => ui::badge(Level::Good, t.state_done.into()),
        Progress::None => ui::badge(Level::Plain, t.state_none.into()),
    }
}

/// The list of sections.
#[must_use]
pub fn sections(work: Work) -> Part {
    let t = work.t();
    let rows = work.read(view::sections);
    let rows = rows.into_iter().map(|row| view! { <li>{section_row(work, row)}</li> }.into_any()).collect_view();
    let family = Route::Family(work.draft.with_untracked(|draft| draft.kpm));
    let name = work.ground.services().caseload.summary(work.draft.with_untracked(|draft| draft.kpm));
    let title = name.map_or_else(|| t.assessment.into(), |summary| fill(t.assessed_for, &[&summary.name]));
    let back = pressed(move || work.ground.router.back(&family));
    Part {
        top: ui::top(title, Some((t.back, back))),
        body: ui::page("assessment", view! { <ul class="rows">{rows}</ul> }.into_any()),
        action: ui::link_button(Look::Main, t.see_result, "see-result", work.route(Step::Result).address()),
    }
}

fn section_row(work: Work, row: SectionRow) -> AnyView {
    let step = Step::Section { section: row.id.clone(), member: None, at: None };
    let end = progress(work, row.progress);
    ui::row(work.route(step).address(), row.title, ().into_any(), end, Some(["section:", &row.id].concat()))
}

/// A section: its questions, or its members where it is a roster.
#[must_use]
pub fn section(work: Work, id: &str, member: Option<MemberId>, at: Option<String>) -> Option<Part> {
    let pack = work.pack();
    let place = pack.sections().iter().position(|section| section.id == id)?;
    let definition = pack.sections().get(place)?;
    let title = work.read(|words, _, _| words.say(&definition.title));
    match (definition.roster, member) {
        (true, None) => Some(roster::members(work, place, title)),
        (true, Some(member)) => {
            let who = work.draft.with_untracked(|draft| draft.members.iter().position(|id| *id == member))?;
            Some(roster::member(work, place, (member, who), at))
        }
        (false, _) => Some(Part {
            top: ui::top(title, Some((work.t().back, to_sections(work)))),
            body: ui::page("section", questions(work, place, None, at)),
            action: next_section(work, place),
        }),
    }
}

/// Back to the list of sections.
#[must_use]
pub fn to_sections(work: Work) -> ui::Press {
    let sections = work.route(Step::Sections);
    pressed(move || work.ground.router.back(&sections))
}

/// The questions of a section, standing at one of them.
#[must_use]
pub fn questions(work: Work, section: usize, who: Option<Who>, at: Option<String>) -> AnyView {
    let all = work.read(|words, _, _| shapes(words, section, who));
    if let Some(at) = at
        && let Some(shape) = all.iter().find(|shape| {
            work.pack().fact(shape.fact).is_some_and(|fact| fact.path == at)
        })
    {
        crate::platform::page::stand_at(shape.dom_id());
    }
    // Of a new member only the first questions are asked; the others follow when these are answered.
    let pack = work.pack();
    let is_first = |place: usize| {
        pack.sections().get(section).and_then(|definition| definition.questions.get(place)).is_some_and(|q| q.first)
    };
    let (first, later): (Vec<_>, Vec<_>) = all.into_iter().partition(|shape| is_first(shape.place.1));
    let needed = first.clone();
    let complete = Memo::new(move |_| {
        needed.is_empty() || work.read(|words, draft, assessed| {
            needed.iter().all(|shape| {
                state(words, &assessed.form, &draft.answers, shape).said != super::questions::Said::Nothing
            })
        })
    });
    let waits = (!first.is_empty()).then(|| {
        view! {
            <p class="small" hidden=move || complete.get()>
                {work.t().first_these}
            </p>
        }
        .into_any()
    });
    let paths: Vec<FactPath> = first.iter().chain(&later).map(|shape| shape.path.clone()).collect();
    let first = first.into_iter().map(|shape| question(work, shape)).collect_view();
    let later = later.into_iter().map(|shape| question(work, shape)).collect_view();
    view! {
        {waits}
        <div>{first}</div>
        <div hidden=move || !complete.get()>{later}</div>
        {confirm_page(work, paths)}
    }
    .into_any()
}

/// At the end of a page that was read: everything taken over on it still holds.
fn confirm_page(work: Work, paths: Vec<FactPath>) -> AnyView {
    let paths = StoredValue::new(paths);
    let carried = move || {
        work.draft.with(|draft| {
            let carried = |path: &FactPath| draft.answers.get(path).is_some_and(|answer| answer.is_unconfirmed());
            paths.with_value(|paths| paths.iter().any(carried))
        })
    };
    let press = pressed(move || paths.with_value(|paths| work.confirm(paths)));
    view! {
        <div hidden=move || !carried()>{ui::button(Look::Quiet, work.t().all_same, "confirm-page", press)}</div>
    }
    .into_any()
}

/// The main action below a section: the next one that applies, else the result. It takes this page's
/// place, so that *back* leads to the list of sections.
#[must_use]
pub fn next_section(work: Work, section: usize) -> AnyView {
    let t = work.t();
    let next = move || work.read(|words, draft, assessed| view::section_after(words, draft, assessed, section));
    let label = move || next().map_or_else(|| t.see_result.into(), |row| fill(t.next_section, &[&row.title]));
    let go = pressed(move || {
        work.replace(match untrack(next) {
            Some(row) => Step::Section { section: row.id, member: None, at: None },
            None => Step::Result,
        });
    });
    ui::live_button(Look::Main, Box::new(label), "next", go)
}
