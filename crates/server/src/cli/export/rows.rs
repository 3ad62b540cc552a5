//! What stands in the rows.

use super::{referrals::Referral, walk::What};
use crate::{
    db::{ListedEntry, ListedFamily},
    http::json::value,
    plain::hex,
};
use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, FactPath, Provenance},
    assessment::Assessment,
    id::KpmId,
    kpm::Kpm,
    region::RegencyCode,
};
use serde_json::Value as Json;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, numbers of people included.
    Text,
    /// A whole number.
    Int,
    /// Yes or no.
    Bool,
    /// A calendar day.
    Day,
    /// Several things by name: an object in JSON, its text elsewhere.
    Object,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Nothing is known.
    None,
    /// See [`Kind::Text`].
    Text(String),
    /// See [`Kind::Int`].
    Int(i64),
    /// See [`Kind::Bool`].
    Bool(bool),
    /// See [`Kind::Day`].
    Day(Date),
    /// See [`Kind::Object`].
    Object(Json),
}

use Kind::{Bool, Day, Int, Object, Text};

/// The columns of a list.
#[must_use]
pub const fn columns(what: What) -> &'static [(&'static str, Kind)] {
    match what {
        What::Families => FAMILIES,
        What::Assessments => ASSESSMENTS,
        What::Referrals => REFERRALS,
    }
}

const FAMILIES: &[(&str, Kind)] = &[
    ("family_id", Text),
    ("regency", Text),
    ("village", Text),
    ("village_name", Text),
    ("address", Text),
    ("name", Text),
    ("nik", Text),
    ("kk", Text),
    ("members", Int),
    ("facilitator", Text),
    ("state", Text),
    ("desil", Int),
    ("desil_as_of", Day),
    ("pkh", Bool),
    ("sembako", Bool),
    ("pbi_jkn", Bool),
    ("assisted_since", Day),
    ("assessed_on", Day),
    ("readiness", Text),
];

const ASSESSMENTS: &[(&str, Kind)] = &[
    ("assessment_id", Text),
    ("family_id", Text),
    ("regency", Text),
    ("position", Int),
    ("facilitator", Text),
    ("assessed_on", Day),
    ("started", Text),
    ("finished", Text),
    ("received", Text),
    ("members", Int),
    ("pack_id", Text),
    ("pack_version", Text),
    ("pack_hash", Text),
    ("readiness", Text),
    ("indicators", Object),
    ("decisions", Object),
    ("answers", Object),
    ("replaces", Text),
];

const REFERRALS: &[(&str, Kind)] = &[
    ("referral_id", Text),
    ("family_id", Text),
    ("regency", Text),
    ("facilitator", Text),
    ("partner", Text),
    ("consented_on", Day),
    ("referred_on", Day),
    ("status", Text),
    ("status_on", Day),
    ("amount_asked", Int),
    ("amount_given", Int),
];

/// A family's row.
#[must_use]
pub fn family(listed: &ListedFamily) -> Vec<Field> {
    let kpm = &listed.kpm;
    let (desil, desil_as_of) = match known(kpm, "desil") {
        Some(Answer {
            provenance: Provenance::Registry(day),
            ..
        }) => (int(kpm, "desil"), Field::Day(*day)),
        _ => (int(kpm, "desil"), Field::None),
    };
    let last = kpm.last.as_ref();
    vec![
        Field::Text(kpm.id.to_string()),
        Field::Text(listed.regency.to_string()),
        Field::Text(listed.village.to_string()),
        some(Some(kpm.village_name.clone())),
        some(Some(kpm.address.clone())),
        some(Some(kpm.name.clone())),
        some(nik_of(kpm)),
        some(kpm.kk.as_ref().map(|kk| kk.as_str().to_owned())),
        counted(kpm.present().count()),
        some(listed.facilitator.clone()),
        Field::Text(kpm.state.name().to_owned()),
        desil,
        desil_as_of,
        truth(kpm, "social_assistance.pkh"),
        truth(kpm, "social_assistance.sembako"),
        truth(kpm, "social_assistance.pbi_jkn"),
        day(kpm, "social_assistance.since"),
        last.map_or(Field::None, |last| Field::Day(last.on)),
        some(last.map(|last| last.decision.readiness.clone())),
    ]
}

