//! The facilitator's app.

pub mod assess;
pub mod caseload;
pub mod decided;
pub mod i18n;
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
