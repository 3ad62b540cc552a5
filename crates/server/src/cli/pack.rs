//! `naik-kelas pack`: checking, building, signing and comparing packs.

mod diff;
mod keys;

use super::Failure;
use super::decide::hex;
use naik_kelas_compiler::signed::sign;
use naik_kelas_compiler::{Finding, Severity, check};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Checks, builds and signs packs.
#[derive(clap::Args, Debug)]
pub struct PackArgs {
    #[command(subcommand)]
    command: PackCommand,
}

#[derive(clap::Subcommand, Debug)]
enum PackCommand {
    /// Reads a pack, checks every expression, runs its cases, and says what is wrong and where.
    Check {
        /// Folder of the pack.
        dir: PathBuf,
    },
    /// Compiles a pack into one file. The same folder always gives the same bytes.
    Build {
        /// Folder of the pack.
        dir: PathBuf,
        /// The file to write.
        #[arg(short, long)]
        output: PathBuf,
        /// Signs it with this private key (see new-key).
        #[arg(long)]
        key: Option<PathBuf>,
    },
    /// Signs a built pack; one that is signed already is signed anew.
    Sign {
        /// The built pack.
        file: PathBuf,
        /// The private key.
        #[arg(long)]
        key: PathBuf,
        /// The file to write; the built pack itself where it is not given.
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Says what a new pack changes: facts, questions, numbers, conditions, readiness. Exit status 0 where the two say
    /// the same, 1 where they do not.
    Diff(diff::DiffArgs),
    /// Makes a key to sign packs with (ECDSA P-256): the private half in FILE, the public one in FILE.pub.
    NewKey {
        /// The file of the private half. A file that is there is never overwritten.
        #[arg(short, long, default_value = "pack-key.pem")]
        output: PathBuf,
    },
    /// Writes the statement by which one key hands over to the next, signed by both.
    RotateKey {
        /// The private key that has signed until now.
        #[arg(long)]
        old: PathBuf,
        /// The private key that signs from now on.
        #[arg(long)]
        new: PathBuf,
        /// The file to write.
        #[arg(short, long)]
        output: PathBuf,
    },
}

/// Runs the command. Exit status 1 where the pack has an error, 2 where nothing could be done.
pub fn run(args: PackArgs) -> ExitCode {
    let done = match args.command {
        PackCommand::Check { dir } => Ok(check_folder(&dir)),
        PackCommand::Build { dir, output, key } => build_folder(&dir, &output, key.as_deref()),
        PackCommand::Sign { file, key, output } => {
            keys::sign(&file, &key, output.as_deref().unwrap_or(&file)).map(|()| ExitCode::SUCCESS)
        }
        PackCommand::Diff(args) => diff::run(&args),
        PackCommand::NewKey { output } => keys::new_key(&output).map(|()| ExitCode::SUCCESS),
        PackCommand::RotateKey { old, new, output } => {
            keys::rotate(&old, &new, &output).map(|()| ExitCode::SUCCESS)
        }
    };
    done.unwrap_or_else(|failure| {
        eprintln!("naik-kelas: {failure}");
        ExitCode::from(2)
    })
}

fn check_folder(dir: &Path) -> ExitCode {
    let checked = check(dir);
    let errors = say(&checked.findings);
    match &checked.compiled {
        Some(compiled) => println!(
            "{} {}: {} decisions, {} cases passed, {} bytes, {}",
            compiled.pack.id(),
            compiled.pack.version(),
            compiled.pack.decisions().len(),
            checked.cases,
            compiled.bytes.len(),
            hex(&compiled.hash),
        ),
        None => println!("{errors} error(s) in {}", dir.display()),
    }
    if errors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn build_folder(dir: &Path, output: &Path, key: Option<&Path>) -> Result<ExitCode, Failure> {
    // A key that cannot be read is said before the work is done.
    let key = key.map(keys::private_key).transpose()?;
    let checked = check(dir);
    say(&checked.findings);
    let Some(compiled) = checked.compiled else {
        eprintln!("{} has errors and was not built", dir.display());
        return Ok(ExitCode::FAILURE);
    };
    let bytes = match &key {
        Some(key) => sign(&compiled.bytes, key),
        None => compiled.bytes,
    };
    write_whole(output, &bytes).map_err(|error| {
        Failure::say(format!("{} cannot be written: {error}", output.display()))
    })?;
    let by = key.map(|key| format!(", signed by {}", key.public().id()));
    println!(
        "{} {} bytes {}{}",
        output.display(),
        bytes.len(),
        hex(&compiled.hash),
        by.unwrap_or_default()
    );
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the file and moves it into place, so that no reader sees half a pack.
fn write_whole(output: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = output.as_os_str().to_owned();
    name.push(".part");
    let beside = PathBuf::from(name);
    std::fs::write(&beside, bytes)?;
    std::fs::rename(&beside, output)
}

/// Prints findings, and counts the errors.
fn say(findings: &[Finding]) -> usize {
    for finding in findings {
        println!("{finding}");
    }
    findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count()
}
