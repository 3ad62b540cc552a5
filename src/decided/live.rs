//! A decision as it stands now, beside the questions.

use super::{Because, Decided, Deciding, Grade, Light, Mark, Programme, Verdict};
use crate::{
    i18n::{counted, fill, format},
    words::{Words, listed},
};
use naik_kelas_rules::{
    evaluate::{Decisions, Evaluation, Outcome, ReadinessOutcome},
    explain::{AmountLine, Explanation, Missing, Reason, Truth},
    family::Family,
    pack::{AmountKind, AmountUnit, Decision},
    text::Text,
};

/// The whole result page. `decisions` are those of the same family.
#[must_use]
pub fn decided(words: Words<'_>, family: &Family, decisions: &Decisions) -> Decided {
    // The whole pack is evaluated, because texts may name any value.
    let mut evaluation = Evaluation::new(words.pack, family);
    let mut programmes = Vec::new();
    let mut cash: i64 = 0;
    for (place, (definition, result)) in words
        .pack
        .decisions()
        .iter()
        .zip(&decisions.decisions)
        .enumerate()
    {
        let explanation = evaluation.explain(place);
        if definition.amount_kind == Some(AmountKind::Cash)
            && definition.amount_unit == Some(AmountUnit::Year)
        {
            cash = cash.saturating_add(result.amount.unwrap_or(0));
        }
        let verdict = verdict(result.outcome);
        programmes.push(Programme {
            id: definition.id.clone(),
            title: words.say(&definition.title),
            about: words.dated(&definition.about, family.assessed_on()),
            verdict,
            amounts: amounts(words, definition, verdict, result.amount, &explanation),
            shares: explanation
                .lines
                .iter()
                .map(|line| share(words, family, line))
                .collect(),
            applicants: applicants(words, family, verdict, &explanation),
            reasons: explanation
                .reasons
                .iter()
                .filter_map(|reason| because(words, definition, reason, &mut evaluation, family))
                .collect(),
            deciding: deciding(words, family, &explanation.missing),
            figures_missing: figures(words, &explanation.missing),
            law: definition.law.clone(),
        });
    }
    Decided {
        sentence: sentence(words, &programmes, cash),
        one_loan: one_loan(words, family, &programmes),
        readiness: readiness(words, family, decisions, &mut evaluation),
        programmes,
    }
}

pub(super) const fn verdict(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Eligible => Verdict::Yes,
        Outcome::NotEligible => Verdict::No,
        Outcome::Undetermined => Verdict::Open,
        Outcome::Error(_) => Verdict::Error,
    }
}

/// What is paid, as it is told: cover is never told as cash.
pub(super) fn amount_text(words: Words<'_>, definition: &Decision, amount: i64) -> Vec<String> {
    let t = words.t;
    let rupiah = |amount| format::rupiah(words.lang, amount);
    if definition.amount_kind == Some(AmountKind::Premium) {
        return vec![fill(t.cover, &[&rupiah(amount)])];
    }
    let template = match definition.amount_unit {
        Some(AmountUnit::Once) => t.amount_once,
        Some(AmountUnit::Year) | None => t.amount_year,
    };
    let mut lines = vec![fill(template, &[&rupiah(amount)])];
    if definition.per_quarter && amount % 4 == 0 {
        lines.push(fill(t.per_tahap, &[&rupiah(amount / 4)]));
    }
    if definition.amount_kind == Some(AmountKind::Grant) {
        lines.push(t.grant_up_to.into());
    }
    lines
}

fn amounts(
    words: Words<'_>,
    definition: &Decision,
    verdict: Verdict,
    amount: Option<i64>,
    explanation: &Explanation,
) -> Vec<String> {
    match (verdict, amount, explanation.amount_between) {
        (Verdict::Yes, Some(amount), _) => amount_text(words, definition, amount),
        (Verdict::Yes, None, Some((_, Some(most)))) if definition.amount.is_some() => {
            let mut lines = vec![fill(words.t.up_to, &[&format::rupiah(words.lang, most)])];
            lines.push(words.t.amount_open.into());
            lines
        }
        (Verdict::Yes, None, _) if definition.amount.is_some() => vec![words.t.amount_open.into()],
        _ => Vec::new(),
    }
}

fn share(words: Words<'_>, family: &Family, line: &AmountLine) -> String {
    let name = words.member_name(family, u16::try_from(line.member).unwrap_or(u16::MAX));
    let component = line.component.and_then(|(list, place)| {
        let codes = &words.pack.file().code_lists.get(usize::from(list))?.codes;
        codes.get(place).map(|code| words.say(&code.label))
    });
    let amount = format::rupiah(words.lang, line.amount);
    match component {
        Some(component) => [&name, ": ", &component, ", ", &amount].concat(),
        None => [&name, ": ", &amount].concat(),
    }
}

fn applicants(
    words: Words<'_>,
    family: &Family,
    verdict: Verdict,
    explanation: &Explanation,
) -> Option<String> {
    // Where members add to the amount they are named there already.
    if verdict != Verdict::Yes || explanation.members.is_empty() || !explanation.lines.is_empty() {
        return None;
    }
    let names: Vec<String> = explanation
        .members
        .iter()
        .map(|member| words.member_name(family, u16::try_from(*member).unwrap_or(u16::MAX)))
        .collect();
    Some(fill(words.t.applicants, &[&listed(words.t, &names)]))
}

