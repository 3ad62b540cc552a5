//! Pages, cards, rows, badges, banners, messages and skeletons.

use super::{Icon, Press, icon};
use leptos::prelude::*;

/// How much something matters; shown by a shape and a word, then by colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// As it is.
    Plain,
    /// Done, met.
    Good,
    /// Wants attention.
    Warn,
    /// Lost or refused.
    Bad,
    /// For action.
    Act,
}

impl Level {
    const fn word(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => " good",
            Self::Warn => " warn",
            Self::Bad => " bad",
            Self::Act => " act",
        }
    }
}

fn class(part: &str, level: Level) -> String {
    [part, level.word()].concat()
}

/// The top of a page: where a person is, and the way back where there is one.
#[must_use]
pub fn top(title: String, back: Option<(&'static str, Press)>) -> AnyView {
    heading(view! { <h1 tabindex="-1">{title}</h1> }.into_any(), back)
}

/// The top of a page whose title comes later.
#[must_use]
pub fn top_of(title: impl Fn() -> String + Send + 'static, back: Option<(&'static str, Press)>) -> AnyView {
    let title: Box<dyn Fn() -> String + Send> = Box::new(title);
    heading(view! { <h1 tabindex="-1">{move || title()}</h1> }.into_any(), back)
}

fn heading(title: AnyView, back: Option<(&'static str, Press)>) -> AnyView {
    let back = back.map(|(label, mut press)| {
        view! {
            <button type="button" class="round back" aria-label=label on:click=move |_| press()>
                {icon(Icon::Back)}
            </button>
        }
        .into_any()
    });
    view! { <header class="top">{back} {title}</header> }.into_any()
}

/// The page's own content. `test_id` may be empty.
#[must_use]
pub fn page(test_id: &'static str, content: AnyView) -> AnyView {
    let test_id = (!test_id.is_empty()).then_some(test_id);
    view! {
        <main class="page" data-testid=test_id>
            {content}
        </main>
    }
    .into_any()
}

/// A card.
#[must_use]
pub fn card(level: Level, content: AnyView) -> AnyView {
    view! { <section class=class("card", level)>{content}</section> }.into_any()
}

/// A row that leads somewhere: a name, a line below it, something at its end.
#[must_use]
pub fn row(href: String, name: String, below: AnyView, end: AnyView, test_id: Option<String>) -> AnyView {
    view! {
        <a class="row" href=href data-testid=test_id>
            <span class="main">
                <strong>{name}</strong>
                {below}
            </span>
            {end}
            {icon(Icon::Next)}
        </a>
    }
    .into_any()
}

/// A word in a small frame.
#[must_use]
pub fn badge(level: Level, text: String) -> AnyView {
    view! { <span class=class("badge", level)>{text}</span> }.into_any()
}

/// A banner with words and perhaps an action.
#[must_use]
pub fn banner(kind: &'static str, test_id: &'static str, text: String, action: AnyView) -> AnyView {
    let test_id = (!test_id.is_empty()).then_some(test_id);
    view! {
        <div class=["banner ", kind].concat() data-testid=test_id role="status">
            <span>{text}</span>
            {action}
        </div>
    }
    .into_any()
}

/// A message under a field.
#[must_use]
pub fn message(level: Level, text: String) -> AnyView {
    let word = if level == Level::Bad { "msg stop" } else { "msg warn" };
    view! {
        <p class=word>
            {icon(Icon::Warning)}
            <span>{text}</span>
        </p>
    }
    .into_any()
}

/// Names and values, one a line.
#[must_use]
pub fn facts(lines: Vec<(&'static str, String)>) -> AnyView {
    let lines = lines
        .into_iter()
        .map(|(name, value)| {
            view! {
                <dt>{name}</dt>
                <dd>{value}</dd>
            }
            .into_any()
        })
        .collect_view();
    view! { <dl class="facts">{lines}</dl> }.into_any()
}

/// Where something will stand in a moment.
#[must_use]
pub fn skeleton(label: &'static str, rows: usize) -> AnyView {
    let rows = (0..rows).map(|_| view! { <div class="skel"></div> }.into_any()).collect_view();
    view! {
        <div class="gap" aria-busy="true">
            <p class="hear" role="status">
                {label}
            </p>
            {rows}
        </div>
    }
    .into_any()
}

/// The bar at the bottom that holds a screen's main action.
#[must_use]
pub fn action(content: AnyView) -> AnyView {
    view! { <div class="act">{content}</div> }.into_any()
}
