//! Results drawn: programmes, reasons, indicators. Shape and word first, colour last.

use super::{El, Icon, Level, badge, card, el, group, icon, lines, note};
use crate::{
    decided::{Because, Deciding, Grade, Light, Mark, Programme, Verdict},
    i18n::{Texts, counted, fill},
};
use naik_kelas_rules::{evaluate::Colour, pack::FactRef};

/// Where a deciding question is; `None` where there is no page for it.
pub type Where<'a> = &'a dyn Fn(FactRef) -> Option<String>;

/// What would change a decision, worked out when somebody asks; `None` where there is nothing to change.
pub type Ways = Option<Box<dyn FnOnce() -> El>>;

/// How many deciding questions are named before the rest is only counted.
const NAMED: usize = 4;

/// A mark: check, cross or question mark, each with its word for those who do not see it.
#[must_use]
pub fn mark(t: &'static Texts, mark: Mark) -> El {
    let (class, sign, word) = match mark {
        Mark::Yes => ("mark yes", Icon::Check, t.mark_yes),
        Mark::No => ("mark no", Icon::Cross, t.mark_no),
        Mark::Ask => ("mark ask", Icon::Question, t.mark_ask),
    };
    el("span")
        .class(class)
        .child(icon(sign))
        .child(el("span").class("hear").text(word))
}

/// The mark of a verdict.
#[must_use]
pub const fn mark_of(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Yes => Mark::Yes,
        Verdict::No => Mark::No,
        Verdict::Open | Verdict::Error => Mark::Ask,
    }
}

/// The word of a verdict.
#[must_use]
pub const fn verdict(t: &'static Texts, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => t.eligible,
        Verdict::No => t.not_eligible,
        Verdict::Open => t.undetermined,
        Verdict::Error => t.error_outcome,
    }
}

/// One programme with amounts, reasons and what decides.
#[must_use]
pub fn programme(t: &'static Texts, shown: &Programme, to: Where<'_>, ways: Ways) -> El {
    let level = if shown.verdict == Verdict::Yes {
        Level::Good
    } else {
        Level::Plain
    };
    let title = el("div")
        .class("split")
        .child(el("h3").text(&shown.title))
        .child(badge(level, verdict(t, shown.verdict)));
    let mut content = group().child(title).child(note(&shown.about));
    for (at, line) in shown.amounts.iter().enumerate() {
        content = content.child(
            el("p")
                .class(if at == 0 { "amount" } else { "small" })
                .text(line),
        );
    }
    if shown.verdict == Verdict::Error {
        content = content.child(el("p").text(t.error_more));
    }
    // Where it is not possible now, what stands in the way is said at once.
    if shown.verdict == Verdict::No {
        let stands = shown
            .reasons
            .iter()
            .filter(|reason| reason.mark == Mark::No);
        content = stands.fold(content, |content, reason| {
            content.child(el("p").text(&reason.text))
        });
    }
    content = content.child(questions(t, &shown.deciding, to));
    if !shown.figures_missing.is_empty() {
        content = content.child(note(&fill(
            t.param_missing,
            &[&shown.figures_missing.join(", ")],
        )));
    }
    if let Some(applicants) = &shown.applicants {
        content = content.child(note(applicants));
    }
    let reasons = because(t, shown);
    let why = el("details").class("more").child(el("summary").text(t.why));
    let why = opening(why, reasons, ways);
    el("article")
        .test_id(&["result:", &shown.id].concat())
        .set("data-verdict", code(shown.verdict))
        .child(card(Level::Plain, content.child(why)))
}

const fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "eligible",
        Verdict::No => "not_eligible",
        Verdict::Open => "undetermined",
        Verdict::Error => "error",
    }
}

/// Each condition, what members bring, the legal basis.
#[must_use]
pub fn because(t: &'static Texts, shown: &Programme) -> El {
    let reason = |reason: &Because| {
        let mut words = el("div").text(&reason.text);
        if let Some(law) = &reason.law {
            words = words
                .child(el("br"))
                .child(el("small").text(&fill(t.law, &[law])));
        }
        el("div")
            .class("reason")
            .child(mark(t, reason.mark))
            .child(words)
    };
    el("div")
        .class("tight")
        .all(shown.reasons.iter().map(reason).collect())
        .all(shown.shares.iter().map(|line| note(line)).collect())
        .child(note(&fill(t.law, &[&shown.law])))
}

/// Details with content, and behind it what is worked out when they are opened for the first time.
fn opening(details: El, content: El, mut later: Ways) -> El {
    let own = details.clone();
    details.child(content).on("toggle", move |_| {
        if let Some(later) = later.take() {
            drop(own.clone().child(later()));
        }
    })
}

