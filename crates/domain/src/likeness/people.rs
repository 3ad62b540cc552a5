//! Two families beside each other: by the numbers of their cards, and person by person.

use super::{Because, Likeness, address_key, alike, is_one_of, name_key};
use crate::{Date, Value, answer::FactPath, id::MemberId, identity::Nik, kpm::Kpm, search::folded};

/// What a person is recognised and compared by.
#[derive(Clone, Debug, PartialEq)]
pub struct Trait {
    /// Identity number.
    pub nik: Option<Nik>,
    /// Name as written, folded.
    pub name: String,
    /// What likeness is judged by.
    pub likeness: Likeness,
}

/// The traits of a family: one for each who lives in it, or one for its name alone.
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
    let mut people = Vec::new();
    for id in kpm.present() {
        let name = text(kpm, id, "name").unwrap_or_default();
        let nik = text(kpm, id, "nik").and_then(|nik| nik.parse().ok());
        let person = of(name, born(kpm, id), nik);
        if person.nik.is_some() || !person.name.is_empty() {
            people.push(person);
        }
    }
    if people.is_empty() {
        people.push(of(&kpm.name, None, None));
    }
    people
}

impl Trait {
    /// Why two records may be of one person, numbers apart.
    #[must_use]
    pub fn alike(&self, other: &Self) -> Option<Because> {
        // Two numbers that are whole and differ are two people.
        let differ = matches!((&self.nik, &other.nik), (Some(a), Some(b)) if a != b);
        let because = alike(&self.likeness, &other.likeness)?;
        (!differ || because == Because::NameAndBirthDate).then_some(because)
    }
}

/// Why two families may be one; the surest reason.
#[must_use]
pub fn families_alike(one: &Kpm, other: &Kpm) -> Option<Because> {
    if one.kk.is_some() && one.kk == other.kk {
        return Some(Because::SameKk);
    }
    let (ones, others) = (traits(one), traits(other));
    let mut surest = None;
    for a in &ones {
        for b in &others {
            let because = match a.nik.is_some() && a.nik == b.nik {
                true => Some(Because::SameNik),
                false => a.alike(b),
            };
            if because.is_some() && (surest.is_none() || because < surest) {
                surest = because;
            }
        }
    }
    surest
}

/// A text or code that is known of a member.
#[must_use]
pub fn text<'a>(kpm: &'a Kpm, member: MemberId, fact: &str) -> Option<&'a str> {
    match kpm.known.get(&FactPath::member(member, fact))?.value()? {
        Value::Text(text) | Value::Code(text) => Some(text),
        _ => None,
    }
}

/// The birth date of a member, where known.
#[must_use]
pub fn born(kpm: &Kpm, member: MemberId) -> Option<Date> {
    let known = kpm.known.get(&FactPath::member(member, "birth_date"))?;
    match known.value()? {
        Value::Date(day) => Some(*day),
        _ => None,
    }
}

/// A family that is looked for among many: what its like must hold, so that only few need be opened and compared.
#[derive(Clone, Debug)]
pub struct Sought {
    numbers: Vec<String>,
    people: Vec<Sounding>,
}

#[derive(Clone, Debug)]
struct Sounding {
    name: String,
    /// The name without spaces, cut so often that one piece is whole in every name that is spelt alike.
    pieces: Vec<String>,
}

impl Sought {
    /// What the like of a family hold.
    #[must_use]
    pub fn of(kpm: &Kpm) -> Self {
        let (mut numbers, mut people) = (Vec::new(), Vec::new());
        for person in traits(kpm) {
            if let Some(nik) = &person.nik {
                numbers.push(nik.as_str().to_owned());
            }
            people.push(Sounding::of(person.likeness.name));
        }
        if let Some(kk) = &kpm.kk {
            numbers.push(kk.as_str().to_owned());
        }
        Self { numbers, people }
    }

    /// Whether a family may be alike of which this text is folded: the names of its people, and its numbers. Never
    /// false where [`families_alike`] finds something.
    #[must_use]
    pub fn may_be(&self, folded: &str) -> bool {
        if self.numbers.iter().any(|number| folded.contains(number)) {
            return true;
        }
        let sounds = name_key(folded);
        let letters = run_together(&sounds);
        self.people.iter().any(|person| {
            let has = |word: &&str| is_one_of(word, &sounds);
            let whole = |piece: &String| letters.contains(piece.as_str());
            person.pieces.iter().any(whole) || person.name.split(' ').filter(has).count() >= 2
        })
    }
}

impl Sounding {
    fn of(name: String) -> Self {
        let letters = run_together(&name);
        // So many letters may differ (`names_alike`): cut once more than that, one piece is left whole.
        let parts = (name.len() / 5).min(2) + 1;
        let mut pieces: Vec<String> = Vec::new();
        for part in 0..parts {
            let (from, to) = (
                part * letters.len() / parts,
                (part + 1) * letters.len() / parts,
            );
            if from < to {
                // A letter of two bytes that is cut in two: then every name may be alike.
                pieces.push(letters.get(from..to).unwrap_or_default().to_owned());
            }
        }
        Self { name, pieces }
    }
}

fn run_together(words: &str) -> String {
    words.replace(' ', "")
}
