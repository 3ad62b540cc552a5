//! A family and its roster, as a facilitator holds them.

use crate::{
    Date,
    answer::Answers,
    decision::FrozenDecision,
    id::{AssessmentId, KpmId, MemberId},
    identity::KkNumber,
    region::VillageCode,
};

/// A family (*keluarga penerima manfaat*).
#[derive(Clone, PartialEq, Debug)]
pub struct Kpm {
    /// Its identity for ever, independent of KK and NIK.
    pub id: KpmId,
    /// Who is named when the family is: usually the head or the PKH *pengurus*.
    pub name: String,
    /// The family card's number now; `None` where the family has none or it is not known.
    pub kk: Option<KkNumber>,
    /// The village in which the family lives.
    pub village: Option<VillageCode>,
    /// The village's name, for the list.
    pub village_name: String,
    /// Street, hamlet, RT/RW, as people say it.
    pub address: String,
    /// Where the family stands on its road.
    pub state: JourneyState,
    /// The people of the family, those who left it included.
    pub roster: Vec<Member>,
    /// What is known: from the registry and the last assessment.
    pub known: Answers,
    /// The last finished assessment.
    pub last: Option<LastAssessment>,
}

/// The last finished assessment of a family, as its page shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct LastAssessment {
    /// Which.
    pub id: AssessmentId,
    /// The calendar day, in the regency's zone.
    pub on: Date,
    /// What was decided then.
    pub decision: FrozenDecision,
}

/// A person of a roster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Identity for ever.
    pub id: MemberId,
    /// Whether the person belongs to the family today.
    pub presence: Presence,
}

/// Whether a person belongs to the family.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// Lives in the family.
    Here,
    /// Left it, for this reason.
    Left(LeftBecause),
}

/// Why a person no longer belongs to a family.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeftBecause {
    /// Moved away, or has a KK of their own.
    Moved,
    /// Died.
    Died,
    /// Was listed by mistake.
    Mistake,
}

/// Where a family stands on its road (`programmes.md`, the graduation journey).
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum JourneyState {
    /// Receives assistance, not yet assessed.
    Assisted,
    /// Assessed.
    Assessed,
    /// A plan was agreed.
    Planned,
    /// A referral was accepted.
    InEmpowerment,
    /// Proposed for graduation.
    Proposed,
    /// Verified by the coordinator.
    Verified,
    /// Approved.
    Graduated,
    /// Visited after graduating.
    FollowedUp,
    /// Came back.
    Returned,
}

impl Kpm {
    /// The members who belong to the family today, in the roster's order.
    pub fn present(&self) -> impl Iterator<Item = MemberId> + '_ {
        self.roster
            .iter()
            .filter(|m| m.presence == Presence::Here)
            .map(|m| m.id)
    }
}
