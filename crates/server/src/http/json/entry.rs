//! An entry in JSON, turned into the bytes that a phone would have made.

use super::value::{pack_hash, read_answers, read_decision, read_pack};
use crate::packs::Shelf;
use naik_kelas_domain::{
    Date, Millis,
    assessment::Assessment,
    id::MemberId,
    kpm::{JourneyState, LeftBecause},
    note::Note,
    plan::Upon,
    registration::Registration,
    wire::v1::{Entry, Payload},
};
use serde_json::Value as Json;
use std::str::FromStr;

/// The names under which a member's leaving is known in JSON.
pub(super) const LEFT: [(&str, LeftBecause); 3] = [
    ("moved", LeftBecause::Moved),
    ("died", LeftBecause::Died),
    ("mistake", LeftBecause::Mistake),
];

/// The entry's canonical bytes; where the object is no entry, its own text, which is then refused and kept.
pub(super) fn bytes(json: &Json, shelf: &Shelf) -> Vec<u8> {
    entry(json, shelf).map_or_else(|| json.to_string().into_bytes(), |entry| entry.to_bytes())
}

fn entry(json: &Json, shelf: &Shelf) -> Option<Entry> {
    let payload = match json.get("type")?.as_str()? {
        "assessment-finished" => {
            let assessment = assessment(json, shelf)?;
            Payload::AssessmentFinished(Box::new(assessment))
        }
        "note-written" => Payload::NoteWritten(Box::new(note(json, shelf)?)),
        "family-registered" => Payload::FamilyRegistered(Box::new(registration(json, shelf)?)),
        _ => return None,
    };
    let clock_offset = match json.get("clock_offset") {
        None | Some(Json::Null) => None,
        Some(offset) => Some(offset.as_i64()?),
    };
    Some(Entry {
        id: parsed(json, "id")?,
        author: parsed(json, "author")?,
        vault: parsed(json, "vault")?,
        device_seq: json.get("device_seq")?.as_u64()?,
        device_time: Millis(json.get("device_time")?.as_i64()?),
        clock_offset,
        kpm: parsed(json, "kpm")?,
        payload,
    })
}

fn assessment(json: &Json, shelf: &Shelf) -> Option<Assessment> {
    let a = json.get("assessment")?;
    let decision = a.get("decision")?;
    let shelved = shelf.get(&pack_hash(decision)?);
    let pack = shelved.map(|shelved| &*shelved.pack);
    let members = a
        .get("members")?
        .as_array()?
        .iter()
        .map(|id| id.as_str()?.parse().ok());
    let removed = match a.get("removed") {
        None => Some(Vec::new()),
        Some(list) => list.as_array()?.iter().map(removal).collect(),
    };
    let replaces = match a.get("replaces") {
        None | Some(Json::Null) => None,
        Some(id) => Some(id.as_str()?.parse().ok()?),
    };
    Some(Assessment {
        id: parsed(a, "id")?,
        kpm: parsed(json, "kpm")?,
        started: Millis(a.get("started")?.as_i64()?),
        finished: Millis(a.get("finished")?.as_i64()?),
        members: members.collect::<Option<_>>()?,
        removed: removed?,
        answers: read_answers(a.get("answers")?, pack)?,
        decision: read_decision(decision)?,
        replaces,
    })
}

fn note(json: &Json, shelf: &Shelf) -> Option<Note> {
    let note = json.get("note")?;
    let pack = read_pack(note)?;
    let becomes = match note.get("becomes") {
        None | Some(Json::Null) => None,
        Some(name) => Some(JourneyState::from_name(name.as_str()?)?),
    };
    let next = match note.get("next") {
        None | Some(Json::Null) => None,
        Some(day) => Some(Date::parse(day.as_str()?).ok()?),
    };
    let shelved = shelf.get(&pack.hash);
    let answers = read_answers(note.get("answers")?, shelved.map(|shelved| &*shelved.pack))?;
    Some(Note {
        id: parsed(note, "id")?,
        kpm: parsed(json, "kpm")?,
        form: note.get("form")?.as_str()?.to_owned(),
        pack,
        on: Date::parse(note.get("on")?.as_str()?).ok()?,
        written: Millis(note.get("written")?.as_i64()?),
        answers,
        becomes,
        next,
        upon: Upon(ids(note.get("upon"))?),
    })
}

fn registration(json: &Json, shelf: &Shelf) -> Option<Registration> {
    let said = json.get("registration")?;
    let pack = read_pack(said)?;
    let shelved = shelf.get(&pack.hash);
    let others = ids(said.get("others"));
    Some(Registration {
        kpm: parsed(json, "kpm")?,
        head: parsed(said, "head")?,
        on: Date::parse(said.get("on")?.as_str()?).ok()?,
        written: Millis(said.get("written")?.as_i64()?),
        village_name: said.get("village_name")?.as_str()?.to_owned(),
        answers: read_answers(said.get("answers")?, shelved.map(|shelved| &*shelved.pack))?,
        pack,
        others: others?,
    })
}

fn removal(json: &Json) -> Option<(MemberId, LeftBecause)> {
    let because = json.get("because")?.as_str()?;
    let (_, because) = LEFT.iter().find(|(name, _)| *name == because)?;
    Some((parsed(json, "member")?, *because))
}

/// A list of ids, which may be left out.
fn ids<T: FromStr>(list: Option<&Json>) -> Option<Vec<T>> {
    let Some(list) = list else {
        return Some(Vec::new());
    };
    let ids = list.as_array()?.iter();
    ids.map(|id| id.as_str()?.parse().ok()).collect()
}

fn parsed<T: FromStr>(json: &Json, key: &str) -> Option<T> {
    json.get(key)?.as_str()?.parse().ok()
}
