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
    ui::{self, Level, Look, pressed},
};
use leptos::prelude::*;
use naik_kelas_domain::Value;
use naik_kelas_rules::pack::CheckLevel;
use std::sync::Arc;

/// A question on its page. Only what its own answer changes is drawn again.
#[must_use]
pub fn question(work: Work, shape: Shape) -> AnyView {
    let id = shape.dom_id();
    let help = [&id, "-h ", &id, "-m"].concat();
    let test_id = ["question:", &shape.name].concat();
    let hint_id = [&id, "-h"].concat();
    let message_id = [&id, "-m"].concat();
    let ask = shape.ask.clone();
    let hint = shape.hint.clone();
    let shape = Arc::new(shape);
    let state = {
        let shape = Arc::clone(&shape);
        Memo::new(move |_| work.read(|words, draft, assessed| state(words, &assessed.form, &draft.answers, &shape)))
    };
    let hint = hint.map(|hint| view! { <p class="small" id=hint_id>{hint}</p> }.into_any());
    let carried = carried(work, &shape, state);
    let messages = messages(work, &shape, state);
    let control = control(work, &shape, state, &id, &help);
    let body = match &shape.control {
        // A group of controls has a legend, a single one a label.
        Control::Few(_) | Control::Several(_) => view! {
            <fieldset aria-describedby=help>
                <legend>{ask}</legend>
                {control}
            </fieldset>
            {hint}
        }
        .into_any(),
        Control::Many(_) | Control::Typed(..) => view! {
            <label for=[&id, "-i"].concat()>{ask}</label>
            {hint}
            {control}
        }
        .into_any(),
    };
    view! {
        <div class="q" id=id data-testid=test_id hidden=move || !state.with(|state| state.asked)>
            {body}
            {carried}
            <div id=message_id role="status">
                {messages}
            </div>
        </div>
    }
    .into_any()
}

fn control(work: Work, shape: &Arc<Shape>, state: Memo<State>, id: &str, help: &str) -> AnyView {
    let t = work.t();
    let answer = |say: fn(&Control, &str, &Said) -> Said| -> Box<dyn Fn(String)> {
        let shape = Arc::clone(shape);
        Box::new(move |code| {
            let said = state.with_untracked(|state| say(&shape.control, &code, &state.said));
            work.answer(&shape.path, &said);
        })
    };
    let chosen = Signal::derive(move || state.with(|state| state.said.code()));
    match &shape.control {
        Control::Few(choices) => ui::radios(id, choices.clone(), chosen, answer(|control, code, _| Said::of_code(control, code))),
        Control::Many(choices) => ui::select(
            &[id, "-i"].concat(),
            help,
            t.choose,
            choices.clone(),
            chosen,
            answer(|control, code, _| Said::of_code(control, code)),
        ),
        Control::Several(choices) => {
            let ticked = Signal::derive(move || state.with(|state| state.said.codes()));
            let toggle = answer(|control, code, said| said.toggled(control, code));
            let none = {
                let shape = Arc::clone(shape);
                let chosen = Signal::derive(move || {
                    state.with(|state| state.said == Said::Value(Value::Codes(Vec::new())))
                });
                let press = pressed(move || work.answer(&shape.path, &Said::Value(Value::Codes(Vec::new()))));
                ui::dont_know(t.none_of_these, chosen, press)
            };
            view! {
                {ui::checks(choices.clone(), ticked, toggle)}
                <div class="line after">{none} {dont_know(work, shape, state, Box::new(|_| ()))}</div>
            }
            .into_any()
        }
        Control::Typed(kind, unit) => typing::field(work, shape, state, (*kind, *unit), id, help),
    }
}

/// *Tidak tahu*; pressed again, what was said before comes back. `said` hears of both.
pub fn dont_know(work: Work, shape: &Arc<Shape>, state: Memo<State>, heard: Box<dyn Fn(&Said)>) -> AnyView {
    let before = StoredValue::new(Said::Nothing);
    let chosen = Signal::derive(move || state.with(|state| state.said == Said::Unknown));
    let shape = Arc::clone(shape);
    let press = pressed(move || {
        let now = state.with_untracked(|state| state.said.clone());
        let said = if now == Said::Unknown { before.get_value() } else { Said::Unknown };
        before.set_value(now);
        work.answer(&shape.path, &said);
        heard(&said);
    });
    ui::dont_know(work.t().dont_know, chosen, press)
}

fn carried(work: Work, shape: &Arc<Shape>, state: Memo<State>) -> AnyView {
    let t = work.t();
    let from = Memo::new(move |_| state.with(|state| state.carried));
    let shape = Arc::clone(shape);
    let shown = move || match from.get() {
        None => ().into_any(),
        Some(carried) => {
            let (text, wanted) = work.read(|words, _, _| {
                let wanted = words.pack.fact(shape.fact).is_some_and(|fact| fact.confirm);
                (carried_text(words, carried, wanted), wanted)
            });
            let shape = Arc::clone(&shape);
            let confirm = pressed(move || work.confirm(core::slice::from_ref(&shape.path)));
            view! {
                <div class=if wanted { "was wanted" } else { "was" }>
                    <span>{text}</span>
                    {ui::button(Look::Small, t.still_same, "confirm", confirm)}
                </div>
            }
            .into_any()
        }
    };
    view! { {shown} }.into_any()
}

fn messages(work: Work, shape: &Arc<Shape>, state: Memo<State>) -> AnyView {
    let shape = Arc::clone(shape);
    let found = Memo::new(move |_| {
        let mut found: Vec<(Level, String)> = Vec::new();
        if let Control::Typed(kind, _) = shape.control {
            let text = work.unreadable.with(|texts| texts.get(&shape.path).cloned());
            found.extend(text.and_then(|text| unreadable(work, kind, &text)).map(|text| (Level::Bad, text)));
        }
        state.with(|state| {
            found.extend(state.broken.iter().map(|(level, text)| match level {
                CheckLevel::Stop => (Level::Bad, text.clone()),
                CheckLevel::Warn => (Level::Warn, text.clone()),
            }));
        });
        found
    });
    let shown = move || found.get().into_iter().map(|(level, text)| ui::message(level, text)).collect_view();
    view! { {shown} }.into_any()
}

fn unreadable(work: Work, kind: Typed, text: &str) -> Option<String> {
    let on = work.draft.with_untracked(|draft| draft.on);
    let mistake = typed::parse(kind, text, on).err()?;
    Some(fill(work.t().not_saved, &[&typed::advice(kind, mistake, work.lang(), work.t())]))
}

/// What is read beside a typed answer: *1,25 juta*, *5 Mei 1993 · 33 th*.
#[must_use]
pub fn reading(work: Work, kind: Typed, state: &State) -> String {
    let Said::Value(value) = &state.said else {
        return String::new();
    };
    match (kind, value) {
        (Typed::Money { .. }, Value::Int(amount)) => format::spoken(work.lang(), work.t(), *amount).unwrap_or_default(),
        (Typed::Day, Value::Date(date)) => {
            let on = work.draft.with_untracked(|draft| draft.on);
            let day = format::day(work.lang(), *date);
            let mut out = if state.approximate { fill(work.t().about, &[&day]) } else { day };
            if *date <= on {
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
