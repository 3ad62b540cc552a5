//! An assessment while it is taken: pure. A draft of answers and a pack give a family, decisions, and what to ask.
//!
//! A draft keeps all that was typed. What became irrelevant does not count, and is what the questionnaire writes in its
//! place; but it is not cleared, so that a slip of the thumb elsewhere can be taken back. [`settled`] writes it down at
//! the end.

pub mod attending;
mod moved;
mod roster;

pub use moved::{Moved, moved};
pub use roster::{add_member, remove_member, restore_member};

use naik_kelas_domain::{
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    assessment::Draft,
    decision::FrozenDecision,
    freeze,
    journey::{Hindrance, hindrances},
};
use naik_kelas_rules::{
    evaluate::{Decisions, Evaluation},
    family::{FactError, Family},
    form::{Entry, Form, Relevance},
    pack::{FactRef, MEMBERS, Pack},
};

/// All that follows from a draft.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessed {
    /// The facts that count.
    pub family: Family,
    /// Answers that the pack does not take.
    pub problems: Vec<(FactPath, FactError)>,
    /// What is decided, with what is known so far.
    pub decisions: Decisions,
    /// What to ask.
    pub form: Form,
}

/// What must be mended before an assessment can be finished.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Blocker {
    /// An answer breaks this check of its question.
    Check(FactPath, usize),
    /// The pack does not take the answer.
    Answer(FactPath, FactError),
    /// A question that cannot be left out.
    Required(FactPath),
    /// An answer from an earlier day that this family must confirm.
    Unconfirmed(FactPath),
}

/// Decides, and says what to ask.
#[must_use]
pub fn evaluate(pack: &Pack, draft: &Draft) -> Assessed {
    let (typed, problems) = typed_family(pack, draft);
    let mut family = typed.clone();
    let mut rounds = 0;
    loop {
        let mut evaluation = Evaluation::new(pack, &family);
        let form = evaluation.form();
        let next = without_skipped(pack, &typed, &form);
        rounds += 1;
        if next == family || rounds == LONGEST_CHAIN {
            let decisions = evaluation.decisions();
            return Assessed {
                family,
                problems,
                decisions,
                form,
            };
        }
        family = next;
    }
}

/// What is skipped can make more be skipped, so often at most: two questions of a pack that skip each other by turns
/// must not hang the phone.
const LONGEST_CHAIN: u32 = 8;

/// The decision as it would be given to the family and kept, were the assessment finished now.
#[must_use]
pub fn freeze(pack: &Pack, draft: &Draft) -> FrozenDecision {
    freeze::frozen(pack, draft.on, &evaluate(pack, draft).decisions)
}

/// Records an answer in a draft, or takes it back. Answers that it makes irrelevant are kept for a change of mind.
/// False where the draft's pack has no such fact, or the member is not cited: nothing is written.
pub fn apply_answer(
    pack: &Pack,
    draft: &mut Draft,
    path: FactPath,
    answer: Option<Answer>,
) -> bool {
    if fact_of(pack, draft, &path).is_none() {
        return false;
    }
    match answer {
        Some(answer) => draft.answers.set(path, answer),
        None => {
            draft.answers.remove(&path);
        }
    }
    true
}

/// Confirms an answer from an earlier day as it is.
pub fn confirm(draft: &mut Draft, path: &FactPath) {
    if let Some(answer) = draft.answers.get(path) {
        let confirmed = Answer {
            reply: answer.reply.clone(),
            provenance: Provenance::Asked,
        };
        draft.answers.set(path.clone(), confirmed);
    }
}

/// What must be mended before the assessment can be finished, in the order of the questionnaire.
#[must_use]
pub fn blockers(pack: &Pack, draft: &Draft, assessed: &Assessed) -> Vec<Blocker> {
    // What is not asked, nobody could mend: an answer of other rules that these do not take.
    let asked = |path: &FactPath| {
        let at = fact_of(pack, draft, path);
        let mut entries = entries(&assessed.form);
        entries.any(|entry| Some(entry.at) == at && entry.relevance == Relevance::Asked)
    };
    let problems = assessed.problems.iter();
    let mut found: Vec<Blocker> = problems
        .filter(|(path, _)| asked(path))
        .map(|(path, error)| Blocker::Answer(path.clone(), *error))
        .collect();
    let answer = |at| draft.answers.get(&path_of(pack, draft, at)?);
    // In an assessment *tidak tahu* is an answer; a note that is signed, promised or agreed on needs the value.
    let said =
        |at| answer(at).is_some_and(|answer| draft.form.is_none() || answer.value().is_some());
    hindrances(pack, &assessed.form, &said, &mut |at, hindrance| {
        let Some(path) = path_of(pack, draft, at) else {
            return;
        };
        let confirms = || pack.fact(at.fact).is_some_and(|fact| fact.confirm);
        match hindrance {
            Some(Hindrance::Broken(check)) => found.push(Blocker::Check(path, check)),
            Some(Hindrance::Missing) => found.push(Blocker::Required(path)),
            None if answer(at).is_some_and(Answer::is_unconfirmed) && confirms() => {
                found.push(Blocker::Unconfirmed(path));
            }
            None => {}
        }
    });
    found
}

