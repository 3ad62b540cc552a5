//! Starting other programs: shown, captured, or with their output in a log while progress is said.

mod unhurried;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Doing, Failure, Outcome};
use crate::steps::say;

pub use unhurried::unhurried;

/// Often enough that nobody thinks it hangs, seldom enough to keep a log of CI readable.
const PROGRESS_EVERY: Duration = Duration::from_secs(15);
const POLL_EVERY: Duration = Duration::from_millis(100);

/// Runs a program with its output on the terminal; anything but success is a failure.
pub fn shown(command: &mut Command) -> Outcome {
    let status = command
        .status()
        .doing(|| format!("starting {}", name_of(command)))?;
    success(command, status)
}

/// Runs a program and gives its standard output; its errors stay on the terminal.
pub fn captured(command: &mut Command) -> Outcome<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .doing(|| format!("starting {}", name_of(command)))?;
    success(command, output.status)?;
    String::from_utf8(output.stdout).doing(|| format!("reading what {} printed", name_of(command)))
}

/// Standard output of a program that may be missing or refuse: `None` then, and nothing on the terminal.
pub fn asked(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program with standard output both on the terminal and returned, as a test's results are.
pub fn shown_and_captured(command: &mut Command) -> Outcome<(ExitStatus, String)> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .doing(|| format!("starting {}", name_of(command)))?;
    let mut text = String::new();
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output
            .read_until(b'\n', &mut line)
            .doing(|| "reading test results".into())?
            > 0
        {
            std::io::stdout()
                .write_all(&line)
                .doing(|| "writing test results".into())?;
            text.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    let status = child
        .wait()
        .doing(|| format!("waiting for {}", name_of(command)))?;
    Ok((status, text))
}

/// Runs a long and talkative program with its output in `log`, saying now and then how far it is.
/// On failure the end of the log is shown.
pub fn logged(label: &str, command: &mut Command, log: &Path) -> Outcome {
    let status = into_log(label, command, log, PROGRESS_EVERY)?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{label} failed ({status}). The end of {}:\n{}",
        log.display(),
        last_lines(log, 25)?
    )))
}

/// Runs a program with all its output in `log`, saying every so often how far it is.
pub fn into_log(
    label: &str,
    command: &mut Command,
    log: &Path,
    every: Duration,
) -> Outcome<ExitStatus> {
    let file = File::create(log).doing(|| format!("creating {}", log.display()))?;
    let errors = file
        .try_clone()
        .doing(|| format!("creating {}", log.display()))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(errors)
        .spawn()
        .doing(|| format!("starting {}", name_of(command)))?;
    let began = Instant::now();
    let mut said = began;
    wait(&mut child, || {
        if said.elapsed() >= every {
            said = Instant::now();
            let line = last_lines(log, 1)?;
            say(&format!(
                "    {label}: {} s, {}",
                began.elapsed().as_secs(),
                line.trim()
            ));
        }
        Ok(())
    })
}

/// Runs a program without showing anything and without asking anybody; false where it fails, is not there, or takes
/// longer than `patience`.
pub fn succeeds_within(patience: Duration, command: &mut Command) -> Outcome<bool> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else {
        return Ok(false);
    };
    let began = Instant::now();
    let mut is_late = false;
    while let Ok(None) = child.try_wait() {
        if began.elapsed() > patience {
            is_late = true;
            child
                .kill()
                .doing(|| format!("stopping {}", name_of(command)))?;
            break;
        }
        pause();
    }
    let status = child
        .wait()
        .doing(|| format!("waiting for {}", name_of(command)))?;
    Ok(status.success() && !is_late)
}

fn wait(child: &mut Child, mut meanwhile: impl FnMut() -> Outcome) -> Outcome<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait().doing(|| "waiting for a program".into())? {
            return Ok(status);
        }
        meanwhile()?;
        pause();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the standard library waits for a child or for a time, not for both"
)]
fn pause() {
    thread::sleep(POLL_EVERY);
}

fn last_lines(log: &Path, count: usize) -> Outcome<String> {
    let mut bytes = Vec::new();
    File::open(log)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .doing(|| format!("reading {}", log.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    Ok(lines[lines.len().saturating_sub(count)..].join("\n"))
}

fn success(command: &Command, status: ExitStatus) -> Outcome {
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "{} ended with {status}",
            name_of(command)
        )))
    }
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut name = program.file_name().map_or_else(
        || program.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    for argument in command.get_args().take(3) {
        name.push(' ');
        name.push_str(&argument.to_string_lossy());
    }
    format!("`{name}`")
}
