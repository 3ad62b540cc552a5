//! A family and its roster, as a facilitator holds them.

use crate::{
    Date,
    answer::{Answers, Provenance},
    assessment::Assessment,
    decision::FrozenDecision,
    id::{AssessmentId, KpmId, MemberId},
    identity::KkNumber,
    note::Notes,
    region::VillageCode,
};
use naik_kelas_rules::evaluate::Colour;

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
    /// What was written down between assessments.
    pub notes: Notes,
    /// The life maps of assessments before the last one.
    pub past: Past,
}

/// Earlier life maps of a family: day, and the colours of the indicators. Oldest first, at most [`Past::MOST`].
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Past(pub Vec<(Date, Vec<(String, Colour)>)>);

impl Past {
    /// More do not fit the page of a family.
    pub const MOST: usize = 5;

    /// What an indicator was, as often as it was looked at, oldest first.
    pub fn of<'a>(&'a self, indicator: &'a str) -> impl Iterator<Item = Colour> + 'a {
        let all = self.0.iter().flat_map(|(_, colours)| colours);
        all.filter(move |(id, _)| id == indicator)
            .map(|(_, colour)| *colour)
    }

    /// With another life map at its place; the oldest makes room.
    fn add(&mut self, on: Date, indicators: &[(String, Colour)]) {
        let place = self.0.partition_point(|(day, _)| *day <= on);
        self.0.insert(place, (on, indicators.to_vec()));
        if self.0.len() > Self::MOST {
            self.0.remove(0);
        }
    }
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
    /// The family after a finished assessment: phone and endpoint both use this,
    /// so that what each holds afterwards is the same and need not be sent back.
    ///
    /// An assessment older than the last one changes only the roster's newcomers and the earlier life maps:
    /// two phones may send in any order, and the newest answers stay on top.
    #[must_use]
    pub fn after(mut self, assessment: &Assessment) -> Self {
        for id in &assessment.members {
            if !self.roster.iter().any(|member| member.id == *id) {
                let presence = Presence::Here;
                self.roster.push(Member { id: *id, presence });
            }
        }
        let on = assessment.decision.on;
        match &self.last {
            Some(last) if last.on > on => {
                self.past.add(on, &assessment.decision.indicators);
                return self;
            }
            // A correction takes the place of what it corrects.
            Some(last) if Some(last.id) != assessment.replaces => {
                self.past.add(last.on, &last.decision.indicators);
            }
            Some(_) | None => {}
        }
        for (id, because) in &assessment.removed {
            for member in self.roster.iter_mut().filter(|member| member.id == *id) {
                member.presence = Presence::Left(*because);
            }
        }
        // What the registry said and this assessment did not touch is still known.
        let untouched = self.known.iter().filter(|(path, answer)| {
            matches!(answer.provenance, Provenance::Registry(_))
                && assessment.answers.get(path).is_none()
        });
        self.known = untouched
            .chain(assessment.answers.iter())
            .map(|(path, answer)| (path.clone(), answer.clone()))
            .collect();
        self.last = Some(LastAssessment {
            id: assessment.id,
            on,
            decision: assessment.decision.clone(),
        });
        if self.state == JourneyState::Assisted {
            self.state = JourneyState::Assessed;
        }
        self
    }

    /// The members who belong to the family today, in the roster's order.
    pub fn present(&self) -> impl Iterator<Item = MemberId> + '_ {
        self.roster
            .iter()
            .filter(|m| m.presence == Presence::Here)
            .map(|m| m.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Millis, Value,
        answer::{Answer, FactPath, Reply},
        decision::PackRef,
    };

