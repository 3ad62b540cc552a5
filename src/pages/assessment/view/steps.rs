//! Where the question of a fact is asked.

use crate::{assess, route::Step};
use naik_kelas_domain::assessment::Draft;
use naik_kelas_rules::pack::{FactRef, Pack, Section};

/// The page of a question of a section.
pub(super) fn step_of(pack: &Pack, draft: &Draft, section: &Section, at: FactRef) -> Step {
    Step::Section {
        section: section.id.clone(),
        member: at
            .member
            .and_then(|member| draft.members.get(usize::from(member)).copied()),
        at: pack.fact(at.fact).map(|fact| fact.path.clone()),
    }
}

/// The page of a fact's question; `None` where the questionnaire does not ask it.
#[must_use]
pub fn step_to(pack: &Pack, draft: &Draft, at: FactRef) -> Option<Step> {
    let asks = |section: &&Section| {
        section
            .questions
            .iter()
            .any(|question| question.fact_index() == at.fact)
    };
    pack.sections()
        .iter()
        .find(asks)
        .map(|section| step_of(pack, draft, section, at))
}

/// Where an assessment was left: at its last question, else at its sections.
#[must_use]
pub fn resume(pack: &Pack, draft: &Draft) -> Step {
    let left = draft
        .at
        .as_ref()
        .and_then(|path| step_to(pack, draft, assess::fact_of(pack, draft, path)?));
    left.unwrap_or(Step::Sections)
}
