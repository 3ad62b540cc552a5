//! An assessment: sections, members, questions, the live result.

mod attendance;
mod newer;
mod pages;
mod question;
pub mod questions;
mod result;
mod roster;
pub mod saver;
#[cfg(test)]
mod tests;
pub mod typed;
mod typing;
mod unreadable;
pub mod view;
mod work;

use super::{Ground, Screen, nothing};
use crate::{
    app::boot_advice,
    live::Live,
    platform::Lock,
    route::{Route, Step},
    ui::{self, El, Level, Look, el, group},
    usecase::{BootError, OpenError, SaveError, StartError, open_family, start_note},
    vault::VaultError,
};
use leptos::prelude::*;
use naik_kelas_domain::id::KpmId;
use pages::Part;
use saver::Saving;
use work::Work;

/// Why there is no assessment to take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum NoWork {
    /// It was finished or discarded, or the family is not here.
    Gone,
    /// Its pack is not on this phone.
    NoPack,
    /// It cannot be read now.
    Storage,
    /// It can never be read: a record of it is damaged.
    Damaged,
    /// Another tab has it; one writes.
    OtherTab,
}

/// The draft as it was opened; `None` while it is.
type Found = Live<Option<Result<Work, NoWork>>>;

/// Of whom, and on which form; `None` = an assessment.
type Task = Live<(KpmId, Option<String>, Held)>;

/// What keeps other tabs from writing the draft, with a number that grows at each try; let go of with the page.
type Held = Live<(u32, Option<Lock>)>;

/// The pages of one family's assessment, or of a note on a form. The draft is opened once; its pages share it.
#[must_use]
pub fn assessment(kpm: KpmId, form: Option<String>) -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let task = Live::new((kpm, form, Live::new((0, None))));
    let found: Found = Live::new(None);
    load(ground, task, found, false);
    let route = ground.router.route;
    let whole = ui::through(move || {
        let (step, opened) = (route.get(), found.get());
        let Route::Assessment(.., step) = step else {
            // On the way out; the frame is about to take this page away.
            return group();
        };
        // A page follows the answers by itself, question by question.
        let (bars, Part { top, body, action }, live) = untrack(|| match opened {
            None => (None, waiting(ground), None),
            Some(Err(error)) => (None, failed(ground, task, error, found), None),
            Some(Ok(work)) => {
                let live = (step != Step::Result && !work.is_note()).then(|| result::live(work));
                let asked_on = matches!(step, Step::Section { .. }) || work.is_note();
                let again = move || found.set(Some(Ok(work)));
                let newer = (!asked_on).then(|| newer::newer(work, again)).flatten();
                let bars = group().child(banners(work, task, found)).child(newer);
                (Some(bars), drawn(work, &step), live)
            }
        });
        let bottom = el("footer")
            .class("bottom")
            .child(live)
            .child(ui::action(action));
        group().child(bars).child(top).child(body).child(bottom)
    });
    Screen {
        top: group(),
        body: whole,
        action: group(),
    }
}

/// Opens the draft; where it is `taken_over`, from the tab that has it.
fn load(ground: Ground, task: Task, found: Found, taken_over: bool) {
    let services = ground.services();
    // What is made when the draft has come belongs to the page, not to the task that fetched it.
    let owner = Owner::current();
    services.platform.spawn(async move {
        let Some((kpm, form, held)) = task.try_get_untracked() else {
            return;
        };
        let opened = if hold(ground, kpm, form.as_deref(), found, held, taken_over).await {
            open(ground, kpm, form, owner).await
        } else {
            Err(NoWork::OtherTab)
        };
        found.try_set(Some(opened));
    });
}

/// Keeps other tabs from writing the draft; false where another one has it.
async fn hold(
    ground: Ground,
    kpm: KpmId,
    form: Option<&str>,
    found: Found,
    held: Held,
    taken_over: bool,
) -> bool {
    let before = held.try_with_untracked(|(count, lock)| (*count, lock.is_some()));
    let count = match before {
        // Another page of it, or it could not be read a moment ago.
        Some((_, true)) if !taken_over => return true,
        Some((count, _)) => count + 1,
        None => return false,
    };
    held.try_set((count, None));
    let lost = move || {
        if held.try_with_untracked(|(now, _)| *now) == Some(count)
            && let Some(Some(Ok(work))) = found.try_get_untracked()
        {
            work.overtaken();
        }
    };
    let services = ground.services();
    let name = services
        .vault
        .key(format_args!("draft/{kpm}/{}", form.unwrap_or_default()));
    let lock = services
        .platform
        .hold(&name, taken_over, Box::new(lost))
        .await;
    let ours = lock.is_some();
    held.try_set((count, lock));
    ours
}

