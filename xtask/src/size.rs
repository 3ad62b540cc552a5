//! `cargo xtask size`: what a phone downloads, what fills the wasm, and whether the budget holds.

mod attribution;

use std::path::Path;

use crate::build;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::project::Project;
use crate::wasm;

/// What the whole app should weigh at most, brotli bytes.
const TARGET: usize = 200_000;
/// Where the check fails.
const LIMIT: usize = 220_000;
const CRATES_SHOWN: usize = 25;
const FUNCTIONS_SHOWN: usize = 15;

/// A file of the site as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Weight {
    path: String,
    plain: usize,
    /// With brotli, or plain where that is smaller.
    travelling: usize,
}

/// What to weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// What the sources make now.
    Current,
    /// What the last build left, whatever has changed since: quick, for comparing.
    AsBuilt,
}

impl Subject {
    /// Reads `[--as-built]`.
    pub fn parse(options: &[String]) -> Outcome<Self> {
        match options {
            [] => Ok(Self::Current),
            [option] if option == "--as-built" => Ok(Self::AsBuilt),
            _ => Err(Failure::usage("cargo xtask size [--as-built]")),
        }
    }
}

/// Prints files, total and what fills the wasm; fails above the limit.
pub fn size(project: &Project, subject: Subject) -> Outcome {
    if subject == Subject::Current {
        build::ensure_built(project)?;
    }
    let weights = weigh(&project.dist())?;
    print_files(&weights);
    print_wasm(project)?;
    println!();
    judge(total(&weights))
}

/// For `cargo xtask check`: the total and the verdict alone.
pub fn check_budget(project: &Project) -> Outcome {
    build::ensure_built(project)?;
    judge(total(&weigh(&project.dist())?))
}

fn weigh(dist: &Path) -> Outcome<Vec<Weight>> {
    let mut weights = Vec::new();
    for file in files::walk(dist)? {
        let path = files::relative(dist, &file);
        if path.ends_with(".br") || path.ends_with(".gz") || build::is_the_endpoints(&path) {
            continue;
        }
        let plain = files::read_bytes(&file)?.len();
        let brotli = dist.join(format!("{path}.br"));
        let travelling = if brotli.is_file() {
            files::read_bytes(&brotli)?.len()
        } else {
            plain
        };
        weights.push(Weight {
            path,
            plain,
            travelling,
        });
    }
    weights.sort_by(|a, b| {
        b.travelling
            .cmp(&a.travelling)
            .then_with(|| a.path.cmp(&b.path))
    });
    Ok(weights)
}

/// Screenshots are not part of what the app needs.
fn total(weights: &[Weight]) -> usize {
    weights
        .iter()
        .filter(|weight| !build::is_screenshot(&weight.path))
        .map(|weight| weight.travelling)
        .sum()
}

fn print_files(weights: &[Weight]) {
    let (screenshots, app): (Vec<_>, Vec<_>) = weights
        .iter()
        .partition(|weight| build::is_screenshot(&weight.path));
    println!("  brotli     plain  file");
    for weight in app {
        println!(
            "{:>8}  {:>8}  {}",
            weight.travelling, weight.plain, weight.path
        );
    }
    if !screenshots.is_empty() {
        let bytes: usize = screenshots.iter().map(|weight| weight.travelling).sum();
        println!(
            "{bytes:>8}            {} screenshots, fetched when shown and not counted",
            screenshots.len()
        );
    }
}

fn print_wasm(project: &Project) -> Outcome {
    let contents = wasm::contents(&files::read_bytes(&build::named_wasm(project))?)?;
    let code: usize = contents
        .functions
        .iter()
        .map(|function| function.bytes)
        .sum();
    println!(
        "\n   plain  what fills the wasm ({} functions)",
        contents.functions.len()
    );
    println!("{code:>8}  code");
    println!("{:>8}  data (texts, tables, constants)", contents.data);
    println!("{:>8}  the rest", contents.other);
    let by_crate = attribution::by_crate(&contents.functions);
    println!("\n   plain  share  functions  code of");
    for part in by_crate.iter().take(CRATES_SHOWN) {
        let share = permille(part.bytes, code);
        println!(
            "{:>8}  {:>2}.{} %  {:>9}  {}",
            part.bytes,
            share / 10,
            share % 10,
            part.functions,
            part.name
        );
    }
    if by_crate.len() > CRATES_SHOWN {
        let rest: usize = by_crate[CRATES_SHOWN..].iter().map(|part| part.bytes).sum();
        println!(
            "{rest:>8}         {:>9}  {} smaller",
            "",
            by_crate.len() - CRATES_SHOWN
        );
    }
    println!("\n   plain  largest functions");
    let mut functions = contents.functions;
    functions.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    for function in functions.iter().take(FUNCTIONS_SHOWN) {
        println!("{:>8}  {}", function.bytes, shortened(&function.name));
    }
    Ok(())
}

fn permille(part: usize, whole: usize) -> usize {
    (part * 1000).checked_div(whole).unwrap_or(0)
}

fn shortened(name: &str) -> String {
    const LONGEST: usize = 110;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

fn judge(total: usize) -> Outcome {
    let verdict = verdict(total);
    match verdict {
        Ok(line) => {
            println!("{line}");
            Ok(())
        }
        Err(line) => Err(Failure::new(line)),
    }
}

fn verdict(total: usize) -> Result<String, String> {
    if total > LIMIT {
        Err(format!(
            "the app weighs {total} bytes (brotli): {} above the limit of {LIMIT}",
            total - LIMIT
        ))
    } else if total > TARGET {
        Ok(format!(
            "total {total} bytes (brotli): {} ABOVE the target of {TARGET}, {} below the limit of {LIMIT}",
            total - TARGET,
            LIMIT - total
        ))
    } else {
        Ok(format!(
            "total {total} bytes (brotli): {} below the target of {TARGET}, limit {LIMIT}",
            TARGET - total
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_passes_and_a_byte_more_fails() {
        assert!(verdict(LIMIT).is_ok_and(|line| line.contains("ABOVE the target")));
        assert!(verdict(LIMIT + 1).is_err());
        assert!(verdict(TARGET).is_ok_and(|line| line.contains("0 below the target")));
    }

    #[test]
    fn screenshots_are_not_counted() {
        let weight = |path: &str, travelling| Weight {
            path: path.into(),
            plain: 9,
            travelling,
        };
        assert_eq!(
            total(&[weight("index.html", 3), weight("screenshots/a.png", 50_000)]),
            3
        );
    }
}
