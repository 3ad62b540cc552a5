//! The pages of an assessment: sections, a section, a roster's members, one member.

use super::{
    attendance::attendance,
    question::question,
    questions::{Control, Who, shapes},
    result, roster,
    view::{self, Progress, SectionRow},
    work::Work,
};
use crate::{
    assess::attending::attending,
    i18n::{fill, format},
    live::{Derived, Live},
    pages::Ground,
    route::{Route, Step},
    ui::{self, Choice, El, Level, Look, el, group},
};
use leptos::prelude::*;
use naik_kelas_domain::{answer::FactPath, assessment::Draft, id::MemberId};
use naik_kelas_rules::pack::forms;

/// The parts of a page of an assessment.
pub struct Part {
    /// Title and way back.
    pub top: El,
    /// Content.
    pub body: El,
    /// Main action.
    pub action: El,
}

/// The state of a section in a word.
#[must_use]
pub fn progress(work: Work, progress: Progress) -> El {
    let t = work.t();
    let whole = |number: usize| format::whole(number as i64);
    match progress {
        Progress::Todo => ui::badge(Level::Plain, t.state_todo),
        Progress::Partly(answered, total) => ui::badge(
            Level::Warn,
            &fill(t.state_partly, &[&whole(answered), &whole(total)]),
        ),
        Progress::Done => ui::badge(Level::Good, t.state_done),
        Progress::None => ui::badge(Level::Plain, t.state_none),
    }
}

/// The list of sections.
#[must_use]
pub fn sections(work: Work) -> Part {
    let t = work.t();
    let rows = work
        .read(view::sections)
        .into_iter()
        .map(|row| section_row(work, &row))
        .collect();
    let kpm = work.draft.with_untracked(|draft| draft.kpm);
    let summary = work.ground.services().caseload.summary(kpm);
    let title = summary.map_or_else(
        || t.assessment.into(),
        |summary| fill(t.assessed_for, &[&summary.name]),
    );
    Part {
        top: ui::top(&title, Some(work.ground.back_to(Route::Family(kpm)))),
        body: ui::page("assessment", ui::rows(rows)),
        action: ui::link_button(
            Look::Main,
            t.see_result,
            "see-result",
            &work.route(Step::Result).address(),
        ),
    }
}

fn section_row(work: Work, row: &SectionRow) -> El {
    let step = Step::Section {
        section: row.id.clone(),
        member: None,
        at: None,
    };
    let test_id = ["section:", &row.id].concat();
    ui::row(
        &work.route(step).address(),
        &row.title,
        group(),
        Some(progress(work, row.progress)),
        &test_id,
    )
}

/// A section: its questions, or its members where it is a roster.
#[must_use]
pub fn section(work: Work, id: &str, member: Option<MemberId>, at: Option<&str>) -> Option<Part> {
    let pack = work.pack();
    let place = pack
        .sections()
        .iter()
        .position(|section| section.id == id)?;
    let definition = pack.sections().get(place)?;
    let title = work.read(|words, _, _| words.say(&definition.title));
    match (definition.roster, member) {
        (true, None) => Some(roster::members(work, place, &title)),
        (true, Some(member)) => {
            let who = work
                .draft
                .with_untracked(|draft| draft.members.iter().position(|id| *id == member))?;
            Some(roster::member(work, place, (member, who), at))
        }
        (false, _) if work.is_note() => Some(note_page(work, &title, at)),
        (false, _) => Some(Part {
            top: ui::top(
                &title,
                Some(work.ground.back_to(work.route(Step::Sections))),
            ),
            body: ui::page("section", questions(work, place, None, at)),
            action: next_section(work, place),
        }),
    }
}

/// A note: one page of questions, and the button that keeps it.
#[must_use]
pub fn note(work: Work) -> Part {
    let title = work.read(|words, _, _| {
        let mut sections = words.pack.sections().iter();
        sections
            .next()
            .map_or_else(String::new, |section| words.say(&section.title))
    });
    note_page(work, &title, None)
}

