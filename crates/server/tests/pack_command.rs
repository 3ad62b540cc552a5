//! `naik-kelas pack` as a person runs it: building twice, signing, trusting, handing over.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026")
}

/// A folder to work in, and the command.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Runs the command in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_naik-kelas"));
        command.args(arguments).current_dir(self.0.path());
        command.stdin(Stdio::null()).output().unwrap()
    }

    /// Runs it, and it does what it should; gives what it says.
    fn does(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stdout).unwrap();
        let trouble = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {trouble}");
        said
    }

    /// Runs it, and it refuses in these words.
    fn refuses(&self, arguments: &[&str], words: &str) {
        let output = self.run(arguments);
        let trouble = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {trouble}");
        assert!(trouble.contains(words), "{arguments:?}: {trouble}");
    }

    fn build(&self, name: &str, more: &[&str]) {
        let source = published();
        let arguments = ["pack", "build", source.to_str().unwrap(), "-o", name];
        self.does(&[&arguments, more].concat());
    }
}

/// Copies a folder, its entries in the order of their names or against it.
fn copy(from: &Path, to: &Path, backwards: bool) {
    fs::create_dir_all(to).unwrap();
    let mut entries: Vec<_> = fs::read_dir(from)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    if backwards {
        entries.reverse();
    }
    for entry in entries {
        let to = to.join(entry.file_name().unwrap());
        match entry.is_dir() {
            true => copy(&entry, &to, backwards),
            false => {
                fs::copy(&entry, &to).unwrap();
            }
        }
    }
}

#[test]
fn the_same_source_gives_the_same_file_wherever_it_lies_and_however_it_was_written() {
    let desk = Desk::new();
    desk.does(&["pack", "new-key", "-o", "key.pem"]);
    copy(&published(), &desk.path("forwards"), false);
    copy(&published(), &desk.path("far/away/backwards"), true);
    for (folder, to) in [("forwards", "one"), ("far/away/backwards", "two")] {
        desk.does(&["pack", "build", folder, "-o", to]);
        let signed = format!("{to}.signed");
        desk.does(&["pack", "build", folder, "-o", &signed, "--key", "key.pem"]);
    }
    assert_eq!(desk.read("one"), desk.read("two"));
    assert_eq!(desk.read("one.signed"), desk.read("two.signed"));
    // Signing later gives what signing at once gives, and goes around the same bytes.
    desk.does(&["pack", "sign", "one", "--key", "key.pem"]);
    assert_eq!(desk.read("one"), desk.read("one.signed"));
    let (signed, plain) = (desk.read("one"), desk.read("two"));
    assert!(signed.windows(plain.len()).any(|window| window == plain));
}

