//! An assessment: sections, members, questions, the live result.

mod pages;
mod question;
pub mod questions;
mod result;
mod roster;
mod saver;
pub mod typed;
mod typing;
pub mod view;
mod work;

use super::{Ground, Screen, nothing};
use crate::{
    route::{Route, Step},
    services::Loadable,
    ui::{self, Level, Look, pressed},
    usecase::{OpenError, SaveError, open_family},
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
    /// It cannot be read.
    Storage,
}

/// The pages of one family's assessment. The draft is opened once; its pages share it.
#[must_use]
pub fn assessment(kpm: KpmId) -> Screen {
    let Some(ground) = Ground::of_page() else { return nothing() };
    let found = RwSignal::new_local(Loadable::Loading);
    let owner = Owner::current();
    let load = move || {
        let services = ground.services();
        let owner = owner.clone();
        services.platform.clone().spawn(async move {
            let opened = open(ground, kpm, owner).await;
            found.try_set(opened.map_or_else(Loadable::Failed, Loadable::Ready));
        });
    };
    load();
    let load = StoredValue::new_local(load);
    let step = Memo::new(move |before: Option<&Option<Step>>| match ground.router.route.get() {
        Route::Assessment(_, step) => Some(step),
        // On the way out the last page stays until it is taken away.
        _ => before.cloned().flatten(),
    });
    // One part is drawn a step: its three places read it one after the other.
    let part = move || match (found.get(), step.get()) {
        (Loadable::Loading, _) | (_, None) => waiting(ground),
        (Loadable::Failed(error), _) => failed(ground, kpm, error, load),
        (Loadable::Ready(work), Some(step)) => drawn(work, &step),
    };
    let whole = move || {
        let Part { top, body, action } = part();
        let bars = found.get().ready().map(|work| banners(*work, load));
        let live = match (found.get(), step.get()) {
            (Loadable::Ready(work), Some(step)) if step != Step::Result => Some(result::live(work)),
            _ => None,
        };
        view! {
            {bars}
            {top}
            {body}
            <div class="bottom">{live} {ui::action(action)}</div>
        }
        .into_any()
    };
    Screen { top: ().into_any(), body: view! { {whole} }.into_any(), action: ().into_any() }
}

async fn open(ground: Ground, kpm: KpmId, owner: Option<Owner>) -> Result<Work, NoWork> {
    let services = ground.services();
    let family = open_family(&services, kpm).await.map_err(|error| match error {
        OpenError::NotHere => NoWork::Gone,
        OpenError::Storage(_) => NoWork::Storage,
    })?;
    let draft = family.draft.ok_or(NoWork::Gone)?;
    let pack = services.packs.get(&draft.pack.hash).ok_or(NoWork::NoPack)?;
    let left_at = view::resume(&pack, &draft);
    // The signals belong to the page, not to this task.
    let work = match owner {
        Some(owner) => owner.with(|| Work::new(ground, pack, draft)),
        None => Work::new(ground, pack, draft),
    };
    if let Some(Route::Assessment(_, step)) = ground.router.route.try_get_untracked() {
        match (&step, left_at) {
            (Step::Resume, left_at) => {
                // Below the question lies the list of sections, so that *back* leads there.
                work.replace(Step::Sections);
                if left_at != Step::Sections {
                    work.go(left_at);
                }
            }
            // A page that was loaded again stands where it was left.
            (
                Step::Section { section, member, at: None },
                Step::Section { section: left_section, member: left_member, at: Some(at) },
            ) if *section == left_section && *member == left_member => work.replace(Step::Section {
                section: left_section,
                member: left_member,
                at: Some(at),
            }),
            _ => {}
        }
    }
    Ok(work)
}

fn drawn(work: Work, step: &Step) -> Part {
    match step {
        Step::Resume | Step::Sections => pages::sections(work),
        Step::Result => result::result(work),
        // A section or a member that is no longer there: the list shows what is.
        Step::Section { section, member, at } => {
            pages::section(work, section, *member, at.clone()).unwrap_or_else(|| pages::sections(work))
        }
    }
}

fn waiting(ground: Ground) -> Part {
    Part {
        top: ui::top(ground.t.assessment.into(), None),
        body: ui::page("", ui::skeleton(ground.t.loading, 6)),
        action: ().into_any(),
    }
}

fn failed(ground: Ground, kpm: KpmId, error: NoWork, load: StoredValue<impl Fn() + 'static, LocalStorage>) -> Part {
    let t = ground.t;
    let (title, more) = match error {
        NoWork::Gone => (t.draft_gone, t.draft_gone_more),
        NoWork::NoPack => (t.assessment, t.no_pack),
        NoWork::Storage => (t.assessment, t.family_failed),
    };
    let again = (error == NoWork::Storage)
        .then(|| ui::button(Look::Quiet, t.again, "", pressed(move || load.with_value(|load| load()))));
    let level = if error == NoWork::Storage { Level::Bad } else { Level::Plain };
    let content = view! { <p>{more}</p> {again} };
    Part {
        top: ui::top(title.into(), None),
        body: ui::page("", ui::card(level, content.into_any())),
        action: ui::link_button(Look::Main, t.to_family, "", Route::Family(kpm).address()),
    }
}

/// What the screen says when the newest answer is not saved: what is safe, and what to do.
fn banners(work: Work, load: StoredValue<impl Fn() + 'static, LocalStorage>) -> AnyView {
    let t = work.t();
    let shown = move || {
        let (text, label, press) = match work.saving.get() {
            Saving::Saved | Saving::Working => return ().into_any(),
            Saving::Failed(SaveError::ChangedInAnotherTab) => {
                (t.save_other_tab, t.take_over, pressed(move || load.with_value(|load| load())))
            }
            Saving::Failed(SaveError::Full) => (t.save_full, t.again, pressed(move || work.save_again())),
            Saving::Failed(SaveError::Storage(_)) => (t.save_failed, t.again, pressed(move || work.save_again())),
        };
        ui::banner("bad", "save-trouble", text.into(), ui::button(Look::Small, label, "", press))
    };
    view! { <div class="banners">{shown}</div> }.into_any()
}
