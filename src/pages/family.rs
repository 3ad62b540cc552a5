//! One family: who they are, what was decided last, and the way into an assessment.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    decided::Decided,
    i18n::fill,
    live::Live,
    route::{Route, Step},
    ui::{self, Ask, El, Level, Look, Told, decided, el, group},
    usecase::{Family, OpenError, StartError, discard_draft, open_family, start_assessment},
    vault::VaultError,
};
use naik_kelas_domain::{assessment::Draft, id::KpmId};
use std::sync::Arc;
use view::{Next, Page};

/// The family as it was opened; `None` while it is.
type Found = Live<Option<Result<Arc<(Page, Option<Draft>)>, OpenError>>>;

/// The page.
#[must_use]
pub fn family(kpm: KpmId) -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let found: Found = Live::new(None);
    let load = move || {
        let services = ground.services();
        services.platform.spawn(async move {
            let opened = open_family(services, kpm).await;
            // The page may be gone by now.
            found.try_set(Some(
                opened.map(|family| Arc::new((page(ground, &family), family.draft))),
            ));
        });
    };
    let list = ground.services().caseload.list;
    let title = move || match found.get() {
        Some(Ok(opened)) => opened.0.name.clone(),
        None | Some(Err(_)) => t.families.into(),
    };
    let body = ui::through(move || match found.get() {
        None => ui::skeleton(t.loading, 5),
        Some(Err(error)) => failed(ground, error, load),
        Some(Ok(opened)) => filled(ground, kpm, &opened.0, opened.1.as_ref()),
    });
    // Again when the caseload has changed: an assessment was received, or the family was handed over.
    let body = ui::page("family", body).follow(move |_| {
        list.track();
        load();
    });
    let action = ui::through(move || match found.get() {
        Some(Ok(opened)) => main_action(ground, kpm, &opened.0.next),
        None | Some(Err(_)) => group(),
    });
    Screen {
        top: ui::top_of(title, Some(ground.back_to(Route::Families))),
        body,
        action,
    }
}

fn page(ground: Ground, family: &Family) -> Page {
    let services = ground.services();
    let decided_by = family
        .kpm
        .last
        .as_ref()
        .and_then(|last| services.packs.get(&last.decision.pack.hash));
    let today = services.today();
    let in_force = services.packs.in_force(today);
    let pack = decided_by.or_else(|| in_force.clone());
    view::page(
        family,
        pack.as_deref(),
        in_force.as_deref(),
        services.person.role,
        today,
        ground.lang,
        ground.t,
    )
}

fn failed(ground: Ground, error: OpenError, again: impl Fn() + 'static) -> El {
    let t = ground.t;
    match error {
        OpenError::NotHere => {
            let words = group()
                .child(el("h2").text(t.family_gone))
                .child(el("p").text(t.family_gone_more));
            let list = ui::link_button(Look::Quiet, t.families, "", &Route::Families.address());
            ui::card(Level::Plain, words.child(list))
        }
        OpenError::Storage(error) => {
            let text = match error {
                VaultError::Damaged => t.damaged,
                _ => t.family_failed,
            };
            let words = group().child(el("p").text(text));
            ui::card(
                Level::Bad,
                words.child(ui::button(Look::Quiet, t.again, "again", again)),
            )
        }
    }
}

fn filled(ground: Ground, kpm: KpmId, page: &Page, draft: Option<&Draft>) -> El {
    let t = ground.t;
    let people = page.members.iter().map(|person| {
        let words = el("span")
            .class("main")
            .child(el("strong").text(&person.name))
            .child(el("small").text(&person.about));
        el("li").class("row").child(words)
    });
    let last = match &page.last {
        Some((when, decided)) => last_decision(ground, when, decided),
        None => ui::card(Level::Plain, el("p").text(t.never_assessed)),
    };
    let before = match (&page.next, draft) {
        (Next::Resume(since), Some(draft)) => open_draft(ground, since, draft.clone()),
        (Next::Look, _) => ui::card(Level::Plain, el("p").text(t.coordinator_reads)),
        (Next::Resume(_) | Next::Start, _) => group(),
    };
    group()
        .child(before)
        .child(ui::facts(page.facts.clone()))
        .child(forms(ground, kpm, &page.forms))
        .child(last)
        .child(history(ground, &page.notes))
        .child(ui::section(
            t.people,
            el("ul").class("rows").all(people.collect()),
        ))
}

