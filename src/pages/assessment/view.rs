//! What the assessment's pages show: sections, members, the slim bar, what is left before finishing.

use super::questions::Carried;
use crate::{
    assess::{self, Assessed, Blocker},
    decided::{Deciding, Verdict},
    i18n::{counted, fill, format},
    route::Step,
    words::Words,
};
use naik_kelas_domain::{
    Value,
    answer::{Answers, FactPath},
    assessment::Draft,
    id::MemberId,
};
use naik_kelas_rules::{
    evaluate::{Decisions, Evaluation, Outcome},
    explain::Missing,
    family::Family,
    form::Relevance,
    pack::{FactRef, Pack, Section},
};

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

/// The slim bar: what is certain, and what hangs on how many questions.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Bar {
    /// What is certain.
    pub sure: String,
    /// What hangs on the fewest questions.
    pub depends: String,
    /// Every programme with its verdict and what decides it.
    pub rows: Vec<BarRow>,
}

/// A programme in the opened bar.
#[derive(Clone, PartialEq, Debug)]
pub struct BarRow {
    /// Its name.
    pub title: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its amount, or how many questions decide.
    pub note: String,
    /// The most deciding question.
    pub deciding: Option<Deciding>,
}

/// The bar for a family. `decisions` are those of the same family.
#[must_use]
pub fn bar(words: Words<'_>, family: &Family, decisions: &Decisions) -> Bar {
    let t = words.t;
    let mut evaluation = Evaluation::of_decisions(words.pack, family);
    let mut sure = Vec::new();
    let mut nearest: Option<(usize, String)> = None;
    let mut rows = Vec::new();
    for (place, (definition, result)) in words
        .pack
        .decisions()
        .iter()
        .zip(&decisions.decisions)
        .enumerate()
    {
        let title = words.say(&definition.title);
        let mut row = BarRow {
            title: title.clone(),
            verdict: Verdict::No,
            note: String::new(),
            deciding: None,
        };
        match result.outcome {
            Outcome::Eligible => {
                row.verdict = Verdict::Yes;
                row.note = result
                    .amount
                    .map_or_else(String::new, |amount| format::rupiah(words.lang, amount));
                sure.push(title);
            }
            Outcome::Undetermined => {
                row.verdict = Verdict::Open;
                let missing = evaluation.explain(place).missing;
                let first = missing.iter().find_map(|missing| match missing {
                    Missing::Fact(at) => Some(*at),
                    Missing::Parameter(_) => None,
                });
                row.deciding = first.map(|at| Deciding {
                    at,
                    label: words.fact_label(family, at),
                });
                row.note = counted(t.questions, missing.len());
                let nearer = nearest
                    .as_ref()
                    .is_none_or(|(count, _)| missing.len() < *count);
                if nearer && !missing.is_empty() {
                    nearest = Some((missing.len(), title));
                }
            }
            Outcome::NotEligible => {}
            Outcome::Error(_) => row.verdict = Verdict::Error,
        }
        rows.push(row);
    }
    let sure = match sure.is_empty() {
        true => t.live_none.to_owned(),
        false => fill(t.live_sure, &[&sure.join(", ")]),
    };
    let depends = nearest.map_or_else(String::new, |(count, title)| {
        fill(t.live_depends, &[&counted(t.questions, count), &title])
    });
    Bar {
        sure,
        depends,
        rows,
    }
}

/// A question to go to.
#[derive(Clone, PartialEq, Debug)]
pub struct ToDo {
    /// What it is.
    pub label: String,
    /// Where it is.
    pub step: Step,
}

/// What stands before finishing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Before {
    /// Answers that cannot stand.
    pub mend: Vec<ToDo>,
    /// Required and not asked.
    pub need: Vec<ToDo>,
    /// Typed and not readable.
    pub typed: Vec<ToDo>,
    /// Taken over, and wanting confirmation.
    pub confirm: Vec<ToDo>,
    /// Asked by the form and not answered: allowed.
    pub open: usize,
}

impl Before {
    /// Whether the assessment may be finished.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.mend.is_empty()
            && self.need.is_empty()
            && self.typed.is_empty()
            && self.confirm.is_empty()
    }
}

