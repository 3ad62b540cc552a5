//! From what Trunk made to what a phone downloads: optimised wasm, names by content, the release manifest that the
//! service worker fills its cache from, compressed forms.

mod dense;
mod glue;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use super::pack::CompiledPack;
use super::{Flavour, scripts};
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::project::Project;
use crate::steps::say;
use crate::tools::{self, Tool};
use crate::wasm;

/// What rustc's wasm target emits (`rustc --print cfg --target wasm32-unknown-unknown`): wasm-opt must be told.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Each pass is here because the wasm travels lighter with it (measured with brotli; all together 2 %).
const OPTIMISE: &[&str] = &[
    // The stack lies below everything else, so no address below 1024 is ever computed with an offset.
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    // Much called functions get short numbers: what calls them looks alike.
    "--reorder-functions",
    // The names of functions stay for `cargo xtask size`; a copy without them is what travels.
    "--debuginfo",
];

/// What is alike lies together: see [`wasm::numbered_by_likeness`].
const SORT: &[&str] = &["--reorder-functions-by-name", "--debuginfo"];

const PAGE: &str = "index.html";
const WASM: &str = "app_bg.wasm";
/// What wasm-bindgen writes between JavaScript and wasm.
const GLUE: &str = "app.js";
/// The way back from the dense wasm, and the script that goes it.
const DENSE: &str = "dense.wasm";
const UNPACKED: &str = "unpacked.js";
const START: &str = "start.js";
const SERVICE_WORKER: &str = "sw.js";
const MANIFEST: &str = "release.json";
/// The compiled pack travels behind the wasm: the same coder makes it small. `public/unpacked.js` knows it too.
const PACK_SECTION: &str = "pack";
/// What the endpoint reads of an app and sends to nobody: the pack once more, as a file.
const ENDPOINTS_OWN: &str = ".endpoint";
const RELEASE_TOKEN: &str = "__RELEASE__";
const KEYS_TOKEN: &str = "__KEYS__";

/// The files of a site by their path in it.
type Site = BTreeMap<String, Vec<u8>>;

/// Makes `dist/` of Trunk's folder, the compiled pack and the keys whose packs this release takes.
pub fn prepare(
    project: &Project,
    from: &Path,
    pack: &CompiledPack,
    keys: &str,
    flavour: Flavour,
) -> Outcome {
    let page = files::read_text(&from.join(PAGE))?;
    files::write(&from.join(PAGE), scripts::separate(&page)?)?;
    if flavour == Flavour::Release {
        files::write(&from.join(START), scripts::DENSE_START_SCRIPT)?;
        let glue = glue::without_classes(&files::read_text(&from.join(GLUE))?)?;
        for own in [
            "function __wbg_get_imports()",
            "function __wbg_finalize_init(",
        ] {
            if !glue.contains(own) {
                return Err(Failure::new(format!(
                    "wasm-bindgen's glue has no {own}: see xtask/src/build/scripts.rs"
                )));
            }
        }
        files::write(&from.join(GLUE), glue + scripts::START_WITH)?;
        let unpacked = files::read_bytes(&project.root.join("public").join(UNPACKED))?;
        files::write(&from.join(UNPACKED), unpacked)?;
        node_script(project, "minify.mjs", from)?;
    } else {
        files::write(&from.join(START), scripts::START_SCRIPT)?;
    }
    let mut site = read_site(from)?;
    if flavour == Flavour::Release {
        glue::shorten_names(&mut site, START, WASM)?;
        let optimised = optimise(project, &site[WASM])?;
        let pack = wasm::custom_section(PACK_SECTION, &pack.contents);
        site.insert(WASM.to_owned(), dense::packed(project, &optimised, &pack)?);
        site.insert(DENSE.to_owned(), dense::way_back(project)?);
    }
    name_by_content(&mut site)?;
    let page = text_of(&site, PAGE)?.replace(KEYS_TOKEN, keys);
    site.insert(PAGE.to_owned(), page.into_bytes());
    let release = stamp_release(&mut site)?;
    site.insert(MANIFEST.to_owned(), manifest(&release, &site).into_bytes());
    let own = format!("{ENDPOINTS_OWN}/{}", pack.name);
    site.insert(own, pack.contents.clone());

    let finished = project.root.join("target").join("dist-finished");
    files::remove_folder(&finished)?;
    for (path, contents) in &site {
        files::write(&finished.join(path), contents)?;
    }
    node_script(project, "compress.mjs", &finished)?;
    super::put_in_place(project, &finished)?;
    say(&format!("    dist/ holds release {release}"));
    Ok(())
}

/// What lies beside the app for the endpoint alone: a phone cannot fetch it.
pub fn is_the_endpoints(path: &str) -> bool {
    path.starts_with(ENDPOINTS_OWN)
}

/// Pictures for the store's page and the install prompt: a phone fetches them when it shows them, if ever.
pub fn is_screenshot(path: &str) -> bool {
    path.starts_with("screenshots/")
        || path.contains("/screenshots/")
        || path.starts_with("screenshot")
}

fn node_script(project: &Project, name: &str, folder: &Path) -> Outcome {
    process::shown(
        Command::new("node")
            .arg(project.root.join("xtask/scripts").join(name))
            .arg(folder)
            .env("NODE_PATH", tools::path_of(project, Tool::NodePackages)?),
    )
}

fn read_site(folder: &Path) -> Outcome<Site> {
    files::walk(folder)?
        .iter()
        .map(|file| Ok((files::relative(folder, file), files::read_bytes(file)?)))
        .collect()
}

