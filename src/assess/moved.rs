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
    family::Family,
    form::Relevance,
    pack::{Code, Pack, Question},
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
    /// Answers to be looked at again: to a question of another meaning, with other choices or in other words, or that break
    /// a check that they did not break before, or that the new pack does not take. Such a one stays in the draft as it was
    /// typed, and counts for nothing until it is answered again.
    pub changed: Vec<FactPath>,
    /// The family as the old pack sees it.
    pub before: Family,
    /// The family as the new one does.
    pub after: Family,
}

/// Moves a draft. `old` is the pack that the draft is on; the day of the assessment stays.
#[must_use]
pub fn moved(draft: &Draft, old: &Pack, new: &Pack) -> Moved {
    let mut draft = draft.clone();
    draft.pack = reference(new);
    let was = Asked::of(old, &draft);
    let is = Asked::of(new, &draft);
    let (mut fresh, mut changed) = (Vec::new(), Vec::new());
    for (path, question, broken) in &is.questions {
        let before = was.question(path);
        let Some(answer) = draft.answers.get(path) else {
            if before.is_none() {
                fresh.push(path.clone());
            }
            continue;
        };
        let other_words =
            before.is_some_and(|(_, before, seen)| before.ask != question.ask || seen < broken);
        if other_words || is.refused.contains(path) || !means_the_same(old, new, &draft, path) {
            changed.push(path.clone());
            if answer.provenance == Provenance::Asked {
                let mut answer = answer.clone();
                answer.provenance = Provenance::Carried(draft.on);
                draft.answers.set(path.clone(), answer);
            }
        }
    }
    let no_more = |path: &FactPath| {
        let known = |pack| fact_of(pack, &draft, path).is_some();
        let dropped = known(old) && !known(new);
        is.question(path).is_none() && (dropped || was.question(path).is_some())
    };
    let paths = draft.answers.iter().map(|(path, _)| path);
    Moved {
        new: fresh,
        gone: paths.filter(|path| no_more(path)).cloned().collect(),
        changed,
        before: was.family,
        after: is.family,
        draft,
    }
}

/// What a pack asks of a family.
struct Asked<'a> {
    family: Family,
    /// Answers that it does not take.
    refused: Vec<FactPath>,
    /// Its questions, and how many of its checks the answer of each breaks.
    questions: Vec<(FactPath, &'a Question, usize)>,
}

impl<'a> Asked<'a> {
    fn of(pack: &'a Pack, draft: &Draft) -> Self {
        let assessed = evaluate(pack, draft);
        let mut questions = Vec::new();
        let sections = pack.sections().iter().zip(&assessed.form.sections);
        for (section, state) in sections {
            for entry in &state.entries {
                if entry.relevance == Relevance::Asked
                    && let Some(question) = section.questions.get(entry.question)
                    && let Some(path) = path_of(pack, draft, entry.at)
                {
                    questions.push((path, question, entry.violations.len()));
                }
            }
        }
        let problems = assessed.problems.into_iter();
        Self {
            family: assessed.family,
            refused: problems.map(|(path, _)| path).collect(),
            questions,
        }
    }

    fn question(&self, path: &FactPath) -> Option<&(FactPath, &'a Question, usize)> {
        self.questions.iter().find(|(other, ..)| other == path)
    }
}

/// Whether an answer means in one pack what it means in another. Nobody knows what was meant where one has no such fact.
fn means_the_same(old: &Pack, new: &Pack, draft: &Draft, path: &FactPath) -> bool {
    let known = |pack| fact_of(pack, draft, path);
    let (Some(was), Some(is)) = (known(old), known(new)) else {
        return false;
    };
    let same_choices = || {
        let (old, new) = (old.codes(was.fact), new.codes(is.fact));
        let has = |code: &Code| {
            let mut codes = new.iter();
            codes.any(|other| other.code == code.code && other.label == code.label)
        };
        old.len() == new.len() && old.iter().all(has)
    };
    match (old.fact(was.fact), new.fact(is.fact)) {
        (Some(old), Some(new)) => {
            (old.kind, &old.unit, &old.pattern) == (new.kind, &new.unit, &new.pattern)
                && same_choices()
        }
        _ => false,
    }
}
