//! Which way dependencies point within the code, read from the paths that a file names.

use super::module_path::{from_root, module_of, within};
use super::{Finding, SourceFile};
use crate::source_text::{NamedPath, named_paths};

/// Everything that the project's files name and must not.
pub fn findings(sources: &[SourceFile]) -> Vec<Finding> {
    let pages = pages(sources);
    sources
        .iter()
        .flat_map(|file| findings_in(file, &pages))
        .collect()
}

/// The modules that are pages: `src/pages/<page>.rs`.
fn pages(sources: &[SourceFile]) -> Vec<&str> {
    sources
        .iter()
        .filter_map(|file| file.path.strip_prefix("src/pages/")?.strip_suffix(".rs"))
        .filter(|page| !page.contains('/'))
        .collect()
}

fn findings_in(file: &SourceFile, pages: &[&str]) -> Vec<Finding> {
    if !file.path.ends_with(".rs") || is_test(&file.path) {
        return Vec::new();
    }
    let rules: Vec<Rule> = RULES
        .iter()
        .copied()
        .filter(|rule| (rule.holds_in)(&file.path))
        .collect();
    if rules.is_empty() {
        return Vec::new();
    }
    let paths = named_paths(&file.text);
    rules
        .iter()
        .filter_map(|rule| broken(file, rule, pages, &paths))
        .collect()
}

/// One finding a file and rule: the first place, and how many more there are.
fn broken(file: &SourceFile, rule: &Rule, pages: &[&str], paths: &[NamedPath]) -> Option<Finding> {
    let mut forbidden = paths.iter().filter(|path| {
        (rule.forbids)(
            &Naming {
                file: &file.path,
                pages,
            },
            path,
        )
    });
    let first = forbidden.next()?;
    let more = match forbidden.count() {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    Some(Finding {
        place: format!("{}:{}", file.path, first.line),
        message: format!("names `{}`{more}; {}", first.parts.join("::"), rule.because),
    })
}

/// Where a path is named.
struct Naming<'a> {
    file: &'a str,
    pages: &'a [&'a str],
}

#[derive(Clone, Copy)]
struct Rule {
    holds_in: fn(&str) -> bool,
    forbids: fn(&Naming<'_>, &NamedPath) -> bool,
    because: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        holds_in: |file| within(file, &["crates/domain/src", "crates/rules/src"]),
        forbids: |_, path| is_impure(path),
        because: "domain and rules do no I/O and know no clock: such things come in as arguments",
    },
    Rule {
        holds_in: |file| {
            within(file, &["src"]) && !within(file, BROWSER_RIMS) && !within(file, &["src/ui"])
        },
        forbids: |_, path| names_any(path, BROWSER),
        because: "the browser is met only in src/dom.rs, src/platform, src/vault, src/store/indexed_db.rs and src/sync/http.rs",
    },
    Rule {
        holds_in: |file| within(file, &["src/ui"]),
        forbids: |_, path| names_any(path, BROWSER) && !is_event_type(path),
        because: "of the browser, ui knows event types only",
    },
    Rule {
        holds_in: |file| within(file, &["src/ui"]),
        forbids: |naming, path| {
            names_module(
                naming.file,
                path,
                &[
                    "services", "store", "usecase", "pages", "sync", "vault", "platform",
                ],
            ) || names_any(
                path,
                &[
                    "Services",
                    "use_context",
                    "expect_context",
                    "provide_context",
                ],
            )
        },
        because: "ui knows Leptos and value types: no services, no store, no context",
    },
    Rule {
        holds_in: |file| within(file, &["src/pages"]),
        forbids: names_another_page,
        because: "a page never imports another page: what they share belongs to ui, usecase or a module of its own",
    },
    Rule {
        holds_in: |file| within(file, &["src/usecase"]),
        forbids: |naming, path| names_module(naming.file, path, &["pages", "ui"]),
        because: "a use case is called by pages and does not know them",
    },
    Rule {
        holds_in: |file| within(file, &["src/store"]),
        forbids: |naming, path| {
            names_module(naming.file, path, &["pages", "ui", "usecase", "sync"])
        },
        because: "the store holds sealed bytes and knows nobody above it",
    },
    Rule {
        holds_in: |file| within(file, &["src/store/indexed_db"]),
        forbids: |_, path| names_any(path, &["minicbor", "serde_json"]),
        because: "IndexedDB's rows are built of plain values for the browser; what they hold is sealed and encoded elsewhere",
    },
    Rule {
        holds_in: |file| {
            !within(file, SERIALISATION_RIMS) && !within(file, &["xtask", "src/store/indexed_db"])
        },
        forbids: |_, path| names_any(path, &["minicbor", "serde", "serde_json", "ciborium"]),
        because: "serialisation lives at the rims: domain::wire, domain::record, rules::pack, compiler, server::{http,cli}",
    },
    Rule {
        holds_in: |file| !within(file, &["crates/server/src/http"]),
        forbids: |_, path| names_any(path, &["axum", "tower", "tower_http", "hyper"]),
        because: "axum stops at server::http",
    },
    Rule {
        holds_in: |file| !within(file, &["crates/server/src/db"]),
        forbids: |_, path| {
            names_any(
                path,
                &[
                    "rusqlite",
                    "sqlx",
                    "postgres",
                    "tokio_postgres",
                    "deadpool_postgres",
                ],
            )
        },
        because: "the database crates stop at server::db",
    },
];

