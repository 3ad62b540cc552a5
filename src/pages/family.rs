//! One family: who they are, what was decided last, and the way into an assessment.

pub mod copy;
mod view;

use super::{Ground, Screen, nothing};
use crate::{
    assess::Assessed,
    decided::{Decided, Programme, Verdict, decided as decided_now, ways, ways_to_green},
    i18n::fill,
    live::Live,
    route::{Route, Step},
    ui::{self, El, Level, Look, Told, decided, el, group},
    usecase::{Family, OpenError, StartError, as_of_today, open_family, start_assessment},
    vault::VaultError,
    words::Words,
};
use naik_kelas_domain::{assessment::Draft, id::KpmId};
use naik_kelas_rules::pack::Pack;
use std::sync::Arc;
use view::{Next, Page, Writable};

/// The family as it was opened; `None` while it is.
type Found = Live<Option<Result<Arc<Opened>, OpenError>>>;

/// A family that was opened.
struct Opened {
    page: Page,
    draft: Option<Draft>,
    /// What would be decided today; `None` where no pack is in force.
    fresh: Option<Fresh>,
}

type Fresh = Arc<(Arc<Pack>, Assessed)>;

/// The page.
#[must_use]
pub fn family(kpm: KpmId) -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let found: Found = Live::new(None);
    let load = move || load(ground, kpm, found);
    let list = ground.services().caseload.list;
    let title = move || match found.get() {
        Some(Ok(opened)) => opened.page.name.clone(),
        None | Some(Err(_)) => t.families.into(),
    };
    let body = ui::through(move || match found.get() {
        None => ui::skeleton(t.loading, 5),
        Some(Err(error)) => failed(ground, error, load),
        Some(Ok(opened)) => filled(ground, kpm, &opened),
    });
    // Again when the caseload has changed: an assessment was received, or the family was handed over.
    let body = ui::page("family", body).follow(move |_| {
        list.track();
        load();
    });
    let action = ui::through(move || match found.get() {
        Some(Ok(opened)) => main_action(ground, kpm, &opened.page.next),
        None | Some(Err(_)) => group(),
    });
    Screen {
        top: ui::top_of(title, Some(ground.back_to(Route::Families))),
        body,
        action,
    }
}

fn load(ground: Ground, kpm: KpmId, found: Found) {
    let services = ground.services();
    services.platform.spawn(async move {
        let opened = open_family(services, kpm).await;
        // The page may be gone by now.
        found.try_set(Some(
            opened.map(|family| Arc::new(opened_as(ground, family))),
        ));
    });
}

fn opened_as(ground: Ground, family: Family) -> Opened {
    let services = ground.services();
    let fresh = as_of_today(services, &family.kpm).ok().map(Arc::new);
    Opened {
        page: page(ground, &family, fresh.as_deref()),
        draft: family.draft,
        fresh,
    }
}

