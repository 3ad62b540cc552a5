//! What stands before finishing, each as a way to its question.

use super::steps::{step_of, step_to};
use crate::{
    assess::{self, Assessed, Blocker},
    i18n::format,
    route::Step,
    words::Words,
};
use naik_kelas_domain::{answer::FactPath, assessment::Draft};
use naik_kelas_rules::{family::Family, pack::Section};

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
