//! Reading a pack from where a command finds it, and whose packs it takes.

use clap::Args;
use naik_kelas_compiler::signed::{
    Distrust, KeyError, PackBytes, PublicPackKey, Rotation, RotationError, Trust,
};
use naik_kelas_compiler::{build, read};
use naik_kelas_rules::Pack;
use std::path::{Path, PathBuf};

/// Whose packs are taken. Without `--trust` every pack is, signed or not.
#[derive(Args, Clone, Debug, Default)]
pub struct TrustArgs {
    /// Takes only packs that this public key signed (PEM). May be given several times.
    #[arg(long, value_name = "PUBKEYFILE")]
    pub trust: Vec<PathBuf>,
    /// A statement by which a trusted key hands over to the next (naik-kelas pack rotate-key). May be given several times.
    #[arg(long, value_name = "FILE", requires = "trust")]
    pub rotation: Vec<PathBuf>,
}

impl TrustArgs {
    /// The keys; `None` where nobody asked for signatures.
    ///
    /// # Errors
    /// A file that is no key or no statement, in words.
    pub fn read(&self) -> Result<Option<Trust>, String> {
        if self.trust.is_empty() {
            return Ok(None);
        }
        let keys = self.trust.iter().map(|path| public_key(path));
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        let rotations = self.rotation.iter().map(|path| rotation(path));
        let rotations = rotations.collect::<Result<Vec<_>, _>>()?;
        Trust::new(keys, &rotations).map(Some).map_err(|distrust| {
            let old = match distrust {
                Distrust::BadRotation(old) => Some(old),
                _ => None,
            };
            let place = rotations
                .iter()
                .position(|rotation| Some(rotation.old()) == old);
            let file = place.and_then(|place| self.rotation.get(place));
            let file = file.map(|file| file.display().to_string());
            format!("{} is refused: {distrust}", file.unwrap_or_default())
        })
    }
}

/// A pack from its folder or from its compiled file.
///
/// # Errors
/// It cannot be read, or is not trusted, in words.
pub(super) fn load(path: &Path, trust: Option<&Trust>) -> Result<Pack, String> {
    if path.is_dir() {
        return folder(path, trust).map(|compiled| compiled.pack);
    }
    file(path, trust).map(|(_, pack)| pack)
}

/// The file of a pack as it is, signed or not, or the compiled bytes of its folder.
///
/// # Errors
/// It cannot be read, or is not trusted, in words.
pub(super) fn file_bytes(path: &Path, trust: Option<&Trust>) -> Result<Vec<u8>, String> {
    if path.is_dir() {
        return folder(path, trust).map(|compiled| compiled.bytes);
    }
    file(path, trust).map(|(bytes, _)| bytes)
}

fn folder(path: &Path, trust: Option<&Trust>) -> Result<naik_kelas_compiler::Compiled, String> {
    if trust.is_some() {
        return Err(format!(
            "{} is a folder, which nobody signs, and --trust takes only signed packs. Build it: naik-kelas pack build {0} -o FILE --key KEY",
            path.display()
        ));
    }
    build(path).map_err(|findings| {
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        format!(
            "{}\nThe pack {} has errors: mend them first.",
            lines.join("\n"),
            path.display()
        )
    })
}

fn file(path: &Path, trust: Option<&Trust>) -> Result<(Vec<u8>, Pack), String> {
    let bytes = std::fs::read(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let compiled = match trust {
        None => PackBytes::of_file(&bytes).pack,
        Some(trust) => trust
            .pack_in(&bytes)
            .map_err(|distrust| format!("{} is refused: {distrust}", path.display()))?,
    };
    let pack = read(compiled).map_err(|error| {
        format!(
            "{} is not a compiled pack ({error:?}). Build it anew: naik-kelas pack build DIR -o FILE",
            path.display()
        )
    })?;
    Ok((bytes, pack))
}

fn public_key(path: &Path) -> Result<PublicPackKey, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the key {} cannot be read: {error}", path.display()))?;
    PublicPackKey::from_pem(&text).map_err(|error| match error {
        KeyError::Private => format!(
            "{} is a private key: --trust wants the public one. Keep the private one where packs are signed",
            path.display()
        ),
        KeyError::Unreadable => format!(
            "{} is no public key for packs (PEM, ECDSA P-256): naik-kelas pack new-key writes one",
            path.display()
        ),
    })
}

fn rotation(path: &Path) -> Result<Rotation, String> {
    let bytes = std::fs::read(path)
        .map_err(|error| format!("the statement {} cannot be read: {error}", path.display()))?;
    Rotation::read(&bytes).map_err(|error| {
        let why = match error {
            RotationError::Malformed => {
                "it is no statement of naik-kelas pack rotate-key, or is cut off"
            }
            RotationError::NotSignedByNew => "it was changed, or the new key did not sign it",
            RotationError::SameKey => "a key cannot hand over to itself",
        };
        format!("the statement {} is refused: {why}", path.display())
    })
}
