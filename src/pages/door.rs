//! Signing in: the first start needs signal, and says so.

use super::sign_in_advice;
use crate::{
    app::bare,
    i18n::{Lang, texts},
    services::Services,
    ui::{self, Entered, SigningIn},
    usecase::{Door, about_server, sign_in},
};
use leptos::prelude::*;
use naik_kelas_domain::wire::v1::Realm;

/// The page. `opened` is called with the services of the person who signed in.
#[must_use]
pub fn door(door: Door, lang: Lang, opened: impl Fn(Services) + 'static) -> AnyView {
    let t = texts(lang);
    let state = RwSignal::new(SigningIn::Idle);
    let accounts = RwSignal::new(Vec::new());
    let practice = RwSignal::new(false);
    let asked = door.clone();
    door.platform.spawn(async move {
        if let Some(about) = about_server(&asked).await
            && about.realm == Realm::Practice
        {
            practice.try_set(true);
            accounts.try_set(about.accounts);
        }
    });
    let opened = StoredValue::new_local(opened);
    let door = StoredValue::new_local(door);
    let submit = move |entered: Entered| {
        state.set(SigningIn::Working);
        let door = door.get_value();
        door.platform.clone().spawn(async move {
            match sign_in(&door, &entered.user, &entered.password).await {
                Ok(services) => opened.with_value(|opened| opened(services)),
                Err(error) => {
                    state.try_set(SigningIn::Failed(sign_in_advice(error, t)));
                }
            }
        });
    };
    let banner = move || practice.get().then(|| ui::banner("practice", "practice-banner", t.practice.into(), ().into_any()));
    let content = view! {
        <p>{t.door_first}</p>
        {ui::sign_in_form(t, state, accounts, Box::new(submit))}
    };
    let page = ui::page("sign-in", content.into_any());
    bare(view! { {banner} {ui::top(t.door_title.into(), None)} }.into_any(), page)
}
