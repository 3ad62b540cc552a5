//! An assessment: first a draft on the phone, then finished and never changed.

use crate::{
    Date, Millis,
    answer::{Answers, FactPath},
    decision::{FrozenDecision, PackRef},
    id::{AssessmentId, KpmId, MemberId},
    kpm::LeftBecause,
    plan::Upon,
};

/// An assessment that is being taken. Saved whole at each answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// Its identity, kept when it is finished.
    pub id: AssessmentId,
    /// The family.
    pub kpm: KpmId,
    /// When it was started.
    pub started: Millis,
    /// The calendar day for ages and parameters, in the regency's zone.
    pub on: Date,
    /// The pack that it stays on.
    pub pack: PackRef,
    /// The members that it cites, in the order shown; new ones are not in the roster yet.
    pub members: Vec<MemberId>,
    /// Members taken out while assessing; their answers are kept until the end, for *kembalikan*.
    pub removed: Vec<(MemberId, LeftBecause)>,
    /// What was said so far.
    pub answers: Answers,
    /// Where the facilitator was, to come back to.
    pub at: Option<FactPath>,
    /// Grows by one at each save: two tabs on one draft find out by it.
    pub revision: u64,
    /// The assessment that this one will correct, such as one that the server did not take.
    pub replaces: Option<AssessmentId>,
    /// The form of the journey that is being filled in; `None` = an assessment.
    pub form: Option<String>,
    /// Of a plan: which ones were known when it was begun.
    pub upon: Upon,
}

/// A finished assessment. A correction is a new one that replaces it.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessment {
    /// Its identity.
    pub id: AssessmentId,
    /// The family.
    pub kpm: KpmId,
    /// When it was started.
    pub started: Millis,
    /// When it was finished.
    pub finished: Millis,
    /// The members that it cites, in order.
    pub members: Vec<MemberId>,
    /// Members who left since the roster was last known, and why.
    pub removed: Vec<(MemberId, LeftBecause)>,
    /// What was said of the family and of the members cited.
    pub answers: Answers,
    /// What was decided, with pack and day.
    pub decision: FrozenDecision,
    /// The assessment that this one corrects.
    pub replaces: Option<AssessmentId>,
}

impl Draft {
    /// The draft finished: answers of removed members are dropped, the decision is frozen.
    #[must_use]
    pub fn finish(&self, now: Millis, decision: FrozenDecision) -> Assessment {
        let answers = self
            .answers
            .iter()
            .filter(|(path, _)| match path {
                FactPath::Family(_) => true,
                FactPath::Member(member, _) => self.members.contains(member),
            })
            .map(|(path, answer)| (path.clone(), answer.clone()))
            .collect();
        Assessment {
            id: self.id,
            kpm: self.kpm,
            started: self.started,
            finished: now,
            members: self.members.clone(),
            removed: self.removed.clone(),
            answers,
            decision,
            replaces: self.replaces,
        }
    }
}
