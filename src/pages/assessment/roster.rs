//! The people of a family: a card each, and one person's questions.

use super::{
    pages::{Part, next_section, progress, questions, to_sections},
    questions::Who,
    view::{self, MemberCard},
    work::Work,
};
use crate::{
    i18n::fill,
    route::Step,
    ui::{self, Ask, Choice, Look, pressed},
};
use leptos::prelude::*;
use naik_kelas_domain::{id::MemberId, kpm::LeftBecause};

/// The members, as a section's list.
#[must_use]
pub fn members(work: Work, section: usize, title: String) -> Part {
    work.forget_empty_member();
    let list = move || {
        let cards = work.read(|words, draft, assessed| view::members(words, draft, assessed, section));
        let rows = cards.into_iter().map(|card| view! { <li>{member_row(work, section, card)}</li> }.into_any());
        view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
    };
    // Only where people come in: the section that asks who they are.
    let grows = is_where_people_come_in(work, section).then(|| view! { {add(work, section)} {gone(work)} }.into_any());
    let content = view! { {list} {grows} };
    Part {
        top: ui::top(title, Some((work.t().back, to_sections(work)))),
        body: ui::page("members", content.into_any()),
        action: next_section(work, section),
    }
}

fn is_where_people_come_in(work: Work, section: usize) -> bool {
    let pack = work.pack();
    pack.sections().get(section).is_some_and(|section| section.questions.iter().any(|question| question.first))
}

fn step(work: Work, section: usize, member: Option<MemberId>) -> Step {
    let id = work.pack().sections().get(section).map_or_else(String::new, |section| section.id.clone());
    Step::Section { section: id, member, at: None }
}

fn member_row(work: Work, section: usize, card: MemberCard) -> AnyView {
    let brings = card.brings.map(|brings| view! { <small class="why">{brings}</small> }.into_any());
    let below = view! {
        <small>{card.about}</small>
        {brings}
    };
    let href = work.route(step(work, section, Some(card.id))).address();
    ui::row(href, card.name, below.into_any(), progress(work, card.progress), Some("member-row".into()))
}

fn add(work: Work, section: usize) -> AnyView {
    let add = pressed(move || {
        if let Some(member) = work.add_member() {
            work.go(step(work, section, Some(member)));
        }
    });
    ui::button(Look::Quiet, work.t().add_member, "add-member", add)
}

/// Those who were taken out, and the way to bring them back.
fn gone(work: Work) -> AnyView {
    let t = work.t();
    let removed = move || {
        work.read(|_, draft, _| {
            let name = |id: &MemberId| {
                let path = naik_kelas_domain::answer::FactPath::member(*id, "name");
                match draft.answers.get(&path).and_then(|answer| answer.value()) {
                    Some(naik_kelas_domain::Value::Text(name)) => name.clone(),
                    _ => t.no_name.to_owned(),
                }
            };
            draft.removed.iter().map(|(id, because)| (*id, name(id), *because)).collect::<Vec<_>>()
        })
    };
    let shown = move || {
        let removed = removed();
        if removed.is_empty() {
            return ().into_any();
        }
        let rows = removed.into_iter().map(|(id, name, because)| {
            let restore = pressed(move || work.restore_member(id));
            view! {
                <li class="row">
                    <span class="main">
                        <strong>{name}</strong>
                        <small>{reason(t, because)}</small>
                    </span>
                    {ui::button(Look::Small, t.restore, "restore", restore)}
                </li>
            }
            .into_any()
        });
        view! {
            <section class="gap">
                <h2>{t.removed}</h2>
                <ul class="rows">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    view! { {shown} }.into_any()
}

const fn reason(t: &'static crate::i18n::Texts, because: LeftBecause) -> &'static str {
    match because {
        LeftBecause::Moved => t.because_moved,
        LeftBecause::Died => t.because_died,
        LeftBecause::Mistake => t.because_mistake,
    }
}

/// One person's questions of a section.
#[must_use]
pub fn member(work: Work, section: usize, who: Who, at: Option<String>) -> Part {
    let t = work.t();
    let (id, place) = who;
    let named = move || {
        work.read(|words, draft, assessed| {
            let place = draft.members.iter().position(|member| *member == id);
            place.map_or_else(String::new, |place| words.member_name(&assessed.family, place as u16))
        })
    };
    let list = work.route(step(work, section, None));
    let back = pressed(move || work.ground.router.back(&list));
    let leaves = is_where_people_come_in(work, section).then(|| leaves(work, section, id, untrack(named)));
    let content = view! { {questions(work, section, Some((id, place)), at)} {leaves} };
    Part {
        top: ui::top_of(named, Some((t.back, back))),
        body: ui::page("member", content.into_any()),
        action: next_member(work, section, place),
    }
}

fn next_member(work: Work, section: usize, place: usize) -> AnyView {
    let t = work.t();
    let next = work.read(|words, draft, assessed| {
        let id = *draft.members.get(place + 1)?;
        Some((id, words.member_name(&assessed.family, (place + 1) as u16)))
    });
    let (label, step) = match next {
        Some((id, name)) => (fill(t.next_member, &[&name]), step(work, section, Some(id))),
        None => (t.done_members.into(), step(work, section, None)),
    };
    let last = matches!(&step, Step::Section { member: None, .. });
    let list = work.route(step.clone());
    let press = pressed(move || if last { work.ground.router.back(&list) } else { work.replace(step.clone()) });
    ui::button(Look::Main, &label, "next", press)
}

fn leaves(work: Work, section: usize, id: MemberId, name: String) -> AnyView {
    let t = work.t();
    let because = RwSignal::new(String::from("moved"));
    let choices = [("moved", t.because_moved), ("died", t.because_died), ("mistake", t.because_mistake)]
        .map(|(code, label)| Choice { code: code.into(), label: label.into() });
    let chosen = Signal::derive(move || Some(because.get()));
    let body = ui::radios("because", choices.into(), chosen, Box::new(move |code| because.set(code)));
    let parts = Ask {
        question: fill(t.remove_ask, &[&name]),
        body,
        yes: t.remove,
        no: t.cancel,
        look: Look::Loss,
    };
    let list = work.route(step(work, section, None));
    let (dialog, open) = ui::ask(parts, pressed(move || {
        let because = match because.get_untracked().as_str() {
            "died" => LeftBecause::Died,
            "mistake" => LeftBecause::Mistake,
            _ => LeftBecause::Moved,
        };
        work.ground.router.back(&list);
        work.remove_member(id, because);
    }));
    view! {
        {ui::button(Look::Loss, t.remove, "remove-member", open)}
        {dialog}
    }
    .into_any()
}
