//! A program that gets the processor only while nothing else wants it.

use std::process::Command;

use crate::tools;

/// What makes it so. A session of its own, for Linux may share the processor out by sessions, and then counts a program's
/// own priority only within its session; and it ends with xtask, although Ctrl-C does not reach another session.
const PROGRAMS: &[&str] = &["setsid", "setpriv", "nice", "sh"];
const SCRIPT: &str = r#"{ echo 19 > /proc/self/autogroup; } 2> /dev/null; exec nice -n 19 "$@""#;

/// The same program with its arguments, folder and variables. Where the machine has no such priorities, as it was given.
pub fn unhurried(command: &Command) -> Command {
    let has = |name: &&str| tools::on_path(&[name]).is_some();
    let mut wrapped = if PROGRAMS.iter().all(has) {
        let mut session = Command::new("setsid");
        session
            .args(["setpriv", "--pdeathsig", "TERM", "sh", "-c", SCRIPT, "sh"])
            .arg(command.get_program());
        session
    } else {
        Command::new(command.get_program())
    };
    wrapped.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(name, value),
            None => wrapped.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        wrapped.current_dir(folder);
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_program_with_its_arguments_folder_and_variables() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "echo \"$0 $WORD $(pwd)\"; exit 3", "two words"])
            .env("WORD", "said")
            .current_dir("/");
        let output = unhurried(&command).output().expect("it starts");
        assert_eq!(output.stdout, b"two words said /\n");
        assert_eq!(output.status.code(), Some(3));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn whatever_else_runs_comes_first() {
        let mut command = Command::new("sh");
        command.args(["-c", "nice"]);
        let output = unhurried(&command).output().expect("it starts");
        assert_eq!(output.stdout, b"19\n");
    }
}
