//! The pages. A page reads [`Services`] once, shows a view model, and sends commands up.

pub mod assessment;
pub mod done;
pub mod door;
pub mod families;
pub mod family;
pub mod lost;
pub mod me;
pub mod outbox;
pub mod today;

use crate::{
    app::Router,
    i18n::{Lang, Texts, texts},
    services::Services,
    usecase::SignInError,
};
use leptos::prelude::*;

/// What a page gives to the frame.
pub struct Screen {
    /// Where a person is, and the way back.
    pub top: AnyView,
    /// The content.
    pub body: AnyView,
    /// The main action, within the thumb's reach.
    pub action: AnyView,
}

/// What every page of a signed-in person stands on.
#[derive(Clone, Copy)]
pub struct Ground {
    services: StoredValue<Services, LocalStorage>,
    /// Where the app is, and how to go elsewhere.
    pub router: Router,
    /// The language of the screens.
    pub lang: Lang,
    /// The app's words in it.
    pub t: &'static Texts,
}

impl Ground {
    /// Reads the context; `None` where nobody is signed in, which the frame rules out.
    #[must_use]
    pub fn of_page() -> Option<Self> {
        let services = Services::from_context()?;
        let lang = services.lang.get_untracked();
        Some(Self {
            services: StoredValue::new_local(services),
            router: use_context()?,
            lang,
            t: texts(lang),
        })
    }

    /// The services; clones are the same ones.
    #[must_use]
    pub fn services(&self) -> Services {
        self.services.get_value()
    }
}

/// A page outside a signed-in app shows nothing; the frame never asks for one.
#[must_use]
pub fn nothing() -> Screen {
    Screen { top: ().into_any(), body: ().into_any(), action: ().into_any() }
}

/// What to do where signing in did not work.
const fn sign_in_advice(error: SignInError, t: &'static Texts) -> &'static str {
    match error {
        SignInError::Offline => t.door_offline,
        SignInError::CaptivePortal => t.door_portal,
        SignInError::WrongNameOrPassword => t.door_wrong,
        SignInError::TooManyTries => t.door_tries,
        SignInError::Disabled => t.door_closed,
        SignInError::Server => t.door_server,
        SignInError::OtherPerson => t.door_other,
        SignInError::Storage(_) => t.door_storage,
    }
}
