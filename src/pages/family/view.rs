//! A family as its page shows it.

use crate::{
    decided::{Decided, frozen},
    i18n::{Lang, Texts, fill, format},
    usecase::Family,
    words::Words,
};
use naik_kelas_domain::{Date, Value, access::Role, answer::FactPath, id::MemberId, kpm::Kpm};
use naik_kelas_rules::pack::Pack;

/// The page.
#[derive(Clone, PartialEq, Debug)]
pub struct Page {
    /// The family's name.
    pub name: String,
    /// Village, address, family card, decile.
    pub facts: Vec<(&'static str, String)>,
    /// Who lives there.
    pub members: Vec<Person>,
    /// What was decided last, with its day and rules.
    pub last: Option<(String, Decided)>,
    /// What can be done now.
    pub next: Next,
}

/// A person of the roster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Age, relation.
    pub about: String,
}

/// The main action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Next {
    /// Start an assessment.
    Start,
    /// Go on with the one that was begun on this day.
    Resume(String),
    /// Only look: this role does not assess.
    Look,
}

/// The page of a family. `pack` gives the labels: the one that decided where it is here, else today's.
#[must_use]
pub fn page(
    family: &Family,
    pack: Option<&Pack>,
    role: Role,
    today: Date,
    lang: Lang,
    t: &'static Texts,
) -> Page {
    let kpm = &family.kpm;
    let words = pack.map(|pack| Words::new(pack, lang));
    let last = kpm.last.as_ref().and_then(|last| {
        let decision = &last.decision;
        let when = fill(
            t.frozen_on,
            &[&format::day(lang, last.on), &decision.pack.version],
        );
        Some((when, frozen(words?, decision)))
    });
    Page {
        name: kpm.name.clone(),
        facts: facts(kpm, t),
        members: kpm
            .present()
            .map(|member| person(kpm, member, words, today, t))
            .collect(),
        last,
        next: match (role, &family.draft) {
            (Role::Coordinator | Role::Ministry, _) => Next::Look,
            (Role::Facilitator, None) => Next::Start,
            (Role::Facilitator, Some(draft)) => Next::Resume(format::day(lang, draft.on)),
        },
    }
}

fn facts(kpm: &Kpm, t: &'static Texts) -> Vec<(&'static str, String)> {
    let mut place = kpm.village_name.clone();
    if !kpm.address.is_empty() {
        place.push_str(", ");
        place.push_str(&kpm.address);
    }
    let mut facts = vec![(t.address, place)];
    facts.extend(kpm.kk.as_ref().map(|kk| (t.kk, format::fours(kk.as_str()))));
    let desil = match kpm
        .known
        .get(&FactPath::family("desil"))
        .and_then(|answer| answer.value())
    {
        Some(Value::Int(desil)) => format::whole(*desil),
        _ => t.desil_unknown.into(),
    };
    facts.push((t.desil_label, desil));
    facts
}

fn person(
    kpm: &Kpm,
    member: MemberId,
    words: Option<Words<'_>>,
    today: Date,
    t: &'static Texts,
) -> Person {
    let value = |fact: &str| {
        kpm.known
            .get(&FactPath::member(member, fact))
            .and_then(|answer| answer.value())
    };
    let name = match value("name") {
        Some(Value::Text(name)) => name.clone(),
        _ => t.no_name.into(),
    };
    let mut about = match value("birth_date") {
        Some(Value::Date(date)) => format::age(t, *date, today),
        _ => t.no_age.into(),
    };
    if let (Some(Value::Code(code)), Some(words)) = (value("relation"), words)
        && let Some(fact) = words.pack.fact_index("members.relation")
    {
        about.push_str(" · ");
        about.push_str(&words.code(fact, code));
    }
    Person { name, about }
}