/// An assessment's row.
#[must_use]
pub fn assessment(listed: &ListedEntry, assessment: &Assessment) -> Vec<Field> {
    let decided = &assessment.decision;
    let shown = value::decision(decided);
    vec![
        Field::Text(assessment.id.to_string()),
        Field::Text(assessment.kpm.to_string()),
        Field::Text(listed.regency.to_string()),
        i64::try_from(listed.position).map_or(Field::None, Field::Int),
        some(listed.author.clone()),
        Field::Day(decided.on),
        instant(assessment.started),
        instant(assessment.finished),
        instant(listed.received),
        counted(assessment.members.len()),
        Field::Text(decided.pack.id.clone()),
        Field::Text(decided.pack.version.clone()),
        Field::Text(hex(&decided.pack.hash)),
        Field::Text(decided.readiness.clone()),
        Field::Object(shown["readiness"]["indicators"].clone()),
        Field::Object(shown["decisions"].clone()),
        Field::Object(value::answers(&assessment.answers)),
        some(assessment.replaces.map(|id| id.to_string())),
    ]
}

/// A referral's row.
#[must_use]
pub fn referral(regency: RegencyCode, kpm: KpmId, referral: &Referral) -> Vec<Field> {
    vec![
        Field::Text(referral.id.to_string()),
        Field::Text(kpm.to_string()),
        Field::Text(regency.to_string()),
        some(referral.author.clone()),
        some(referral.partner.clone()),
        referral.consented.map_or(Field::None, Field::Day),
        Field::Day(referral.referred),
        Field::Text(referral.status.clone()),
        Field::Day(referral.since),
        referral.asked.map_or(Field::None, Field::Int),
        referral.given.map_or(Field::None, Field::Int),
    ]
}

fn known<'a>(kpm: &'a Kpm, fact: &str) -> Option<&'a Answer> {
    kpm.known.get(&FactPath::family(fact))
}

fn int(kpm: &Kpm, fact: &str) -> Field {
    match known(kpm, fact).and_then(Answer::value) {
        Some(Value::Int(number)) => Field::Int(*number),
        _ => Field::None,
    }
}

fn truth(kpm: &Kpm, fact: &str) -> Field {
    match known(kpm, fact).and_then(Answer::value) {
        Some(Value::Bool(truth)) => Field::Bool(*truth),
        _ => Field::None,
    }
}

fn day(kpm: &Kpm, fact: &str) -> Field {
    match known(kpm, fact).and_then(Answer::value) {
        Some(Value::Date(day)) => Field::Day(*day),
        _ => Field::None,
    }
}

/// The NIK of the member after whom the family is named.
fn nik_of(kpm: &Kpm) -> Option<String> {
    let text = |id, fact: &str| match kpm.known.get(&FactPath::member(id, fact))?.value()? {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let named = kpm
        .present()
        .find(|id| text(*id, "name") == Some(kpm.name.as_str()))?;
    text(named, "nik").map(str::to_owned)
}

fn some(text: Option<String>) -> Field {
    text.filter(|text| !text.is_empty())
        .map_or(Field::None, Field::Text)
}

fn counted(count: usize) -> Field {
    i64::try_from(count).map_or(Field::None, Field::Int)
}

/// An instant in UTC, to the second: `2026-11-24T05:03:00Z`.
fn instant(at: Millis) -> Field {
    let seconds = at.0.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let day = i32::try_from(days).ok().and_then(Date::from_days);
    day.map_or(Field::None, |day| {
        let (hours, minutes) = (rest / 3600, rest / 60 % 60);
        Field::Text(format!("{day}T{hours:02}:{minutes:02}:{:02}Z", rest % 60))
    })
}
