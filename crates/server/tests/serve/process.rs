//! A server as a process, and a phone of the simplest kind that speaks to it.

use naik_kelas_domain::{
    Millis,
    assessment::Assessment,
    freeze,
    id::{AssessmentId, DeviceId, EntryId},
    kpm::Kpm,
    wire::v1::{self, Change, Entry, Payload, SignIn, SignedIn, SyncRequest, SyncResponse},
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
};

/// The pack, compiled once for all tests of this file.
pub(crate) fn compiled() -> &'static naik_kelas_compiler::Compiled {
    static COMPILED: OnceLock<naik_kelas_compiler::Compiled> = OnceLock::new();
    COMPILED.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
        match naik_kelas_compiler::build(&source) {
            Ok(compiled) => compiled,
            Err(findings) => panic!("the pack has {} findings", findings.len()),
        }
    })
}

pub(crate) fn pack_file(folder: &Path) -> PathBuf {
    let file = folder.join("pack.nkp");
    std::fs::write(&file, &compiled().bytes).unwrap();
    file
}

pub(crate) fn naik_kelas(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_naik-kelas"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

pub(crate) fn done(arguments: &[&str]) -> Output {
    naik_kelas(arguments)
        .stderr(Stdio::piped())
        .output()
        .unwrap()
}

/// A server process; killed when the test ends.
pub(crate) struct Server {
    pub(crate) process: Child,
    pub(crate) accounts: Vec<(String, String)>,
    address: String,
}

impl Server {
    pub(crate) fn start(command: &str, folder: &Path) -> Self {
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
        #[expect(clippy::zombie_processes, reason = "`Drop` waits for it")]
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
    pub(crate) fn write(&self, path: &str, token: Option<&str>, body: &[u8]) -> TcpStream {
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

    pub(crate) fn post(&self, path: &str, token: Option<&str>, body: &[u8]) -> (u16, Vec<u8>) {
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

    pub(crate) fn sign_in(&self, user: &str, password: &str) -> Result<SignedIn, u16> {
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

    pub(crate) fn sync(&self, session: &SignedIn, entries: &[&Entry]) -> SyncResponse {
        let (status, body) = self.post(
            "/api/v1/sync",
            Some(&session.token),
            &envelope(session, entries),
        );
        assert_eq!(status, 200);
        v1::from_bytes(&body).unwrap()
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: &str) {
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

pub(crate) fn envelope(session: &SignedIn, entries: &[&Entry]) -> Vec<u8> {
    v1::to_bytes(&SyncRequest {
        version: v1::VERSION,
        realm: session.realm,
        device: DeviceId::from_bytes([1; 16]),
        vault: session.vault,
        cursor: None,
        previous: (!entries.is_empty()).then(|| vec![0; 32].into()),
        entries: entries
            .iter()
            .map(|entry| entry.to_bytes().into())
            .collect(),
    })
}

pub(crate) fn families(response: SyncResponse) -> Vec<Kpm> {
    let changes = response.changes.into_iter();
    changes
        .filter_map(|change| match change {
            Change::Grant(kpm) => Some(*kpm),
            Change::Revoke(_) | Change::Newer(_) => None,
        })
        .collect()
}

/// An assessment of a family as the registry knows it.
pub(crate) fn entry(session: &SignedIn, kpm: &Kpm, number: u8) -> Entry {
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