#[test]
fn a_key_is_made_once_and_its_private_half_is_its_owners() {
    let desk = Desk::new();
    let said = desk.does(&["pack", "new-key", "-o", "key.pem"]);
    let (private, public) = (desk.read("key.pem"), desk.read("key.pem.pub"));
    assert!(private.starts_with(b"-----BEGIN PRIVATE KEY-----"));
    assert!(said.contains(std::str::from_utf8(&public).unwrap()));
    assert!(!said.contains("BEGIN PRIVATE KEY"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(desk.path("key.pem")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }
    desk.refuses(&["pack", "new-key", "-o", "key.pem"], "is there already");
    assert_eq!(desk.read("key.pem"), private);
    // Nor where the public half alone is left.
    fs::remove_file(desk.path("key.pem")).unwrap();
    desk.refuses(&["pack", "new-key", "-o", "key.pem"], "is there already");
    assert!(!desk.path("key.pem").exists());
    assert_eq!(desk.read("key.pem.pub"), public);
}

#[test]
fn every_command_takes_signed_and_unsigned_packs_and_refuses_who_is_not_trusted() {
    let desk = Desk::new();
    desk.does(&["pack", "new-key", "-o", "ours"]);
    desk.does(&["pack", "new-key", "-o", "theirs"]);
    desk.build("plain", &[]);
    desk.build("signed", &["--key", "ours"]);
    let mut bytes = desk.read("signed");
    bytes[1000] ^= 4;
    fs::write(desk.path("edited"), &bytes).unwrap();
    fs::write(desk.path("cut"), &desk.read("signed")[..70]).unwrap();

    let simulate = ["simulate", "--synthetic", "10", "--pack"];
    for command in [&["decide", "--pack"][..], &simulate] {
        let with = |pack, more: &[&'static str]| [command, &[pack], more].concat();
        desk.does(&with("plain", &[]));
        desk.does(&with("signed", &[]));
        desk.does(&with("signed", &["--trust", "ours.pub"]));
        desk.does(&with(
            "signed",
            &["--trust", "theirs.pub", "--trust", "ours.pub"],
        ));
        let ours = ["--trust", "ours.pub"];
        desk.refuses(&with("plain", &ours), "it is not signed");
        desk.refuses(&with("edited", &ours), "was changed after it was signed");
        desk.refuses(&with("cut", &ours), "cut off");
        desk.refuses(&with("cut", &[]), "not a compiled pack");
        desk.refuses(
            &with("signed", &["--trust", "theirs.pub"]),
            "is not trusted",
        );
        desk.refuses(&with("signed", &["--trust", "ours"]), "is a private key");
        desk.refuses(&with("signed", &["--trust", "signed"]), "cannot be read");
    }
    // The other pack of a simulation too.
    let against = [
        &simulate,
        &["signed", "--trust", "ours.pub", "--against", "plain"][..],
    ];
    desk.refuses(&against.concat(), "it is not signed");
    let folder = published();
    let folder = [
        "decide",
        "--trust",
        "ours.pub",
        "--pack",
        folder.to_str().unwrap(),
    ];
    desk.refuses(&folder, "is a folder");
    let serve = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data",
        "data",
        "--pack",
    ];
    desk.refuses(
        &[&serve, &["plain", "--trust", "ours.pub"][..]].concat(),
        "it is not signed",
    );
    desk.refuses(&[&serve, &["cut"][..]].concat(), "not a compiled pack");
}

#[test]
fn the_same_family_has_the_same_pack_hash_signed_or_not() {
    let desk = Desk::new();
    desk.does(&["pack", "new-key", "-o", "key"]);
    desk.build("plain", &[]);
    desk.build("signed", &["--key", "key"]);
    let report = |pack| desk.does(&["simulate", "--synthetic", "5", "--json", "--pack", pack]);
    let hash = |report: String| {
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        report["pack"]["hash"].as_str().unwrap().to_owned()
    };
    assert_eq!(hash(report("plain")), hash(report("signed")));
}

#[test]
fn trust_follows_statements_of_rotation_from_files() {
    let desk = Desk::new();
    for key in ["2026", "2027", "2028"] {
        desk.does(&["pack", "new-key", "-o", key]);
    }
    let rotate = |old, new, to| ["pack", "rotate-key", "--old", old, "--new", new, "-o", to];
    desk.does(&rotate("2026", "2027", "first"));
    desk.does(&rotate("2027", "2028", "second"));
    desk.refuses(&rotate("2026", "2027", "first"), "is there already");
    desk.refuses(&rotate("2026", "2026", "third"), "are the same");
    desk.refuses(&rotate("2026", "2027.pub", "third"), "is no private key");
    desk.build("pack", &["--key", "2028"]);
    let decide = |more: &[&'static str]| {
        [&["decide", "--pack", "pack", "--trust", "2026.pub"], more].concat()
    };
    desk.does(&decide(&["--rotation", "second", "--rotation", "first"]));
    desk.refuses(
        &decide(&["--rotation", "second"]),
        "no --rotation leads to it",
    );
    desk.refuses(
        &decide(&["--rotation", "first"]),
        "no --rotation leads to it",
    );
    let mut edited = desk.read("first");
    let last = edited.len() - 1;
    edited[last] ^= 1;
    fs::write(desk.path("edited"), edited).unwrap();
    desk.refuses(&decide(&["--rotation", "edited"]), "was changed");
    // Statements without anybody to begin with say nothing.
    let alone = desk.run(&["decide", "--pack", "pack", "--rotation", "first"]);
    assert!(!alone.status.success());
}
