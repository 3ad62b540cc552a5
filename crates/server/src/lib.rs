//! The sync endpoint, and what the command `naik-kelas` is made of.
//!
//! [`http`] answers and knows axum; [`db`] keeps and knows the database; between
//! them [`receive`] judges what phones send, and knows neither.

pub mod areas;
pub mod cli;
pub mod clock;
pub mod db;
pub mod http;
pub mod intake;
mod limits;
mod metrics;
pub mod packs;
pub mod passwords;
mod plain;
pub mod practice;
pub mod random;
pub mod receive;
mod receiving;
pub mod rescue;
pub mod state;
pub mod synth;
#[cfg(test)]
mod testing;