/// The answers as they are kept: with what the questionnaire writes for skipped questions, without the rest of what
/// was typed there, and without what this pack does not know or take, or that is about people who left.
#[must_use]
pub fn settled(pack: &Pack, draft: &Draft, form: &Form) -> Answers {
    let (_, problems) = typed_family(pack, draft);
    let taken = |path: &FactPath| problems.iter().all(|(other, _)| other != path);
    let known = draft
        .answers
        .iter()
        .filter(|(path, _)| fact_of(pack, draft, path).is_some() && taken(path));
    let mut answers: Answers = known
        .map(|(path, answer)| (path.clone(), answer.clone()))
        .collect();
    for (at, value) in skipped(form) {
        let Some(path) = path_of(pack, draft, at) else {
            continue;
        };
        match value {
            Some(value) => answers.set(
                path,
                Answer {
                    reply: Reply::Known(value.clone()),
                    provenance: Provenance::Skipped,
                },
            ),
            None => {
                answers.remove(&path);
            }
        }
    }
    answers
}

/// The path of a fact in answers.
#[must_use]
pub fn path_of(pack: &Pack, draft: &Draft, at: FactRef) -> Option<FactPath> {
    let fact = pack.fact(at.fact)?;
    match at.member {
        None => Some(FactPath::family(fact.path.as_str())),
        Some(member) => {
            let member = draft.members.get(usize::from(member))?;
            Some(FactPath::member(*member, fact.path.strip_prefix(MEMBERS)?))
        }
    }
}

/// The fact of a path; `None` where the pack has no such fact, or the member is not cited.
#[must_use]
pub fn fact_of(pack: &Pack, draft: &Draft, path: &FactPath) -> Option<FactRef> {
    freeze::fact_ref(pack, &draft.members, path).ok()
}

fn typed_family(pack: &Pack, draft: &Draft) -> (Family, Vec<(FactPath, FactError)>) {
    let mut family = Family::new(pack, draft.on, draft.members.len());
    let mut problems = Vec::new();
    for (path, answer) in draft.answers.iter() {
        // Facts of another pack, and answers of members who were taken out, do not count.
        let Some(at) = fact_of(pack, draft, path) else {
            continue;
        };
        let taken = match &answer.reply {
            Reply::Known(value) => family.set(pack, at, value),
            Reply::Unknown => family.set_unknown(pack, at),
        };
        if let Err(error) = taken {
            problems.push((path.clone(), error));
        }
    }
    (family, problems)
}

fn without_skipped(pack: &Pack, typed: &Family, form: &Form) -> Family {
    let mut family = typed.clone();
    for (at, value) in skipped(form) {
        // The place comes from the pack's own form and the value from its questionnaire: both are taken.
        let written = match value {
            Some(value) => family.set(pack, at, value),
            None => family.clear(pack, at),
        };
        debug_assert_eq!(written, Ok(()));
    }
    family
}

/// Facts of which every question is skipped, with what is written for them.
fn skipped(form: &Form) -> impl Iterator<Item = (FactRef, Option<&naik_kelas_rules::Value>)> {
    entries(form).filter_map(move |Entry { at, relevance, .. }| match relevance {
        Relevance::Asked => None,
        Relevance::Skipped(value) => {
            let asked = |entry: &Entry| entry.at == *at && entry.relevance == Relevance::Asked;
            (!entries(form).any(asked)).then_some((*at, value.as_ref()))
        }
    })
}

fn entries(form: &Form) -> impl Iterator<Item = &Entry> {
    form.sections.iter().flat_map(|section| &section.entries)
}
