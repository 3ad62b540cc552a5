//! Unlocking: every start, with or without signal. It needs neither a session nor the network.

use crate::{
    app::{Opening, bare, practice},
    i18n::{Lang, Texts, fill, texts},
    live::Live,
    platform::{Platform, RESCUE},
    ui::{self, Choice, El, Level, Look, PinForm, Told, el, group},
    usecase::{Door, UnlockError, unlock},
    vault::Pin,
};
use naik_kelas_domain::Millis;

/// The page.
#[must_use]
pub fn page(door: Door, lang: Lang, opening: Live<Opening>) -> El {
    let t = texts(lang);
    let platform = door.platform.clone();
    let (state, text) = (Live::new(Told::Nothing), Live::new(String::new()));
    let (whose, letters) = (Live::new(0), Live::new(false));
    // Seconds until the next try.
    let wait = Live::new(0);
    // A phone is of one district: all its vaults are practice, or none is.
    let held = door.people.first();
    let banner = held.and_then(|held| practice(t, held.label.realm));
    let people = door.people.clone();
    let own = platform.clone();
    let choose = move |at: usize| {
        if let Some(held) = people.get(at) {
            whose.set(at);
            letters.set(!held.label.digits);
            state.set(Told::Nothing);
            count_down(&own, wait, held.tries.left(own.now()));
        }
    };
    choose(0);
    let content = group()
        .child(people_of(t, &door, whose, choose))
        .child(waiting(t, wait));
    let others = door.clone();
    let submit = move || {
        let Some(held) = door.people.get(whose.get_untracked()) else {
            return;
        };
        if wait.get_untracked() > 0 || text.with_untracked(String::is_empty) {
            return;
        }
        state.set(Told::Busy(t.pin_going));
        let unlocking = unlock(
            &door,
            held.vault,
            text.with_untracked(|text| Pin::typed(text)),
        );
        let platform = door.platform.clone();
        door.platform.spawn(async move {
            let (told, millis) = match unlocking.await {
                Ok(services) => {
                    opening.try_set(Opening::Open(Box::new(services)));
                    return;
                }
                Err(UnlockError::WrongPin(millis)) => (Told::Bad(t.pin_wrong), millis),
                Err(UnlockError::Wait(millis)) => (Told::Nothing, millis),
                Err(UnlockError::Storage(error)) => {
                    (Told::Bad(crate::app::boot_advice(error, t)), 0)
                }
            };
            state.try_set(told);
            text.try_set(String::new());
            count_down(&platform, wait, millis);
        });
    };
    let form = PinForm {
        fields: vec![("pin", t.pin, text)],
        letters,
        choice: false,
        state,
        go: t.pin_go,
    };
    let to_door = move |forgotten| {
        let door = others.clone();
        move || opening.set(Opening::Door(door.clone(), forgotten))
    };
    let content = content
        .child(ui::pin_form(t, form, submit))
        .child(ui::button(
            Look::Quiet,
            t.pin_forgot,
            "forgot-pin",
            to_door(true),
        ))
        .child(ui::button(
            Look::Quiet,
            t.pin_other,
            "other-person",
            to_door(false),
        ))
        .child(el("div").class("gap").set("id", RESCUE));
    platform.mark("nk:usable");
    let own = platform.clone();
    platform.spawn(async move { own.offer_rescue(None) });
    bare(
        group().child(banner).child(ui::top(t.pin_title, None)),
        ui::page("unlock", content),
    )
}

fn people_of(
    t: &'static Texts,
    door: &Door,
    whose: Live<usize>,
    choose: impl Fn(usize) + 'static,
) -> El {
    let names = door.people.iter().map(|held| held.label.name.clone());
    if door.people.len() == 1 {
        return names.fold(group(), |group, name| group.child(el("h2").text(&name)));
    }
    let choices: Vec<Choice> = names
        .enumerate()
        .map(|(at, label)| Choice {
            code: at.to_string(),
            label,
        })
        .collect();
    let radios = ui::radios(
        "whose",
        &choices,
        move || Some(whose.get().to_string()),
        move |code| choose(code.parse().unwrap_or(0)),
    );
    el("fieldset")
        .child(el("legend").text(t.pin_whose))
        .child(radios)
}

fn waiting(t: &'static Texts, wait: Live<u32>) -> El {
    el("div")
        .test_id("pin-wait")
        .live(move || match wait.get() {
            0 => group(),
            seconds => {
                let (minutes, rest) = (seconds / 60, seconds % 60);
                let zero = if rest < 10 { "0" } else { "" };
                let time = [&minutes.to_string(), ":", zero, &rest.to_string()].concat();
                ui::message(Level::Warn, &fill(t.pin_wait, &[&time]))
            }
        })
}

/// Counts down from now on, in the place of any count before.
fn count_down(platform: &Platform, wait: Live<u32>, millis: u32) {
    let until = Millis(platform.now().0 + i64::from(millis));
    tick(platform, wait, millis.div_ceil(1_000), until);
}

/// A second passes at least; more where the phone has slept. A clock that is set back stops nothing.
fn tick(platform: &Platform, wait: Live<u32>, seconds: u32, until: Millis) {
    wait.try_set(seconds);
    if seconds > 0 {
        let own = platform.clone();
        platform.later(1_000, async move {
            if wait.try_get_untracked() == Some(seconds) {
                let left = (until.0 - own.now().0 + 999) / 1_000;
                let left = u32::try_from(left).unwrap_or(0);
                tick(&own, wait, left.min(seconds - 1), until);
            }
        });
    }
}
