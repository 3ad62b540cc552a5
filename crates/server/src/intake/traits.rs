//! What a family is recognised and compared by.

use naik_kelas_domain::{
    Date, Value,
    answer::FactPath,
    id::MemberId,
    identity::Nik,
    kpm::Kpm,
    likeness::{Likeness, address_key, name_key},
    search::folded,
};

/// What a family is recognised and compared by: one for each person, or one for its name alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Trait {
    /// Identity number.
    pub nik: Option<Nik>,
    /// Name as written.
    pub name: String,
    /// What likeness is judged by.
    pub likeness: Likeness,
}

/// The traits of a family: of those who live in it.
#[must_use]
pub fn traits(kpm: &Kpm) -> Vec<Trait> {
    let address = address_key(&kpm.address);
    let of = |name: &str, born, nik| Trait {
        nik,
        name: folded(name),
        likeness: Likeness {
            name: name_key(name),
            born,
            address: address.clone(),
        },
    };
    let people: Vec<Trait> = kpm
        .present()
        .map(|id| {
            let nik = text(kpm, id, "nik").and_then(|nik| nik.parse().ok());
            of(
                text(kpm, id, "name").unwrap_or_default(),
                born(kpm, id),
                nik,
            )
        })
        .filter(|person| person.nik.is_some() || !person.name.is_empty())
        .collect();
    if people.is_empty() {
        vec![of(&kpm.name, None, None)]
    } else {
        people
    }
}

/// A text or code that is known of a member.
pub(super) fn text<'a>(kpm: &'a Kpm, member: MemberId, fact: &str) -> Option<&'a str> {
    match kpm.known.get(&FactPath::member(member, fact))?.value()? {
        Value::Text(text) | Value::Code(text) => Some(text),
        _ => None,
    }
}

/// The birth date of a member, where known.
pub(super) fn born(kpm: &Kpm, member: MemberId) -> Option<Date> {
    match kpm
        .known
        .get(&FactPath::member(member, "birth_date"))?
        .value()?
    {
        Value::Date(day) => Some(*day),
        _ => None,
    }
}
