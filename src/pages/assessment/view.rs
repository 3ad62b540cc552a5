//! What the assessment's pages show: sections, members, the slim bar, what is left before finishing.

mod bar;
mod before;
mod newer;
mod steps;

pub use bar::{Bar, BarRow, bar};
pub use before::{Before, ToDo, before_finish};
pub use newer::{Listed, newer};
pub use steps::{resume, step_to};

use super::questions::Carried;
use crate::{
    assess::{self, Assessed},
    i18n::{fill, format},
    words::Words,
};
use naik_kelas_domain::{
    Value,
    answer::{Answers, FactPath},
    assessment::Draft,
    id::MemberId,
};
use naik_kelas_rules::{evaluate::Evaluation, family::Family, form::Relevance, pack::Pack};

/// How far a section has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Nothing asked yet.
    Todo,
    /// So many of so many.
    Partly(usize, usize),
    /// All asked.
    Done,
    /// Does not apply to this family.
    None,
}

impl Progress {
    fn of(answered: usize, total: usize) -> Self {
        match (answered, total) {
            (_, 0) => Self::None,
            (0, _) => Self::Todo,
            (answered, total) if answered < total => Self::Partly(answered, total),
            _ => Self::Done,
        }
    }
}

/// A row of the list of sections.
#[derive(Clone, PartialEq, Debug)]
pub struct SectionRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How far it has come.
    pub progress: Progress,
}

/// The list of sections.
#[must_use]
pub fn sections(words: Words<'_>, draft: &Draft, assessed: &Assessed) -> Vec<SectionRow> {
    let sections = words
        .pack
        .sections()
        .iter()
        .zip(&assessed.form.sections)
        .enumerate();
    sections
        .map(|(at, (section, state))| SectionRow {
            id: section.id.clone(),
            title: words.say(&section.title),
            progress: if section.roster && state.entries.is_empty() {
                Progress::Todo
            } else {
                progress(words.pack, draft, assessed, at, None)
            },
        })
        .collect()
}

/// The section after one that applies to this family.
#[must_use]
pub fn section_after(
    words: Words<'_>,
    draft: &Draft,
    assessed: &Assessed,
    section: usize,
) -> Option<SectionRow> {
    let rows = sections(words, draft, assessed);
    rows.into_iter()
        .skip(section + 1)
        .find(|row| row.progress != Progress::None)
}

/// How far a section has come, for all or for one member. What was taken over and wants confirming is not done yet.
#[must_use]
pub fn progress(
    pack: &Pack,
    draft: &Draft,
    assessed: &Assessed,
    section: usize,
    member: Option<usize>,
) -> Progress {
    let Some(state) = assessed.form.sections.get(section) else {
        return Progress::None;
    };
    let mut done = 0;
    let mut total = 0;
    for entry in &state.entries {
        let theirs = member.is_none_or(|member| entry.at.member.map(usize::from) == Some(member));
        if !theirs || entry.relevance != Relevance::Asked {
            continue;
        }
        total += 1;
        let path = assess::path_of(pack, draft, entry.at);
        let answer = path.and_then(|path| draft.answers.get(&path));
        let wants = pack.fact(entry.at.fact).is_some_and(|fact| fact.confirm);
        done += usize::from(answer.is_some_and(|answer| !(wants && answer.is_unconfirmed())));
    }
    Progress::of(done, total)
}

/// A card of the roster.
#[derive(Clone, PartialEq, Debug)]
pub struct MemberCard {
    /// Who.
    pub id: MemberId,
    /// Name.
    pub name: String,
    /// Age and relation.
    pub about: String,
    /// What the member brings: *anak SD · komponen PKH Rp900.000*.
    pub brings: Option<String>,
    /// How far this section has come for this member.
    pub progress: Progress,
}

/// The members, as a roster's section lists them.
#[must_use]
pub fn members(
    words: Words<'_>,
    draft: &Draft,
    assessed: &Assessed,
    section: usize,
) -> Vec<MemberCard> {
    let family = &assessed.family;
    let evaluation = Evaluation::of_decisions(words.pack, family);
    let who = draft.members.iter().enumerate();
    who.map(|(place, id)| MemberCard {
        id: *id,
        name: words.member_name(family, place as u16),
        about: about(words, &draft.answers, *id, family),
        brings: brings(words, &evaluation, place),
        progress: progress(words.pack, draft, assessed, section, Some(place)),
    })
    .collect()
}

fn about(words: Words<'_>, answers: &Answers, id: MemberId, family: &Family) -> String {
    let value = |fact: &str| {
        answers
            .get(&FactPath::member(id, fact))
            .and_then(|answer| answer.value())
    };
    let mut out = match value("birth_date") {
        Some(Value::Date(date)) => format::age(words.t, *date, family.assessed_on()),
        _ => words.t.no_age.to_owned(),
    };
    if let (Some(Value::Code(code)), Some(fact)) =
        (value("relation"), words.pack.fact_index("members.relation"))
    {
        out.push_str(" · ");
        out.push_str(&words.code(fact, code));
    }
    out
}

fn brings(words: Words<'_>, evaluation: &Evaluation<'_>, member: usize) -> Option<String> {
    let schedules = words.pack.file().schedules.iter().enumerate();
    let (schedule, (option, amount)) = schedules
        .filter_map(|(at, schedule)| Some((schedule, evaluation.best_paid(at, member)?)))
        .next()?;
    let codes = &words
        .pack
        .file()
        .code_lists
        .get(usize::from(schedule.code_list))?
        .codes;
    let label = words.say(&codes.get(option)?.label);
    (amount > 0).then(|| {
        fill(
            words.t.brings,
            &[&label, &format::rupiah(words.lang, amount)],
        )
    })
}

/// Where a carried answer comes from (`earlier`, unless it is the registry); whether it still holds is asked where that must be confirmed.
#[must_use]
pub fn carried_text(words: Words<'_>, earlier: &str, carried: Carried, wanted: bool) -> String {
    let (template, day) = match carried {
        Carried::Earlier(day) => (earlier, day),
        Carried::Registry(day) => (words.t.from_registry, day),
    };
    let mut text = fill(template, &[&format::day(words.lang, day)]);
    if wanted {
        text.push(' ');
        text.push_str(words.t.still_same_ask);
    }
    text
}
