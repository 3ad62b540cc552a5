//! What moving to newer rules means for what was answered.

use crate::{
    assess::{Moved, fact_of},
    words::Words,
};
use naik_kelas_domain::{answer::FactPath, assessment::Draft};
use naik_kelas_rules::family::Family;

/// A heading, and the questions under it with what was answered.
pub type Listed = (&'static str, Vec<String>);

/// The questions that are new, those that are to be looked at again, and those that are no longer asked, by the words of
/// the pack that asks them; empty where nothing changes for this family. `old` speaks for the pack that the draft is on.
#[must_use]
pub fn newer(old: Words<'_>, new: Words<'_>, moved: &Moved) -> Vec<Listed> {
    let told = |words: Words<'_>, family: &Family, paths: &[FactPath]| -> Vec<String> {
        let line = |path| line(words, &moved.draft, family, path);
        paths.iter().filter_map(line).collect()
    };
    let t = new.t;
    let mut lists = vec![
        (t.newer_new, told(new, &moved.after, &moved.new)),
        (t.newer_changed, told(new, &moved.after, &moved.changed)),
        (t.newer_gone, told(old, &moved.before, &moved.gone)),
    ];
    lists.retain(|(_, lines)| !lines.is_empty());
    lists
}

fn line(words: Words<'_>, draft: &Draft, family: &Family, path: &FactPath) -> Option<String> {
    let at = fact_of(words.pack, draft, path)?;
    let mut line = words.fact_label(family, at);
    if let Some(answer) = draft.answers.get(path) {
        line.push_str(": ");
        line.push_str(&match answer.value() {
            Some(value) => words.value(at.fact, value),
            None => words.t.dont_know.into(),
        });
    }
    Some(line)
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