fn page(ground: Ground, family: &Family, fresh: Option<&(Arc<Pack>, Assessed)>) -> Page {
    let services = ground.services();
    let decided_by = family
        .kpm
        .last
        .as_ref()
        .and_then(|last| services.packs.get(&last.decision.pack.hash));
    let today = services.today();
    let in_force = fresh.map(|(pack, _)| pack);
    let pack = decided_by.as_ref().or(in_force);
    view::page(
        family,
        pack.map(AsRef::as_ref),
        in_force.map(AsRef::as_ref),
        fresh.map(|(_, assessed)| &assessed.decisions),
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

fn filled(ground: Ground, kpm: KpmId, opened: &Opened) -> El {
    let t = ground.t;
    let (page, draft) = (&opened.page, opened.draft.as_ref());
    let people = page.members.iter().map(|person| {
        let words = el("span")
            .class("main")
            .child(el("strong").text(&person.name))
            .child(el("small").text(&person.about));
        el("li").class("row").child(words)
    });
    let last = match &page.last {
        Some((when, decided)) => {
            last_decision(ground, when, decided, &page.differs, opened.fresh.as_ref())
        }
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
        .child(plan(ground, page))
        .child(history(ground, &page.notes))
        .child(ui::link_button(
            Look::Quiet,
            t.copy,
            "copy",
            &Route::Copy(kpm).address(),
        ))
        .child(ui::section(
            t.people,
            el("ul").class("rows").all(people.collect()),
        ))
}

/// What can be written down of this family now.
fn forms(ground: Ground, kpm: KpmId, forms: &[Writable]) -> Option<El> {
    let row = |form: &Writable| {
        let to = Route::Assessment(kpm, Some(form.id.clone()), Step::Resume);
        let test_id = ["form:", &form.id].concat();
        let begun = form
            .begun
            .then(|| ui::badge(Level::Warn, ground.t.note_begun));
        ui::row(&to.address(), &form.title, group(), begun, &test_id)
    };
    let rows = ui::rows(forms.iter().map(row).collect());
    (!forms.is_empty()).then(|| ui::section(ground.t.what_next, rows))
}

/// The plan as it stands; where two have written it differently, that comes first.
fn plan(ground: Ground, page: &view::Page) -> Option<El> {
    let open = (!page.plan_open.is_empty()).then(|| {
        let words = group()
            .child(el("p").text(ground.t.plan_open))
            .child(ui::lines(&page.plan_open));
        ui::card(Level::Warn, words).test_id("plan-open")
    });
    let lines = ui::lines(&page.plan).test_id("plan");
    let has_one = !page.plan.is_empty() || open.is_some();
    has_one.then(|| ui::section(ground.t.plan, group().child(open).child(lines)))
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

fn last_decision(
    ground: Ground,
    when: &str,
    given: &Decided,
    differs: &[String],
    fresh: Option<&Fresh>,
) -> El {
    let t = ground.t;
    let title = el("div")
        .child(el("h2").text(t.last_result))
        .child(ui::note(when));
    let today = (!differs.is_empty()).then(|| {
        let words = group()
            .child(el("p").text(t.differs))
            .child(ui::lines(differs));
        ui::card(Level::Warn, words).test_id("differs")
    });
    // What would change it is told of today, by the rules of today.
    let of_one = |programme: &Programme| -> decided::Ways {
        let fresh = fresh.filter(|_| programme.verdict == Verdict::No)?.clone();
        let place = fresh.0.decision_index(&programme.id)?;
        Some(Box::new(move || why_not(ground, &fresh, place)))
    };
    let to_green = fresh.cloned().map(|fresh| -> Box<dyn FnOnce() -> El> {
        Box::new(move || {
            let words = Words::new(&fresh.0, ground.lang);
            decided::ways_to_green(t, &ways_to_green(words, &fresh.1.family))
        })
    });
    el("section")
        .class("gap")
        .child(title)
        .child(today)
        .child(decided::summary(t, &given.programmes, &of_one))
        .child(decided::readiness(t, &given.readiness, &|_| None, to_green))
}

/// Why a programme is not possible, and what would change it.
fn why_not(ground: Ground, (pack, now): &(Arc<Pack>, Assessed), place: usize) -> El {
    let words = Words::new(pack, ground.lang);
    let shown = decided_now(words, &now.family, &now.decisions);
    let because = shown
        .programmes
        .get(place)
        .map(|programme| decided::because(ground.t, programme));
    el("div")
        .class("why-not")
        .child(because)
        .child(decided::ways(ground.t, &ways(words, &now.family, place)))
}

fn open_draft(ground: Ground, since: &str, draft: Draft) -> El {
    let t = ground.t;
    // The page follows the caseload: there the draft is gone.
    let words = (t.discard, t.discard_ask);
    let content = group()
        .child(el("p").text(&fill(t.draft_open, &[since])))
        .child(ground.discard(words, Box::new(move || draft.clone()), |_, _| ()));
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
