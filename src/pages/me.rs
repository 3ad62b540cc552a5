//! *Saya*: who, in which language, in what condition the data are, and the way out.

use super::{Ground, Screen, nothing, sign_in_advice};
use crate::{
    i18n::{Lang, counted, fill, format},
    platform::{Persistence, Room},
    sync::SyncTrouble,
    ui::{self, Ask, Choice, Entered, Level, Look, SigningIn, pressed},
    usecase::{sign_in_again, sign_out},
};
use leptos::prelude::*;
use naik_kelas_domain::access::Role;

/// The page. `left` is called after signing out.
#[must_use]
pub fn me(left: impl Fn() + Clone + 'static) -> Screen {
    let Some(ground) = Ground::of_page() else { return nothing() };
    let t = ground.t;
    let person = ground.services().person;
    let role = match person.role {
        Role::Facilitator => t.role_facilitator,
        Role::Coordinator => t.role_coordinator,
    };
    let who = view! {
        <h2>{person.name}</h2>
        <p>{[role, " · ", &person.area_name].concat()}</p>
    };
    let content = view! {
        {ui::card(Level::Plain, who.into_any())}
        {again(ground)}
        {language(ground)}
        {health(ground)}
        {versions(ground)}
        {way_out(ground, left)}
    };
    Screen {
        top: ui::top(t.me.into(), None),
        body: ui::page("me", content.into_any()),
        action: ().into_any(),
    }
}

/// Shown only when the sign-in has expired: it stops sending and nothing else.
fn again(ground: Ground) -> AnyView {
    let t = ground.t;
    let sync = ground.services().sync.state;
    let expired = Memo::new(move |_| sync.with(|state| state.trouble == Some(SyncTrouble::SignInAgain)));
    let state = RwSignal::new(SigningIn::Idle);
    let shown = move || {
        if !expired.get() {
            return ().into_any();
        }
        let submit = Box::new(move |entered: Entered| {
            state.set(SigningIn::Working);
            let services = ground.services();
            services.platform.clone().spawn(async move {
                let done = sign_in_again(&services, &entered.user, &entered.password).await;
                state.try_set(match done {
                    Ok(()) => SigningIn::Idle,
                    Err(error) => SigningIn::Failed(sign_in_advice(error, t)),
                });
            });
        });
        let content = view! {
            <h2>{t.sign_in_again}</h2>
            <p>{t.trouble_sign_in}</p>
            {ui::sign_in_form(t, state, RwSignal::new(Vec::new()), submit)}
        };
        ui::card(Level::Warn, content.into_any())
    };
    view! { {shown} }.into_any()
}

fn language(ground: Ground) -> AnyView {
    let lang = ground.services().lang;
    let choices = [Lang::Id, Lang::En].map(|lang| Choice {
        code: crate::i18n::code(lang).into(),
        label: match lang {
            Lang::Id => "Indonesia",
            Lang::En => "English",
        }
        .into(),
    });
    let chosen = Signal::derive(move || Some(crate::i18n::code(lang.get()).to_owned()));
    let choose = Box::new(move |code: String| lang.set(crate::i18n::from_code(&code)));
    view! {
        <fieldset>
            <legend>
                <h2>{ground.t.language}</h2>
            </legend>
            {ui::radios("lang", choices.into(), chosen, choose)}
        </fieldset>
    }
    .into_any()
}

fn health(ground: Ground) -> AnyView {
    let t = ground.t;
    let services = ground.services();
    let persistence = services.platform.signs.persistence;
    let sync = services.sync.state;
    let room = RwSignal::new(None::<Room>);
    services.platform.clone().spawn(async move {
        room.try_set(services.platform.room().await);
    });
    let lines = move || {
        let kept = match persistence.get() {
            Some(Persistence::Granted) => t.kept_yes,
            Some(Persistence::Refused) => t.kept_no,
            Some(Persistence::Unsupported) | None => t.kept_unknown,
        };
        let free = match room.get() {
            Some(room) => format::bytes(ground.lang, room.quota.saturating_sub(room.used)),
            None => t.kept_unknown.into(),
        };
        let clock = match sync.with(|state| state.clock_offset) {
            None => t.clock_unknown.into(),
            Some(offset) if offset.abs() < 2 * 60_000 => t.clock_good.into(),
            Some(offset) => counted(t.clock_off, usize::try_from(offset.abs() / 60_000).unwrap_or(0)),
        };
        ui::facts(vec![(t.kept, kept.into()), (t.free_space, free), (t.clock, clock)])
    };
    let content = view! {
        <h2>{t.health}</h2>
        {lines}
    };
    ui::card(Level::Plain, content.into_any())
}

fn versions(ground: Ground) -> AnyView {
    let t = ground.t;
    let services = ground.services();
    let release = services.platform.page_says("nk-release").unwrap_or_default();
    let pack = services.packs.in_force(services.today());
    let rules = pack.map_or_else(String::new, |pack| [pack.id(), " ", pack.version()].concat());
    ui::facts(vec![(t.app_version, release), (t.rules_version, rules)])
}

fn way_out(ground: Ground, left: impl Fn() + Clone + 'static) -> AnyView {
    let t = ground.t;
    let failed = RwSignal::new(false);
    let out = pressed(move || {
        let left = left.clone();
        let services = ground.services();
        services.platform.clone().spawn(async move {
            match sign_out(&services).await {
                Ok(()) => left(),
                Err(_) => {
                    failed.try_set(true);
                }
            }
        });
    });
    let waiting = ground.services().sync.state.with_untracked(|state| state.waiting + state.refused);
    let question = fill(t.sign_out_ask, &[&counted(t.records, waiting as usize)]);
    let (dialog, open) =
        ui::ask(Ask { question, body: ().into_any(), yes: t.sign_out, no: t.cancel, look: Look::Loss }, out);
    let trouble = move || failed.get().then(|| ui::message(Level::Bad, t.sign_out_failed.into()));
    view! {
        {ui::button(Look::Loss, t.sign_out, "sign-out", open)}
        {trouble}
        {dialog}
    }
    .into_any()
}
