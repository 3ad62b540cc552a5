//! `naik-kelas pack diff`: what a new pack changes, in words for who answers for the rules.

mod json;
mod shown;
mod text;
mod words;

use super::super::Failure;
use super::super::trust::{TrustArgs, load};
use clap::Args;
use naik_kelas_compiler::diff::{Side, Sources, between};
use naik_kelas_rules::{Lang, Pack};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Which packs, and how it is told.
#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    /// The pack as it was: its folder, or a built file.
    old: PathBuf,
    /// The pack as it is to be.
    new: PathBuf,
    /// In which language.
    #[arg(long, value_enum, default_value = "id")]
    lang: Language,
    /// Writes the differences as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    trust: TrustArgs,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Language {
    /// Bahasa Indonesia.
    Id,
    /// English.
    En,
}

/// A pack with its source where it was given as a folder.
struct Read {
    pack: Pack,
    sources: Option<Sources>,
}

/// Runs the command. Exit status 0 where the packs say the same, 1 where they do not.
///
/// # Errors
/// A pack that cannot be read or is not trusted; output that fails.
pub(super) fn run(args: &DiffArgs) -> Result<ExitCode, Failure> {
    let trust = args.trust.read().map_err(Failure::say)?;
    let read = |path: &Path| -> Result<Read, Failure> {
        Ok(Read {
            pack: load(path, trust.as_ref()).map_err(Failure::say)?,
            sources: path.is_dir().then(|| Sources::read(path)),
        })
    };
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let differences = between(old.side(), new.side());
    let told = match args.json {
        true => json::report(&old.pack, &new.pack, &differences),
        false => {
            let lang = match args.lang {
                Language::Id => Lang::Id,
                Language::En => Lang::En,
            };
            text::report(&old.pack, &new.pack, &differences, lang)
        }
    };
    match std::io::stdout().lock().write_all(told.as_bytes()) {
        // A reader that has seen enough, such as `head`, is no failure of ours.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    Ok(match differences.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

impl Read {
    fn side(&self) -> Side<'_> {
        Side {
            pack: &self.pack,
            sources: self.sources.as_ref(),
        }
    }
}
