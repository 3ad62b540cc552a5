//! The pages. A page reads [`Services`] once, shows a view model, and sends commands up.

pub mod assessment;
pub mod choose_pin;
pub mod done;
pub mod door;
pub mod families;
pub mod family;
pub mod lost;
pub mod me;
pub mod month;
pub mod outbox;
pub mod today;
pub mod unlock;

use crate::{
    app::Router,
    i18n::{Lang, Texts, texts},
    route::Route,
    services::Services,
    ui::{El, Icon, el, group, icon},
    usecase::SignInError,
    vault::PinFault,
};
use leptos::prelude::*;
use std::ops::Deref;

/// What a page gives to the frame.
pub struct Screen {
    /// Where a person is, and the way back.
    pub top: El,
    /// The content.
    pub body: El,
    /// The main action, within the thumb's reach.
    pub action: El,
}

/// What every page of a signed-in person stands on: one pointer, so that what follows signals can hold it at the cost of
/// a number.
#[derive(Clone, Copy, PartialEq)]
pub struct Ground(&'static Base);

/// See [`Ground`].
pub struct Base {
    services: &'static Services,
    /// Where the app is, and how to go elsewhere.
    pub router: Router,
    /// The language of the screens.
    pub lang: Lang,
    /// The app's words in it.
    pub t: &'static Texts,
}

impl Deref for Ground {
    type Target = Base;

    fn deref(&self) -> &Base {
        self.0
    }
}

impl PartialEq for Base {
    /// Each is made once.
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self, other)
    }
}

impl Ground {
    /// Once a language of a sign-in, and small. The services live as long as the app does: a task that comes back after
    /// its page, or its person, has gone still finds them.
    #[must_use]
    pub fn new(services: &'static Services, router: Router, lang: Lang) -> Self {
        Self(Box::leak(Box::new(Base {
            services,
            router,
            lang,
            t: texts(lang),
        })))
    }

    /// Reads the context; `None` where nobody is signed in, which the frame rules out.
    #[must_use]
    pub fn of_page() -> Option<Self> {
        use_context()
    }

    /// Gives it to the pages below.
    pub fn provide(self) {
        provide_context(self);
    }

    /// The button that goes back; to the parent where the app was opened right here.
    #[must_use]
    pub fn back_to(self, parent: Route) -> El {
        let router = self.router;
        el("button")
            .set("type", "button")
            .class("round back")
            .set("aria-label", self.t.back)
            .child(icon(Icon::Back))
            .on("click", move |_| router.back(&parent))
    }

    /// The services.
    #[must_use]
    pub fn services(self) -> &'static Services {
        self.0.services
    }
}

/// A page outside a signed-in app shows nothing; the frame never asks for one.
#[must_use]
pub fn nothing() -> Screen {
    Screen {
        top: group(),
        body: group(),
        action: group(),
    }
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
        SignInError::SpareKey => t.door_spare,
        SignInError::Storage(_) => t.door_storage,
    }
}

/// What to do where a PIN was not taken.
const fn pin_advice(fault: PinFault, t: &'static Texts) -> &'static str {
    match fault {
        PinFault::Length => t.pin_length,
        PinFault::Easy => t.pin_easy,
        PinFault::Differs => t.pin_differs,
    }
}
