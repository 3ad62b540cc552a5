//! The facilitator's app.

// Helpers of tests may unwrap like the tests themselves; clippy.toml knows only the functions marked as tests.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// The store's contract is written once, for this crate's tests and for those in a browser.
#[cfg(test)]
extern crate self as naik_kelas_app;

pub mod app;
pub mod assess;
pub mod caseload;
pub mod decided;
pub mod dom;
pub mod i18n;
pub mod live;
pub mod outbox;
pub mod packs;
pub mod pages;
pub mod platform;
pub mod records;
pub mod route;
pub mod services;
pub mod store;
pub mod sync;
pub mod ui;
pub mod usecase;
pub mod vault;
pub mod words;
pub mod workbook;

/// Starts the app in the browser's page.
#[cfg(target_family = "wasm")]
pub fn start() {
    let platform = platform::Platform::new(platform::Browser);
    // Leptos starts its tasks and owns what is drawn; the elements are our own (see `dom`).
    leptos::mount::mount_to_body(move || app::app(platform).show());
}
