//! `naik-kelas export`: lists that go out.

mod referrals;
mod rows;
mod sink;
#[cfg(test)]
mod tests;
mod walk;

use super::Failure;
use crate::{clock::Clock, db::Db};
use clap::Args;
use naik_kelas_domain::region::RegencyCode;
use rows::columns;
use sink::{Format, Sink, SinkError};
use std::path::PathBuf;
use walk::{ExportError, What, export};

/// What to write, and how.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// What a row is.
    #[arg(value_enum)]
    what: What,
    /// Folder of the database.
    #[arg(long)]
    data: PathBuf,
    /// How it is written.
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write; standard output where it is not given (CSV and NDJSON).
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// One regency only: four digits, such as 3209.
    #[arg(long, value_parser = super::regency)]
    area: Option<RegencyCode>,
}

/// Runs the command.
///
/// # Errors
/// What keeps it from being done: then the file is not whole.
pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    let now = Clock::System.now();
    let db = runtime.block_on(Db::open_existing(&args.data, now))?;
    let mut sink =
        Sink::open(args.format, args.output.as_deref(), columns(args.what)).map_err(of_sink)?;
    let rows = runtime
        .block_on(export(&db, args.what, args.area, now, &mut sink))
        .map_err(|error| match error {
            ExportError::Db(error) => error.into(),
            ExportError::Sink(error) => of_sink(error),
            ExportError::Unreadable(regency, position) => Failure::say(format!(
                "the entry at position {position} of {regency} cannot be read; restore a backup"
            )),
        })?;
    sink.close().map_err(of_sink)?;
    runtime.block_on(db.close())?;
    if let Some(file) = &args.output {
        eprintln!("{}: {rows} rows", file.display());
    }
    Ok(())
}

fn of_sink(error: SinkError) -> Failure {
    match error {
        SinkError::Io(error) => error.into(),
        SinkError::Format(why) => Failure::say(why),
    }
}
