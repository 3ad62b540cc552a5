//! *Saya*: who, in which language, in what condition the data are, and the way out.

use super::{Ground, Screen, nothing, pin_advice, sign_in_advice};
use crate::{
    app::{boot_advice, lock},
    i18n::{Lang, code, counted, fill, format, from_code},
    live::{Derived, Live},
    outbox,
    platform::{Persistence, RESCUE, Room},
    sync::SyncTrouble,
    ui::{self, Ask, Choice, El, Entered, Level, Look, PinForm, Told, el, group},
    usecase::{UnlockError, change_pin, sign_in_again, sign_out},
    vault::Pin,
};
use leptos::prelude::untrack;
use naik_kelas_domain::access::Role;

/// The page. `left` is called after signing out.
#[must_use]
pub fn me(left: impl Fn() + Copy + 'static) -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let person = &ground.services().person;
    let role = match person.role {
        Role::Facilitator => t.role_facilitator,
        Role::Coordinator => t.role_coordinator,
        Role::Ministry => t.role_ministry,
    };
    let who = group()
        .child(el("h2").text(&person.name))
        .child(el("p").text(&[role, " · ", &person.area_name].concat()));
    let content = group()
        .child(ui::card(Level::Plain, who))
        .child(again(ground))
        .child(locking(ground, left))
        .child(language(ground))
        .child(health(ground))
        .child(way_out(ground, left));
    Screen {
        top: ui::top(t.me, None),
        body: ui::page("me", content),
        action: group(),
    }
}

/// Locking, and another PIN.
fn locking(ground: Ground, left: impl Fn() + Copy + 'static) -> El {
    let t = ground.t;
    let state = Live::new(Told::Nothing);
    let now = ui::button(Look::Main, t.lock, "lock", move || {
        let failed = move || state.try_set(Told::Bad(t.lock_failed));
        lock(ground.services(), left, failed);
    });
    let change = el("details")
        .class("more")
        .child(el("summary").test_id("change-pin").text(t.pin_change))
        .child(another_pin(ground));
    ui::card(
        Level::Plain,
        group().child(now).child(ui::told(state)).child(change),
    )
}

fn another_pin(ground: Ground) -> El {
    let t = ground.t;
    let state = Live::new(Told::Nothing);
    let fields = [(); 3].map(|()| Live::new(String::new()));
    let [before, first, again] = fields;
    let form = PinForm {
        fields: vec![
            ("pin-now", t.pin_now, before),
            ("pin", t.pin_new, first),
            ("pin-again", t.pin_twice, again),
        ],
        letters: Live::new(false),
        choice: true,
        state,
        go: t.pin_keep,
    };
    ui::pin_form(t, form, move || {
        let [before, first, again] = fields.map(Live::get_untracked);
        let pin = match Pin::chosen(&first, &again) {
            Ok(pin) => pin,
            Err(fault) => return state.set(Told::Bad(pin_advice(fault, t))),
        };
        state.set(Told::Busy(t.pin_going));
        let services = ground.services();
        let changing = change_pin(services, Pin::typed(&before), pin);
        services.platform.spawn(async move {
            state.try_set(match changing.await {
                Ok(()) => {
                    for field in fields {
                        field.try_set(String::new());
                    }
                    Told::Done(t.pin_changed)
                }
                Err(UnlockError::WrongPin(0)) => Told::Bad(t.pin_wrong),
                // How long is said where the app is unlocked.
                Err(UnlockError::WrongPin(_) | UnlockError::Wait(_)) => Told::Bad(t.door_tries),
                Err(UnlockError::Storage(error)) => Told::Bad(boot_advice(error, t)),
            });
        });
    })
}

/// Shown only when the sign-in has expired: it stops sending and nothing else.
fn again(ground: Ground) -> El {
    let t = ground.t;
    let sync = ground.services().sync.state;
    let expired =
        Derived::new(move || sync.with(|state| state.trouble == Some(SyncTrouble::SignInAgain)));
    ui::through(move || {
        if !expired.get() {
            return group();
        }
        let state = Live::new(Told::Nothing);
        let submit = move |entered: Entered| {
            state.set(Told::Busy(t.syncing));
            let services = ground.services();
            services.platform.spawn(async move {
                let done = sign_in_again(services, &entered.user, &entered.password).await;
                state.try_set(match done {
                    Ok(()) => Told::Nothing,
                    Err(error) => Told::Bad(sign_in_advice(error, t)),
                });
            });
        };
        let form = ui::sign_in_form(t, state, Live::new(Vec::new()), submit);
        let words = group()
            .child(el("h2").text(t.sign_in_again))
            .child(el("p").text(t.trouble_sign_in));
        ui::card(Level::Warn, words.child(form))
    })
}

