//! Choosing: native radios, a native select, native checkboxes.

use leptos::{ev, prelude::*};

/// One choice: what is stored and what is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The code.
    pub code: String,
    /// Its words.
    pub label: String,
}

/// One of a few, all in sight.
#[must_use]
pub fn radios(
    name: &str,
    choices: Vec<Choice>,
    chosen: Signal<Option<String>>,
    choose: Box<dyn Fn(String)>,
) -> AnyView {
    // Short words stand side by side, where the screen is wide enough for them.
    let side_by_side = choices.len() <= 3 && choices.iter().all(|choice| choice.label.chars().count() <= 12);
    let class = if side_by_side { "opts two" } else { "opts" };
    let rows = choices
        .into_iter()
        .map(|choice| {
            let code = choice.code.clone();
            let checked = move || chosen.with(|now| now.as_deref() == Some(code.as_str()));
            view! {
                <label class="opt">
                    <input type="radio" name=name.to_owned() value=choice.code prop:checked=checked />
                    <span>{choice.label}</span>
                </label>
            }
            .into_any()
        })
        .collect_view();
    // One listener for all of them: the radios' change events bubble.
    view! {
        <div class=class on:change=move |event: ev::Event| choose(event_target_value(&event))>
            {rows}
        </div>
    }
    .into_any()
}

/// One of many. `nothing` is shown while nothing is chosen.
#[must_use]
pub fn select(
    id: &str,
    described_by: &str,
    nothing: &'static str,
    choices: Vec<Choice>,
    chosen: Signal<Option<String>>,
    choose: Box<dyn Fn(String)>,
) -> AnyView {
    let rows = choices
        .into_iter()
        .map(|choice| {
            let code = choice.code.clone();
            let selected = move || chosen.with(|now| now.as_deref() == Some(code.as_str()));
            view! {
                <option value=choice.code prop:selected=selected>
                    {choice.label}
                </option>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <select
            class="in"
            id=id.to_owned()
            aria-describedby=described_by.to_owned()
            on:change=move |event: ev::Event| choose(event_target_value(&event))
        >
            <option value="" prop:selected=move || chosen.with(Option::is_none)>
                {nothing}
            </option>
            {rows}
        </select>
    }
    .into_any()
}

/// Any number of a list. `chosen` holds the codes that are ticked; a change gives the code.
#[must_use]
pub fn checks(choices: Vec<Choice>, chosen: Signal<Vec<String>>, toggle: Box<dyn Fn(String)>) -> AnyView {
    let rows = choices
        .into_iter()
        .map(|choice| {
            let code = choice.code.clone();
            let checked = move || chosen.with(|now| now.contains(&code));
            view! {
                <label class="opt">
                    <input type="checkbox" value=choice.code prop:checked=checked />
                    <span>{choice.label}</span>
                </label>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <div class="opts" on:change=move |event: ev::Event| toggle(event_target_value(&event))>
            {rows}
        </div>
    }
    .into_any()
}
