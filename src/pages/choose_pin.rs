//! Choosing a PIN: after the first sign-in on this phone, and where the old one is forgotten.

use super::{pin_advice, sign_in_advice};
use crate::{
    app::{Opening, bare, practice},
    i18n::{Lang, texts},
    live::Live,
    platform::Platform,
    ui::{self, El, PinForm, Told, el, group},
    usecase::{Admission, choose_pin},
    vault::Pin,
};
use std::rc::Rc;

/// The page.
#[must_use]
pub fn page(
    platform: Platform,
    admission: Rc<Admission>,
    lang: Lang,
    opening: Live<Opening>,
) -> El {
    let t = texts(lang);
    let banner = practice(t, admission.person.realm);
    let state = Live::new(Told::Nothing);
    let [first, again] = [(); 2].map(|()| Live::new(String::new()));
    let form = PinForm {
        fields: vec![("pin", t.pin_new, first), ("pin-again", t.pin_twice, again)],
        letters: Live::new(false),
        choice: true,
        state,
        go: t.pin_keep,
    };
    let submit = move || {
        let pin =
            first.with_untracked(|first| again.with_untracked(|again| Pin::chosen(first, again)));
        let pin = match pin {
            Ok(pin) => pin,
            Err(fault) => return state.set(Told::Bad(pin_advice(fault, t))),
        };
        state.set(Told::Busy(t.door_going));
        let choosing = choose_pin(admission.clone(), pin);
        platform.spawn(async move {
            match choosing.await {
                Ok(services) => opening.try_set(Opening::Open(Box::new(services))),
                Err(error) => state.try_set(Told::Bad(sign_in_advice(error, t))),
            }
        });
    };
    let content = group()
        .child(el("p").text(t.pin_new_more))
        .child(ui::pin_form(t, form, submit));
    bare(
        group().child(banner).child(ui::top(t.pin_new_title, None)),
        ui::page("choose-pin", content),
    )
}
