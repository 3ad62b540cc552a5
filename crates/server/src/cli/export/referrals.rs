//! What became of each referral, from the notes of a family.

use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, FactPath},
    id::NoteId,
    note::Note,
};
use std::collections::HashMap;

/// A note, and with which name its author signs in.
pub struct Written {
    /// The note.
    pub note: Note,
    /// Who wrote it.
    pub author: Option<String>,
}

/// A referral as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// The note that made it.
    pub id: NoteId,
    /// Who wrote it.
    pub author: Option<String>,
    /// To whom.
    pub partner: Option<String>,
    /// The day on which the family agreed to share with this partner: the consent in force when it was written.
    pub consented: Option<Date>,
    /// The day of the referral.
    pub referred: Date,
    /// `sent`, what the partner answered last, or `withdrawn`.
    pub status: String,
    /// Since when.
    pub since: Date,
    /// What was asked for, in rupiah.
    pub asked: Option<i64>,
    /// What was given, in rupiah.
    pub given: Option<i64>,
}

/// Whether a note of this form has a part in a referral.
#[must_use]
pub fn concerns(form: &str) -> bool {
    matches!(form, "consent" | "withdrawal" | "referral" | "answer")
}

/// The referrals of one family, oldest first. `notes` are all of its notes in the order in which they came; a note that
/// came twice counts once.
#[must_use]
pub fn referrals(mut notes: Vec<Written>) -> Vec<Referral> {
    // By day, and then as they came: as a family's history is read (`Notes::add`).
    notes.sort_by_key(|written| (written.note.on, written.note.written));
    let mut seen: Vec<NoteId> = Vec::new();
    let mut consents: HashMap<String, Date> = HashMap::new();
    // The referral under way to each partner.
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<Referral> = Vec::new();
    for Written { note, author } in notes {
        if seen.contains(&note.id) {
            continue;
        }
        seen.push(note.id);
        let partner = |fact: &str| note.code(fact).map(str::to_owned);
        match note.form.as_str() {
            "consent" => {
                if let Some(partner) = partner("consent.to") {
                    match value(&note, "consent.agreed") {
                        Some(Value::Bool(true)) => consents.insert(partner, note.on),
                        _ => consents.remove(&partner),
                    };
                }
            }
            "withdrawal" => {
                let Some(partner) = partner("withdrawal.from") else {
                    continue;
                };
                consents.remove(&partner);
                let place = open.remove(&partner);
                if let Some(referral) = place.and_then(|place| all.get_mut(place)) {
                    referral.status = "withdrawn".to_owned();
                    referral.since = note.on;
                }
            }
            "referral" => {
                let partner = partner("referral.to");
                if let Some(partner) = &partner {
                    open.insert(partner.clone(), all.len());
                }
                all.push(Referral {
                    id: note.id,
                    author,
                    consented: partner.as_ref().and_then(|to| consents.get(to)).copied(),
                    partner,
                    referred: note.on,
                    status: "sent".to_owned(),
                    since: note.on,
                    asked: amount(&note, "referral.amount"),
                    given: None,
                });
            }
            "answer" => {
                let (Some(partner), Some(status)) =
                    (partner("answer.from"), note.code("answer.status"))
                else {
                    continue;
                };
                let place = match status {
                    "rejected" | "served" => open.remove(&partner),
                    _ => open.get(&partner).copied(),
                };
                if let Some(referral) = place.and_then(|place| all.get_mut(place)) {
                    status.clone_into(&mut referral.status);
                    referral.since = match value(&note, "answer.served_on") {
                        Some(Value::Date(day)) => *day,
                        _ => note.on,
                    };
                    referral.given = amount(&note, "answer.amount");
                }
            }
            _ => {}
        }
    }
    all
}

fn value<'a>(note: &'a Note, fact: &str) -> Option<&'a Value> {
    let answer = note.answers.get(&FactPath::family(fact));
    answer.and_then(Answer::value)
}

fn amount(note: &Note, fact: &str) -> Option<i64> {
    match value(note, fact) {
        Some(Value::Int(rupiah)) => Some(*rupiah),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