/// What would change a decision, at most three ways of which one is enough.
#[must_use]
pub fn ways(t: &'static Texts, found: &[String]) -> El {
    let title = el("h3").text(t.change);
    let told = match found {
        [] => note(t.change_none),
        found => {
            let any = (found.len() > 1).then(|| note(t.change_any));
            group().child(any).child(lines(found))
        }
    };
    el("div").class("tight").child(title).child(told)
}

/// What would turn indicators green, by their names.
#[must_use]
pub fn ways_to_green(t: &'static Texts, found: &[(String, Vec<String>)]) -> El {
    let one = |(label, found): &(String, Vec<String>)| {
        el("div")
            .child(el("strong").text(label))
            .child(lines(found))
    };
    if found.is_empty() {
        return note(t.change_none);
    }
    el("div")
        .class("tight")
        .all(found.iter().map(one).collect())
}

/// The questions that decide, as links to them.
#[must_use]
pub fn questions(t: &'static Texts, deciding: &[Deciding], to: Where<'_>) -> El {
    if deciding.is_empty() {
        return group();
    }
    let mut list = el("ul").class("links");
    for question in deciding.iter().take(NAMED) {
        list = list.child(el("li").child(link(&question.label, to(question.at))));
    }
    let more = deciding.len().saturating_sub(NAMED);
    if more > 0 {
        list = list.child(
            el("li")
                .class("small")
                .text(&counted(t.deciding_more, more)),
        );
    }
    el("div").class("tight").child(note(t.deciding)).child(list)
}

/// A link to a question, or its words where it has no page.
#[must_use]
pub fn link(label: &str, href: Option<String>) -> El {
    match href {
        Some(href) => el("a").class("link").set("href", &href).text(label),
        None => el("span").class("link").text(label),
    }
}

/// Programmes in one line each, as a family's page shows them.
#[must_use]
pub fn summary(
    t: &'static Texts,
    programmes: &[Programme],
    ways: &dyn Fn(&Programme) -> Ways,
) -> El {
    let rows = programmes.iter().map(|programme| {
        let below = programme
            .amounts
            .first()
            .map_or(verdict(t, programme.verdict), String::as_str);
        let words = el("span")
            .class("main")
            .child(el("strong").text(&programme.title))
            .child(el("small").text(below));
        let row = |tag| {
            el(tag)
                .class("row")
                .child(mark(t, mark_of(programme.verdict)))
                .child(words)
        };
        let row = match ways(programme) {
            None => row("div"),
            ways => opening(el("details").child(row("summary")), group(), ways),
        };
        el("li")
            .test_id(&["result:", &programme.id].concat())
            .set("data-verdict", code(programme.verdict))
            .child(row)
    });
    el("ul").class("rows").all(rows.collect())
}

/// Readiness: the grade, the twelve lights, what decides. A decision aid, and labelled so.
#[must_use]
pub fn readiness(t: &'static Texts, grade: &Grade, to: Where<'_>, ways: Ways) -> El {
    let title = el("div")
        .class("split")
        .child(el("h2").text(t.readiness))
        .child(badge(Level::Act, &grade.label));
    let mut content = group().child(title).child(note(t.decision_aid));
    if !grade.text.is_empty() {
        content = content.child(el("p").text(&grade.text));
    }
    let lights = el("ul")
        .class("lights")
        .all(grade.lights.iter().map(|one| light(t, one)).collect());
    content = content
        .child(questions(t, &grade.deciding, to))
        .child(lights);
    if ways.is_some() {
        let details = el("details")
            .class("more")
            .child(el("summary").text(t.change));
        content = content.child(opening(details, group(), ways));
    }
    el("div")
        .test_id("readiness")
        .set("data-grade", &grade.id)
        .child(card(Level::Plain, content))
}

const fn drawn(t: &'static Texts, colour: Colour) -> (&'static str, Icon, &'static str) {
    match colour {
        Colour::Green => ("mark yes", Icon::Check, t.green),
        Colour::Yellow => ("mark mid", Icon::Dash, t.yellow),
        Colour::Red => ("mark no", Icon::Cross, t.red),
        Colour::Unknown => ("mark ask", Icon::Question, t.unknown_colour),
    }
}

/// What an indicator was at each assessment, and is.
fn course(t: &'static Texts, shown: &Light) -> String {
    let mut told = String::new();
    for colour in &shown.before {
        told.push_str(drawn(t, *colour).2);
        told.push_str(" → ");
    }
    told.push_str(drawn(t, shown.colour).2);
    told
}

/// An indicator where nothing can be drawn.
#[must_use]
pub fn light_in_words(t: &'static Texts, shown: &Light) -> String {
    [&shown.label, ": ", &course(t, shown)].concat()
}

fn light(t: &'static Texts, shown: &Light) -> El {
    let (class, sign, _) = drawn(t, shown.colour);
    let told = course(t, shown);
    let words = el("span")
        .child(el("strong").text(&shown.label))
        .child(el("small").text(&told));
    el("li")
        .class("light")
        .child(el("span").class(class).child(icon(sign)))
        .child(words)
}
