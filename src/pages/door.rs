//! Signing in: the first start needs signal, and says so.

use super::sign_in_advice;
use crate::{
    app::bare,
    i18n::{Lang, texts},
    live::Live,
    services::Services,
    ui::{self, El, Entered, Told, el, group},
    usecase::{Door, about_server, sign_in},
};
use naik_kelas_domain::wire::v1::Realm;

/// The page. `opened` is called with the services of the person who signed in.
#[must_use]
pub fn door(door: Door, lang: Lang, opened: impl Fn(Services) + 'static) -> El {
    let t = texts(lang);
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
    let opened = Live::new(opened);
    let submit = move |entered: Entered| {
        state.set(Told::Busy(t.door_going));
        let door = door.clone();
        door.platform.clone().spawn(async move {
            match sign_in(&door, &entered.user, &entered.password).await {
                Ok(services) => {
                    opened.try_with_untracked(|opened| opened(services));
                }
                Err(error) => {
                    state.try_set(Told::Bad(sign_in_advice(error, t)));
                }
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
        .child(el("p").text(t.door_first))
        .child(ui::sign_in_form(t, state, accounts, submit));
    bare(
        group().child(banner).child(ui::top(t.door_title, None)),
        ui::page("sign-in", content),
    )
}
