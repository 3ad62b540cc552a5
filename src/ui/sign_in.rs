//! The form of signing in; what was typed stays whatever the answer is.

use super::{El, Told, el, group, note, rows, section, told};
use crate::{
    dom::{ticked, value_of},
    i18n::Texts,
    live::Live,
};
use naik_kelas_domain::{access::Role, wire::v1::PracticeAccount};

/// What was typed.
#[derive(Clone)]
pub struct Entered {
    /// The account.
    pub user: String,
    /// The password.
    pub password: String,
}

/// The form. `submit` is called with both fields filled.
#[must_use]
pub fn sign_in_form(
    t: &'static Texts,
    state: Live<Told>,
    accounts: Live<Vec<PracticeAccount>>,
    submit: impl Fn(Entered) + 'static,
) -> El {
    let user = Live::new(String::new());
    let password = Live::new(String::new());
    let hidden = Live::new(true);
    let send = move |event: super::Event| {
        event.prevent_default();
        let entered = Entered {
            user: user.get_untracked(),
            password: password.get_untracked(),
        };
        if matches!(state.get_untracked(), Told::Busy(_)) {
            return;
        }
        if entered.user.trim().is_empty() || entered.password.is_empty() {
            state.set(Told::Bad(t.door_empty));
        } else {
            submit(entered);
        }
    };
    let name = field("user", "username", user).set("autocapitalize", "none");
    let secret = field("password", "current-password", password).live_set("type", move || {
        Some(String::from(if hidden.get() { "password" } else { "text" }))
    });
    let show = el("input")
        .set("type", "checkbox")
        .on("change", move |event| hidden.set(!ticked(&event)));
    let form = el("form")
        .class("gap")
        .on("submit", send)
        .child(labelled("user", t.door_user, name))
        .child(labelled("password", t.door_password, secret))
        .child(
            el("label")
                .class("opt")
                .child(show)
                .child(el("span").text(t.door_show)),
        )
        .child(told(state).set("id", "told"))
        .child(
            el("button")
                .set("type", "submit")
                .class("btn")
                .text(t.door_go),
        );
    let practice = super::through(move || {
        practice_accounts(t, accounts.get(), move |account| {
            user.set(account.user);
            password.set(account.password);
            state.set(Told::Nothing);
        })
    });
    group().child(form).child(practice)
}

fn field(id: &str, fills: &str, text: Live<String>) -> El {
    el("input")
        .class("in")
        .set("id", id)
        .set("autocomplete", fills)
        .set("spellcheck", "false")
        .set("aria-describedby", "told")
        .follow(move |input| text.with(|text| input.set_value(text)))
        .on("input", move |event| text.set(value_of(&event)))
}

pub(super) fn labelled(id: &str, label: &str, field: El) -> El {
    el("div")
        .class("f")
        .child(el("label").set("for", id).text(label))
        .child(field)
}

fn practice_accounts(
    t: &'static Texts,
    accounts: Vec<PracticeAccount>,
    fill_in: impl Fn(PracticeAccount) + Copy + 'static,
) -> El {
    if accounts.is_empty() {
        return group();
    }
    let shown = accounts.into_iter().map(|account| {
        let role = match account.role {
            Role::Facilitator => t.role_facilitator,
            Role::Coordinator => t.role_coordinator,
            Role::Ministry => t.role_ministry,
        };
        let about = [role, " · ", &account.user, " · ", &account.password].concat();
        let words = el("span")
            .class("main")
            .child(el("strong").text(&account.name))
            .child(el("small").text(&about));
        el("button")
            .set("type", "button")
            .class("row")
            .child(words)
            .on("click", move |_| fill_in(account.clone()))
    });
    section(
        t.door_practice,
        group()
            .child(note(t.door_practice_more))
            .child(rows(shown.collect())),
    )
}
