//! Between JavaScript and wasm: what wasm-bindgen wrote, less what nobody calls, and by short names.

use std::collections::{BTreeMap, BTreeSet};

use super::{Site, text_of};
use crate::failure::{Failure, Outcome};
use crate::wasm;

/// The glue without the classes that crates export for pages that call them: ours calls nothing in the wasm.
pub fn without_classes(glue: &str) -> Outcome<String> {
    let mut kept = String::with_capacity(glue.len());
    let mut classes: Vec<&str> = Vec::new();
    let mut skipping = None;
    for line in glue.lines() {
        if let Some(end) = skipping {
            if line.ends_with(end) && (end == ";" || line == end) {
                skipping = None;
            }
            continue;
        }
        if let Some(name) = line
            .strip_prefix("export class ")
            .and_then(|rest| rest.split_once(' '))
        {
            classes.push(name.0);
            skipping = Some("}");
        } else if let Some(rest) = line.strip_prefix("const ")
            && classes
                .iter()
                .any(|class| rest.starts_with(&format!("{class}Finalization = ")))
        {
            skipping = (!line.ends_with(';')).then_some(";");
        } else if !classes
            .iter()
            .any(|class| line.starts_with("if (Symbol.dispose) ") && line.contains(class))
        {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    match classes.iter().find(|class| kept.contains(**class)) {
        Some(class) => Err(Failure::new(format!(
            "wasm-bindgen writes the class {class} in another shape than before: see xtask/src/build/release/glue.rs"
        ))),
        None => Ok(kept),
    }
}

/// Gives what wasm and script know each other by names of one or two letters, and takes away what only one of them has.
pub fn shorten_names(site: &mut Site, script: &str, module: &str) -> Outcome {
    let text = text_of(site, script)?;
    let wasm = &site[module];
    let words: BTreeSet<&str> = text.split(|letter| !is_of_a_word(letter)).collect();
    let mut long = BTreeSet::new();
    for (of, name) in wasm::imports(wasm)? {
        if !words.contains(name.as_str()) {
            return Err(Failure::new(format!(
                "the wasm asks for {name}, which {script} does not give"
            )));
        }
        long.insert(of);
        long.insert(name);
    }
    long.extend(
        wasm::exports(wasm)?
            .into_iter()
            .filter(|name| is_made_up(name) && words.contains(name.as_str())),
    );
    let short: BTreeMap<String, String> = long
        .into_iter()
        .enumerate()
        .map(|(number, name)| (name, letters(number)))
        .collect();
    let renamed = wasm::with_names(wasm, &short, |name| words.contains(name))?;
    let text = with_words(&text, &short);
    site.insert(module.to_owned(), renamed);
    site.insert(script.to_owned(), text.into_bytes());
    Ok(())
}

/// Names that wasm-bindgen makes; `memory` is a word that a script may use for something else.
fn is_made_up(name: &str) -> bool {
    ["__wbg", "__wbindgen", "__externref", "wasm_bindgen"]
        .iter()
        .any(|beginning| name.starts_with(beginning))
}

fn is_of_a_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
}

/// `a`, `b`, …, `z`, `aa`, …
fn letters(mut number: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(b'a' + (number % 26) as u8);
        number /= 26;
        if number == 0 {
            break;
        }
        number -= 1;
    }
    name.iter()
        .rev()
        .map(|letter| char::from(*letter))
        .collect()
}

/// Replaces whole words, also behind a dot, and the module's name inside its quotes.
fn with_words(text: &str, short: &BTreeMap<String, String>) -> String {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_letter) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter| !is_letter(letter)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        out.push_str(before);
        out.push_str(short.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    short
        .iter()
        .filter(|(long, _)| long.starts_with("./"))
        .fold(out, |out, (long, short)| {
            out.replace(&format!("\"{long}\""), &format!("\"{short}\""))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "export class Sink {\n    free() {\n    }\n}\nif (Symbol.dispose) Sink.prototype[Symbol.dispose] = Sink.prototype.free;\n\
        function keep() {}\nconst SinkFinalization = (typeof x)\n    ? { a: () => {}, b: () => {} }\n    : new X(ptr => 1);\nlet wasm;\n";

    #[test]
    fn classes_that_nobody_calls_are_left_out() {
        assert_eq!(
            without_classes(GLUE).expect("the known shape"),
            "function keep() {}\nlet wasm;\n"
        );
    }

    #[test]
    fn a_class_in_another_shape_is_refused() {
        let other = format!("{GLUE}register(Sink);\n");
        assert!(without_classes(&other).is_err());
    }

    #[test]
    fn names_are_replaced_as_whole_words() {
        let short = [("__wbg_get_1", "a"), ("./app_bg.js", "b")]
            .map(|(long, short)| (long.to_owned(), short.to_owned()))
            .into();
        let text = "{__wbg_get_1:f,__wbg_get_12:g};x={\"./app_bg.js\":o};w.__wbg_get_1()";
        assert_eq!(
            with_words(text, &short),
            "{a:f,__wbg_get_12:g};x={\"b\":o};w.a()"
        );
    }

    #[test]
    fn short_names_do_not_repeat() {
        let names: BTreeSet<String> = (0..1_000).map(letters).collect();
        assert_eq!(names.len(), 1_000);
        assert_eq!(letters(25), "z");
        assert_eq!(letters(26), "aa");
    }
}
