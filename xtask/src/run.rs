//! `cargo xtask run`: everything that is needed to see the app at work, from nothing.

use std::net::TcpListener;
use std::process::Command;

use crate::build;
use crate::failure::{Doing, Failure, Outcome};
use crate::project::Project;
use crate::steps::{say, say_total};

const DEFAULT_PORT: u16 = 8080;

/// How it was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    port: u16,
}

impl Options {
    /// Reads `[--port N]`.
    pub fn parse(options: &[String]) -> Outcome<Self> {
        match options {
            [] => Ok(Self { port: DEFAULT_PORT }),
            [flag, port] if flag == "--port" => match port.parse() {
                Ok(port) => Ok(Self { port }),
                Err(_) => Err(Failure::usage(format!(
                    "`{port}` is no port: a number from 1 to 65535"
                ))),
            },
            _ => Err(Failure::usage("cargo xtask run [--port 8080]")),
        }
    }
}

/// Builds what changed and becomes the endpoint with the practice district. Ctrl-C stops it.
pub fn run(project: &Project, options: Options) -> Outcome {
    let address = format!("127.0.0.1:{}", options.port);
    // Said now and not after minutes of building. The port is given back at once.
    drop(TcpListener::bind(&address).doing(|| {
        format!(
            "{address} cannot be used; `cargo xtask run --port {}` takes another",
            options.port.saturating_add(1)
        )
    })?);
    build::ensure_built(project)?;
    say_total("getting ready");
    say(&format!("serving http://{address} (Ctrl-C stops it)"));
    let mut command = Command::new(project.command());
    command
        .args(["practice", "--listen", &address, "--data"])
        .arg(project.target.join("practice"))
        .arg("--app")
        .arg(project.dist())
        .current_dir(&project.root);
    become_command(command)
}

/// The endpoint takes this process's place, so that signals reach it and nothing else.
#[cfg(unix)]
fn become_command(mut command: Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Failure::new(format!(
        "starting {}: {error}",
        command.get_program().to_string_lossy()
    )))
}

#[cfg(not(unix))]
fn become_command(mut command: Command) -> Outcome {
    crate::process::shown(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(options: &[&str]) -> Option<Options> {
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        Options::parse(&options).ok()
    }

    #[test]
    fn the_port_is_a_number_or_nothing_starts() {
        assert_eq!(parse(&[]), Some(Options { port: 8080 }));
        assert_eq!(parse(&["--port", "9000"]), Some(Options { port: 9000 }));
        for wrong in [
            &["--port"][..],
            &["--port", "70000"],
            &["--port", "http"],
            &["9000"],
        ] {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }
}
