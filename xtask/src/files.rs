//! Files: walking, reading, writing with the path in every error, and hashing.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::failure::{Doing, Failure, Outcome};

/// Reads a text file.
pub fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).doing(|| format!("reading {}", path.display()))
}

/// Reads a file.
pub fn read_bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).doing(|| format!("reading {}", path.display()))
}

/// Writes a file, making its folder where needed.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> Outcome {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, contents).doing(|| format!("writing {}", path.display()))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Outcome {
    fs::create_dir_all(path).doing(|| format!("making the folder {}", path.display()))
}

/// Moves a file or folder within one file system.
pub fn rename(from: &Path, to: &Path) -> Outcome {
    fs::rename(from, to).doing(|| format!("moving {} to {}", from.display(), to.display()))
}

/// Removes a folder with all it holds; one that is not there is fine.
pub fn remove_folder(path: &Path) -> Outcome {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::new(format!(
            "removing {}: {error}",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// All files below a folder, sorted, so that whatever is made of them does not depend on the file system's order.
pub fn walk(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).doing(|| format!("listing {}", folder.display()))?;
        for entry in entries {
            let entry = entry.doing(|| format!("listing {}", folder.display()))?;
            let kind = entry
                .file_type()
                .doing(|| format!("looking at {}", entry.path().display()))?;
            if kind.is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A path relative to `folder`, with `/` on every system, as sites and rules write it.
pub fn relative(folder: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = rest
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(contents: &[u8]) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(contents) {
        // Writing into a String cannot fail.
        write!(hex, "{byte:02x}").unwrap_or_default();
    }
    hex
}
