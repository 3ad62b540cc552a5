//! The wasm as it travels, and the small module that makes it a module again on the phone.

use std::path::Path;

use crate::build::site;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::project::Project;

/// What `public/unpacked.js` has room for.
const ROOM: usize = 1 << 20;

const OPTIMISE: &[&str] = &[
    "-Oz",
    "--enable-simd",
    "--strip-producers",
    "--strip-target-features",
];

/// The module and what travels behind it in their dense form, which has been unpacked once and compared. The module itself is kept for looking at.
pub fn packed(project: &Project, module: &[u8], beside: &[u8]) -> Outcome<Vec<u8>> {
    files::write(&project.own_output().join("app.wasm"), module)?;
    let packed = naik_kelas_dense::pack(module, beside)
        .map_err(|problem| Failure::new(problem.to_string()))?;
    if packed.len() > ROOM {
        return Err(Failure::new(
            "wasm: larger than what public/unpacked.js has room for",
        ));
    }
    Ok(packed)
}

/// The way back.
pub fn way_back(project: &Project) -> Outcome<Vec<u8>> {
    let compiled = site::way_back(project)?;
    let optimised = project.own_output().join("dense.wasm");
    super::wasm_opt(project, OPTIMISE, Path::new(&compiled), &optimised)?;
    crate::wasm::without_custom_sections(&files::read_bytes(&optimised)?)
}