/// Optimises for size with the names kept, so that `cargo xtask size` can tell what fills it, and strips a copy.
fn optimise(project: &Project, module: &[u8]) -> Outcome<Vec<u8>> {
    let named = super::named_wasm(project);
    let before = named.with_extension("before.wasm");
    files::write(&before, module)?;
    squeeze(project, &before, &named)?;
    wasm::without_custom_sections(&files::read_bytes(&named)?)
}

/// Optimises a module for size, in place of what stood at `to`; `from` is written over.
pub(super) fn squeeze(project: &Project, from: &Path, to: &Path) -> Outcome {
    wasm_opt(project, OPTIMISE, from, to)?;
    let numbered = wasm::numbered_by_likeness(&files::read_bytes(to)?)?;
    files::write(from, numbered)?;
    wasm_opt(project, SORT, from, to)
}

fn wasm_opt(project: &Project, passes: &[&str], from: &Path, to: &Path) -> Outcome {
    process::shown(
        Command::new("node")
            .arg(tools::path_of(project, Tool::NodePackages)?.join("binaryen/bin/wasm-opt"))
            .args(passes)
            .args(WASM_FEATURES)
            .arg(from)
            .arg("--output")
            .arg(to),
    )
}

/// Gives wasm, scripts and styles names that change with their contents, so that they can be cached for ever. A file is
/// renamed after those that it names.
fn name_by_content(site: &mut Site) -> Outcome {
    let styles: Vec<String> = site
        .keys()
        .filter(|path| path.ends_with(".css"))
        .cloned()
        .collect();
    // A release has its glue inside the start script.
    let glue = site.contains_key(GLUE).then(|| GLUE.to_owned());
    let dense = site.contains_key(DENSE).then(|| DENSE.to_owned());
    let names = (styles.into_iter())
        .chain([WASM.to_owned()])
        .chain(dense)
        .chain(glue)
        .chain([START.to_owned()]);
    for name in names {
        let fresh = rename_by_content(site, &name)?;
        for file in [PAGE, START] {
            if site.contains_key(file) {
                let text = ['"', '\'']
                    .iter()
                    .fold(text_of(site, file)?, |text, quote| {
                        text.replace(&format!("/{name}{quote}"), &format!("/{fresh}{quote}"))
                    });
                site.insert(file.to_owned(), text.into_bytes());
            }
        }
    }
    Ok(())
}

fn rename_by_content(site: &mut Site, name: &str) -> Outcome<String> {
    let contents = site
        .remove(name)
        .ok_or_else(|| Failure::new(format!("Trunk made no {name}")))?;
    let fresh = hashed_name(name, &contents);
    site.insert(fresh.clone(), contents);
    Ok(fresh)
}

/// `app_bg.wasm` becomes `app_bg-1a2b3c4d5e6f7081.wasm`.
fn hashed_name(name: &str, contents: &[u8]) -> String {
    let hash = files::sha256_hex(contents);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{}.{extension}", &hash[..16]),
        None => format!("{name}-{}", &hash[..16]),
    }
}

/// Writes the release's id where the sources ask for it. The id is a hash of all contents before
/// the id stands in them, so the same contents are the same release.
fn stamp_release(site: &mut Site) -> Outcome<String> {
    for required in [PAGE, SERVICE_WORKER] {
        if !text_of(site, required)?.contains(RELEASE_TOKEN) {
            return Err(Failure::new(format!(
                "{required} does not contain {RELEASE_TOKEN}: a new release must change it"
            )));
        }
    }
    let listing: String = site
        .iter()
        .map(|(path, contents)| format!("{path} {}\n", files::sha256_hex(contents)))
        .collect();
    let release = files::sha256_hex(listing.as_bytes())[..16].to_owned();
    for (path, contents) in site.iter_mut().filter(|(path, _)| may_hold_tokens(path)) {
        let Ok(text) = std::str::from_utf8(contents) else {
            return Err(Failure::new(format!("{path} is not UTF-8")));
        };
        *contents = text.replace(RELEASE_TOKEN, &release).into_bytes();
    }
    Ok(release)
}

/// Files with names by content must not change any more.
fn may_hold_tokens(path: &str) -> bool {
    let is_text = [".html", ".js", ".webmanifest"]
        .iter()
        .any(|ending| path.ends_with(ending));
    is_text && !path.contains('/') && !has_name_by_content(path)
}

fn has_name_by_content(path: &str) -> bool {
    path.rsplit_once('.')
        .and_then(|(stem, _)| stem.rsplit_once('-'))
        .is_some_and(|(_, hash)| {
            hash.len() == 16 && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
        })
}

/// What the service worker caches, whole or not at all. Itself it is not in it: the browser keeps it.
fn manifest(release: &str, site: &Site) -> String {
    let files: Vec<String> = site
        .iter()
        .filter(|(path, _)| *path != SERVICE_WORKER && *path != MANIFEST && !is_screenshot(path))
        .map(|(path, contents)| {
            // Half of it tells any file from any other, and phones fetch it.
            let hash = &files::sha256_hex(contents)[..32];
            format!("{{\"path\":\"{}\",\"sha256\":\"{hash}\"}}", escaped(path))
        })
        .collect();
    format!(
        "{{\"release\":\"{release}\",\"files\":[\n{}\n]}}\n",
        files.join(",\n")
    )
}

fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            control if control.is_control() => {
                // Writing into a String cannot fail.
                write!(text, "\\u{:04x}", u32::from(control)).unwrap_or_default();
            }
            plain => text.push(plain),
        }
    }
    text
}

fn text_of(site: &Site, path: &str) -> Outcome<String> {
    let contents = site
        .get(path)
        .ok_or_else(|| Failure::new(format!("the site has no {path}")))?;
    String::from_utf8(contents.clone()).map_err(|_| Failure::new(format!("{path} is not UTF-8")))
}

#[cfg(test)]
mod tests;
