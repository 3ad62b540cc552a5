//! What the phone stores about people, before sealing: CBOR, the same codec as the wire.

use crate::{
    Date, Millis,
    answer::{Answers, FactPath},
    assessment::Draft,
    codec,
    id::{AssessmentId, KpmId, MemberId},
    kpm::{Kpm, LeftBecause},
    wire::v1::{self, AssessmentRecord, KpmSnapshot, PackRecord, Unreadable},
};
use minicbor::{Decode, Encode};

/// A family's record.
#[must_use]
pub fn kpm_to_bytes(kpm: &Kpm) -> Vec<u8> {
    v1::to_bytes(&KpmSnapshot::from(kpm.clone()))
}

/// # Errors
/// [`Unreadable`] where the bytes are no family's record.
pub fn kpm_from_bytes(bytes: &[u8]) -> Result<Kpm, Unreadable> {
    v1::from_bytes::<KpmSnapshot>(bytes).map(Kpm::from)
}

/// A finished assessment's record.
#[must_use]
pub fn assessment_to_bytes(assessment: &crate::assessment::Assessment) -> Vec<u8> {
    v1::to_bytes(&AssessmentRecord::from(assessment.clone()))
}

/// # Errors
/// [`Unreadable`] where the bytes are no assessment.
pub fn assessment_from_bytes(bytes: &[u8]) -> Result<crate::assessment::Assessment, Unreadable> {
    v1::from_bytes::<AssessmentRecord>(bytes).map(Into::into)
}

/// A draft's record.
#[must_use]
pub fn draft_to_bytes(draft: &Draft) -> Vec<u8> {
    v1::to_bytes(&DraftRecord {
        id: draft.id,
        kpm: draft.kpm,
        started: draft.started,
        on: draft.on,
        pack: draft.pack.clone().into(),
        members: draft.members.clone(),
        removed: draft.removed.clone(),
        answers: draft.answers.clone(),
        at: draft.at.as_ref().map(FactPath::to_string),
        revision: draft.revision,
        replaces: draft.replaces,
    })
}

/// # Errors
/// [`Unreadable`] where the bytes are no draft.
pub fn draft_from_bytes(bytes: &[u8]) -> Result<Draft, Unreadable> {
    let record: DraftRecord = v1::from_bytes(bytes)?;
    Ok(Draft {
        id: record.id,
        kpm: record.kpm,
        started: record.started,
        on: record.on,
        pack: record.pack.into(),
        members: record.members,
        removed: record.removed,
        answers: record.answers,
        // Where the facilitator was is a convenience: an unreadable place is no place.
        at: record.at.and_then(|path| path.parse().ok()),
        revision: record.revision,
        replaces: record.replaces,
    })
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct DraftRecord {
    #[n(0)]
    id: AssessmentId,
    #[n(1)]
    kpm: KpmId,
    #[n(2)]
    started: Millis,
    #[cbor(n(3), with = "codec::day")]
    on: Date,
    #[n(4)]
    pack: PackRecord,
    #[n(5)]
    members: Vec<MemberId>,
    #[n(6)]
    removed: Vec<(MemberId, LeftBecause)>,
    #[cbor(n(7), with = "codec::answers")]
    answers: Answers,
    #[n(8)]
    at: Option<String>,
    #[n(9)]
    revision: u64,
    #[n(10)]
    replaces: Option<AssessmentId>,
}

/// One family in a page of the caseload's summaries: all that the list, the
/// search and *Hari ini* need, so that 10,000 families open in forty records.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Summary {
    /// Which family.
    #[n(0)]
    pub kpm: KpmId,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its village's name.
    #[n(2)]
    pub place: String,
    /// Folded text for the search ([`crate::search::folded`]): names of members, place, KK.
    #[n(3)]
    pub folded: String,
    /// How many belong to the family.
    #[n(4)]
    pub members: u8,
    /// The official desil, 1 to 10, where known.
    #[n(5)]
    pub desil: Option<u8>,
    /// Where the family stands.
    #[n(6)]
    pub state: crate::kpm::JourneyState,
    /// Day of the last finished assessment, days since 1970-01-01.
    #[n(7)]
    pub assessed_on: Option<i32>,
    /// The grade then: `ready`, `nearly`, ...
    #[n(8)]
    pub readiness: Option<String>,
    /// Day on which a draft was started, where one is open.
    #[n(9)]
    pub draft_since: Option<i32>,
}

/// A page of summaries, sealed as one record; at most [`SUMMARIES_A_PAGE`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct SummaryPage {
    /// The families of this page.
    #[n(0)]
    pub summaries: Vec<Summary>,
}

/// How many summaries a page holds at most.
pub const SUMMARIES_A_PAGE: usize = 250;