    fn family() -> Kpm {
        let registry = Provenance::Registry(day("2026-07-10"));
        let known = [("desil", 2), ("savings", 5)].map(|(fact, number)| {
            let reply = Reply::Known(Value::Int(number));
            (
                FactPath::family(fact),
                Answer {
                    reply,
                    provenance: registry,
                },
            )
        });
        Kpm {
            id: KpmId::from_bytes([1; 16]),
            name: "Siti Contoh".into(),
            kk: None,
            village: None,
            village_name: String::new(),
            address: String::new(),
            state: JourneyState::Assisted,
            roster: [1, 2].map(here).into(),
            known: known.into_iter().collect(),
            last: None,
            notes: Notes::default(),
            past: Past::default(),
        }
    }

    fn here(id: u8) -> Member {
        Member {
            id: MemberId::from_bytes([id; 16]),
            presence: Presence::Here,
        }
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn assessed(on: &str, savings: i64, members: &[u8], removed: &[u8]) -> Assessment {
        let answers = [(
            FactPath::family("savings"),
            Answer::asked(Value::Int(savings)),
        )];
        Assessment {
            id: AssessmentId::from_bytes([9; 16]),
            kpm: KpmId::from_bytes([1; 16]),
            started: Millis(0),
            finished: Millis(0),
            members: members.iter().map(|id| here(*id).id).collect(),
            removed: removed
                .iter()
                .map(|id| (here(*id).id, LeftBecause::Moved))
                .collect(),
            answers: answers.into_iter().collect(),
            decision: FrozenDecision {
                pack: PackRef {
                    id: String::new(),
                    version: String::new(),
                    hash: [0; 32],
                },
                on: day(on),
                outcomes: Vec::new(),
                readiness: "not_yet".into(),
                indicators: Vec::new(),
            },
            replaces: None,
        }
    }

    fn number(kpm: &Kpm, fact: &str) -> Option<Value> {
        kpm.known
            .get(&FactPath::family(fact))
            .and_then(Answer::value)
            .cloned()
    }

    #[test]
    fn an_assessment_brings_answers_newcomers_and_leavers() {
        let after = family().after(&assessed("2026-11-24", 7, &[1, 3], &[2]));
        assert_eq!(after.state, JourneyState::Assessed);
        assert_eq!(
            after.last.as_ref().map(|last| last.on),
            Some(day("2026-11-24"))
        );
        assert_eq!(
            after.present().collect::<Vec<_>>(),
            [here(1).id, here(3).id]
        );
        assert_eq!(number(&after, "savings"), Some(Value::Int(7)));
        assert_eq!(
            number(&after, "desil"),
            Some(Value::Int(2)),
            "the registry's word stays"
        );
    }

    #[test]
    fn an_older_assessment_that_comes_late_overwrites_nothing() {
        let newer = family().after(&assessed("2026-11-24", 7, &[1, 2], &[]));
        let after = newer
            .clone()
            .after(&assessed("2026-10-01", 3, &[1, 2], &[2]));
        let before = |kpm: &Kpm| kpm.past.0.iter().map(|(on, _)| *on).collect::<Vec<_>>();
        assert_eq!(before(&after), [day("2026-10-01")]);
        let past = Past::default();
        assert_eq!(Kpm { past, ..after }, newer);
    }

    #[test]
    fn earlier_life_maps_stay_in_their_order_and_a_correction_is_no_earlier_one() {
        let mut kpm = family();
        for month in ["01", "02", "03", "04", "05", "06", "07", "08"] {
            let on = ["2026-", month, "-01"].concat();
            kpm = kpm.after(&assessed(&on, 1, &[1], &[]));
        }
        let days = |kpm: &Kpm| {
            kpm.past
                .0
                .iter()
                .map(|(on, _)| on.to_string())
                .collect::<Vec<_>>()
        };
        let kept = [
            "2026-03-01",
            "2026-04-01",
            "2026-05-01",
            "2026-06-01",
            "2026-07-01",
        ];
        assert_eq!(days(&kpm), kept);
        let mut correction = assessed("2026-08-02", 2, &[1], &[]);
        correction.replaces = kpm.last.as_ref().map(|last| last.id);
        assert_eq!(days(&kpm.after(&correction)), kept);
    }
}
