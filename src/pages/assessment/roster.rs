//! The people of a family: a card each, and one person's questions.

use super::{
    pages::{Part, next_section, progress, questions},
    questions::Who,
    view::{self, MemberCard},
    work::Work,
};
use crate::{
    i18n::{Texts, fill},
    live::Live,
    route::Step,
    ui::{self, Ask, Choice, El, Look, el, group},
};
use leptos::prelude::*;
use naik_kelas_domain::{Value, answer::FactPath, id::MemberId, kpm::LeftBecause};

/// The members, as a section's list.
#[must_use]
pub fn members(work: Work, section: usize, title: &str) -> Part {
    work.forget_empty_member();
    let list = ui::through(move || {
        let cards =
            work.read(|words, draft, assessed| view::members(words, draft, assessed, section));
        ui::rows(
            cards
                .into_iter()
                .map(|card| member_row(work, section, &card))
                .collect(),
        )
    });
    // Only where people come in: the section that asks who they are.
    let grows = is_where_people_come_in(work, section)
        .then(|| group().child(add(work, section)).child(gone(work)));
    Part {
        top: ui::top(title, Some(work.ground.back_to(work.route(Step::Sections)))),
        body: ui::page("members", group().child(list).child(grows)),
        action: next_section(work, section),
    }
}

fn is_where_people_come_in(work: Work, section: usize) -> bool {
    let pack = work.pack();
    pack.sections()
        .get(section)
        .is_some_and(|section| section.questions.iter().any(|question| question.first))
}

fn step(work: Work, section: usize, member: Option<MemberId>) -> Step {
    let id = work
        .pack()
        .sections()
        .get(section)
        .map_or_else(String::new, |section| section.id.clone());
    Step::Section {
        section: id,
        member,
        at: None,
    }
}

fn member_row(work: Work, section: usize, card: &MemberCard) -> El {
    let brings = card
        .brings
        .as_ref()
        .map(|brings| el("small").class("why").text(brings));
    let below = group().child(el("small").text(&card.about)).child(brings);
    let href = work.route(step(work, section, Some(card.id))).address();
    ui::row(
        &href,
        &card.name,
        below,
        Some(progress(work, card.progress)),
        "member-row",
    )
}

fn add(work: Work, section: usize) -> El {
    ui::button(Look::Quiet, work.t().add_member, "add-member", move || {
        if let Some(member) = work.add_member() {
            work.go(step(work, section, Some(member)));
        }
    })
}

/// Those who were taken out, and the way to bring them back.
fn gone(work: Work) -> El {
    let t = work.t();
    ui::through(move || {
        let draft = work.draft.get();
        if draft.removed.is_empty() {
            return group();
        }
        let rows = draft.removed.iter().map(|(id, because)| {
            let id = *id;
            let name = match draft
                .answers
                .get(&FactPath::member(id, "name"))
                .and_then(|answer| answer.value())
            {
                Some(Value::Text(name)) => name.as_str(),
                _ => t.new_member,
            };
            let words = el("span")
                .class("main")
                .child(el("strong").text(name))
                .child(el("small").text(reason(t, *because)));
            let restore = ui::button(Look::Small, t.restore, "restore", move || {
                work.restore_member(id)
            });
            el("div").class("row").child(words).child(restore)
        });
        ui::section(t.removed, ui::rows(rows.collect()))
    })
}

const fn reason(t: &'static Texts, because: LeftBecause) -> &'static str {
    match because {
        LeftBecause::Moved => t.because_moved,
        LeftBecause::Died => t.because_died,
        LeftBecause::Mistake => t.because_mistake,
    }
}

/// One person's questions of a section.
#[must_use]
pub fn member(work: Work, section: usize, who: Who, at: Option<&str>) -> Part {
    let (id, place) = who;
    let name = move || {
        work.read(|words, draft, assessed| {
            let place = draft.members.iter().position(|member| *member == id);
            place.map_or_else(String::new, |place| {
                words.member_name(&assessed.family, place as u16)
            })
        })
    };
    let back = work.ground.back_to(work.route(step(work, section, None)));
    let leaves =
        is_where_people_come_in(work, section).then(|| leaves(work, section, id, &untrack(name)));
    Part {
        top: ui::top_of(name, Some(back)),
        body: ui::page(
            "member",
            questions(work, section, Some(who), at).child(leaves),
        ),
        action: next_member(work, section, place),
    }
}

fn next_member(work: Work, section: usize, place: usize) -> El {
    let t = work.t();
    let next = work.read(|words, draft, assessed| {
        let id = *draft.members.get(place + 1)?;
        Some((id, words.member_name(&assessed.family, (place + 1) as u16)))
    });
    let (label, member) = match next {
        Some((id, name)) => (fill(t.next_member, &[&name]), Some(id)),
        None => (t.done_members.into(), None),
    };
    let step = step(work, section, member);
    ui::button(Look::Main, &label, "next", move || match member {
        Some(_) => work.replace(step.clone()),
        None => work.ground.router.back(&work.route(step.clone())),
    })
}

fn leaves(work: Work, section: usize, id: MemberId, name: &str) -> El {
    let t = work.t();
    const MOVED: &str = "moved";
    const DIED: &str = "died";
    const MISTAKE: &str = "mistake";
    let because = Live::new(String::from(MOVED));
    let choices = [
        (MOVED, t.because_moved),
        (DIED, t.because_died),
        (MISTAKE, t.because_mistake),
    ]
    .map(|(code, label)| Choice {
        code: code.into(),
        label: label.into(),
    });
    let body = ui::radios(
        "because",
        &choices,
        move || Some(because.get()),
        move |code| because.set(code),
    );
    let parts = Ask {
        question: fill(t.remove_ask, &[name]),
        body: Some(body),
        yes: t.remove,
        no: t.cancel,
        look: Look::Loss,
    };
    let list = work.route(step(work, section, None));
    let dialog = ui::ask(parts, move || {
        let because = match because.get_untracked().as_str() {
            DIED => LeftBecause::Died,
            MISTAKE => LeftBecause::Mistake,
            _ => LeftBecause::Moved,
        };
        work.remove_member(id, because);
        work.ground.router.back(&list);
    });
    let open = dialog.clone();
    group()
        .child(ui::button(
            Look::Loss,
            t.remove,
            "remove-member",
            move || open.open(),
        ))
        .child(dialog)
}
