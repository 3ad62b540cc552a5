//! What a family is after a list spoke of it: pure, and nothing is written where nothing is new.

use super::{
    columns::Source,
    traits::{born, text},
};
use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    id::{KpmId, MemberId, UserId},
    identity::{KkNumber, Nik},
    kpm::{JourneyState, Kpm, Member, Presence},
    likeness::name_key,
    region::{RegencyCode, VillageCode},
};

/// What a list says of one family.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Scope.
    pub regency: RegencyCode,
    /// Where it lives; `None` where the list does not say.
    pub village: Option<VillageCode>,
    /// Where it lives, should it be new and the list not say.
    pub village_if_new: Option<VillageCode>,
    /// The village's name.
    pub village_name: Option<String>,
    /// Street, hamlet, RT/RW.
    pub address: Option<String>,
    /// Number of its card.
    pub kk: Option<KkNumber>,
    /// Name by which it is known.
    pub name: Option<String>,
    /// Its people, as far as the list names them.
    pub people: Vec<Person>,
    /// Facts of the family.
    pub facts: Vec<(&'static str, Value)>,
    /// Figures that no pack knows.
    pub figures: Vec<(&'static str, i64)>,
    /// The day that the list speaks of.
    pub as_of: Date,
    /// Whether somebody said so, or it is the day of the import.
    pub stated: bool,
    /// Who is to hold it.
    pub holder: Option<UserId>,
    /// Which list.
    pub source: Source,
    /// Random bytes for new identities: one for the family, one for each of its people.
    pub random: Vec<[u8; 10]>,
}

/// A person of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Identity number.
    pub nik: Option<Nik>,
    /// Name.
    pub name: Option<String>,
    /// Facts, by their paths without `members.`.
    pub facts: Vec<(&'static str, Value)>,
}

/// The family after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// As phones get it.
    pub kpm: Kpm,
    /// Whether phones must hear of it.
    pub changed: bool,
}

/// Facts of which every change is kept with its day.
const DATED: [&str; 8] = [
    "desil",
    "kk",
    "village",
    "area",
    "social_assistance.pkh",
    "social_assistance.sembako",
    "social_assistance.pbi_jkn",
    "social_assistance.since",
];

impl Incoming {
    /// What is kept with its day.
    #[must_use]
    pub fn dated(&self) -> Vec<(&'static str, Value)> {
        let facts = self.all_facts().into_iter();
        let figures = self
            .figures
            .iter()
            .map(|(figure, n)| (*figure, Value::Int(*n)));
        facts
            .filter(|(fact, _)| DATED.contains(fact))
            .chain(figures)
            .collect()
    }

    fn all_facts(&self) -> Vec<(&'static str, Value)> {
        let mut facts = self.facts.clone();
        let kk = self
            .kk
            .as_ref()
            .map(|kk| Value::Text(kk.as_str().to_owned()));
        let village = self.village.map(|village| Value::Text(village.to_string()));
        facts.extend(kk.map(|kk| ("kk", kk)));
        facts.extend(village.map(|village| ("village", village)));
        // A desil without the day of its list would pass for today's.
        if self.stated && facts.iter().any(|(fact, _)| *fact == "desil") {
            facts.push(("desil_version", Value::Date(self.as_of)));
        }
        facts
    }
}

/// A family that was not known, without people or facts yet; `None` without a name.
#[must_use]
pub fn fresh(incoming: &Incoming, now: Millis) -> Option<Kpm> {
    let named = incoming
        .people
        .iter()
        .find_map(|person| person.name.clone());
    Some(Kpm {
        id: KpmId::new(now, *incoming.random.first()?),
        name: incoming.name.clone().or(named)?,
        kk: incoming.kk.clone(),
        village: incoming.village.or(incoming.village_if_new),
        village_name: incoming.village_name.clone().unwrap_or_default(),
        address: incoming.address.clone().unwrap_or_default(),
        state: JourneyState::Assisted,
        roster: Vec::new(),
        known: Answers::default(),
        last: None,
        notes: Default::default(),
        past: Default::default(),
    })
}

