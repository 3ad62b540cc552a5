//! The rules as the app's wasm has them, with nothing around them: `cargo xtask bench rules` times them in Chromium.
//! No part of the app: it is compiled beside it, with the app's own profile and flags.
#![cfg(target_family = "wasm")]
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench ends where what it was given cannot be read"
)]

#[path = "../crates/rules/tests/vectors/run.rs"]
mod run;

use naik_kelas_rules::{Evaluation, Family, Pack, decide};
use std::hint::black_box;
use wasm_bindgen::prelude::wasm_bindgen;

/// A pack and families to decide by it.
#[wasm_bindgen]
pub struct Rules {
    pack: Pack,
    families: Vec<Family>,
    expected: Vec<String>,
}

#[wasm_bindgen]
impl Rules {
    /// Reads a compiled pack, and families as `crates/rules/tests/vectors` has them.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(pack: &[u8], families: &str) -> Self {
        let pack = Pack::decode(pack, [0; 32]).expect("a pack");
        let read = run::families(&pack, families);
        let expected = read.iter().map(|(_, decided)| (*decided).to_owned());
        Self {
            expected: expected.collect(),
            families: read.into_iter().map(|(family, _)| family).collect(),
            pack,
        }
    }

    /// How many families there are.
    #[must_use]
    pub fn families(&self) -> usize {
        self.families.len()
    }

    /// For how many of them the answers are not those that were given with them.
    #[must_use]
    pub fn differing(&self) -> usize {
        let families = self.families.iter().zip(&self.expected);
        families
            .filter(|(family, expected)| run::answers(&self.pack, family) != **expected)
            .count()
    }

    /// Decides one family `times` times.
    pub fn decide(&self, family: usize, times: u32) {
        for _ in 0..times {
            black_box(decide(&self.pack, black_box(&self.families[family])));
        }
    }

    /// Decides one family `times` times, and explains every decision and readiness.
    pub fn explain(&self, family: usize, times: u32) {
        for _ in 0..times {
            let mut evaluation =
                Evaluation::of_decisions(&self.pack, black_box(&self.families[family]));
            black_box(evaluation.decisions());
            for decision in 0..self.pack.decisions().len() {
                black_box(evaluation.explain(decision));
            }
            black_box(evaluation.explain_readiness());
        }
    }
}
