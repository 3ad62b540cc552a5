//! Choosing: native radios, a native select, native checkboxes.

use super::{El, el};
use crate::dom::value_of;

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
    choices: &[Choice],
    chosen: impl Fn() -> Option<String> + 'static,
    choose: impl Fn(String) + 'static,
) -> El {
    // Short words stand side by side, where the screen is wide enough for them.
    let side_by_side = choices.len() <= 3
        && choices
            .iter()
            .all(|choice| choice.label.chars().count() <= 12);
    let rows = choices
        .iter()
        .map(|choice| option("radio", name, choice))
        .collect();
    boxes(
        if side_by_side { "opts two" } else { "opts" },
        rows,
        Box::new(choose),
        Box::new(move |code| chosen().as_deref() == Some(code)),
    )
}

/// Any number of a list. `ticked` gives the codes that are ticked; a change gives the code.
#[must_use]
pub fn checks(
    choices: &[Choice],
    ticked: impl Fn() -> Vec<String> + 'static,
    toggle: impl Fn(String) + 'static,
) -> El {
    let rows = choices
        .iter()
        .map(|choice| option("checkbox", "", choice))
        .collect();
    let is_ticked = move |code: &str| ticked().iter().any(|ticked| ticked == code);
    boxes("opts", rows, Box::new(toggle), Box::new(is_ticked))
}

fn option(kind: &str, name: &str, choice: &Choice) -> (String, El, El) {
    let input = el("input")
        .set("type", kind)
        .set("name", name)
        .set("value", &choice.code);
    let row = el("label")
        .class("opt")
        .child(input.clone())
        .child(el("span").text(&choice.label));
    (choice.code.clone(), input, row)
}

/// One listener and one effect for all of them: change events bubble, and an answer sets them all.
fn boxes(
    class: &str,
    rows: Vec<(String, El, El)>,
    choose: Box<dyn Fn(String)>,
    is_chosen: Box<dyn Fn(&str) -> bool>,
) -> El {
    let shown = rows.iter().map(|(.., row)| row.clone()).collect();
    el("div")
        .class(class)
        .all(shown)
        .on("change", move |event| choose(value_of(&event)))
        .follow(move |_| {
            for (code, input, _) in &rows {
                input.choose(is_chosen(code));
            }
        })
}

/// One of many. `nothing` is shown while nothing is chosen.
#[must_use]
pub fn select(
    id: &str,
    described_by: &str,
    nothing: &str,
    choices: &[Choice],
    chosen: impl Fn() -> Option<String> + 'static,
    choose: impl Fn(String) + 'static,
) -> El {
    let rows: Vec<(String, El)> = choices
        .iter()
        .map(|choice| {
            (
                choice.code.clone(),
                el("option").set("value", &choice.code).text(&choice.label),
            )
        })
        .collect();
    let none = el("option").set("value", "").text(nothing);
    el("select")
        .class("in")
        .set("id", id)
        .set("aria-describedby", described_by)
        .child(none.clone())
        .all(rows.iter().map(|(_, row)| row.clone()).collect())
        .on("change", move |event| choose(value_of(&event)))
        .follow(move |_| {
            let now = chosen();
            none.choose(now.is_none());
            for (code, row) in &rows {
                row.choose(now.as_ref() == Some(code));
            }
        })
}