/// What can be written down of this family now.
fn forms(ground: Ground, kpm: KpmId, forms: &[(String, String)]) -> Option<El> {
    let row = |(id, title): &(String, String)| {
        let to = Route::Assessment(kpm, Some(id.clone()), Step::Resume);
        let test_id = ["form:", id].concat();
        ui::row(&to.address(), title, group(), None, &test_id)
    };
    let rows = ui::rows(forms.iter().map(row).collect());
    (!forms.is_empty()).then(|| ui::section(ground.t.what_next, rows))
}

fn history(ground: Ground, notes: &[view::Told]) -> Option<El> {
    let row = |note: &view::Told| {
        let lines = note.lines.iter().map(|line| el("small").text(line));
        let words = el("span")
            .class("main")
            .child(el("strong").text(&note.title))
            .child(el("small").class("why").text(&note.when))
            .all(lines.collect());
        el("li").class("row").child(words)
    };
    let rows = el("ul")
        .class("rows")
        .test_id("history")
        .all(notes.iter().map(row).collect());
    (!notes.is_empty()).then(|| ui::section(ground.t.history, rows))
}

fn last_decision(ground: Ground, when: &str, given: &Decided) -> El {
    let t = ground.t;
    let title = el("div")
        .child(el("h2").text(t.last_result))
        .child(ui::note(when));
    el("section")
        .class("gap")
        .child(title)
        .child(decided::summary(t, &given.programmes))
        .child(decided::readiness(t, &given.readiness, &|_| None))
}

fn open_draft(ground: Ground, since: &str, draft: Draft) -> El {
    let t = ground.t;
    let state = Live::new(Told::Nothing);
    let parts = Ask {
        question: t.discard_ask.into(),
        body: None,
        yes: t.discard,
        no: t.cancel,
        look: Look::Loss,
    };
    let dialog = ui::ask(parts, move || {
        let services = ground.services();
        let draft = draft.clone();
        services.platform.spawn(async move {
            // The page follows the caseload: there the draft is gone, or it is still shown and this says why.
            if discard_draft(services, &draft).await.is_err() {
                state.try_set(Told::Bad(t.discard_failed));
            }
        });
    });
    let open = dialog.clone();
    let content = group()
        .child(el("p").text(&fill(t.draft_open, &[since])))
        .child(ui::button(Look::Small, t.discard, "discard", move || {
            open.open()
        }))
        .child(ui::told(state))
        .child(dialog);
    ui::card(Level::Warn, content)
}

fn main_action(ground: Ground, kpm: KpmId, next: &Next) -> El {
    let t = ground.t;
    let label = match next {
        Next::Look => return group(),
        Next::Start => t.start,
        Next::Resume(_) => t.resume,
    };
    let state = Live::new(Told::Nothing);
    let start = move || {
        if matches!(state.get_untracked(), Told::Busy(_)) {
            return;
        }
        state.set(Told::Busy(t.starting));
        let services = ground.services();
        services.platform.spawn(async move {
            match start_assessment(services, kpm).await {
                Ok(_) => {
                    // Only where the person still waits here: the new draft may have drawn the page anew.
                    if ground.router.route.try_get_untracked() == Some(Route::Family(kpm)) {
                        ground
                            .router
                            .go(&Route::Assessment(kpm, None, Step::Resume));
                    }
                }
                Err(error) => {
                    state.try_set(Told::Bad(match error {
                        StartError::NoPack => t.no_pack,
                        StartError::NotHere | StartError::Save(_) => t.start_failed,
                    }));
                }
            }
        });
    };
    ui::action(group().child(ui::told(state)).child(ui::button(
        Look::Main,
        label,
        "start-assessment",
        start,
    )))
}
