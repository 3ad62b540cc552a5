//! The command as it runs: a process of its own, started, spoken to, killed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

#[path = "serve/process.rs"]
mod process;

use naik_kelas_domain::wire::v1::{Entry, Realm, ReceiptOutcome};
use process::{Server, done, entry, envelope, families, pack_file};
use std::process::Output;

#[test]
fn what_was_acknowledged_before_the_process_was_killed_is_there_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start("practice", folder.path());
    let (user, password) = server.accounts[0].clone();
    let session = server.sign_in(&user, &password).unwrap();
    let held = families(server.sync(&session, &[]));
    let entries: Vec<Entry> = (1..=8)
        .map(|number| entry(&session, &held[usize::from(number)], number))
        .collect();
    let mut acknowledged = Vec::new();
    for entry in &entries[..7] {
        match server.sync(&session, &[entry]).receipts[0].outcome {
            ReceiptOutcome::Accepted(position) => {
                acknowledged.push(ReceiptOutcome::AlreadyHad(position))
            }
            other => panic!("{other:?}"),
        }
    }
    // The eighth is on its way when the power goes.
    let unanswered = server.write(
        "/api/v1/sync",
        Some(&session.token),
        &envelope(&session, &[&entries[7]]),
    );
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    drop(unanswered);

    let server = Server::start("practice", folder.path());
    assert_eq!(
        server.accounts[0],
        (user, password),
        "the district is the same"
    );
    let again = server.sync(&session, &entries.iter().collect::<Vec<_>>());
    let outcomes: Vec<_> = again
        .receipts
        .iter()
        .map(|receipt| receipt.outcome)
        .collect();
    assert_eq!(outcomes[..7], acknowledged);
    assert!(matches!(
        outcomes[7],
        ReceiptOutcome::Accepted(_) | ReceiptOutcome::AlreadyHad(_)
    ));
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_leaves_one_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start("practice", folder.path());
    server.signal("-TERM");
    assert!(server.process.wait().unwrap().success());
    let log = folder.path().join("data/naik-kelas.sqlite3-wal");
    assert_eq!(std::fs::metadata(log).map_or(0, |log| log.len()), 0);
}

#[test]
fn people_are_added_while_the_server_runs_and_closed_accounts_stay_out() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start("serve", folder.path());
    assert_eq!(server.accounts, [], "a real server shows no accounts");
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let password = |output: Output| {
        let text = String::from_utf8(output.stdout).unwrap();
        text.trim().strip_prefix("password: ").unwrap().to_owned()
    };
    let add = [
        "user",
        "add",
        "--data",
        data,
        "--name",
        "dewi",
        "--full-name",
        "Dewi Contoh",
        "--role",
        "facilitator",
        "--area",
        "3209",
    ];
    let first = password(done(&add));
    let session = server.sign_in("dewi", &first).unwrap();
    assert_eq!(
        (session.name.as_str(), session.realm),
        ("Dewi Contoh", Realm::Live)
    );
    assert_eq!(done(&add).status.code(), Some(2), "the name is taken");

    let second = password(done(&["user", "reset", "--data", data, "--name", "dewi"]));
    assert_eq!(server.sign_in("dewi", &first).err(), Some(401));
    server.sign_in("dewi", &second).unwrap();
    assert!(
        done(&["user", "disable", "--data", data, "--name", "dewi"])
            .status
            .success()
    );
    assert_eq!(server.sign_in("dewi", &second).err(), Some(403));
}

#[test]
fn what_cannot_be_started_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (data, pack) = (data.to_str().unwrap(), pack_file(folder.path()));
    let pack = pack.to_str().unwrap();
    let broken = folder.path().join("broken.nkp");
    std::fs::write(&broken, "rubbish").unwrap();
    let listen = ["--listen", "127.0.0.1:0", "--data", data];
    let with = |command: &'static str, more: &[&str]| {
        let output = done(&[&[command], &listen[..], more].concat());
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(with("serve", &[]).contains("--pack"));
    assert!(with("serve", &["--pack", broken.to_str().unwrap()]).contains("broken.nkp"));
    assert!(
        with(
            "serve",
            &["--pack", pack, "--app", folder.path().to_str().unwrap()]
        )
        .contains("index.html")
    );
    assert!(
        with("practice", &["--pack", pack]).contains("realm"),
        "the folder is a real server's"
    );
    let absent = folder.path().join("absent");
    let user = done(&[
        "user",
        "disable",
        "--data",
        absent.to_str().unwrap(),
        "--name",
        "dewi",
    ]);
    assert!(
        String::from_utf8(user.stderr)
            .unwrap()
            .contains("no database")
    );
}
