//! The form of signing in; what was typed stays whatever the answer is.

use super::{Level, message};
use crate::i18n::Texts;
use leptos::{ev, prelude::*};
use naik_kelas_domain::{access::Role, wire::v1::PracticeAccount};

/// How far signing in is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SigningIn {
    /// Nothing was sent.
    Idle,
    /// The server is asked.
    Working,
    /// It did not work; what to do about it.
    Failed(&'static str),
}

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
    state: RwSignal<SigningIn>,
    accounts: RwSignal<Vec<PracticeAccount>>,
    submit: Box<dyn Fn(Entered)>,
) -> AnyView {
    let user = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let entered = Entered { user: user.get_untracked(), password: password.get_untracked() };
        if state.get_untracked() == SigningIn::Working {
            return;
        }
        if entered.user.trim().is_empty() || entered.password.is_empty() {
            state.set(SigningIn::Failed(t.door_empty));
        } else {
            submit(entered);
        }
    };
    let fill_in = move |account: PracticeAccount| {
        user.set(account.user);
        password.set(account.password);
        state.set(SigningIn::Idle);
    };
    let practice = move || practice_accounts(t, accounts.get(), fill_in);
    let told = move || match state.get() {
        SigningIn::Idle => ().into_any(),
        SigningIn::Working => view! { <p class="small">{t.door_going}</p> }.into_any(),
        SigningIn::Failed(advice) => message(Level::Bad, advice.into()),
    };
    view! {
        <form class="gap" on:submit=send>
            <div class="f">
                <label for="user">{t.door_user}</label>
                <input
                    class="in"
                    id="user"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="told"
                    prop:value=move || user.get()
                    on:input=move |event| user.set(event_target_value(&event))
                />
            </div>
            <div class="f">
                <label for="password">{t.door_password}</label>
                <input
                    class="in"
                    id="password"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="current-password"
                    aria-describedby="told"
                    prop:value=move || password.get()
                    on:input=move |event| password.set(event_target_value(&event))
                />
            </div>
            <label class="opt">
                <input type="checkbox" on:change=move |event| shown.set(event_target_checked(&event)) />
                <span>{t.door_show}</span>
            </label>
            <div id="told" role="status">
                {told}
            </div>
            <button type="submit" class="btn">
                {t.door_go}
            </button>
        </form>
        {practice}
    }
    .into_any()
}

fn practice_accounts(
    t: &'static Texts,
    accounts: Vec<PracticeAccount>,
    fill_in: impl Fn(PracticeAccount) + Copy + 'static,
) -> AnyView {
    if accounts.is_empty() {
        return ().into_any();
    }
    let rows = accounts.into_iter().map(|account| {
        let role = match account.role {
            Role::Facilitator => t.role_facilitator,
            Role::Coordinator => t.role_coordinator,
        };
        let about = [role, " · ", &account.user, " · ", &account.password].concat();
        let name = account.name.clone();
        view! {
            <li>
                <button type="button" class="row" on:click=move |_| fill_in(account.clone())>
                    <span class="main">
                        <strong>{name}</strong>
                        <small>{about}</small>
                    </span>
                </button>
            </li>
        }
        .into_any()
    });
    view! {
        <section class="gap">
            <div>
                <h2>{t.door_practice}</h2>
                <p class="small">{t.door_practice_more}</p>
            </div>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}
