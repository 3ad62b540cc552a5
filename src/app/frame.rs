//! What is around every page: banners above, the four places below.

use super::{
    Router,
    lock::{IDLE, lock},
};
use crate::{
    i18n::{Texts, code, format},
    live::Derived,
    pages::{self, Ground, Screen},
    platform::page,
    route::Route,
    services::Services,
    ui::{self, El, Icon, Level, Look, el, group, icon},
    usecase::boot::LANGUAGE,
};
use leptos::prelude::*;
use naik_kelas_domain::{Date, id::KpmId, wire::v1::Realm};

/// A page with nobody signed in.
#[must_use]
pub fn bare(top: El, page: El) -> El {
    el("div").class("frame").child(top).child(page)
}

/// Which component stands; steps inside one assessment do not change it.
#[derive(Clone, PartialEq)]
enum Shown {
    Today,
    Families,
    Family(KpmId),
    Copy(KpmId),
    Assessment(KpmId, Option<String>),
    Done(KpmId),
    Outbox,
    Me,
    Month(Date),
    Lost,
}

/// The app of a person who is signed in. `left` is called after signing out.
pub fn signed_in(services: Services, left: impl Fn() + Copy + 'static) -> El {
    let router = Router::start();
    // Once a sign-in, and small: what it holds is shared with tasks that outlive every page.
    let services: &'static Services = Box::leak(Box::new(services));
    let ground = Derived::new(move || Ground::new(services, router, services.lang.get()));
    let shown = Derived::new(move || shown(&router.route.get()));
    page::on_idle(IDLE, move || lock(services, left, || ()));
    services.platform.mark("nk:usable");
    ui::through(move || {
        let ground = ground.get();
        let t = ground.t;
        page::speak(code(ground.lang));
        services
            .platform
            .remember(LANGUAGE, Some(code(ground.lang)));
        ground.provide();
        let shown = shown.get();
        let screen = untrack(|| match &shown {
            Shown::Today => pages::today::today(),
            Shown::Families => pages::families::families(),
            Shown::Copy(kpm) => pages::family::copy::copy(*kpm),
            Shown::Family(kpm) => pages::family::family(*kpm),
            Shown::Assessment(kpm, form) => pages::assessment::assessment(*kpm, form.clone()),
            Shown::Done(kpm) => pages::done::done(*kpm),
            Shown::Outbox => pages::outbox::outbox(),
            Shown::Me => pages::me::me(left),
            Shown::Month(first) => pages::month::month(*first),
            Shown::Lost => pages::lost::lost(t),
        });
        let Screen { top, body, action } = screen;
        let frame = |class: &str| {
            el("div")
                .class(class)
                .child(banners(t, services))
                .child(top)
                .child(body)
        };
        match shown {
            Shown::Assessment(..) => frame("frame"),
            _ => frame("frame with-nav").child(
                el("footer")
                    .class("bottom")
                    .child(action)
                    .child(places(t, shown, services)),
            ),
        }
    })
}

fn shown(route: &Route) -> Shown {
    match route {
        Route::Today => Shown::Today,
        Route::Families => Shown::Families,
        Route::Copy(kpm) => Shown::Copy(*kpm),
        Route::Family(kpm) => Shown::Family(*kpm),
        Route::Assessment(kpm, form, _) => Shown::Assessment(*kpm, form.clone()),
        Route::Done(kpm) => Shown::Done(*kpm),
        Route::Outbox => Shown::Outbox,
        Route::Me => Shown::Me,
        Route::Month(first) => Shown::Month(*first),
        Route::Lost => Shown::Lost,
    }
}

/// What marks practice.
#[must_use]
pub fn practice(t: &'static Texts, realm: Realm) -> Option<El> {
    (realm == Realm::Practice)
        .then(|| ui::banner("banner practice", "practice-banner", t.practice, None))
}

fn banners(t: &'static Texts, services: &Services) -> El {
    let practice = practice(t, services.person.realm);
    let platform = services.platform.clone();
    let signs = platform.signs;
    let told = ui::through(move || {
        if signs.update_ready.get() {
            let platform = platform.clone();
            let switch = ui::button(Look::Small, t.update_now, "update", move || {
                platform.switch_version()
            });
            ui::banner("banner good", "", t.update_ready, Some(switch))
        } else if !signs.online.get() {
            ui::banner("banner", "", t.offline, None)
        } else {
            group()
        }
    });
    el("div").class("banners").child(practice).child(told)
}

fn places(t: &'static Texts, shown: Shown, services: &Services) -> El {
    let state = services.sync.state;
    let waiting = ui::through(
        move || match state.with(|state| state.waiting + state.refused) {
            0 => group(),
            count => ui::badge(Level::Act, &format::whole(i64::from(count))),
        },
    );
    let place = |route: Route, sign: Icon, name: &str, here: bool| {
        let link = el("a")
            .set("href", &route.address())
            .child(icon(sign))
            .child(el("span").text(name));
        if here {
            link.set("aria-current", "page")
        } else {
            link
        }
    };
    let among_families = matches!(shown, Shown::Families | Shown::Family(_) | Shown::Done(_));
    el("nav")
        .class("nav")
        .set("aria-label", t.places)
        .child(place(
            Route::Today,
            Icon::Day,
            t.today,
            shown == Shown::Today,
        ))
        .child(place(
            Route::Families,
            Icon::People,
            t.families,
            among_families,
        ))
        .child(place(Route::Outbox, Icon::Send, t.outbox, shown == Shown::Outbox).child(waiting))
        .child(place(Route::Me, Icon::Person, t.me, shown == Shown::Me))
}
