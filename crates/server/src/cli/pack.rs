//! `naik-kelas pack check` and `naik-kelas pack build`.

use super::decide::hex;
use naik_kelas_compiler::{Finding, Severity, check};
use std::path::PathBuf;
use std::process::ExitCode;

/// Checks and builds packs.
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
    /// Compiles a pack into one file.
    Build {
        /// Folder of the pack.
        dir: PathBuf,
        /// The file to write.
        #[arg(short, long)]
        output: PathBuf,
    },
}

/// Runs the command. Exit status 1 where the pack has an error, 2 where the file cannot be written.
pub fn run(args: PackArgs) -> ExitCode {
    match args.command {
        PackCommand::Check { dir } => {
            let checked = check(&dir);
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
        PackCommand::Build { dir, output } => {
            let checked = check(&dir);
            say(&checked.findings);
            let Some(compiled) = checked.compiled else {
                eprintln!("{} has errors and was not built", dir.display());
                return ExitCode::FAILURE;
            };
            if let Err(error) = write_whole(&output, &compiled.bytes) {
                eprintln!("{} cannot be written: {error}", output.display());
                return ExitCode::from(2);
            }
            println!(
                "{} {} bytes {}",
                output.display(),
                compiled.bytes.len(),
                hex(&compiled.hash)
            );
            ExitCode::SUCCESS
        }
    }
}

/// Writes beside the file and moves it into place, so that no reader sees half a pack.
fn write_whole(output: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
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
