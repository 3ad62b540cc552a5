//! A typed answer: what is typed stays, what can be read is the answer.

use super::{
    question::{dont_know, reading},
    questions::{Said, Shape, State},
    typed::{self, Typed, birth_from_age, regrouped},
    work::Work,
};
use crate::{
    i18n::{Lang, format},
    live::{Derived, Live},
    ui::{self, El, Look, TextBox, Typing, el, group, text_box},
};
use naik_kelas_domain::Value;
use std::sync::Arc;

/// The oldest age that is taken.
const OLDEST: i64 = 120;

/// The field of a typed question, with its unit, its reading and *tidak tahu*.
#[must_use]
pub fn field(
    work: Work,
    shape: &Arc<Shape>,
    state: Derived<State>,
    (kind, unit): (Typed, Option<&'static str>),
    id: &str,
    help: &str,
) -> El {
    let text = Live::new(first_text(work, shape, state, kind));
    let own = Arc::clone(shape);
    let input = text_box(TextBox {
        id: [id, "-i"].concat(),
        described_by: help.to_owned(),
        keypad: keypad(kind),
        text,
        invalid: Box::new(move || work.unreadable.with(|texts| texts.get(&own.path).is_some())),
        typing: typing(work, shape, kind),
        left: left(work, shape, kind, text),
    });
    let own = Arc::clone(shape);
    let cleared = move |said: &Said| {
        forget(work, &own);
        text.set(match said {
            Said::Value(value) => typed::shown(kind, work.lang(), value),
            Said::Nothing | Said::Unknown => String::new(),
        });
    };
    let unit = unit.map(|unit| el("span").class("unit").text(unit));
    let line = el("div")
        .class("line")
        .child(el("span").class("field").child(input).child(unit));
    let reads = matches!(kind, Typed::Money { .. } | Typed::Day).then(|| {
        el("p")
            .class("read")
            .live_text(move || state.with(|state| reading(work, kind, state)))
    });
    let by_age = shape.takes_an_age().then(|| by_age(work, shape, state, id));
    group()
        .child(line.child(dont_know(work, shape, state, cleared)))
        .child(reads)
        .child(by_age)
}

fn first_text(work: Work, shape: &Shape, state: Derived<State>, kind: Typed) -> String {
    let unreadable = work
        .unreadable
        .with_untracked(|texts| texts.get(&shape.path).cloned());
    unreadable.unwrap_or_else(|| {
        match state.with_untracked(|state| (state.said.clone(), state.approximate)) {
            (Said::Value(value), false) => typed::shown(kind, work.lang(), &value),
            _ => String::new(),
        }
    })
}

const fn keypad(kind: Typed) -> &'static str {
    match kind {
        Typed::Whole { .. } | Typed::Money { .. } | Typed::Nik | Typed::Kk | Typed::Digits(_) => {
            "numeric"
        }
        Typed::Decimal { .. } => "decimal",
        // Months are written as words too, and names always.
        Typed::Day | Typed::Text => "text",
    }
}

fn typing(work: Work, shape: &Arc<Shape>, kind: Typed) -> Typing {
    let shape = Arc::clone(shape);
    Box::new(move |now, before| {
        let better = rewritten(kind, work.lang(), now, before);
        let text = better.as_deref().unwrap_or(now);
        let on = work.draft.with_untracked(|draft| draft.on);
        // A date is read when it is whole: 5-5-19 may be on its way to 5-5-1993.
        let whole = kind != Typed::Day || ends_in_a_year(text);
        if whole && let Ok(value) = typed::parse(kind, text, on) {
            take(work, &shape, value);
        }
        better
    })
}

fn rewritten(kind: Typed, lang: Lang, now: &str, before: &str) -> Option<String> {
    match kind {
        Typed::Money { .. } => regrouped(lang, now, before),
        Typed::Nik | Typed::Kk => {
            let digits = !now.is_empty() && now.chars().all(|c| c.is_ascii_digit() || c == ' ');
            let fours = format::fours(now);
            (digits && fours != now).then_some(fours)
        }
        Typed::Whole { .. }
        | Typed::Decimal { .. }
        | Typed::Day
        | Typed::Text
        | Typed::Digits(_) => None,
    }
}

fn ends_in_a_year(text: &str) -> bool {
    let digits = text
        .trim_end()
        .bytes()
        .rev()
        .take_while(u8::is_ascii_digit)
        .count();
    text.trim().is_empty() || digits == 4 || digits == 8 || text.trim().len() >= 10
}

/// When the field is left, what cannot be read is noted; it stays in the field and is no answer.
fn left(work: Work, shape: &Arc<Shape>, kind: Typed, text: Live<String>) -> Box<dyn Fn()> {
    let shape = Arc::clone(shape);
    Box::new(move || {
        let typed = text.get_untracked();
        let on = work.draft.with_untracked(|draft| draft.on);
        match typed::parse(kind, &typed, on) {
            Ok(value) => take(work, &shape, value),
            Err(_) => {
                work.unreadable
                    .update(|texts| texts.put(&shape.path, typed));
                set(work, &shape, &Said::Nothing);
            }
        }
    })
}

fn take(work: Work, shape: &Shape, value: Option<Value>) {
    forget(work, shape);
    set(work, shape, &value.map_or(Said::Nothing, Said::Value));
}

/// What stood here as unreadable is read now, or taken back.
fn forget(work: Work, shape: &Shape) {
    if work
        .unreadable
        .with_untracked(|texts| texts.get(&shape.path).is_some())
    {
        work.unreadable.update(|texts| texts.remove(&shape.path));
    }
}

/// Only a change is an answer: passing through a field says nothing.
fn set(work: Work, shape: &Shape, said: &Said) {
    let same = work.draft.with_untracked(|draft| {
        let answer = draft.answers.get(&shape.path);
        match said {
            Said::Nothing => answer.is_none_or(|answer| answer.value().is_none()),
            Said::Unknown => false,
            Said::Value(value) => answer.and_then(|answer| answer.value()) == Some(value),
        }
    });
    if !same {
        work.answer(&shape.path, said);
    }
}

/// For those whose birth date nobody knows: the age, and a date marked approximate.
fn by_age(work: Work, shape: &Arc<Shape>, state: Derived<State>, id: &str) -> El {
    let t = work.t();
    let open = Live::new(state.with_untracked(|state| state.approximate));
    let on = work.draft.with_untracked(|draft| draft.on);
    let kind = Typed::Whole {
        min: 0,
        max: OLDEST,
    };
    let text = Live::new(
        state.with_untracked(|state| match (&state.said, state.approximate) {
            (Said::Value(Value::Date(date)), true) => {
                format::whole(i64::from(date.years_until(on)))
            }
            _ => String::new(),
        }),
    );
    let own = Arc::clone(shape);
    let id = [id, "-age"].concat();
    let label = el("label").set("for", &id).text(t.age_years);
    let input = text_box(TextBox {
        id,
        described_by: String::new(),
        keypad: "numeric",
        text,
        invalid: Box::new(move || text.with(|text| typed::parse(kind, text, on).is_err())),
        typing: Box::new(move |now, _| {
            if let Ok(Some(Value::Int(years))) = typed::parse(kind, now, on)
                && let Some(date) = birth_from_age(years, on)
            {
                work.answer_by_age(&own.path, Value::Date(date));
            }
            None
        }),
        left: Box::new(|| ()),
    });
    let opens = ui::button(Look::Small, t.by_age, "by-age", move || open.set(true))
        .hidden(move || open.get());
    group().child(opens).child(
        el("div")
            .class("f")
            .hidden(move || !open.get())
            .child(label)
            .child(input),
    )
}