/// The family after the list: newer facts take the place of older ones, people are recognised or added,
/// and what an assessment found later than the list's day stays.
///
/// `spoken` says that this list spoke of the family some lines before: its first word counts, or a list
/// that contradicts itself would change families each time that it is imported.
#[must_use]
pub fn merge(mut kpm: Kpm, incoming: &Incoming, spoken: bool, now: Millis) -> Merged {
    let before = kpm.clone();
    let mut random = incoming.random.iter().skip(1);
    let said = Said {
        as_of: incoming.as_of,
        stated: incoming.stated,
        spoken,
        assessed: kpm.last.as_ref().map(|last| last.on),
    };
    for (fact, value) in incoming.all_facts() {
        let taken = said.put(&mut kpm.known, FactPath::family(fact), value);
        match fact {
            "kk" if taken => kpm.kk.clone_from(&incoming.kk),
            "village" if taken => kpm.village = incoming.village,
            _ => {}
        }
    }
    let lives_here = incoming.village.is_none() || kpm.village == incoming.village;
    if lives_here && !said.is_older(&before.known) {
        for (text, new) in [
            (&mut kpm.village_name, &incoming.village_name),
            (&mut kpm.address, &incoming.address),
        ] {
            if let Some(new) = new
                && (!spoken || text.is_empty())
            {
                text.clone_from(new);
            }
        }
    }
    for person in &incoming.people {
        let member = match found(&kpm, person) {
            Some(member) => member,
            None => {
                let Some(random) = random.next() else {
                    continue;
                };
                let id = MemberId::new(now, *random);
                let presence = Presence::Here;
                kpm.roster.push(Member { id, presence });
                id
            }
        };
        let nik = person
            .nik
            .as_ref()
            .map(|nik| Value::Text(nik.as_str().to_owned()));
        let name = person.name.clone().map(Value::Text);
        let identity = [nik.map(|nik| ("nik", nik)), name.map(|name| ("name", name))];
        for (fact, value) in identity
            .into_iter()
            .flatten()
            .chain(person.facts.iter().cloned())
        {
            said.put(&mut kpm.known, FactPath::member(member, fact), value);
        }
    }
    name_after_head(&mut kpm, incoming);
    let changed = kpm != before;
    Merged { kpm, changed }
}

/// When the list speaks, and when the family was last assessed.
#[derive(Clone, Copy)]
struct Said {
    as_of: Date,
    stated: bool,
    spoken: bool,
    assessed: Option<Date>,
}

impl Said {
    /// Puts an answer where it is newer than what is known; says whether the value changed.
    fn put(self, known: &mut Answers, path: FactPath, value: Value) -> bool {
        let before = known.get(&path);
        let (since, same) = match before {
            None => (None, false),
            Some(answer) => (self.since(answer), answer.value() == Some(&value)),
        };
        let is_registry = before.is_none_or(|a| matches!(a.provenance, Provenance::Registry(_)));
        let is_newer = since.is_none_or(|since| self.as_of > since);
        // The same said again on a later day is as of that day, if the day is known to be the list's.
        let takes = match (same, is_registry) {
            (true, registry) => registry && is_newer && self.stated,
            (false, true) if !self.spoken => since.is_none_or(|since| self.as_of >= since),
            (false, true) => is_newer,
            (false, false) => is_newer,
        };
        if takes {
            let provenance = Provenance::Registry(self.as_of);
            let reply = Reply::Known(value);
            known.set(path, Answer { reply, provenance });
        }
        takes && !same
    }

    /// The day on which an answer held.
    fn since(self, answer: &Answer) -> Option<Date> {
        match answer.provenance {
            Provenance::Registry(day) | Provenance::Carried(day) => Some(day),
            Provenance::Asked | Provenance::Skipped => self.assessed,
        }
    }

    /// Whether the registry spoke of this family on a later day already.
    fn is_older(self, known: &Answers) -> bool {
        known.iter().any(|(_, answer)| match answer.provenance {
            Provenance::Registry(day) => day > self.as_of,
            _ => false,
        })
    }
}

/// A list's person in the roster: by NIK, else by name and birth date, of which one may be missing.
fn found(kpm: &Kpm, person: &Person) -> Option<MemberId> {
    let roster = || kpm.roster.iter().map(|member| member.id);
    let nik = person.nik.as_ref().map(Nik::as_str);
    let by_nik = nik.and_then(|nik| roster().find(|id| text(kpm, *id, "nik") == Some(nik)));
    by_nik.or_else(|| {
        let name = name_key(person.name.as_deref()?);
        let day = person.born();
        roster().find(|id| {
            let other_nik = text(kpm, *id, "nik");
            let same_number = nik.is_none() || other_nik.is_none();
            let known = born(kpm, *id);
            same_number
                && text(kpm, *id, "name").is_some_and(|known| name_key(known) == name)
                && (known == day || known.is_none() || day.is_none())
        })
    })
}

impl Person {
    /// The birth date, where the list says it.
    #[must_use]
    pub fn born(&self) -> Option<Date> {
        self.facts.iter().find_map(|(fact, value)| match value {
            Value::Date(day) if *fact == "birth_date" => Some(*day),
            _ => None,
        })
    }
}

/// A family that was named after a child, because its line came first, is named after its head.
fn name_after_head(kpm: &mut Kpm, incoming: &Incoming) {
    let stands_for_it =
        |id: MemberId| matches!(text(kpm, id, "relation"), Some("head" | "spouse") | None);
    let named = kpm
        .roster
        .iter()
        .find(|member| text(kpm, member.id, "name") == Some(&kpm.name));
    if named.is_none_or(|member| stands_for_it(member.id)) {
        return;
    }
    let head = kpm
        .roster
        .iter()
        .find(|member| text(kpm, member.id, "relation") == Some("head"));
    let head = head
        .and_then(|member| text(kpm, member.id, "name"))
        .map(str::to_owned);
    if let Some(name) = incoming.name.clone().or(head) {
        kpm.name = name;
    }
}