fn because(
    words: Words<'_>,
    definition: &Decision,
    reason: &Reason,
    evaluation: &mut Evaluation<'_>,
    family: &Family,
) -> Option<Because> {
    let condition = definition.conditions.get(reason.condition)?;
    let (mark, text) = match reason.truth {
        Truth::Yes => (Mark::Yes, &condition.yes),
        Truth::No => (Mark::No, &condition.no),
        Truth::Unknown => (Mark::Ask, &condition.unknown),
        Truth::Error => {
            return Some(Because {
                mark: Mark::Ask,
                text: words.t.error_more.into(),
                law: None,
            });
        }
    };
    let text = words.filled(text, evaluation, family.assessed_on());
    Some(Because {
        mark,
        text,
        law: condition.law.clone(),
    })
}

fn deciding(words: Words<'_>, family: &Family, missing: &[Missing]) -> Vec<Deciding> {
    let facts = missing.iter().filter_map(|missing| match missing {
        Missing::Fact(at) => Some(*at),
        Missing::Parameter(_) => None,
    });
    facts
        .map(|at| Deciding {
            at,
            label: words.fact_label(family, at),
        })
        .collect()
}

fn figures(words: Words<'_>, missing: &[Missing]) -> Vec<String> {
    let places = missing.iter().filter_map(|missing| match missing {
        Missing::Parameter(place) => Some(usize::from(*place)),
        Missing::Fact(_) => None,
    });
    places
        .filter_map(|place| words.pack.file().parameters.get(place))
        .map(|parameter| words.say(&parameter.label))
        .collect()
}

fn sentence(words: Words<'_>, programmes: &[Programme], cash: i64) -> String {
    let t = words.t;
    let titles = |wanted: Verdict| -> Vec<String> {
        let these = programmes
            .iter()
            .filter(|programme| programme.verdict == wanted);
        these.map(|programme| programme.title.clone()).collect()
    };
    let sure = titles(Verdict::Yes);
    let open = titles(Verdict::Open).len();
    let mut out = if sure.is_empty() {
        t.sentence_none.to_owned()
    } else {
        fill(t.sentence_sure, &[&listed(t, &sure)])
    };
    if cash > 0 {
        out.push(' ');
        out.push_str(&fill(t.sentence_cash, &[&format::rupiah(words.lang, cash)]));
    }
    if open > 0 {
        out.push(' ');
        out.push_str(&counted(t.sentence_open, open));
    }
    out
}

fn one_loan(words: Words<'_>, family: &Family, programmes: &[Programme]) -> Option<String> {
    let key = words.pack.file().loan_order.as_deref()?;
    let order = words
        .pack
        .parameter_on(key, family.assessed_on())?
        .list
        .as_deref()?;
    let eligible: Vec<String> = order
        .iter()
        .filter_map(|id| {
            programmes
                .iter()
                .find(|programme| &programme.id == id && programme.verdict == Verdict::Yes)
        })
        .map(|programme| programme.title.clone())
        .collect();
    (eligible.len() > 1).then(|| fill(words.t.one_loan, &[&eligible.join(", ")]))
}

fn readiness(
    words: Words<'_>,
    family: &Family,
    decisions: &Decisions,
    evaluation: &mut Evaluation<'_>,
) -> Grade {
    let definition = words.pack.readiness();
    let on = family.assessed_on();
    let say = |text: Option<&Text>| text.map_or_else(String::new, |text| words.dated(text, on));
    let (id, label, text) = match decisions.readiness.outcome {
        ReadinessOutcome::Grade(place) => match definition.grades.get(place) {
            Some(grade) => (
                grade.id.as_str(),
                words.say(&grade.label),
                say(grade.text.as_ref()),
            ),
            None => ("undetermined", words.t.undetermined.into(), String::new()),
        },
        ReadinessOutcome::Protected => (
            "protected",
            words.say(&definition.protected_label),
            say(Some(&definition.protected_text)),
        ),
        ReadinessOutcome::Undetermined => {
            ("undetermined", words.t.undetermined.into(), String::new())
        }
        ReadinessOutcome::Error(_) => (
            "error",
            words.t.error_outcome.into(),
            words.t.error_more.into(),
        ),
    };
    let missing = match decisions.readiness.outcome {
        ReadinessOutcome::Undetermined => evaluation.explain_readiness().missing,
        ReadinessOutcome::Grade(_) | ReadinessOutcome::Protected | ReadinessOutcome::Error(_) => {
            Vec::new()
        }
    };
    let lights = definition
        .indicators
        .iter()
        .zip(&decisions.readiness.indicators)
        .map(|(indicator, colour)| Light {
            label: words.say(&indicator.label),
            colour: *colour,
            help: indicator
                .help
                .as_ref()
                .map_or_else(String::new, |help| words.filled(help, evaluation, on)),
            before: Vec::new(),
        })
        .collect();
    Grade {
        id: id.to_owned(),
        label,
        text,
        lights,
        deciding: deciding(words, family, &missing),
    }
}
