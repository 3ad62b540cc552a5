//! Signing in: the first start needs signal, and says so.

use super::sign_in_advice;
use crate::{
    app::{Opening, bare},
    i18n::{Lang, texts},
    live::Live,
    ui::{self, El, Entered, Icon, Told, el, group, icon},
    usecase::{Admitted, Door, about_server, sign_in},
};
use naik_kelas_domain::wire::v1::Realm;

/// The page; `forgotten` where a PIN is to be made anew.
#[must_use]
pub fn door(door: Door, forgotten: bool, lang: Lang, opening: Live<Opening>) -> El {
    let t = texts(lang);
    let known = (!door.people.is_empty()).then(|| {
        let door = door.clone();
        el("button")
            .set("type", "button")
            .class("round back")
            .set("aria-label", t.back)
            .child(icon(Icon::Back))
            .on("click", move |_| opening.set(Opening::Locked(door.clone())))
    });
    let state = Live::new(Told::Nothing);
    let accounts = Live::new(Vec::new());
    let asked = door.clone();
    door.platform.spawn(async move {
        if let Some(about) = about_server(&asked).await
            && about.realm == Realm::Practice
        {
            accounts.try_set(about.accounts);
        }
    });
    let submit = move |entered: Entered| {
        state.set(Told::Busy(t.door_going));
        let signing_in = sign_in(&door, &entered.user, &entered.password, forgotten);
        let platform = door.platform.clone();
        door.platform.spawn(async move {
            match signing_in.await {
                Ok(Admitted::Open(services)) => opening.try_set(Opening::Open(Box::new(services))),
                Ok(Admitted::ChoosePin(admission)) => {
                    opening.try_set(Opening::ChoosePin(platform, admission));
                }
                Err(error) => state.try_set(Told::Bad(sign_in_advice(error, t))),
            }
        });
    };
    let banner = ui::through(move || {
        if accounts.with(Vec::is_empty) {
            group()
        } else {
            ui::banner("banner practice", "practice-banner", t.practice, None)
        }
    });
    let content = group()
        .child(el("p").text(if forgotten {
            t.door_forgot
        } else {
            t.door_first
        }))
        .child(ui::sign_in_form(t, state, accounts, submit));
    bare(
        group().child(banner).child(ui::top(t.door_title, known)),
        ui::page("sign-in", content),
    )
}
