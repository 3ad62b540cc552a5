//! One family: who they are, what was decided last, and the way into an assessment.

mod view;

use super::{Ground, Screen, nothing};
use crate::{
    decided::Decided,
    i18n::fill,
    route::{Route, Step},
    services::Loadable,
    ui::{self, Ask, Level, Look, decided, pressed},
    usecase::{Family, OpenError, StartError, discard_draft, open_family, start_assessment},
};
use leptos::prelude::*;
use naik_kelas_domain::id::KpmId;
use view::{Next, Page, Person};

/// What the main button is doing.
#[derive(Clone, Copy, PartialEq)]
enum Starting {
    Idle,
    Working,
    Failed(&'static str),
}

/// The page.
#[must_use]
pub fn family(kpm: KpmId) -> Screen {
    let Some(ground) = Ground::of_page() else { return nothing() };
    let t = ground.t;
    let found = RwSignal::new(Loadable::Loading);
    let load = move || {
        let services = ground.services();
        services.platform.clone().spawn(async move {
            let opened = open_family(&services, kpm).await;
            // The page may be gone by now.
            found.try_set(opened.map_or_else(Loadable::Failed, Loadable::Ready));
        });
    };
    // Again when the caseload has changed: an assessment was received, or the family was handed over.
    Effect::new(move |_| {
        ground.services().caseload.list.track();
        load();
    });
    let shown = Memo::new(move |_| match found.get() {
        Loadable::Loading => Loadable::Loading,
        Loadable::Failed(error) => Loadable::Failed(error),
        Loadable::Ready(family) => Loadable::Ready(page(ground, &family)),
    });
    let starting = RwSignal::new(Starting::Idle);
    let title = move || match shown.get() {
        Loadable::Ready(page) => page.name,
        Loadable::Loading | Loadable::Failed(_) => t.families.into(),
    };
    let body = move || match shown.get() {
        Loadable::Loading => ui::skeleton(t.loading, 5),
        Loadable::Failed(error) => failed(ground, error, load),
        Loadable::Ready(page) => filled(ground, page, found),
    };
    let action = move || match shown.get() {
        Loadable::Ready(page) => main_action(ground, kpm, page.next, starting),
        Loadable::Loading | Loadable::Failed(_) => ().into_any(),
    };
    let back = pressed(move || ground.router.back(&Route::Families));
    Screen {
        top: ui::top_of(title, Some((t.back, back))),
        body: ui::page("family", view! { {body} }.into_any()),
        action: view! { {action} }.into_any(),
    }
}

fn page(ground: Ground, family: &Family) -> Page {
    let services = ground.services();
    let decided_by = family.kpm.last.as_ref().and_then(|last| services.packs.get(&last.decision.pack.hash));
    let today = services.today();
    let pack = decided_by.or_else(|| services.packs.in_force(today));
    view::page(family, pack.as_deref(), services.person.role, today, ground.lang, ground.t)
}

fn failed(ground: Ground, error: OpenError, again: impl Fn() + 'static) -> AnyView {
    let t = ground.t;
    match error {
        OpenError::NotHere => {
            let content = view! {
                <h2>{t.family_gone}</h2>
                <p>{t.family_gone_more}</p>
                {ui::link_button(Look::Quiet, t.families, "", Route::Families.address())}
            };
            ui::card(Level::Plain, content.into_any())
        }
        OpenError::Storage(_) => {
            let content = view! {
                <p>{t.family_failed}</p>
                {ui::button(Look::Quiet, t.again, "", pressed(again))}
            };
            ui::card(Level::Bad, content.into_any())
        }
    }
}

fn filled(ground: Ground, page: Page, found: RwSignal<Loadable<Family, OpenError>>) -> AnyView {
    let t = ground.t;
    let people = page.members.into_iter().map(person).collect_view();
    let last = match page.last {
        Some((when, decided)) => last_decision(ground, when, decided),
        None => ui::card(Level::Plain, view! { <p>{t.never_assessed}</p> }.into_any()),
    };
    let draft = match page.next {
        Next::Resume(since) => open_draft(ground, since, found),
        Next::Look => ui::card(Level::Plain, view! { <p>{t.coordinator_reads}</p> }.into_any()),
        Next::Start => ().into_any(),
    };
    view! {
        {draft}
        {ui::facts(page.facts)}
        {last}
        <section class="gap">
            <h2>{t.people}</h2>
            <ul class="rows">{people}</ul>
        </section>
    }
    .into_any()
}

fn person(person: Person) -> AnyView {
    view! {
        <li class="row">
            <span class="main">
                <strong>{person.name}</strong>
                <small>{person.about}</small>
            </span>
        </li>
    }
    .into_any()
}

fn last_decision(ground: Ground, when: String, given: Decided) -> AnyView {
    let t = ground.t;
    view! {
        <section class="gap">
            <div>
                <h2>{t.last_result}</h2>
                <p class="small">{when}</p>
            </div>
            {decided::summary(t, given.programmes)}
            {decided::readiness(t, given.readiness, &|_| None)}
        </section>
    }
    .into_any()
}

fn open_draft(ground: Ground, since: String, found: RwSignal<Loadable<Family, OpenError>>) -> AnyView {
    let t = ground.t;
    let discard = pressed(move || {
        let services = ground.services();
        let Some(draft) = found.with_untracked(|found| found.ready().and_then(|family| family.draft.clone())) else {
            return;
        };
        services.platform.clone().spawn(async move {
            // The page follows the caseload: the draft is gone there, or it is still shown.
            if discard_draft(&services, &draft).await.is_err() {
                found.try_update(|_| ());
            }
        });
    });
    let parts = Ask {
        question: t.discard_ask.into(),
        body: ().into_any(),
        yes: t.discard,
        no: t.cancel,
        look: Look::Loss,
    };
    let (dialog, open) = ui::ask(parts, discard);
    let content = view! {
        <p>{fill(t.draft_open, &[&since])}</p>
        {ui::button(Look::Small, t.discard, "", open)}
        {dialog}
    };
    ui::card(Level::Warn, content.into_any())
}

fn main_action(ground: Ground, kpm: KpmId, next: Next, starting: RwSignal<Starting>) -> AnyView {
    let t = ground.t;
    let label = match next {
        Next::Look => return ().into_any(),
        Next::Start => t.start,
        Next::Resume(_) => t.resume,
    };
    let start = pressed(move || {
        if starting.get_untracked() == Starting::Working {
            return;
        }
        starting.set(Starting::Working);
        let services = ground.services();
        services.platform.clone().spawn(async move {
            match start_assessment(&services, kpm).await {
                Ok(_) => {
                    // A page that was left meanwhile does not pull the person along.
                    if starting.try_set(Starting::Idle).is_none() {
                        ground.router.go(&Route::Assessment(kpm, Step::Resume));
                    }
                }
                Err(error) => {
                    starting.try_set(Starting::Failed(match error {
                        StartError::NoPack => t.no_pack,
                        StartError::NotHere | StartError::Save(_) => t.storage_short,
                    }));
                }
            }
        });
    });
    let trouble = move || match starting.get() {
        Starting::Idle => ().into_any(),
        Starting::Working => view! { <p class="small" role="status">{t.starting}</p> }.into_any(),
        Starting::Failed(why) => ui::message(Level::Bad, fill(t.start_failed, &[why])),
    };
    ui::action(view! { {trouble} {ui::button(Look::Main, label, "start-assessment", start)} }.into_any())
}
