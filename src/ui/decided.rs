//! Results drawn: programmes, reasons, indicators. Shape and word first, colour last.

use super::{Icon, Level, badge, card, icon};
use crate::{
    decided::{Because, Deciding, Grade, Light, Mark, Programme, Verdict},
    i18n::{Texts, counted, fill},
};
use leptos::prelude::*;
use naik_kelas_rules::{evaluate::Colour, pack::FactRef};

/// Where a deciding question is; `None` where there is no page for it.
pub type Where<'a> = &'a dyn Fn(FactRef) -> Option<String>;

/// How many deciding questions are named before the rest is only counted.
const NAMED: usize = 4;

/// A mark: check, cross or question mark, each with its word for those who do not see it.
#[must_use]
pub fn mark(t: &'static Texts, mark: Mark) -> AnyView {
    let (class, sign, word) = match mark {
        Mark::Yes => ("mark yes", Icon::Check, t.mark_yes),
        Mark::No => ("mark no", Icon::Cross, t.mark_no),
        Mark::Ask => ("mark ask", Icon::Question, t.mark_ask),
    };
    view! {
        <span class=class>
            {icon(sign)}
            <span class="hear">{word}</span>
        </span>
    }
    .into_any()
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
pub fn programme(t: &'static Texts, shown: Programme, to: Where<'_>) -> AnyView {
    let Programme {
        id, title, about, verdict: given, amounts, shares, applicants, reasons, deciding, figures_missing, law,
    } = shown;
    let level = if given == Verdict::Yes { Level::Good } else { Level::Plain };
    // Where it is not possible now, what stands in the way is said at once.
    let stands: Vec<String> = match given {
        Verdict::No => reasons.iter().filter(|reason| reason.mark == Mark::No).map(|reason| reason.text.clone()).collect(),
        Verdict::Yes | Verdict::Open | Verdict::Error => Vec::new(),
    };
    let figures = (!figures_missing.is_empty())
        .then(|| view! { <p class="small">{fill(t.param_missing, &[&figures_missing.join(", ")])}</p> }.into_any());
    let trouble = (given == Verdict::Error).then(|| view! { <p>{t.error_more}</p> }.into_any());
    let applicants = applicants.map(|text| view! { <p class="small">{text}</p> }.into_any());
    let content = view! {
        <div class="split">
            <h3>{title}</h3>
            {badge(level, verdict(t, given).into())}
        </div>
        <p class="small">{about}</p>
        {paragraphs("amount", amounts)}
        {paragraphs("", stands)}
        {trouble}
        {questions(t, deciding, to)}
        {figures}
        {applicants}
        <details class="more">
            <summary>{t.why}</summary>
            <div class="tight">
                {reasons.into_iter().map(|reason| because(t, reason)).collect_view()}
                {paragraphs("small", shares)}
                <p class="small">{fill(t.law, &[&law])}</p>
            </div>
        </details>
    };
    let test_id = ["result:", &id].concat();
    view! {
        <article data-testid=test_id data-verdict=code(given)>
            {card(Level::Plain, content.into_any())}
        </article>
    }
    .into_any()
}

const fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "eligible",
        Verdict::No => "not_eligible",
        Verdict::Open => "undetermined",
        Verdict::Error => "error",
    }
}

fn paragraphs(first: &'static str, lines: Vec<String>) -> AnyView {
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(at, line)| view! { <p class=if at == 0 || first.is_empty() { first } else { "small" }>{line}</p> }.into_any())
        .collect_view()
        .into_any()
}

fn because(t: &'static Texts, reason: Because) -> AnyView {
    let law = reason.law.map(|law| view! { <small>{fill(t.law, &[&law])}</small> }.into_any());
    view! {
        <div class="reason">
            {mark(t, reason.mark)}
            <div>
                {reason.text}
                {law.map(|law| view! { <br /> {law} })}
            </div>
        </div>
    }
    .into_any()
}

/// The questions that decide, as links to them.
#[must_use]
pub fn questions(t: &'static Texts, deciding: Vec<Deciding>, to: Where<'_>) -> AnyView {
    if deciding.is_empty() {
        return ().into_any();
    }
    let more = deciding.len().saturating_sub(NAMED);
    let named = deciding.into_iter().take(NAMED);
    let named = named.map(|question| match to(question.at) {
        Some(href) => view! { <li><a class="link" href=href>{question.label}</a></li> }.into_any(),
        None => view! { <li>{question.label}</li> }.into_any(),
    });
    let more = (more > 0).then(|| view! { <li class="small">{counted(t.deciding_more, more)}</li> }.into_any());
    view! {
        <div class="tight">
            <p class="small">{t.deciding}</p>
            <ul class="links">{named.collect_view()} {more}</ul>
        </div>
    }
    .into_any()
}

/// Programmes in one line each, as a family's page shows them.
#[must_use]
pub fn summary(t: &'static Texts, programmes: Vec<Programme>) -> AnyView {
    let rows = programmes.into_iter().map(|programme| {
        let amount = programme.amounts.into_iter().next();
        let test_id = ["result:", &programme.id].concat();
        view! {
            <li class="row" data-testid=test_id data-verdict=code(programme.verdict)>
                {mark(t, mark_of(programme.verdict))}
                <span class="main">
                    <strong>{programme.title}</strong>
                    <small>{amount.unwrap_or_else(|| verdict(t, programme.verdict).into())}</small>
                </span>
            </li>
        }
        .into_any()
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
}

/// Readiness: the grade, the twelve lights, what decides. A decision aid, and labelled so.
#[must_use]
pub fn readiness(t: &'static Texts, grade: Grade, to: Where<'_>) -> AnyView {
    let text = (!grade.text.is_empty()).then(|| view! { <p>{grade.text}</p> }.into_any());
    let content = view! {
        <div class="split">
            <h2>{t.readiness}</h2>
            {badge(Level::Act, grade.label)}
        </div>
        <p class="small">{t.decision_aid}</p>
        {text}
        {questions(t, grade.deciding, to)}
        <ul class="lights">{grade.lights.into_iter().map(|one| light(t, one)).collect_view()}</ul>
    };
    view! {
        <div data-testid="readiness" data-grade=grade.id>
            {card(Level::Plain, content.into_any())}
        </div>
    }
    .into_any()
}

fn light(t: &'static Texts, shown: Light) -> AnyView {
    let (class, sign, word) = match shown.colour {
        Colour::Green => ("mark yes", Icon::Check, t.green),
        Colour::Yellow => ("mark mid", Icon::Dash, t.yellow),
        Colour::Red => ("mark no", Icon::Cross, t.red),
        Colour::Unknown => ("mark ask", Icon::Question, t.unknown_colour),
    };
    view! {
        <li class="light" title=shown.help>
            <span class=class>{icon(sign)}</span>
            <span>
                <strong>{shown.label}</strong>
                <small>{word}</small>
            </span>
        </li>
    }
    .into_any()
}
