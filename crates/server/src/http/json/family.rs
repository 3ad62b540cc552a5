//! A family in JSON, for a reader.

use super::{entry::LEFT, value};
use naik_kelas_domain::kpm::{JourneyState, Kpm, Member, Presence};
use serde_json::{Value as Json, json};

/// A family as a phone gets it.
pub(super) fn family(kpm: &Kpm) -> Json {
    json!({
        "id": kpm.id.to_string(),
        "name": kpm.name,
        "kk": kpm.kk.as_ref().map(|kk| kk.as_str()),
        "village": kpm.village.as_ref().map(|village| village.as_str()),
        "village_name": kpm.village_name,
        "address": kpm.address,
        "state": state(kpm.state),
        "roster": kpm.roster.iter().map(member).collect::<Vec<_>>(),
        "known": value::answers(&kpm.known),
        "last": kpm.last.as_ref().map(|last| json!({
            "id": last.id.to_string(),
            "on": last.on.to_string(),
            "decision": value::decision(&last.decision),
        })),
    })
}

fn member(member: &Member) -> Json {
    let left = match member.presence {
        Presence::Here => None,
        Presence::Left(because) => LEFT.iter().find(|(_, known)| *known == because),
    };
    json!({"id": member.id.to_string(), "left": left.map(|(name, _)| *name)})
}

/// Where a family stands on its road, by name.
pub(crate) const fn state(state: JourneyState) -> &'static str {
    match state {
        JourneyState::Assisted => "assisted",
        JourneyState::Assessed => "assessed",
        JourneyState::Planned => "planned",
        JourneyState::InEmpowerment => "in_empowerment",
        JourneyState::Proposed => "proposed",
        JourneyState::Verified => "verified",
        JourneyState::Graduated => "graduated",
        JourneyState::FollowedUp => "followed_up",
        JourneyState::Returned => "returned",
    }
}
