//! Results drawn: programmes, reasons, indicators. Shape and word first, colour last.

use super::{El, Icon, Level, badge, card, el, group, icon, note};
use crate::{
    decided::{Because, Deciding, Grade, Light, Mark, Programme, Verdict},
    i18n::{Texts, counted, fill},
};
use naik_kelas_rules::{evaluate::Colour, pack::FactRef};

/// Where a deciding question is; `None` where there is no page for it.
pub type Where<'a> = &'a dyn Fn(FactRef) -> Option<String>;

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
    el("span").class(class).add(icon(sign)).add(el("span").class("hear").text(word))
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
pub fn programme(t: &'static Texts, shown: &Programme, to: Where<'_>) -> El {
    let level = if shown.verdict == Verdict::Yes { Level::Good } else { Level::Plain };
    let title = el("div").class("split").add(el("h3").text(&shown.title)).add(badge(level, verdict(t, shown.verdict)));
    let mut content = group().add(title).add(note(&shown.about));
    for (at, line) in shown.amounts.iter().enumerate() {
        content = content.add(el("p").class(if at == 0 { "amount" } else { "small" }).text(line));
    }
    if shown.verdict == Verdict::Error {
        content = content.add(el("p").text(t.error_more));
    }
    // Where it is not possible now, what stands in the way is said at once.
    if shown.verdict == Verdict::No {
        let stands = shown.reasons.iter().filter(|reason| reason.mark == Mark::No);
        content = stands.fold(content, |content, reason| content.add(el("p").text(&reason.text)));
    }
    content = content.add(questions(t, &shown.deciding, to));
    if !shown.figures_missing.is_empty() {
        content = content.add(note(&fill(t.param_missing, &[&shown.figures_missing.join(", ")])));
    }
    if let Some(applicants) = &shown.applicants {
        content = content.add(note(applicants));
    }
    let mut reasons = el("div").class("tight").all(shown.reasons.iter().map(|reason| because(t, reason)).collect());
    for line in &shown.shares {
        reasons = reasons.add(note(line));
    }
    reasons = reasons.add(note(&fill(t.law, &[&shown.law])));
    let why = el("details").class("more").add(el("summary").text(t.why)).add(reasons);
    el("article")
        .test_id(&["result:", &shown.id].concat())
        .set("data-verdict", code(shown.verdict))
        .add(card(Level::Plain, content.add(why)))
}

const fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "eligible",
        Verdict::No => "not_eligible",
        Verdict::Open => "undetermined",
        Verdict::Error => "error",
    }
}

fn because(t: &'static Texts, reason: &Because) -> El {
    let mut words = el("div").text(&reason.text);
    if let Some(law) = &reason.law {
        words = words.add(el("br")).add(el("small").text(&fill(t.law, &[law])));
    }
    el("div").class("reason").add(mark(t, reason.mark)).add(words)
}

/// The questions that decide, as links to them.
#[must_use]
pub fn questions(t: &'static Texts, deciding: &[Deciding], to: Where<'_>) -> El {
    if deciding.is_empty() {
        return group();
    }
    let mut list = el("ul").class("links");
    for question in deciding.iter().take(NAMED) {
        list = list.add(el("li").add(link(&question.label, to(question.at))));
    }
    let more = deciding.len().saturating_sub(NAMED);
    if more > 0 {
        list = list.add(el("li").class("small").text(&counted(t.deciding_more, more)));
    }
    el("div").class("tight").add(note(t.deciding)).add(list)
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
pub fn summary(t: &'static Texts, programmes: &[Programme]) -> El {
    let rows = programmes.iter().map(|programme| {
        let below = programme.amounts.first().map_or(verdict(t, programme.verdict), String::as_str);
        let words = el("span").class("main").add(el("strong").text(&programme.title)).add(el("small").text(below));
        el("li")
            .class("row")
            .test_id(&["result:", &programme.id].concat())
            .set("data-verdict", code(programme.verdict))
            .add(mark(t, mark_of(programme.verdict)))
            .add(words)
    });
    el("ul").class("rows").all(rows.collect())
}

/// Readiness: the grade, the twelve lights, what decides. A decision aid, and labelled so.
#[must_use]
pub fn readiness(t: &'static Texts, grade: &Grade, to: Where<'_>) -> El {
    let title = el("div").class("split").add(el("h2").text(t.readiness)).add(badge(Level::Act, &grade.label));
    let mut content = group().add(title).add(note(t.decision_aid));
    if !grade.text.is_empty() {
        content = content.add(el("p").text(&grade.text));
    }
    let lights = el("ul").class("lights").all(grade.lights.iter().map(|one| light(t, one)).collect());
    content = content.add(questions(t, &grade.deciding, to)).add(lights);
    el("div").test_id("readiness").set("data-grade", &grade.id).add(card(Level::Plain, content))
}

fn light(t: &'static Texts, shown: &Light) -> El {
    let (class, sign, word) = match shown.colour {
        Colour::Green => ("mark yes", Icon::Check, t.green),
        Colour::Yellow => ("mark mid", Icon::Dash, t.yellow),
        Colour::Red => ("mark no", Icon::Cross, t.red),
        Colour::Unknown => ("mark ask", Icon::Question, t.unknown_colour),
    };
    let words = el("span").add(el("strong").text(&shown.label)).add(el("small").text(word));
    el("li").class("light").add(el("span").class(class).add(icon(sign))).add(words)
}
