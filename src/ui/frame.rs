//! Pages, cards, rows, badges, banners, messages and skeletons.

use super::{El, Icon, el, group, icon};
use crate::live::Live;

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
    const fn card(self) -> &'static str {
        match self {
            Self::Plain | Self::Act => "card",
            Self::Good => "card good",
            Self::Warn => "card warn",
            Self::Bad => "card bad",
        }
    }

    const fn badge(self) -> &'static str {
        match self {
            Self::Plain => "badge",
            Self::Good => "badge good",
            Self::Warn => "badge warn",
            Self::Bad => "badge bad",
            Self::Act => "badge act",
        }
    }
}

/// What is told of something that a person has asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// It is under way.
    Busy(&'static str),
    /// It is done.
    Done(&'static str),
    /// It did not work; what is safe, and what to do.
    Bad(&'static str),
}

/// Tells it, also to a screen reader.
#[must_use]
pub fn told(what: Live<Told>) -> El {
    el("div")
        .set("role", "status")
        .live(move || match what.get() {
            Told::Nothing => group(),
            Told::Busy(text) | Told::Done(text) => note(text),
            Told::Bad(text) => message(Level::Bad, text),
        })
}

/// A wrapper that takes no room of its own.
#[must_use]
pub fn through(content: impl Fn() -> El + 'static) -> El {
    el("div").class("through").live(content)
}

/// The top of a page: where a person is, and the way back where there is one.
#[must_use]
pub fn top(title: &str, back: Option<El>) -> El {
    heading(el("h1").text(title), back)
}

/// The top of a page whose title comes later.
#[must_use]
pub fn top_of(title: impl Fn() -> String + 'static, back: Option<El>) -> El {
    heading(el("h1").live_text(title), back)
}

fn heading(title: El, back: Option<El>) -> El {
    el("header")
        .class("top")
        .child(back)
        .child(title.set("tabindex", "-1"))
}

/// The page's own content. `test_id` may be empty.
#[must_use]
pub fn page(test_id: &str, content: El) -> El {
    el("main").class("page").test_id(test_id).child(content)
}

/// The bar at the bottom that holds a screen's main action.
#[must_use]
pub fn action(content: El) -> El {
    el("div").class("deed").child(content)
}

/// A card.
#[must_use]
pub fn card(level: Level, content: El) -> El {
    el("section").class(level.card()).child(content)
}

/// A heading and what belongs to it.
#[must_use]
pub fn section(title: &str, content: El) -> El {
    el("section")
        .class("gap")
        .child(el("h2").text(title))
        .child(content)
}

/// Small words.
#[must_use]
pub fn note(text: &str) -> El {
    el("p").class("small").text(text)
}

/// A list of rows.
#[must_use]
pub fn rows(rows: Vec<El>) -> El {
    el("ul")
        .class("rows")
        .all(rows.into_iter().map(|row| el("li").child(row)).collect())
}

/// A row that leads somewhere: a name, lines below it, something at its end.
#[must_use]
pub fn row(href: &str, name: &str, below: El, end: Option<El>, test_id: &str) -> El {
    let main = el("span")
        .class("main")
        .child(el("strong").text(name))
        .child(below);
    el("a")
        .class("row")
        .set("href", href)
        .test_id(test_id)
        .child(main)
        .child(end)
        .child(icon(Icon::Next))
}

/// A word in a small frame.
#[must_use]
pub fn badge(level: Level, text: &str) -> El {
    el("span").class(level.badge()).text(text)
}

/// A banner with words and perhaps an action.
#[must_use]
pub fn banner(class: &str, test_id: &str, text: &str, action: Option<El>) -> El {
    let words = el("span").text(text);
    el("div")
        .class(class)
        .test_id(test_id)
        .set("role", "status")
        .child(words)
        .child(action)
}

/// A list of lines, each of which begins with a capital.
#[must_use]
pub fn lines(lines: &[String]) -> El {
    let line = |line: &String| el("li").test_id("line").text(line);
    let all = lines.iter().map(line).collect();
    el("ul").class("lines").all(all)
}

/// A message under a field.
#[must_use]
pub fn message(level: Level, text: &str) -> El {
    let class = if level == Level::Bad {
        "msg stop"
    } else {
        "msg warn"
    };
    el("p")
        .class(class)
        .child(icon(Icon::Warning))
        .child(el("span").text(text))
}

/// Names and values, one a line.
#[must_use]
pub fn facts(lines: Vec<(&'static str, String)>) -> El {
    let list = el("dl").class("facts");
    lines.into_iter().fold(list, |list, (name, value)| {
        list.child(el("dt").text(name)).child(el("dd").text(&value))
    })
}

/// Where something will stand in a moment.
#[must_use]
pub fn skeleton(label: &str, rows: usize) -> El {
    let words = el("p").class("hear").set("role", "status").text(label);
    let rows = (0..rows).map(|_| el("div").class("skel")).collect();
    el("div")
        .class("gap")
        .set("aria-busy", "true")
        .child(words)
        .all(rows)
}
