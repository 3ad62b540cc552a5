//! What the phone stores about people, before sealing: CBOR, the same codec as the wire.

use crate::{
    Millis,
    assessment::{Assessment, Draft},
    codec::{self, Bytes, Unreadable},
    id::{EntryId, KpmId},
    kpm::Kpm,
    region::VillageCode,
};

/// A family's record.
#[must_use]
pub fn kpm_to_bytes(kpm: &Kpm) -> Vec<u8> {
    codec::to_bytes(kpm)
}

/// # Errors
/// [`Unreadable`] where the bytes are no family's record.
pub fn kpm_from_bytes(bytes: &[u8]) -> Result<Kpm, Unreadable> {
    codec::from_bytes(bytes)
}

/// A finished assessment's record.
#[must_use]
pub fn assessment_to_bytes(assessment: &Assessment) -> Vec<u8> {
    codec::to_bytes(assessment)
}

/// # Errors
/// [`Unreadable`] where the bytes are no assessment.
pub fn assessment_from_bytes(bytes: &[u8]) -> Result<Assessment, Unreadable> {
    codec::from_bytes(bytes)
}

/// A draft's record.
#[must_use]
pub fn draft_to_bytes(draft: &Draft) -> Vec<u8> {
    codec::to_bytes(draft)
}

/// # Errors
/// [`Unreadable`] where the bytes are no draft.
pub fn draft_from_bytes(bytes: &[u8]) -> Result<Draft, Unreadable> {
    codec::from_bytes(bytes)
}

crate::written_as_map!(Draft {
    0 id, 1 kpm, 2 started, 3 on, 4 pack, 5 members, 6 removed, 7 answers, 8 at, 9 revision, 10 replaces, 11 form,
    12 upon,
});

/// One family in a page of the caseload's summaries: all that the list, the
/// search and *Hari ini* need, so that 10,000 families open in forty records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Which family.
    pub kpm: KpmId,
    /// Its name.
    pub name: String,
    /// Its village's name.
    pub place: String,
    /// Folded text for the search ([`crate::search::folded`]): names of members, place, KK, NIK.
    pub folded: String,
    /// How many belong to the family.
    pub members: u8,
    /// The official desil, 1 to 10, where known.
    pub desil: Option<u8>,
    /// Where the family stands.
    pub state: crate::kpm::JourneyState,
    /// Day of the last finished assessment, days since 1970-01-01.
    pub assessed_on: Option<i32>,
    /// The grade then: `ready`, `nearly`, ...
    pub readiness: Option<String>,
    /// Day on which a draft was started, where one is open.
    pub draft_since: Option<i32>,
    /// Day on which the family is to be seen again, days since 1970-01-01.
    pub due: Option<i32>,
    /// Why ([`crate::journey::Due::kept`]).
    pub due_by: Option<String>,
    /// Its village.
    pub village: Option<VillageCode>,
}

/// A page of summaries, sealed as one record; at most [`SUMMARIES_A_PAGE`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SummaryPage {
    /// The families of this page.
    pub summaries: Vec<Summary>,
}

/// How many summaries a page holds at most.
pub const SUMMARIES_A_PAGE: usize = 250;

crate::written_as_map!(Summary { 0 kpm, 1 name, 2 place, 3 folded, 4 members, 5 desil, 6 state, 7 assessed_on, 8 readiness, 9 draft_since, 10 due, 11 due_by, 12 village });
crate::written_as_map!(SummaryPage { 0 summaries });

/// An entry that waits for its receipt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingRow {
    /// Its identity.
    pub entry: EntryId,
    /// Hash of the chain before it.
    pub previous: [u8; 32],
    /// The entry as it is hashed and sent.
    pub bytes: Bytes,
}

/// An entry that the server did not take.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusedRow {
    /// The entry as it was sent.
    pub waiting: WaitingRow,
    /// Why.
    pub code: String,
    /// When the answer came, by the phone's clock.
    pub at: Millis,
}

crate::written_as_list!(WaitingRow, 3, { entry, previous, bytes });
crate::written_as_list!(RefusedRow, 3, { waiting, code, at });