const BROWSER: &[&str] = &["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"];
const BROWSER_RIMS: &[&str] = &[
    "src/dom",
    "src/platform",
    "src/vault",
    "src/store/indexed_db",
    "src/sync/http",
];
const SERIALISATION_RIMS: &[&str] = &[
    "crates/domain/src/codec",
    "crates/domain/src/wire",
    "crates/domain/src/record",
    "crates/rules/src/pack",
    "crates/compiler/src",
    "crates/server/src/http",
    "crates/server/src/cli",
];

fn is_test(file: &str) -> bool {
    file.split('/')
        .any(|part| matches!(part, "tests" | "benches" | "tests.rs" | "fuzz"))
}

fn names_any(path: &NamedPath, words: &[&str]) -> bool {
    path.parts.iter().any(|part| words.contains(&part.as_str()))
}

fn is_event_type(path: &NamedPath) -> bool {
    path.parts
        .last()
        .is_some_and(|last| last.ends_with("Event"))
}

fn is_impure(path: &NamedPath) -> bool {
    let parts: Vec<&str> = path.parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [
            "std",
            "fs" | "net" | "io" | "env" | "process" | "thread" | "os",
            ..,
        ] => true,
        ["println" | "eprintln" | "print" | "eprint"] => true,
        _ => names_any(path, &["SystemTime", "Instant"]),
    }
}

fn names_module(file: &str, path: &NamedPath, modules: &[&str]) -> bool {
    from_root(file, path)
        .is_some_and(|parts| parts.first().is_some_and(|first| modules.contains(first)))
}

fn names_another_page(naming: &Naming<'_>, path: &NamedPath) -> bool {
    let (Some(own), Some(named)) = (module_of(naming.file), from_root(naming.file, path)) else {
        return false;
    };
    match (own.get(1), named.as_slice()) {
        (Some(own_page), ["pages", page, ..]) => page != own_page && naming.pages.contains(page),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> usize {
        let file = SourceFile {
            path: path.into(),
            text: text.into(),
        };
        findings_in(&file, &["today", "family"]).len()
    }

    #[test]
    fn each_rule_finds_what_breaks_it() {
        for (path, text) in [
            ("crates/rules/src/value.rs", "use std::{fs, fmt};"),
            (
                "crates/domain/src/visit.rs",
                "let now = std::time::SystemTime::now();",
            ),
            ("crates/domain/src/visit.rs", "println!(\"x\");"),
            ("src/pages/today.rs", "use web_sys::window;"),
            ("src/store/memory.rs", "use leptos::web_sys::Window;"),
            ("src/ui/field.rs", "use web_sys::HtmlInputElement;"),
            ("src/ui/field.rs", "let services = expect_context::<X>();"),
            ("src/ui/field.rs", "use crate::store::Store;"),
            ("src/pages/today/view.rs", "use crate::pages::family::Row;"),
            ("src/pages/today/view.rs", "use super::super::family::Row;"),
            ("src/pages/today.rs", "use super::family::Row;"),
            (
                "src/usecase/record_visit.rs",
                "use crate::{pages::today, store::Store};",
            ),
            ("src/store/memory.rs", "use super::super::usecase::X;"),
            (
                "crates/domain/src/family.rs",
                "#[derive(minicbor::Encode)] struct F;",
            ),
            ("crates/server/src/db/sqlite.rs", "use serde_json::Value;"),
            ("crates/server/src/db.rs", "use axum::Json;"),
            (
                "crates/server/src/http/sync.rs",
                "use rusqlite::Connection;",
            ),
        ] {
            assert_eq!(check(path, text), 1, "{path}: {text}");
        }
    }

    #[test]
    fn what_the_house_wants_passes() {
        for (path, text) in [
            (
                "crates/rules/src/value.rs",
                "use std::fmt; // never std::fs",
            ),
            ("src/platform/clock.rs", "use js_sys::Date;"),
            ("src/store/indexed_db.rs", "use wasm_bindgen::JsValue;"),
            ("src/store/indexed_db/open.rs", "use wasm_bindgen::JsValue;"),
            (
                "src/ui/field.rs",
                "use web_sys::{KeyboardEvent, MouseEvent};",
            ),
            (
                "src/pages/today.rs",
                "mod view; use self::view::Row; use crate::usecase::start; use super::today::view;",
            ),
            (
                "src/pages/today/view.rs",
                "use super::form::Draft; use crate::ui::card;",
            ),
            ("src/pages/today.rs", "use super::{Screen, title};"),
            ("crates/domain/src/wire/v1.rs", "use minicbor::Encode;"),
            (
                "crates/server/src/http/sync.rs",
                "use axum::Json; use serde::Deserialize;",
            ),
            (
                "crates/server/src/db/sqlite.rs",
                "use rusqlite::Connection;",
            ),
            ("crates/domain/src/family/tests.rs", "use serde_json::json;"),
            (
                "src/pages/today.rs",
                "#[cfg(test)]\nmod tests { use web_sys::Window; }",
            ),
        ] {
            assert_eq!(check(path, text), 0, "{path}: {text}");
        }
    }
}
