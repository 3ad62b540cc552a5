//! The command `naik-kelas`.

mod backup;
mod cel;
pub mod decide;
mod explained;
mod export;
pub mod households;
mod import;
mod json_values;
mod pack;
mod rescue;
mod serve;
pub mod simulate;
mod synth;
mod trust;
mod user;
mod wording;

use crate::{areas, db::DbError, packs::PackTrouble, practice::PracticeError, state::StartError};
use clap::{Parser, Subcommand};
use naik_kelas_domain::{id::UserId, region::RegencyCode};
use std::{fmt, io, process::ExitCode};

/// Naik Kelas: decisions, packs and the sync endpoint.
#[derive(Parser, Debug)]
#[command(name = "naik-kelas", version, about)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Decides households (NDJSON on standard input) with a pack.
    Decide(decide::DecideArgs),
    /// Runs the public conformance suite of the packs' expression language.
    Cel(cel::CelArgs),
    /// Checks, compiles, signs and compares packs.
    Pack(pack::PackArgs),
    /// Writes synthetic families (NDJSON on standard output).
    Synth(synth::SynthArgs),
    /// Says who gains and who loses under a pack, over a file of families or synthetic ones.
    Simulate(simulate::SimulateArgs),
    /// Serves the endpoint, and the app where its folder is given.
    Serve(serve::ServeArgs),
    /// Serves a practice district with synthetic families; makes it where it is absent.
    Practice(serve::PracticeArgs),
    /// Takes families from lists: DTSEN, or the final closing of SIKS-NG.
    Import(import::ImportArgs),
    /// Writes families, assessments or referrals as CSV, XLSX, Parquet or lines of JSON.
    Export(export::ExportArgs),
    /// Writes a copy of the whole database into a new file, also while it is served.
    Backup(backup::BackupArgs),
    /// Puts such a copy back as the database of a folder.
    Restore(backup::RestoreArgs),
    /// Takes a rescue file: what a broken or locked phone held.
    Rescue(rescue::RescueArgs),
    /// Adds a key to which phones seal their rescue files; those before it still open.
    RescueKey(rescue::RescueKeyArgs),
    /// Adds people who sign in, closes their accounts, gives them another password.
    User(user::UserArgs),
}

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Decide(args) => return decide::run(args),
        Command::Cel(args) => return cel::run(&args),
        Command::Pack(args) => return pack::run(args),
        Command::Simulate(args) => return simulate::run(args),
        Command::Synth(args) => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            synth::run(args, &mut out)
        }
        Command::Serve(args) => serve::serve(args),
        Command::Practice(args) => serve::practice(args),
        Command::Import(args) => return import::run(args),
        Command::Export(args) => export::run(&args),
        Command::Backup(args) => backup::backup(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Rescue(args) => rescue::rescue(&args),
        Command::RescueKey(args) => rescue::new_key(&args),
        Command::User(args) => user::run(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("naik-kelas: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Who types at the command line is not known: the audit log names nobody.
const OPERATOR: UserId = UserId::from_bytes([0; 16]);

/// Why a command did not do its work, in words that say what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    fn say(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// A regency on the command line.
fn regency(text: &str) -> Result<RegencyCode, String> {
    let code: Option<RegencyCode> = text.parse().ok();
    code.filter(|code| areas::regency_name(*code).is_some())
        .ok_or_else(|| "four digits of a regency or city, such as 3209".to_owned())
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self(match error {
            DbError::Busy => "another program is writing to the database; try again".into(),
            DbError::Closed => "the database was closed".into(),
            DbError::NameTaken => "somebody has this name already; choose another".into(),
            DbError::UnknownAccount => "nobody has this name".into(),
            DbError::UnknownFamily => "there is no such family in this regency".into(),
            DbError::Absent => "there is no database in this folder; `naik-kelas serve` makes one".into(),
            DbError::OtherRealm => {
                "this folder belongs to the other realm: practice and real data never mix; give another --data".into()
            }
            DbError::TooNew => "a newer naik-kelas wrote this database; use that one".into(),
            DbError::Damaged => "the database holds something that cannot be read; restore a backup".into(),
            DbError::Full => "the disk is full".into(),
            DbError::Folder => "the folder of --data cannot be made or opened".into(),
            DbError::Occupied => "there is something of this name already, and nothing is overwritten".into(),
            DbError::InUse => "another program has the database open; stop `naik-kelas serve` first".into(),
            DbError::Engine(code) => format!("the database failed (SQLite code {code})"),
        })
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Db(error) => error.into(),
            StartError::Pack(PackTrouble::Db(error)) => error.into(),
            StartError::Pack(PackTrouble::Broken) => Self(
                "a pack is none that this program understands; build it with `naik-kelas pack build`".into(),
            ),
            StartError::NoPack => {
                Self("no pack to serve: give --pack FILE, or an --app folder that holds one".into())
            }
            StartError::Practice(error) => error.into(),
            StartError::NoRandom => Self("the system gives no random bytes".into()),
            StartError::RescueKeys => Self(
                "rescue.keys beside the database holds no keys, or cannot be read or made; put its copy back: \
                 without them rescue files do not open"
                    .into(),
            ),
        }
    }
}

impl From<PackTrouble> for Failure {
    fn from(trouble: PackTrouble) -> Self {
        StartError::Pack(trouble).into()
    }
}

impl From<PracticeError> for Failure {
    fn from(error: PracticeError) -> Self {
        match error {
            PracticeError::Db(error) => error.into(),
            PracticeError::Pack => Self(
                "the pack cannot decide the practice families: none is in force on their days, or it asks \
                 for facts that they do not have"
                    .into(),
            ),
            PracticeError::NoRandom => Self("the system gives no random bytes".into()),
            PracticeError::Areas => Self("the table of villages in this program is not whole".into()),
        }
    }
}
