//! What is around every page: banners above, the four places below.

use super::Router;
use crate::{
    i18n::{code, texts, Texts},
    pages::{self, Screen},
    platform::{Signs, page},
    route::{Route, Step},
    services::Services,
    ui::{self, Icon, Look, icon, pressed},
    usecase::boot::LANGUAGE,
};
use leptos::prelude::*;
use naik_kelas_domain::{id::KpmId, wire::v1::Realm};

/// A page with nobody signed in.
pub fn bare(top: AnyView, page: AnyView) -> AnyView {
    view! { <div class="frame">{top} {page}</div> }.into_any()
}

/// Which component stands; steps inside one assessment do not change it.
#[derive(Clone, PartialEq)]
enum Shown {
    Today,
    Families,
    Family(KpmId),
    Assessment(KpmId),
    Done(KpmId),
    Outbox,
    Me,
    Lost,
}

/// The app of a person who is signed in. `left` is called after signing out.
pub fn signed_in(services: Services, left: impl Fn() + Clone + 'static) -> AnyView {
    let router = Router::start();
    provide_context(services.clone());
    provide_context(router);
    let lang = services.lang;
    let left = StoredValue::new_local(left);
    let shown = Memo::new(move |_| shown(&router.route.get()));
    let services = StoredValue::new_local(services);
    Effect::new(move |_| {
        let code = code(lang.get());
        page::speak(code);
        services.get_value().platform.remember(LANGUAGE, Some(code));
    });
    services.get_value().platform.mark("nk:usable");
    let whole = move || {
        let t = texts(lang.get());
        let shown = shown.get();
        let services = services.get_value();
        let screen = match shown.clone() {
            Shown::Today => pages::today::today(),
            Shown::Families => pages::families::families(),
            Shown::Family(kpm) => pages::family::family(kpm),
            Shown::Assessment(kpm) => pages::assessment::assessment(kpm),
            Shown::Done(kpm) => pages::done::done(kpm),
            Shown::Outbox => pages::outbox::outbox(),
            Shown::Me => pages::me::me(move || left.get_value()()),
            Shown::Lost => pages::lost::lost(t),
        };
        let Screen { top, body, action } = screen;
        let places = match shown {
            Shown::Assessment(_) => None,
            shown => Some(places(t, &shown, &services)),
        };
        let class = if places.is_some() { "frame with-nav" } else { "frame" };
        view! {
            <div class=class>
                {banners(t, &services)} {top} {body} <div class="bottom">{action} {places}</div>
            </div>
        }
        .into_any()
    };
    view! { {whole} }.into_any()
}

fn shown(route: &Route) -> Shown {
    match route {
        Route::Today => Shown::Today,
        Route::Families => Shown::Families,
        Route::Family(kpm) => Shown::Family(*kpm),
        Route::Assessment(kpm, Step::Resume | Step::Sections | Step::Section { .. } | Step::Result) => {
            Shown::Assessment(*kpm)
        }
        Route::Done(kpm) => Shown::Done(*kpm),
        Route::Outbox => Shown::Outbox,
        Route::Me => Shown::Me,
        Route::Lost => Shown::Lost,
    }
}

fn banners(t: &'static Texts, services: &Services) -> AnyView {
    let Signs { online, update_ready, .. } = services.platform.signs;
    let practice = match services.person.realm {
        Realm::Practice => ui::banner("practice", "practice-banner", t.practice.into(), ().into_any()),
        Realm::Live => ().into_any(),
    };
    let platform = StoredValue::new_local(services.platform.clone());
    let told = move || {
        if update_ready.get() {
            let switch = pressed(move || platform.get_value().switch_version());
            ui::banner("good", "", t.update_ready.into(), ui::button(Look::Small, t.update_now, "", switch))
        } else if !online.get() {
            ui::banner("", "", t.offline.into(), ().into_any())
        } else {
            ().into_any()
        }
    };
    view! { <div class="banners">{practice} {told}</div> }.into_any()
}

fn places(t: &'static Texts, shown: &Shown, services: &Services) -> AnyView {
    let state = services.sync.state;
    let waiting = move || {
        let count = state.with(|state| state.waiting + state.refused);
        (count > 0).then(|| ui::badge(ui::Level::Act, crate::i18n::format::whole(i64::from(count))))
    };
    let place = |route: Route, sign: Icon, name: &'static str, here: bool| {
        let badge = (route == Route::Outbox).then_some(waiting);
        view! {
            <a href=route.address() aria-current=here.then_some("page")>
                {icon(sign)}
                <span>{name}</span>
                {badge}
            </a>
        }
        .into_any()
    };
    let among_families = matches!(shown, Shown::Families | Shown::Family(_) | Shown::Done(_));
    view! {
        <nav class="nav" aria-label=t.places>
            {place(Route::Today, Icon::Day, t.today, *shown == Shown::Today)}
            {place(Route::Families, Icon::People, t.families, among_families)}
            {place(Route::Outbox, Icon::Send, t.outbox, *shown == Shown::Outbox)}
            {place(Route::Me, Icon::Person, t.me, *shown == Shown::Me)}
        </nav>
    }
    .into_any()
}
