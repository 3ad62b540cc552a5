//! The app: opening it, the frame around every page, and which page is shown.

mod frame;
mod lock;
mod router;

pub use frame::{bare, practice};
pub use lock::lock;
pub use router::Router;

use crate::{
    i18n::{Lang, Texts, from_code, texts},
    live::Live,
    pages,
    platform::{Platform, page},
    services::Services,
    ui::{self, El, Level, Look, el},
    usecase::{Admission, Boot, BootError, Door, accept_loss, boot, boot::LANGUAGE},
};
use std::rc::Rc;

/// How far the app is open.
#[derive(Clone)]
pub enum Opening {
    /// The store is being opened.
    Working,
    /// It could not be.
    Failed(BootError),
    /// Somebody is to sign in; true where a PIN is forgotten.
    Door(Door, bool),
    /// A PIN is to be chosen.
    ChoosePin(Platform, Rc<Admission>),
    /// The PIN is asked for.
    Locked(Door),
    /// A person is.
    Open(Box<Services>),
}

/// The whole app.
#[must_use]
pub fn app(platform: Platform) -> El {
    let opening = Live::new(Opening::Working);
    let lang = platform
        .remembered(LANGUAGE)
        .map_or(Lang::Id, |code| from_code(&code));
    page::speak(crate::i18n::code(lang));
    let platform = Live::new(platform);
    let open = move || {
        let platform = platform.get_untracked();
        platform.clone().spawn(async move {
            opening.set(match boot(platform).await {
                Ok(Boot::FirstStart(door)) => Opening::Door(door, false),
                Ok(Boot::Locked(door)) => Opening::Locked(door),
                Err(error) => Opening::Failed(error),
            });
        });
    };
    open();
    ui::through(move || match opening.get() {
        // The shell stands until there is something to show.
        Opening::Working => ui::group(),
        Opening::Failed(error) => {
            page::clear_shell();
            failed(lang, error, move || {
                let platform = platform.get_untracked();
                match error {
                    // Opening it once more does not help.
                    BootError::NewerVersion => return platform.switch_version(),
                    BootError::LostDatabase => accept_loss(&platform),
                    _ => {}
                }
                open();
            })
        }
        Opening::Door(door, forgotten) => {
            page::clear_shell();
            pages::door::door(door, forgotten, lang, opening)
        }
        Opening::ChoosePin(platform, admission) => {
            pages::choose_pin::page(platform, admission, lang, opening)
        }
        Opening::Locked(door) => {
            page::clear_shell();
            pages::unlock::page(door, lang, opening)
        }
        Opening::Open(services) => {
            page::clear_shell();
            services.sync.follow();
            page::arrive(0.0);
            frame::signed_in(*services, open)
        }
    })
}

fn failed(lang: Lang, error: BootError, again: impl Fn() + 'static) -> El {
    let t = texts(lang);
    let action = match error {
        BootError::LostDatabase => t.boot_go_on,
        _ => t.again,
    };
    let text = boot_advice(error, t);
    let content = ui::group()
        .child(ui::card(Level::Bad, el("p").text(text)))
        .child(ui::button(Look::Main, action, "again", again));
    bare(ui::top(t.app, None), ui::page("", content))
}

/// What to do where the phone's storage could not be opened.
pub(crate) const fn boot_advice(error: BootError, t: &'static Texts) -> &'static str {
    match error {
        BootError::Blocked => t.boot_other_tab,
        BootError::NewerVersion => t.boot_newer,
        BootError::LostDatabase => t.boot_lost,
        BootError::Full | BootError::NoCryptography => t.door_storage,
        BootError::Damaged => t.boot_damaged,
        BootError::Internal => t.boot_trouble,
    }
}
