//! The form of a PIN: what is typed is covered, and neither kept nor learnt by the browser.

use super::{El, Told, el, group, sign_in::labelled, told};
use crate::{
    dom::{ticked, value_of},
    i18n::Texts,
    live::Live,
};

/// A field: its id, its label, what stands in it.
pub type PinField = (&'static str, &'static str, Live<String>);

/// What the form needs to be drawn.
pub struct PinForm {
    /// Its fields.
    pub fields: Vec<PinField>,
    /// Whether letters are typed too.
    pub letters: Live<bool>,
    /// Whether the person chooses that.
    pub choice: bool,
    /// What is told of it.
    pub state: Live<Told>,
    /// The words of its button.
    pub go: &'static str,
}

/// The form. `submit` is called unless it is busy.
#[must_use]
pub fn pin_form(t: &'static Texts, parts: PinForm, submit: impl Fn() + 'static) -> El {
    drawn(t, parts, Box::new(submit))
}

fn drawn(t: &'static Texts, parts: PinForm, submit: Box<dyn Fn()>) -> El {
    let PinForm {
        fields,
        letters,
        choice,
        state,
        go,
    } = parts;
    let fields = fields.into_iter().map(|(id, label, text)| {
        // No field of a password: the browser would offer to keep it. Covered by the style, it is one of digits as well.
        let input = el("input")
            .class("in secret")
            .set("id", id)
            .test_id(id)
            .set("autocomplete", "off")
            .set("autocapitalize", "none")
            .set("spellcheck", "false")
            .set("aria-describedby", "pin-told")
            .live_set("inputmode", move || {
                Some(String::from(if letters.get() { "text" } else { "numeric" }))
            })
            .follow(move |input| text.with(|text| input.set_value(text)))
            .on("input", move |event| text.set(value_of(&event)));
        labelled(id, label, input)
    });
    let fields = fields.collect();
    let choice = choice.then(|| {
        let tick = el("input")
            .set("type", "checkbox")
            .on("change", move |event| letters.set(ticked(&event)));
        el("label")
            .class("opt")
            .child(tick)
            .child(el("span").text(t.pin_letters))
    });
    let send = move |event: super::Event| {
        event.prevent_default();
        if !matches!(state.get_untracked(), Told::Busy(_)) {
            submit();
        }
    };
    let button = el("button")
        .set("type", "submit")
        .class("btn")
        .test_id("pin-go")
        .text(go);
    el("form")
        .class("gap")
        .on("submit", send)
        .child(group().all(fields))
        .child(choice)
        .child(told(state).set("id", "pin-told"))
        .child(button)
}
