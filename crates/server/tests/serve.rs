//! The command as it runs: a process of its own, started, spoken to, killed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

use naik_kelas_domain::{
    Millis,
    assessment::Assessment,
    freeze,
    id::{AssessmentId, DeviceId, EntryId},
    kpm::Kpm,
    wire::v1::{
        self, Change, Entry, Payload, Realm, ReceiptOutcome, SignIn, SignedIn, SyncRequest,
        SyncResponse,
    },
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
};

/// The pack, compiled once for all tests of this file.
fn compiled() -> &'static naik_kelas_compiler::Compiled {
    static COMPILED: OnceLock<naik_kelas_compiler::Compiled> = OnceLock::new();
    COMPILED.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
        match naik_kelas_compiler::build(&source) {
            Ok(compiled) => compiled,
            Err(findings) => panic!("the pack has {} findings", findings.len()),
        }
    })
}

fn pack_file(folder: &Path) -> PathBuf {
    let file = folder.join("pack.nkp");
    std::fs::write(&file, &compiled().bytes).unwrap();
    file
}

fn naik_kelas(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_naik-kelas"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn done(arguments: &[&str]) -> Output {
    naik_kelas(arguments)
        .stderr(Stdio::piped())
        .output()
        .unwrap()
}

/// A server process; killed when the test ends.
struct Server {
    process: Child,
    accounts: Vec<(String, String)>,
    address: String,
}

impl Server {
    fn start(command: &str, folder: &Path) -> Self {
        let (data, pack) = (folder.join("data"), pack_file(folder));
        let (data, pack) = (data.to_str().unwrap(), pack.to_str().unwrap());
        let arguments = [
            command,
            "--listen",
            "127.0.0.1:0",
            "--data",
            data,
            "--pack",
            pack,
        ];
        let mut process = naik_kelas(&arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut accounts = Vec::new();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        loop {
            let line = lines.next().unwrap().unwrap();
            if let Some(address) = line.strip_prefix("listening on http://") {
                return Self {
                    process,
                    accounts,
                    address: address.to_owned(),
                };
            }
            let words: Vec<&str> = line.split(' ').collect();
            let ["practice", "account:", _role, user, password] = words[..] else {
                panic!("an unexpected line: {line}")
            };
            accounts.push((user.to_owned(), password.to_owned()));
        }
    }

    /// Writes a request and does not wait for its answer.
    fn write(&self, path: &str, token: Option<&str>, body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let authorization = token.map_or(String::new(), |token| {
            format!("authorization: Bearer {token}\r\n")
        });
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/cbor\r\n\
             {authorization}content-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        stream
    }

    fn post(&self, path: &str, token: Option<&str>, body: &[u8]) -> (u16, Vec<u8>) {
        let mut stream = self.write(path, token, body);
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let head = answer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap();
        let status = std::str::from_utf8(&answer[9..12])
            .unwrap()
            .parse()
            .unwrap();
        (status, answer[head + 4..].to_vec())
    }

    fn sign_in(&self, user: &str, password: &str) -> Result<SignedIn, u16> {
        let device = DeviceId::from_bytes([1; 16]);
        let asked = SignIn {
            user: user.into(),
            password: password.into(),
            device,
        };
        match self.post("/api/v1/session", None, &v1::to_bytes(&asked)) {
            (200, body) => Ok(v1::from_bytes(&body).unwrap()),
            (status, _) => Err(status),
        }
    }

    fn sync(&self, session: &SignedIn, entries: &[&Entry]) -> SyncResponse {
        let (status, body) = self.post(
            "/api/v1/sync",
            Some(&session.token),
            &envelope(session, entries),
        );
        assert_eq!(status, 200);
        v1::from_bytes(&body).unwrap()
    }

    #[cfg(unix)]
    fn signal(&self, signal: &str) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn envelope(session: &SignedIn, entries: &[&Entry]) -> Vec<u8> {
    v1::to_bytes(&SyncRequest {
        version: v1::VERSION,
        realm: session.realm,
        device: DeviceId::from_bytes([1; 16]),
        vault: session.vault,
        cursor: None,
        previous: (!entries.is_empty()).then(|| vec![0; 32]),
        entries: entries
            .iter()
            .map(|entry| entry.to_bytes().into())
            .collect(),
    })
}

fn families(response: SyncResponse) -> Vec<Kpm> {
    let changes = response.changes.into_iter();
    changes
        .filter_map(|change| match change {
            Change::Grant(kpm) => Some(*kpm),
            Change::Revoke(_) | Change::Newer(_) => None,
        })
        .collect()
}

/// An assessment of a family as the registry knows it.
fn entry(session: &SignedIn, kpm: &Kpm, number: u8) -> Entry {
    let members: Vec<_> = kpm.present().collect();
    let on = session.area.zone().day_of(session.server_time);
    let decision = freeze::freeze(&compiled().pack, on, &members, &kpm.known).unwrap();
    let assessment = Assessment {
        id: AssessmentId::from_bytes([number; 16]),
        kpm: kpm.id,
        started: Millis(0),
        finished: Millis(0),
        members,
        removed: Vec::new(),
        answers: kpm.known.clone(),
        decision,
        replaces: None,
    };
    Entry {
        id: EntryId::from_bytes([number; 16]),
        author: session.user,
        vault: session.vault,
        device_seq: u64::from(number),
        device_time: session.server_time,
        clock_offset: None,
        kpm: kpm.id,
        payload: Payload::AssessmentFinished(Box::new(assessment)),
    }
}

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
