//! Locking: what is on the screen is saved, then all of a person goes from memory with the page.

use crate::{pages::assessment::saver, platform::page, services::Services};

/// How long a phone may lie untouched, in milliseconds.
pub const IDLE: f64 = 5.0 * 60_000.0;
/// How long a save may take until it is looked at again, in milliseconds.
const SAVING: u32 = 200;
const TRIES: u32 = 20;

/// Locks the app. `left` opens it again where the page itself could not be loaded without signal; `failed` is called where
/// the last answer could not be saved: then nothing is locked, for it would be lost.
pub fn lock(
    services: &'static Services,
    left: impl Fn() + Copy + 'static,
    failed: impl Fn() + 'static,
) {
    page::leave_field();
    after_saving(services, Box::new(left), Box::new(failed), TRIES);
}

fn after_saving(
    services: &'static Services,
    left: Box<dyn Fn()>,
    failed: Box<dyn Fn()>,
    tries: u32,
) {
    services.platform.later(SAVING, async move {
        if !saver::unsaved() {
            if !services.platform.load_again(services.sync.idle()) {
                left();
            }
        } else if tries > 0 {
            after_saving(services, left, failed, tries - 1);
        } else {
            failed();
        }
    });
}
