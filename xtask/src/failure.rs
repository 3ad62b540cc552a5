//! Why a command stopped, as a sentence for the person at the terminal.

use std::fmt::Display;

/// What every step of a command returns.
pub type Outcome<T = ()> = Result<T, Failure>;

/// The reason for stopping. A developer reads it, so it is prose and says what to do next.
#[derive(Debug)]
pub struct Failure {
    message: Option<String>,
    exit_status: u8,
}

impl Failure {
    /// Something did not work: exit status 1.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            exit_status: 1,
        }
    }

    /// The command was not asked for rightly: exit status 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            exit_status: 2,
        }
    }

    /// The findings are on the screen already and nothing needs to be added.
    pub fn already_said() -> Self {
        Self {
            message: None,
            exit_status: 1,
        }
    }

    /// What to print, where it was not said already.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The exit status of the whole command.
    pub fn exit_status(&self) -> u8 {
        self.exit_status
    }
}

/// Adds what was being done to an error that only knows what went wrong.
pub trait Doing<T> {
    /// `reading Cargo.lock` becomes `reading Cargo.lock: No such file or directory`.
    fn doing(self, what: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T, E: Display> Doing<T> for Result<T, E> {
    fn doing(self, what: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("{}: {error}", what())))
    }
}
