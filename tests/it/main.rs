//! Phones on memory stores against the real router, in process: what a facilitator relies on, end to end.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod group;
mod hand_over;
mod journey;
mod keeping;
mod listed;
mod notes;
mod packs;
mod phone;
mod plan;
mod registering;
mod rescue;
mod sync;
mod vault;
