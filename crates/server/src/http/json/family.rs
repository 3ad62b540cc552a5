//! A family in JSON, for a reader.

use super::{entry::LEFT, value};
use crate::plain::hex;
use naik_kelas_domain::{
    kpm::{JourneyState, Kpm, Member, Presence},
    note::Note,
};
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
        "state": kpm.state.name(),
        "roster": kpm.roster.iter().map(member).collect::<Vec<_>>(),
        "known": value::answers(&kpm.known),
        "last": kpm.last.as_ref().map(|last| json!({
            "id": last.id.to_string(),
            "on": last.on.to_string(),
            "decision": value::decision(&last.decision),
        })),
        "notes": kpm.notes.0.iter().map(note).collect::<Vec<_>>(),
    })
}

/// A note as a phone gets it.
pub(super) fn note(note: &Note) -> Json {
    json!({
        "id": note.id.to_string(),
        "form": note.form,
        "on": note.on.to_string(),
        "written": note.written.0,
        "pack": {"id": note.pack.id, "version": note.pack.version, "hash": hex(&note.pack.hash)},
        "answers": value::answers(&note.answers),
        "becomes": note.becomes.map(JourneyState::name),
        "next": note.next.map(|day| day.to_string()),
        "upon": note.upon.0.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn member(member: &Member) -> Json {
    let left = match member.presence {
        Presence::Here => None,
        Presence::Left(because) => LEFT.iter().find(|(_, known)| *known == because),
    };
    json!({"id": member.id.to_string(), "left": left.map(|(name, _)| *name)})
}
