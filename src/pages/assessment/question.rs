//! One question: its label, its native control, where its answer comes from, what is wrong with it.

use super::{
    questions::{Control, Said, Shape, State, state},
    typed::{self, Typed},
    typing,
    view::carried_text,
    work::Work,
};
use crate::{
    i18n::{fill, format},
    live::Derived,
    ui::{self, El, Level, Look, el, group},
};
use naik_kelas_domain::Value;
use naik_kelas_rules::pack::{CheckLevel, forms};
use std::sync::Arc;

/// A question on its page. Only what its own answer changes is drawn again.
#[must_use]
pub fn question(work: Work, shape: Shape) -> El {
    let id = shape.dom_id();
    let help = [&id, "-h ", &id, "-m"].concat();
    let shape = Arc::new(shape);
    let state = {
        let shape = Arc::clone(&shape);
        Derived::new(move || {
            work.read(|words, draft, assessed| state(words, &assessed.form, &draft.answers, &shape))
        })
    };
    let hint = shape
        .hint
        .as_ref()
        .map(|hint| ui::note(hint).set("id", &[&id, "-h"].concat()));
    let control = control(work, &shape, state, &id, &help);
    let body = match &shape.control {
        // A group of controls has a legend, a single one a label.
        Control::Few(_) | Control::Several(_) => {
            let controls = el("fieldset")
                .set("aria-describedby", &help)
                .child(el("legend").text(&shape.ask))
                .child(control);
            group().child(controls).child(hint)
        }
        Control::Many(_) | Control::Listed(_) | Control::Typed(..) => {
            let label = el("label")
                .set("for", &[&id, "-i"].concat())
                .text(&shape.ask);
            group().child(label).child(hint).child(control)
        }
    };
    let messages = messages(work, &shape, state).set("id", &[&id, "-m"].concat());
    let needed = shape.required && work.is_note();
    el("div")
        .class(if needed { "q needed" } else { "q" })
        .set("id", &id)
        .test_id(&["question:", &shape.name].concat())
        .hidden(move || !state.with(|state| state.asked))
        .child(body)
        .child(carried(work, &shape, state))
        .child(messages)
}

fn control(work: Work, shape: &Arc<Shape>, state: Derived<State>, id: &str, help: &str) -> El {
    let t = work.t();
    let chosen = move || state.with(|state| state.said.code());
    let own = Arc::clone(shape);
    let choose = move |code: String| work.answer(&own.path, &Said::of_code(&own.control, &code));
    match &shape.control {
        Control::Few(choices) => ui::radios(id, choices, chosen, choose),
        Control::Many(choices) | Control::Listed(choices) => ui::select(
            &[id, "-i"].concat(),
            help,
            t.choose,
            choices,
            chosen,
            choose,
        ),
        Control::Several(choices) => {
            let own = Arc::clone(shape);
            let toggle = move |code: String| {
                let said = state.with_untracked(|state| state.said.toggled(&own.control, &code));
                work.answer(&own.path, &said);
            };
            let ticked = move || state.with(|state| state.said.codes());
            let none = || Said::Value(Value::Codes(Vec::new()));
            let own = Arc::clone(shape);
            let nothing = ui::dont_know(
                t.none_of_these,
                move || state.with(|state| state.said == none()),
                move || work.answer(&own.path, &none()),
            );
            let others = el("div")
                .class("line after")
                .child(nothing)
                .child(dont_know(work, shape, state, |_| ()));
            group()
                .child(ui::checks(choices, ticked, toggle))
                .child(others)
        }
        Control::Typed(kind, unit) => typing::field(work, shape, state, (*kind, *unit), id, help),
    }
}

/// *Tidak tahu*; pressed again, what was said before comes back. `heard` hears of both.
pub fn dont_know(
    work: Work,
    shape: &Arc<Shape>,
    state: Derived<State>,
    heard: impl Fn(&Said) + 'static,
) -> El {
    let mut before = Said::Nothing;
    let shape = Arc::clone(shape);
    ui::dont_know(
        work.t().dont_know,
        move || state.with(|state| state.said == Said::Unknown),
        move || {
            let now = state.with_untracked(|state| state.said.clone());
            let said = if now == Said::Unknown {
                before.clone()
            } else {
                Said::Unknown
            };
            before = now;
            work.answer(&shape.path, &said);
            heard(&said);
        },
    )
}

fn carried(work: Work, shape: &Arc<Shape>, state: Derived<State>) -> El {
    let t = work.t();
    let shape = Arc::clone(shape);
    let words = {
        let shape = Arc::clone(&shape);
        move || {
            let carried = state.with(|state| state.carried);
            carried.map(|carried| {
                work.read(|words, _, _| {
                    carried_text(words, work.earlier, carried, wanted(work, &shape))
                })
            })
        }
    };
    let class = if wanted(work, &shape) {
        "was wanted"
    } else {
        "was"
    };
    let confirm = ui::button(Look::Small, t.still_same, "confirm", move || {
        work.confirm(core::slice::from_ref(&shape.path));
    });
    el("div")
        .class(class)
        .hidden(move || state.with(|state| state.carried.is_none()))
        .child(el("span").live_text(move || words().unwrap_or_default()))
        .child(confirm)
}

/// Whether an answer of an earlier day must be confirmed.
fn wanted(work: Work, shape: &Shape) -> bool {
    work.pack()
        .fact(shape.fact)
        .is_some_and(|fact| fact.confirm)
}

fn messages(work: Work, shape: &Arc<Shape>, state: Derived<State>) -> El {
    let shape = Arc::clone(shape);
    el("div").set("role", "status").live(move || {
        let mut found = group();
        if let Control::Typed(kind, _) = shape.control {
            let text = work
                .unreadable
                .with(|texts| texts.get(&shape.path).cloned());
            if let Some(advice) = text.and_then(|text| unreadable(work, kind, &text)) {
                found = found.child(ui::message(Level::Bad, &advice));
            }
        }
        state.with(|state| {
            state.broken.iter().fold(found, |found, (level, text)| {
                found.child(ui::message(
                    match level {
                        CheckLevel::Stop => Level::Bad,
                        CheckLevel::Warn => Level::Warn,
                    },
                    text,
                ))
            })
        })
    })
}

fn unreadable(work: Work, kind: Typed, text: &str) -> Option<String> {
    let on = work.draft.with_untracked(|draft| draft.on);
    let mistake = typed::parse(kind, text, on).err()?;
    Some(fill(
        work.t().not_saved,
        &[&typed::advice(kind, mistake, work.lang(), work.t())],
    ))
}

/// What is read beside a typed answer: *1,25 juta*, *5 Mei 1993 · 33 th*.
#[must_use]
pub fn reading(work: Work, kind: Typed, state: &State) -> String {
    let Said::Value(value) = &state.said else {
        return String::new();
    };
    match (kind, value) {
        (Typed::Money { .. }, Value::Int(amount)) => {
            format::spoken(work.lang(), work.t(), *amount).unwrap_or_default()
        }
        (Typed::Day, Value::Date(date)) => {
            let on = work.draft.with_untracked(|draft| draft.on);
            let day = format::day(work.lang(), *date);
            let mut out = if state.approximate {
                fill(work.t().about, &[&day])
            } else {
                day
            };
            // How long ago a meeting was is no age.
            let ages = !work.is_note() || work.is_on(forms::REGISTER);
            if ages && *date <= on {
                out.push_str(" · ");
                out.push_str(&format::age(work.t(), *date, on));
            }
            if state.approximate {
                out.push_str(" · ");
                out.push_str(work.t().approximate);
            }
            out
        }
        _ => String::new(),
    }
}
