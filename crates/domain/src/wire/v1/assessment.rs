//! A finished assessment on the wire and at rest.

use crate::{
    Date, Millis,
    answer::Answers,
    assessment::Assessment,
    codec,
    decision::{FrozenDecision, FrozenOutcome, PackRef},
    id::{AssessmentId, KpmId, MemberId},
    kpm::LeftBecause,
};
use minicbor::{Decode, Encode};
use naik_kelas_rules::evaluate::{Colour, Outcome};

/// [`Assessment`] in CBOR.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct AssessmentRecord {
    #[n(0)]
    id: AssessmentId,
    #[n(1)]
    kpm: KpmId,
    #[n(2)]
    started: Millis,
    #[n(3)]
    finished: Millis,
    #[n(4)]
    members: Vec<MemberId>,
    #[n(5)]
    removed: Vec<(MemberId, LeftBecause)>,
    #[cbor(n(6), with = "codec::answers")]
    answers: Answers,
    #[n(7)]
    decision: DecisionRecord,
    #[n(8)]
    replaces: Option<AssessmentId>,
}

/// [`FrozenDecision`] in CBOR.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct DecisionRecord {
    #[n(0)]
    pack: PackRecord,
    #[cbor(n(1), with = "codec::day")]
    on: Date,
    #[n(2)]
    outcomes: Vec<OutcomeRecord>,
    #[n(3)]
    readiness: String,
    #[cbor(n(4), with = "codec::indicators")]
    indicators: Vec<(String, Colour)>,
}

/// [`FrozenOutcome`] in CBOR.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct OutcomeRecord {
    #[n(0)]
    decision: String,
    #[cbor(n(1), with = "codec::outcome")]
    outcome: Outcome,
    #[n(2)]
    amount: Option<i64>,
}

/// [`PackRef`] in CBOR.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct PackRecord {
    #[n(0)]
    id: String,
    #[n(1)]
    version: String,
    #[cbor(n(2), with = "minicbor::bytes")]
    hash: [u8; 32],
}

impl From<PackRef> for PackRecord {
    fn from(pack: PackRef) -> Self {
        let PackRef { id, version, hash } = pack;
        Self { id, version, hash }
    }
}

impl From<PackRecord> for PackRef {
    fn from(pack: PackRecord) -> Self {
        let PackRecord { id, version, hash } = pack;
        Self { id, version, hash }
    }
}

impl From<FrozenDecision> for DecisionRecord {
    fn from(decision: FrozenDecision) -> Self {
        Self {
            pack: decision.pack.into(),
            on: decision.on,
            outcomes: decision
                .outcomes
                .into_iter()
                .map(|o| OutcomeRecord {
                    decision: o.decision,
                    outcome: o.outcome,
                    amount: o.amount,
                })
                .collect(),
            readiness: decision.readiness,
            indicators: decision.indicators,
        }
    }
}

impl From<DecisionRecord> for FrozenDecision {
    fn from(record: DecisionRecord) -> Self {
        Self {
            pack: record.pack.into(),
            on: record.on,
            outcomes: record
                .outcomes
                .into_iter()
                .map(|o| FrozenOutcome {
                    decision: o.decision,
                    outcome: o.outcome,
                    amount: o.amount,
                })
                .collect(),
            readiness: record.readiness,
            indicators: record.indicators,
        }
    }
}

impl From<Assessment> for AssessmentRecord {
    fn from(a: Assessment) -> Self {
        Self {
            id: a.id,
            kpm: a.kpm,
            started: a.started,
            finished: a.finished,
            members: a.members,
            removed: a.removed,
            answers: a.answers,
            decision: a.decision.into(),
            replaces: a.replaces,
        }
    }
}

impl From<AssessmentRecord> for Assessment {
    fn from(r: AssessmentRecord) -> Self {
        Self {
            id: r.id,
            kpm: r.kpm,
            started: r.started,
            finished: r.finished,
            members: r.members,
            removed: r.removed,
            answers: r.answers,
            decision: r.decision.into(),
            replaces: r.replaces,
        }
    }
}
