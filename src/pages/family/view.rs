//! A family as its page shows it.

use crate::{
    decided::{Decided, Programme, differs, frozen},
    i18n::{Lang, Texts, fill, format},
    ui::decided::verdict,
    usecase::Family,
    words::Words,
};
use naik_kelas_domain::{
    Date, Value,
    access::Role,
    answer::FactPath,
    freeze,
    id::MemberId,
    kpm::{Kpm, Past},
    note::Note,
    plan::Versions,
};
use naik_kelas_rules::{
    evaluate::Decisions,
    pack::{JourneyForm, Pack, forms},
};

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
    /// What would be decided otherwise today, a line each.
    pub differs: Vec<String>,
    /// What can be done now.
    pub next: Next,
    /// Forms that can be written now.
    pub forms: Vec<Writable>,
    /// The plan as it stands, a line a fact.
    pub plan: Vec<String>,
    /// Where it was written differently by two who did not know of each other, a line for each.
    pub plan_open: Vec<String>,
    /// What was written down, the newest first.
    pub notes: Vec<Told>,
}

/// A form that can be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Writable {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether a note on it was begun.
    pub begun: bool,
}

/// A note of the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// What it is.
    pub title: String,
    /// When.
    pub when: String,
    /// What was said, a line each.
    pub lines: Vec<String>,
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
#[allow(clippy::too_many_arguments, reason = "all that a page is made of")]
pub fn page(
    family: &Family,
    pack: Option<&Pack>,
    today_pack: Option<&Pack>,
    fresh: Option<&Decisions>,
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
        Some((when, frozen(words?, decision, &kpm.past)))
    });
    let differs = match (&last, today_pack, fresh) {
        (Some((_, then)), Some(pack), Some(now)) => {
            let now = freeze::frozen(pack, today, now);
            otherwise(
                then,
                frozen(Words::new(pack, lang), &now, &Past::default()),
                t,
            )
        }
        _ => Vec::new(),
    };
    let (plan, plan_open) =
        today_pack.map_or_else(Default::default, |pack| plan(kpm, Words::new(pack, lang)));
    Page {
        differs,
        plan,
        plan_open,
        name: kpm.name.clone(),
        facts: facts(kpm, today_pack.map(|pack| Words::new(pack, lang)), t),
        members: kpm
            .present()
            .map(|member| person(kpm, member, words, today, t))
            .collect(),
        last,
        forms: match (role, today_pack) {
            (Role::Facilitator, Some(pack)) => forms(family, Words::new(pack, lang)),
            _ => Vec::new(),
        },
        notes: today_pack.map_or_else(Vec::new, |pack| notes(kpm, Words::new(pack, lang))),
        next: match (role, &family.draft) {
            (Role::Coordinator | Role::Ministry, _) => Next::Look,
            (Role::Facilitator, None) => Next::Start,
            (Role::Facilitator, Some(draft)) => Next::Resume(format::day(lang, draft.on)),
        },
    }
}

fn otherwise(then: &Decided, now: Decided, t: &'static Texts) -> Vec<String> {
    let (programmes, grade) = differs(then, now);
    let line = |what: &str, now: &str| [what, ": ", now].concat();
    let told = |programme: &Programme| {
        let amount = programme.amounts.first().map(String::as_str);
        let now = amount.unwrap_or(verdict(t, programme.verdict));
        line(&programme.title, now)
    };
    let mut lines: Vec<String> = programmes.iter().map(told).collect();
    lines.extend(grade.map(|grade| line(t.readiness, &grade)));
    lines
}

fn facts(kpm: &Kpm, words: Option<Words<'_>>, t: &'static Texts) -> Vec<(&'static str, String)> {
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
    if let Some(words) = words
        && let Some(state) = words.pack.fact_index("journey.state")
    {
        facts.push((t.stage, words.code(state, kpm.state.name())));
    }
    facts
}

/// The forms that the family's state allows, and those that were begun. What else stands in the way, the form itself says.
fn forms(family: &Family, words: Words<'_>) -> Vec<Writable> {
    let all = words.pack.forms().iter().filter(|form| form.is_offered());
    let writable = |form: &JourneyForm| {
        let begun = family.begun.contains(&form.id);
        let now = form.begins_in(family.kpm.state.number());
        (begun || now).then(|| Writable {
            id: form.id.clone(),
            title: words.say(&form.title),
            begun,
        })
    };
    all.filter_map(writable).collect()
}

/// What stands of the plan, and where it stands in two ways.
fn plan(kpm: &Kpm, words: Words<'_>) -> (Vec<String>, Vec<String>) {
    let (mut stands, mut open) = (Vec::new(), Vec::new());
    let versions = Versions::new(&kpm.notes, forms::PLAN);
    let form = words.pack.form(forms::PLAN);
    for question in form.iter().flat_map(|form| &form.section.questions) {
        let at = question.fact_index();
        let Some(fact) = words.pack.fact(at) else {
            continue;
        };
        let said = versions.said(&FactPath::family(fact.path.as_str()));
        let lines = said.iter().filter_map(|note| words.noted_of(at, note));
        match said.len() {
            0 | 1 => stands.extend(lines),
            _ => open.extend(lines),
        }
    }
    (stands, open)
}

fn notes(kpm: &Kpm, words: Words<'_>) -> Vec<Told> {
    let told = |note: &Note| {
        let form = words.pack.form(&note.form)?;
        Some(Told {
            title: words.say(&form.title),
            when: format::day(words.lang, note.on),
            lines: words.noted(form, note),
        })
    };
    kpm.notes.0.iter().rev().filter_map(told).collect()
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