async fn open(
    ground: Ground,
    kpm: KpmId,
    form: Option<String>,
    owner: Option<Owner>,
) -> Result<Work, NoWork> {
    let services = ground.services();
    let draft = match &form {
        None => open_family(services, kpm)
            .await?
            .draft
            .ok_or(NoWork::Gone)?,
        Some(form) => start_note(services, kpm, form).await?,
    };
    let store = services.records().store;
    let pack = services.packs.of_draft(&store, &draft);
    let pack = pack.await.map_err(|_| NoWork::Storage)?;
    let pack = pack.ok_or(NoWork::NoPack)?;
    let left_at = view::resume(&pack, &draft);
    let make = || Work::new(ground, pack, draft);
    let work = match owner {
        Some(owner) => owner.with(make),
        None => make(),
    };
    go_on(work, kpm, left_at);
    Ok(work)
}

impl From<OpenError> for NoWork {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotHere => Self::Gone,
            OpenError::Storage(VaultError::Damaged) => Self::Damaged,
            OpenError::Storage(_) => Self::Storage,
        }
    }
}

impl From<StartError> for NoWork {
    fn from(error: StartError) -> Self {
        match error {
            StartError::NotHere => Self::Gone,
            StartError::NoPack => Self::NoPack,
            StartError::Save(SaveError::Storage(VaultError::Damaged)) => Self::Damaged,
            StartError::Save(_) => Self::Storage,
        }
    }
}

/// Goes to where the assessment was left, if that is what was asked for.
fn go_on(work: Work, kpm: KpmId, left_at: Step) {
    let step = match work.ground.router.route.try_get_untracked() {
        Some(Route::Assessment(here, _, step)) if here == kpm => step,
        _ => return,
    };
    match (&step, &left_at) {
        // A note is one page.
        (Step::Resume, _) if work.is_note() => work.replace(left_at),
        (Step::Resume, _) => {
            // Below the question lies the list of sections, so that *back* leads there.
            work.replace(Step::Sections);
            if left_at != Step::Sections {
                work.go(left_at);
            }
        }
        // A page that was loaded again stands where it was left.
        (
            Step::Section {
                section,
                member,
                at: None,
            },
            Step::Section {
                section: left_section,
                member: left_member,
                at: Some(_),
            },
        ) if section == left_section && member == left_member => work.replace(left_at),
        _ => {}
    }
}

fn drawn(work: Work, step: &Step) -> Part {
    match step {
        Step::Resume | Step::Sections if work.is_note() => pages::note(work),
        Step::Resume | Step::Sections => pages::sections(work),
        Step::Result => result::result(work),
        // A section or a member that is no longer there: the list shows what is.
        Step::Section {
            section,
            member,
            at,
        } => pages::section(work, section, *member, at.as_deref())
            .unwrap_or_else(|| pages::sections(work)),
    }
}

fn waiting(ground: Ground) -> Part {
    Part {
        top: ui::top(ground.t.assessment, None),
        body: ui::page("", ui::skeleton(ground.t.loading, 6)),
        action: group(),
    }
}

fn failed(ground: Ground, task: Task, error: NoWork, found: Found) -> Part {
    let t = ground.t;
    let (title, more, level) = match error {
        NoWork::Gone => (t.draft_gone, t.draft_gone_more, Level::Plain),
        NoWork::NoPack => (t.assessment, t.no_pack, Level::Plain),
        NoWork::Storage => (t.assessment, t.family_failed, Level::Bad),
        NoWork::Damaged => (t.assessment, t.damaged, Level::Bad),
        NoWork::OtherTab => (t.assessment, t.save_other_tab, Level::Warn),
    };
    let again = match error {
        NoWork::Gone | NoWork::NoPack | NoWork::Damaged => None,
        NoWork::Storage => Some((t.again, "again", false)),
        NoWork::OtherTab => Some((t.take_over, "take-over", true)),
    };
    let again = again.map(|(label, id, taken_over)| {
        ui::button(Look::Quiet, label, id, move || {
            load(ground, task, found, taken_over)
        })
    });
    let (kpm, ..) = task.get_untracked();
    Part {
        top: ui::top(title, None),
        body: ui::page(
            "",
            ui::card(level, group().child(el("p").text(more)).child(again)),
        ),
        action: ui::link_button(Look::Main, t.to_family, "", &Route::Family(kpm).address()),
    }
}

/// What the screen says when the newest answer is not saved: what is safe, and what to do.
fn banners(work: Work, task: Task, found: Found) -> El {
    let t = work.t();
    el("div").class("banners").live(move || {
        let (text, action) = match work.saving.get() {
            Saving::Saved | Saving::Working => return group(),
            Saving::Failed(SaveError::ChangedInAnotherTab) => {
                let ground = work.ground;
                let newest = ui::button(Look::Small, t.take_over, "take-over", move || {
                    load(ground, task, found, true)
                });
                (t.save_other_tab, newest)
            }
            Saving::Failed(SaveError::Full) => (t.save_full, again(work)),
            Saving::Failed(SaveError::Storage(error)) => {
                let text = match error.into() {
                    // Trying again does not help.
                    error @ (BootError::NewerVersion | BootError::LostDatabase) => {
                        boot_advice(error, t)
                    }
                    _ => t.save_failed,
                };
                (text, again(work))
            }
        };
        ui::banner("banner bad", "save-trouble", text, Some(action))
    })
}

fn again(work: Work) -> El {
    ui::button(Look::Small, work.t().again, "save-again", move || {
        work.save_again()
    })
}
