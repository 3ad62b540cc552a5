//! One family of the practice district, as the registry knows it.

use super::{PracticeError, assessed, midnight, today};
use crate::{
    areas::Village,
    packs::Shelf,
    synth::{self, Circumstances, Family, Random, Setting, put, text},
};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, Answers, FactPath, Provenance},
    assessment::Assessment,
    id::{KpmId, MemberId, UserId},
    identity::KkNumber,
    kpm::{JourneyState, Kpm, Member, Past, Presence},
    note::Notes,
    region::VillageCode,
};
use naik_kelas_rules::pack::{MEMBERS, Pack};
use std::collections::BTreeSet;

/// What the registry (and the civil register behind it) says of a family and of each member.
const OF_FAMILY: [&str; 9] = [
    "kk",
    "village",
    "area",
    "desil",
    "desil_version",
    "social_assistance.pkh",
    "social_assistance.sembako",
    "social_assistance.pbi_jkn",
    "social_assistance.since",
];
const OF_MEMBER: [&str; 6] = ["name", "nik", "sex", "birth_date", "relation", "marital"];

/// A family, who holds it, and its assessment of before.
pub(super) struct Drawn {
    pub(super) village: VillageCode,
    pub(super) holder: UserId,
    pub(super) kpm: Kpm,
    pub(super) before: Option<Assessment>,
}

/// NIK and KK numbers given so far: each once.
#[derive(Default)]
pub(super) struct Numbers(BTreeSet<String>);

impl Numbers {
    /// The number, or the next one whose serial is free.
    fn once(&mut self, number: &str) -> String {
        let (front, serial) = number.split_at(12);
        let first: u32 = serial.parse().unwrap_or(9000);
        let serials = (first..10_000).chain(9_000..first);
        let mut found = serials.map(|serial| format!("{front}{serial:04}"));
        let free = found.find(|number| !self.0.contains(number));
        let free = free.unwrap_or_else(|| number.to_owned());
        self.0.insert(free.clone());
        free
    }
}

pub(super) fn draw(
    village: Village,
    holder: UserId,
    assessed: bool,
    shelf: &Shelf,
    numbers: &mut Numbers,
    random: &mut Random,
) -> Result<Drawn, PracticeError> {
    // Before the first pack's day nothing could be decided.
    let first = shelf
        .offers(today())
        .first()
        .map(|offer| offer.effective_from);
    let day = if assessed {
        synth::earlier(today(), 30 + random.days(290)).max(first.ok_or(PracticeError::Pack)?)
    } else {
        today()
    };
    let circumstances = Circumstances::Assisted;
    let mut family = Family::draw(
        &Setting {
            day,
            village: village.code,
            circumstances,
        },
        random,
    );
    give_numbers(&mut family, numbers, random);
    let kpm = KpmId::new(midnight(day), random.bytes());
    let members: Vec<MemberId> = family
        .people
        .iter()
        .map(|_| MemberId::new(midnight(day), random.bytes()))
        .collect();
    let shelved = shelf.in_force(day).ok_or(PracticeError::Pack)?;
    let said = answers(&shelved.pack, &family, &members);
    let registered = registered(&said, day);
    let kpm = Kpm {
        notes: Notes::default(),
        past: Past::default(),
        id: kpm,
        name: recipient(&family),
        kk: text(&family.facts, "kk").and_then(|kk| kk.parse::<KkNumber>().ok()),
        village: Some(village.code),
        village_name: village.name.to_owned(),
        address: synth::street(random),
        state: JourneyState::Assisted,
        roster: members
            .iter()
            .map(|id| Member {
                id: *id,
                presence: Presence::Here,
            })
            .collect(),
        known: registered.clone(),
        last: None,
    };
    let before = assessed
        .then(|| assessed::assess(&shelved.pack, &kpm, &said, &registered, day, random))
        .transpose()?;
    Ok(Drawn {
        village: village.code,
        holder,
        kpm,
        before,
    })
}

/// Names, and numbers that nobody else of the district has.
fn give_numbers(family: &mut Family, numbers: &mut Numbers, random: &mut Random) {
    if let Some(kk) = text(&family.facts, "kk").map(|kk| numbers.once(kk)) {
        put(&mut family.facts, "kk", kk.into());
    }
    for person in &mut family.people {
        let name = synth::full_name(person.sex, random);
        put(&mut person.facts, "name", name.into());
        if let Some(nik) = text(&person.facts, "nik").map(|nik| numbers.once(nik)) {
            put(&mut person.facts, "nik", nik.into());
        }
    }
}

/// The woman who receives PKH for the family, else its head.
fn recipient(family: &Family) -> String {
    let woman = family
        .people
        .iter()
        .find(|person| person.sex == "female" && matches!(person.relation, "head" | "spouse"));
    woman
        .or(family.people.first())
        .and_then(|person| text(&person.facts, "name"))
        .unwrap_or_default()
        .to_owned()
}

/// Everything that the family would say, as far as the pack asks for it.
fn answers(pack: &Pack, family: &Family, members: &[MemberId]) -> Answers {
    let of_family = family
        .facts
        .iter()
        .filter(|(path, _)| pack.fact_index(path).is_some())
        .map(|(path, fact)| (FactPath::family(*path), fact));
    let of_members = members.iter().zip(&family.people).flat_map(|(id, person)| {
        let asked = person
            .facts
            .iter()
            .filter(|(path, _)| pack.fact_index(&[MEMBERS, path].concat()).is_some());
        asked.map(|(path, fact)| (FactPath::member(*id, *path), fact))
    });
    of_family
        .chain(of_members)
        .map(|(path, fact)| (path, Answer::asked(Value::from(fact))))
        .collect()
}

/// The part of it that the registry knows, as of the registry's version.
fn registered(said: &Answers, day: Date) -> Answers {
    let version = said
        .get(&FactPath::family("desil_version"))
        .and_then(Answer::value);
    let as_of = match version {
        Some(Value::Date(version)) => *version,
        _ => day,
    };
    said.iter()
        .filter(|(path, _)| match path {
            FactPath::Family(fact) => OF_FAMILY.contains(&fact.as_str()),
            FactPath::Member(_, fact) => OF_MEMBER.contains(&fact.as_str()),
        })
        .map(|(path, answer)| {
            let provenance = Provenance::Registry(as_of);
            (
                path.clone(),
                Answer {
                    reply: answer.reply.clone(),
                    provenance,
                },
            )
        })
        .collect()
}