fn language(ground: Ground) -> El {
    let lang = ground.services().lang;
    let choices = [(Lang::Id, "Indonesia"), (Lang::En, "English")].map(|(lang, name)| Choice {
        code: code(lang).into(),
        label: name.into(),
    });
    let radios = ui::radios(
        "lang",
        &choices,
        move || Some(code(lang.get()).into()),
        move |code| lang.set(from_code(&code)),
    );
    el("fieldset")
        .child(el("legend").child(el("h2").text(ground.t.language)))
        .child(radios)
}

fn health(ground: Ground) -> El {
    let t = ground.t;
    let services = ground.services();
    let persistence = services.platform.signs.persistence;
    let sync = services.sync.state;
    let room = Live::new(None::<Room>);
    services.platform.spawn(async move {
        room.try_set(services.platform.room().await);
        let session = services.records().session().await.ok().flatten();
        let token = session.map_or_else(String::new, |session| session.token);
        services.platform.offer_rescue(Some(&token));
    });
    // Nothing of a person: it goes to whoever helps.
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
            Some(offset) => counted(
                t.clock_off,
                usize::try_from(offset.abs() / 60_000).unwrap_or(0),
            ),
        };
        let zone = services.person.area.zone();
        let sent = sync.with(|state| outbox::sentence(state, zone, services.now(), ground.lang, t));
        let (release, rules) = versions(ground);
        vec![
            (t.outbox, sent),
            (t.kept, kept.into()),
            (t.free_space, free),
            (t.clock, clock),
            (t.app_version, release),
            (t.rules_version, rules),
        ]
    };
    let state = Live::new(Told::Nothing);
    let share = ui::button(Look::Quiet, t.share_text, "share-health", move || {
        let mut text = String::from(t.health);
        for (name, value) in untrack(lines) {
            for part in ["\n", name, ": ", &value] {
                text.push_str(part);
            }
        }
        services.platform.spawn(async move {
            if services.platform.share_text(&text).await {
                state.try_set(Told::Done(t.copied));
            }
        });
    });
    let content = group()
        .child(el("h2").text(t.health))
        .child(ui::through(move || ui::facts(lines())))
        .child(share)
        .child(ui::told(state))
        .child(el("div").class("gap").set("id", RESCUE));
    ui::card(Level::Plain, content).test_id("health")
}

/// Of the app, and of the rules in force.
fn versions(ground: Ground) -> (String, String) {
    let services = ground.services();
    let release = services
        .platform
        .page_says("nk-release")
        .unwrap_or_default();
    let pack = services.packs.in_force(services.today());
    let rules = pack.map_or_else(String::new, |pack| {
        [pack.id(), " ", pack.version()].concat()
    });
    (release, rules)
}

fn way_out(ground: Ground, left: impl Fn() + Copy + 'static) -> El {
    let t = ground.t;
    let state = Live::new(Told::Nothing);
    let waiting = ground
        .services()
        .sync
        .state
        .with_untracked(|state| state.waiting + state.refused);
    let question = fill(t.sign_out_ask, &[&counted(t.records, waiting as usize)]);
    let parts = Ask {
        question,
        body: None,
        yes: t.sign_out,
        no: t.cancel,
        look: Look::Loss,
    };
    let dialog = ui::ask(parts, move || {
        let services = ground.services();
        services.platform.spawn(async move {
            match sign_out(services).await {
                Ok(()) if !services.platform.load_again(false) => left(),
                Ok(()) => {}
                Err(_) => {
                    state.try_set(Told::Bad(t.sign_out_failed));
                }
            }
        });
    });
    let open = dialog.clone();
    group()
        .child(ui::button(Look::Loss, t.sign_out, "sign-out", move || {
            open.open()
        }))
        .child(ui::told(state))
        .child(dialog)
}
