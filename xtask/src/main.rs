//! The project's commands, `cargo xtask <command>`: what a newcomer, a developer and CI run.
//!
//! Each module is one command or one thing that commands share; `tools` installs what a bare machine lacks.

mod bench;
mod build;
mod check;
mod doctor;
mod failure;
mod files;
mod lockfile;
mod process;
mod project;
mod run;
mod size;
mod soak;
mod source_text;
mod steps;
mod test;
mod tidy;
mod tools;
mod wasm;

use std::process::ExitCode;

use failure::{Failure, Outcome};
use project::Project;

const USAGE: &str = "\
cargo xtask <command>

  run [--port 8080]        install what is missing, build, serve the app and the endpoint with the practice district
  test [--only native|wasm|e2e]
                           install what is missing, run every test; the last line counts them
  check                    formatting, clippy, tidy, size budget, licences and advisories of dependencies
  build [--debug]          dist/ (the app, precompressed) and target/release/naik-kelas
  size [--as-built]        what a phone downloads, by file, and what fills the wasm; fails above the budget
  doctor                   which tools are here, which are missing, and what brings them
  bench [GROUP] [--peers DIR]
                           what is measured and what it should reach (rules, phone, form, sync); target/bench/GROUP.json
  soak [--minutes N]       kills the browser hundreds of times, fuzzes what reads bytes of strangers; for hours if asked
  tidy                     the rules of the house that a compiler does not check
";

fn main() -> ExitCode {
    steps::start_clock();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match perform(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(message) = failure.message() {
                eprintln!("\nxtask: {message}");
            }
            ExitCode::from(failure.exit_status())
        }
    }
}

fn perform(arguments: &[String]) -> Outcome {
    let (command, options) = match arguments.split_first() {
        Some((command, options)) => (command.as_str(), options),
        None => return Err(Failure::usage(USAGE)),
    };
    let project = Project::find()?;
    match command {
        "run" => run::run(&project, run::Options::parse(options)?),
        "test" => test::test(&project, test::Selection::parse(options)?),
        "check" => without_options(options).and_then(|()| check::check(&project)),
        "build" => build::build(&project, build::Flavour::parse(options)?).map(|_| ()),
        "size" => size::size(&project, size::Subject::parse(options)?),
        "doctor" => without_options(options).and_then(|()| doctor::doctor(&project)),
        "tidy" => without_options(options).and_then(|()| tidy::tidy(&project)),
        "bench" => bench::bench(&project, &bench::Options::parse(options)?),
        "soak" => soak::soak(&project, soak::Options::parse(options)?),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(Failure::usage(format!("no command `{unknown}`\n\n{USAGE}"))),
    }
}

fn without_options(options: &[String]) -> Outcome {
    match options.first() {
        None => Ok(()),
        Some(option) => Err(Failure::usage(format!("unknown option `{option}`"))),
    }
}
