//! Making keys, signing built packs, and handing over from one key to the next.

use super::super::Failure;
use super::write_whole;
use naik_kelas_compiler::signed::{
    KeyError, PackBytes, PackKey, Rotation, RotationError, sign as sign_pack,
};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Makes a key: the private half in a file that only its owner reads, the public half beside it and on the screen.
pub(super) fn new_key(file: &Path) -> Result<(), Failure> {
    let public_file = with_ending(file, ".pub");
    let mut random = [0; 32];
    let key = loop {
        getrandom::fill(&mut random)
            .map_err(|_| Failure::say("the system gives no random bytes"))?;
        if let Some(key) = PackKey::from_random(&random) {
            break key;
        }
    };
    random.fill(0);
    let public = key.public().to_pem().map_err(fault)?;
    if public_file.exists() {
        return Err(exists(&public_file));
    }
    write_new(file, key.to_pem().map_err(fault)?.as_ref(), 0o600)?;
    write_new(&public_file, public.as_bytes(), 0o644)?;
    println!(
        "private key: {} (keep it where packs are signed, and a copy in a safe)",
        file.display()
    );
    println!("public key: {}", public_file.display());
    println!("key id: {}", key.public().id());
    print!("{public}");
    Ok(())
}

/// Signs a built pack, or signs a signed one anew.
pub(super) fn sign(file: &Path, key: &Path, output: &Path) -> Result<(), Failure> {
    let key = private_key(key)?;
    let bytes = read(file)?;
    let pack = PackBytes::of_file(&bytes).pack;
    if naik_kelas_compiler::read(pack).is_err() {
        return Err(Failure::say(format!(
            "{} is not a compiled pack. Build it anew: naik-kelas pack build DIR -o FILE --key KEY",
            file.display()
        )));
    }
    let signed = sign_pack(pack, &key);
    write_whole(output, &signed).map_err(|error| unwritten(output, &error))?;
    println!(
        "{} {} bytes, signed by {}",
        output.display(),
        signed.len(),
        key.public().id()
    );
    Ok(())
}

/// Writes the statement that one key hands over to another.
pub(super) fn rotate(old: &Path, new: &Path, output: &Path) -> Result<(), Failure> {
    let (old_key, new_key) = (private_key(old)?, private_key(new)?);
    let rotation = Rotation::new(&old_key, &new_key).map_err(|error| match error {
        RotationError::SameKey => Failure::say("the old and the new key are the same"),
        RotationError::Malformed | RotationError::NotSignedByNew => fault(KeyError::Unreadable),
    })?;
    write_new(output, rotation.bytes(), 0o644)?;
    println!(
        "{}: {} hands over to {}",
        output.display(),
        rotation.old(),
        rotation.new_key().id()
    );
    Ok(())
}

/// Reads a private key.
pub(super) fn private_key(file: &Path) -> Result<PackKey, Failure> {
    let bytes = read(file)?;
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    PackKey::from_pem(text).map_err(|_| {
        Failure::say(format!(
            "{} is no private key for packs (PKCS#8 PEM, ECDSA P-256, not encrypted): naik-kelas pack new-key makes one",
            file.display()
        ))
    })
}

/// Writes a file that is not there yet. Nothing is ever overwritten: a lost key signs no more packs.
fn write_new(file: &Path, bytes: &[u8], mode: u32) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let written = options.open(file).and_then(|mut open| {
        open.write_all(bytes)?;
        open.sync_all()
    });
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(file),
        _ => unwritten(file, &error),
    })
}

fn exists(file: &Path) -> Failure {
    Failure::say(format!(
        "{} is there already and stays as it is; give another name",
        file.display()
    ))
}

fn unwritten(file: &Path, error: &std::io::Error) -> Failure {
    Failure::say(format!("{} cannot be written: {error}", file.display()))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file)
        .map_err(|error| Failure::say(format!("{} cannot be read: {error}", file.display())))
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn fault(_: KeyError) -> Failure {
    Failure::say("the key cannot be written: this is a fault of this program, please report it")
}
