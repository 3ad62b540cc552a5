//! A draft moves to a newer pack: what is new, gone and changed is listed, and no answer is lost. Pure.

#[cfg(all(test, not(target_family = "wasm")))]
mod tests;

use super::{evaluate, fact_of, path_of};
use crate::packs::reference;
use naik_kelas_domain::{
    answer::{FactPath, Provenance},
    assessment::Draft,
};
use naik_kelas_rules::{
    family::FactError,
    form::{Form, Relevance},
    pack::{Code, Fact, FactIndex, Pack, Question},
};

/// The draft on the newer pack, and what to show about it. Lists are in the order of the new questionnaire; what is gone
/// in that of the answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Moved {
    /// The same draft with all its answers. What is in [`Self::changed`] stands as not yet confirmed.
    pub draft: Draft,
    /// Questions that this family was not asked before, and has no answer to.
    pub new: Vec<FactPath>,
    /// Answers that are kept, though the new pack does not ask for them.
    pub gone: Vec<FactPath>,
    /// Answers to questions that are no longer what was asked.
    pub changed: Vec<(FactPath, Why)>,
}

/// Why an answer is to be looked at again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// The new pack does not take the answer: a choice that is gone, a number out of range. It stays in the draft as it was
    /// typed, and counts for nothing until it is answered again.
    Refused(FactError),
    /// It means something else: another kind of answer, or another unit.
    Meaning,
    /// There are other choices.
    Choices,
    /// It is asked in other words.
    Words,
    /// It breaks a check that it did not break before: the place of the check in its question.
    Check(usize),
}

/// Moves a draft. `old` is the pack that the draft is on; the day of the assessment stays.
#[must_use]
pub fn moved(draft: &Draft, old: &Pack, new: &Pack) -> Moved {
    let mut draft = draft.clone();
    let before = evaluate(old, &draft);
    draft.pack = reference(new);
    let after = evaluate(new, &draft);
    let was_asked = asked(old, &draft, &before.form);
    let is_asked = asked(new, &draft, &after.form);

    let mut moved = Moved {
        new: Vec::new(),
        gone: Vec::new(),
        changed: Vec::new(),
        draft: draft.clone(),
    };
    for (path, question, violations) in &is_asked {
        let old_entry = was_asked.iter().find(|(other, ..)| other == path);
        if draft.answers.get(path).is_none() {
            if old_entry.is_none() {
                moved.new.push(path.clone());
            }
            continue;
        }
        let refused = after.problems.iter().find(|(other, _)| other == path);
        let why = match (refused, old_entry) {
            (Some((_, error)), _) => Some(Why::Refused(*error)),
            (None, Some((_, before, broken))) => {
                difference(old, before, new, question).or_else(|| {
                    // What it broke before has been seen.
                    let seen = |text: &str| {
                        let mut texts = broken.iter().filter_map(|at| before.checks.get(*at));
                        texts.any(|check| check.text.id == text)
                    };
                    let fresh = violations.iter().find(|at| {
                        let check = question.checks.get(**at);
                        check.is_some_and(|check| !seen(&check.text.id))
                    });
                    fresh.map(|at| Why::Check(*at))
                })
            }
            // From the registry, or from an answer that did not apply: its fact may mean something else by now.
            (None, None) => another_meaning(old, new, &draft, path).then_some(Why::Meaning),
        };
        if let Some(why) = why {
            moved.changed.push((path.clone(), why));
        }
    }
    moved.gone = gone(&draft, new, &was_asked, &is_asked);
    for (path, _) in &moved.changed {
        if let Some(answer) = draft.answers.get(path)
            && answer.provenance == Provenance::Asked
        {
            let mut answer = answer.clone();
            answer.provenance = Provenance::Carried(draft.on);
            moved.draft.answers.set(path.clone(), answer);
        }
    }
    moved
}

/// A question that is asked of this family, and the checks that its answer breaks.
type Asked<'a> = (FactPath, &'a Question, Vec<usize>);

fn asked<'a>(pack: &'a Pack, draft: &Draft, form: &Form) -> Vec<Asked<'a>> {
    let mut asked = Vec::new();
    for (section, state) in pack.sections().iter().zip(&form.sections) {
        let entries = state.entries.iter();
        for entry in entries.filter(|entry| entry.relevance == Relevance::Asked) {
            let question = section.questions.get(entry.question);
            if let Some((path, question)) = path_of(pack, draft, entry.at).zip(question) {
                asked.push((path, question, entry.violations.clone()));
            }
        }
    }
    asked
}

/// Answers that counted, or that the new pack has never heard of, and that it does not ask for.
fn gone(draft: &Draft, new: &Pack, was: &[Asked<'_>], is: &[Asked<'_>]) -> Vec<FactPath> {
    let has = |asked: &[Asked<'_>], path: &FactPath| asked.iter().any(|(other, ..)| other == path);
    let of_somebody_here = |path: &FactPath| match path {
        FactPath::Family(_) => true,
        FactPath::Member(member, _) => draft.members.contains(member),
    };
    let paths = draft.answers.iter().map(|(path, _)| path);
    paths
        .filter(|path| of_somebody_here(path) && !has(is, path))
        .filter(|path| has(was, path) || fact_of(new, draft, path).is_none())
        .cloned()
        .collect()
}

fn difference(old: &Pack, before: &Question, new: &Pack, after: &Question) -> Option<Why> {
    let (old_fact, new_fact) = (before.fact_index(), after.fact_index());
    if !old
        .fact(old_fact)
        .zip(new.fact(new_fact))
        .is_some_and(|(old, new)| means_the_same(old, new))
    {
        return Some(Why::Meaning);
    }
    if !same_choices(old.codes(old_fact), new.codes(new_fact)) {
        return Some(Why::Choices);
    }
    (before.ask != after.ask).then_some(Why::Words)
}

fn another_meaning(old: &Pack, new: &Pack, draft: &Draft, path: &FactPath) -> bool {
    let fact_in = |pack, index: Option<FactIndex>| index.and_then(|index| Pack::fact(pack, index));
    let index_in = |pack| fact_of(pack, draft, path).map(|at| at.fact);
    match (fact_in(old, index_in(old)), fact_in(new, index_in(new))) {
        (Some(old), Some(new)) => !means_the_same(old, new),
        // The old pack did not know it, and neither does anybody know what was meant.
        (None, _) => true,
        (Some(_), None) => false,
    }
}

fn means_the_same(old: &Fact, new: &Fact) -> bool {
    old.kind == new.kind && old.unit == new.unit && old.pattern == new.pattern
}

/// The same choices under the same names, in whatever order.
fn same_choices(old: &[Code], new: &[Code]) -> bool {
    let has = |list: &[Code], code: &Code| {
        let mut codes = list.iter();
        codes.any(|other| other.code == code.code && other.label == code.label)
    };
    old.len() == new.len() && old.iter().all(|code| has(new, code))
}