fn note_page(work: Work, title: &str, at: Option<&str>) -> Part {
    let (kpm, form) = work
        .draft
        .with_untracked(|draft| (draft.kpm, draft.form.clone()));
    let pack = work.pack();
    let about = form.and_then(|form| pack.form(&form)?.about.clone());
    let about = about.map(|about| {
        let words = work.read(|words, _, _| words.say(&about));
        ui::card(Level::Plain, el("p").text(&words))
    });
    let summary = work.ground.services().caseload.summary(kpm);
    let name = summary.map_or_else(String::new, |summary| summary.name);
    // Whoever is registered is the person of the questions.
    let head = || {
        work.draft
            .with_untracked(|draft| draft.members.first().map(|head| (*head, 0)))
    };
    let who = work.is_on(forms::REGISTER).then(head).flatten();
    let content = group()
        .child((!name.is_empty()).then(|| ui::note(&name)))
        .child(about)
        .child(questions(work, 0, who, at))
        .child(work.is_on(forms::GROUP).then(|| attendance(work)))
        .child(give_up(work));
    Part {
        top: ui::top(title, Some(work.ground.back_to(work.ground.home_of(kpm)))),
        body: ui::page("note", content),
        action: result::finish(work),
    }
}

/// Throws away a note that was begun: there is one as soon as something was answered.
fn give_up(work: Work) -> El {
    let t = work.t();
    let words = (t.discard_note, t.discard_note_ask);
    let gone = |ground: Ground, draft: &Draft| ground.router.replace(&ground.home_of(draft.kpm));
    let draft = Box::new(move || work.committed());
    let button = work.ground.discard(words, draft, gone);
    let begun = move || {
        work.draft
            .with(|draft| draft.at.is_some() || !attending(draft).is_empty())
    };
    el("div").hidden(move || !begun()).child(button)
}

/// The questions of a section, standing at one of them.
#[must_use]
pub fn questions(work: Work, section: usize, who: Option<Who>, at: Option<&str>) -> El {
    let pack = work.pack();
    let mut all = work.read(|words, _, _| shapes(words, section, who));
    for shape in &mut all {
        if let Control::Listed(choices) = &mut shape.control {
            let villages = work.ground.services().caseload.villages().into_iter();
            *choices = villages
                .map(|(code, label)| Choice { code, label })
                .collect();
        }
    }
    let stands = |at: &str| {
        all.iter()
            .find(|shape| pack.fact(shape.fact).is_some_and(|fact| fact.path == at))
    };
    if let Some(shape) = at.and_then(stands) {
        crate::platform::page::stand_at(shape.dom_id());
    }
    // Of a new member only the first questions are asked; the others follow when these are answered.
    let is_first = |place: usize| {
        let definition = pack.sections().get(section);
        definition
            .and_then(|definition| definition.questions.get(place))
            .is_some_and(|question| question.first)
    };
    let paths: Vec<FactPath> = all.iter().map(|shape| shape.path.clone()).collect();
    let (first, later): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|shape| is_first(shape.place.1));
    let needed: Vec<FactPath> = first.iter().map(|shape| shape.path.clone()).collect();
    let complete = Derived::new(move || {
        needed.is_empty()
            || work
                .draft
                .with(|draft| needed.iter().all(|path| draft.answers.get(path).is_some()))
    });
    let waits =
        (!first.is_empty()).then(|| ui::note(work.t().first_these).hidden(move || complete.get()));
    let draw = |shapes: Vec<_>| {
        el("div").all(
            shapes
                .into_iter()
                .map(|shape| question(work, shape))
                .collect(),
        )
    };
    group()
        .child(waits)
        .child(draw(first))
        .child(draw(later).hidden(move || !complete.get()))
        .child(confirm_page(work, paths))
}

/// At the end of a page that was read: everything taken over on it still holds.
fn confirm_page(work: Work, paths: Vec<FactPath>) -> El {
    let paths = Live::new(paths);
    let carried = move || {
        work.draft.with(|draft| {
            let carried = |path: &FactPath| {
                draft
                    .answers
                    .get(path)
                    .is_some_and(|answer| answer.is_unconfirmed())
            };
            paths.with_untracked(|paths| paths.iter().any(carried))
        })
    };
    let press = move || paths.with_untracked(|paths| work.confirm(paths));
    ui::button(Look::Quiet, work.t().all_same, "confirm-page", press).hidden(move || !carried())
}

/// The main action below a section: the next one that applies, else the result. It takes this page's
/// place, so that *back* leads to the list of sections.
#[must_use]
pub fn next_section(work: Work, section: usize) -> El {
    let t = work.t();
    let next = move || {
        work.read(|words, draft, assessed| view::section_after(words, draft, assessed, section))
    };
    let label = move || {
        next().map_or_else(
            || t.see_result.into(),
            |row| fill(t.next_section, &[&row.title]),
        )
    };
    ui::live_button(Look::Main, label, "next", move || {
        work.replace(match untrack(next) {
            Some(row) => Step::Section {
                section: row.id,
                member: None,
                at: None,
            },
            None => Step::Result,
        });
    })
}