/// What stands before finishing. `unreadable` are the paths whose typed text is no answer.
#[must_use]
pub fn before_finish(
    words: Words<'_>,
    draft: &Draft,
    assessed: &Assessed,
    unreadable: &[FactPath],
) -> Before {
    let mut before = Before::default();
    let to_do = |path: &FactPath| {
        let at = assess::fact_of(words.pack, draft, path)?;
        let step = step_to(words.pack, draft, at)?;
        Some(ToDo {
            label: words.fact_label(&assessed.family, at),
            step,
        })
    };
    before.typed.extend(unreadable.iter().filter_map(to_do));
    if draft.members.is_empty()
        && let Some(section) = words.pack.sections().iter().find(|section| section.roster)
    {
        let step = Step::Section {
            section: section.id.clone(),
            member: None,
            at: None,
        };
        before.need.push(ToDo {
            label: words.say(&section.title),
            step,
        });
    }
    let mut pages: Vec<(Step, usize, String)> = Vec::new();
    for blocker in assess::blockers(words.pack, draft, assessed) {
        let (list, path) = match &blocker {
            Blocker::Check(path, _) | Blocker::Answer(path, _) => (&mut before.mend, path),
            Blocker::Required(path) => (&mut before.need, path),
            Blocker::Unconfirmed(path) => {
                count_page(&mut pages, words, draft, &assessed.family, path);
                continue;
            }
        };
        // A text that cannot be read is told once, where it stands.
        if !unreadable.contains(path) {
            list.extend(to_do(path).filter(|item| !list.contains(item)));
        }
    }
    before.confirm = pages
        .into_iter()
        .map(|(step, count, page)| ToDo {
            label: [&page, " (", &format::whole(count as i64), ")"].concat(),
            step,
        })
        .collect();
    let open: usize = assessed
        .form
        .sections
        .iter()
        .map(|section| section.total - section.answered)
        .sum();
    before.open = open.saturating_sub(before.need.len());
    before
}

/// One page holds many answers to confirm: it is named once, with their number.
fn count_page(
    pages: &mut Vec<(Step, usize, String)>,
    words: Words<'_>,
    draft: &Draft,
    family: &Family,
    path: &FactPath,
) {
    let Some(at) = assess::fact_of(words.pack, draft, path) else {
        return;
    };
    let asks = |section: &&Section| {
        section
            .questions
            .iter()
            .any(|question| question.fact_index() == at.fact)
    };
    let Some(section) = words.pack.sections().iter().find(asks) else {
        return;
    };
    let step = step_of(words.pack, draft, section, at);
    let same_page = |(other, ..): &&mut (Step, usize, String)| match (other, &step) {
        (
            Step::Section {
                section: a,
                member: x,
                ..
            },
            Step::Section {
                section: b,
                member: y,
                ..
            },
        ) => a == b && x == y,
        _ => false,
    };
    if let Some((_, count, _)) = pages.iter_mut().find(same_page) {
        *count += 1;
        return;
    }
    let mut page = words.say(&section.title);
    if let Some(member) = at.member {
        page.push_str(": ");
        page.push_str(&words.member_name(family, member));
    }
    pages.push((step, 1, page));
}

fn step_of(pack: &Pack, draft: &Draft, section: &Section, at: FactRef) -> Step {
    Step::Section {
        section: section.id.clone(),
        member: at
            .member
            .and_then(|member| draft.members.get(usize::from(member)).copied()),
        at: pack.fact(at.fact).map(|fact| fact.path.clone()),
    }
}

/// The page of a fact's question; `None` where the questionnaire does not ask it.
#[must_use]
pub fn step_to(pack: &Pack, draft: &Draft, at: FactRef) -> Option<Step> {
    let asks = |section: &&Section| {
        section
            .questions
            .iter()
            .any(|question| question.fact_index() == at.fact)
    };
    pack.sections()
        .iter()
        .find(asks)
        .map(|section| step_of(pack, draft, section, at))
}

/// Where an assessment was left: at its last question, else at its sections.
#[must_use]
pub fn resume(pack: &Pack, draft: &Draft) -> Step {
    let left = draft
        .at
        .as_ref()
        .and_then(|path| step_to(pack, draft, assess::fact_of(pack, draft, path)?));
    left.unwrap_or(Step::Sections)
}

/// Where a carried answer comes from; whether it still holds is asked where that must be confirmed.
#[must_use]
pub fn carried_text(words: Words<'_>, carried: Carried, wanted: bool) -> String {
    let (template, day) = match carried {
        Carried::Assessment(day) => (words.t.from_assessment, day),
        Carried::Registry(day) => (words.t.from_registry, day),
    };
    let mut text = fill(template, &[&format::day(words.lang, day)]);
    if wanted {
        text.push(' ');
        text.push_str(words.t.still_same_ask);
    }
    text
}
