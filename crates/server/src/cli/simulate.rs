//! `naik-kelas simulate`: what a pack decides about a whole population, and who gains and loses against another one.

mod examples;
mod feed;
mod lines;
mod progress;
mod report;
mod synthetic;
mod table;
mod tally;
#[cfg(test)]
mod tests;
mod work;

use super::households::LineError;
use super::trust::{TrustArgs, load};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Which packs, and which families.
#[derive(Args, Debug)]
pub struct SimulateArgs {
    /// Folder of a pack, or a compiled pack: what holds now.
    #[arg(long)]
    pub pack: PathBuf,
    /// The pack to rehearse beside it.
    #[arg(long)]
    pub against: Option<PathBuf>,
    /// Families in a file: NDJSON, or Parquet where its name ends so.
    #[arg(long, required_unless_present = "synthetic")]
    pub households: Option<PathBuf>,
    /// So many synthetic families, made in memory.
    #[arg(long, conflicts_with = "households")]
    pub synthetic: Option<u64>,
    /// The same seed makes the same families.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// By what families are told apart: province, desil, sex (of the head).
    #[arg(long, value_delimiter = ',', default_value = "province,desil,sex")]
    pub by: Vec<By>,
    /// Writes the report as JSON.
    #[arg(long)]
    pub json: bool,
    /// So many threads; as many as there are cores where it is not given.
    #[arg(long)]
    pub threads: Option<usize>,
    /// Whose packs are taken.
    #[command(flatten)]
    pub trust: TrustArgs,
}

/// By what families are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum By {
    /// The first two digits of the village.
    Province,
    /// The decile.
    Desil,
    /// Sex of the head.
    Sex,
}

/// Where families come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// Made in memory.
    Synthetic {
        /// How many.
        count: u64,
        /// The seed.
        seed: u64,
    },
    /// A household a line.
    Lines(PathBuf),
    /// A household a row.
    Parquet(PathBuf),
}

/// Why a simulation could not be made, or not to its end.
#[derive(Debug)]
pub struct Trouble(pub String);

/// Something that could not be decided, and where it stands (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line or row.
    pub row: u64,
    /// What is wrong.
    pub error: LineError,
}

/// Runs the command. Exit status 1 where a row could not be decided, 2 where nothing could.
pub fn run(args: SimulateArgs) -> ExitCode {
    match simulate(&args) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(Trouble(message)) => {
            eprintln!("naik-kelas: {message}");
            ExitCode::from(2)
        }
    }
}

fn simulate(args: &SimulateArgs) -> Result<u64, Trouble> {
    let trust = args.trust.read().map_err(Trouble)?;
    let mut packs = vec![load(&args.pack, trust.as_ref()).map_err(Trouble)?];
    if let Some(against) = &args.against {
        packs.push(load(against, trust.as_ref()).map_err(Trouble)?);
    }
    let source = source(args)?;
    let threads = args.threads.unwrap_or_else(|| {
        std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
    });
    let show = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let outcome = work::run(&packs, &source, threads.clamp(1, 64), show)?;
    for bad in &outcome.bad {
        eprintln!("{}", report::bad_row(&source, bad));
    }
    if outcome.bad_rows > outcome.bad.len() as u64 {
        eprintln!(
            "... and {} more",
            outcome.bad_rows - outcome.bad.len() as u64
        );
    }
    let out = std::io::stdout().lock();
    match report::write(&packs, &outcome, &args.by, args.json, out) {
        // A reader that has seen enough, such as `head`, is no failure of ours.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Trouble(format!("the report cannot be written: {error}")))
        }
        _ => Ok(outcome.bad_rows),
    }
}

fn source(args: &SimulateArgs) -> Result<Source, Trouble> {
    match (&args.households, args.synthetic) {
        (Some(path), _) if path.extension().is_some_and(|end| end == "parquet") => {
            Ok(Source::Parquet(path.clone()))
        }
        (Some(path), _) => Ok(Source::Lines(path.clone())),
        (None, Some(count)) => Ok(Source::Synthetic {
            count,
            seed: args.seed,
        }),
        (None, None) => Err(Trouble(
            "give --households FILE or --synthetic N".to_owned(),
        )),
    }
}
