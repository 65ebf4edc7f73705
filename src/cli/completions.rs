//! `completions`: a shell completes the command line by asking this program.
//!
//! Owns the scripts that teach a shell to ask, and the answers. Both are made by
//! `clap_complete` of the definitions that the help is made of, so that what a shell offers is
//! what the installed version has. Must not write anything: Tab is no command.

mod candidates;

use crate::cli::arguments::Arguments;
use crate::cli::error::CliError;
use crate::cli::output::{Output, write_text};
use clap::{Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;
use clap_complete::{CompleteEnv, Shell};
use serde::Serialize;
use std::ffi::OsStr;

/// The variable in which a script says which shell asks.
const ASKING: &str = "SIDELIGHT_COMPLETE";
/// The name of the program, for which the shell finds it on its path.
const PROGRAM: &str = "sidelight";

#[derive(Serialize)]
struct Printed {
    script: String,
}

/// Prints the script for a shell.
pub(super) fn print(shell: Shell, output: Output) -> Result<(), CliError> {
    let mut script = Vec::new();
    if let Some(shell) = Shells::builtins().completer(&shell.to_string()) {
        shell.write_registration(ASKING, PROGRAM, PROGRAM, PROGRAM, &mut script).map_err(CliError::Output)?;
    }
    let script = String::from_utf8_lossy(&script).into_owned();
    if output.is_json() {
        output.write(&Printed { script }, |printed| printed.script.clone())
    } else {
        write_text(&script)
    }
}

/// Answers a shell that asks what could come next; `None` when none does.
pub(super) fn answer() -> Option<Result<(), clap::Error>> {
    std::env::var_os(ASKING)?;
    let answered = CompleteEnv::with_factory(command)
        .var(ASKING)
        .bin(PROGRAM)
        .completer(PROGRAM)
        .try_complete(std::env::args_os(), std::env::current_dir().ok().as_deref());
    Some(answered.map(drop))
}

/// The commands, with what is known only while the program runs: ids and paths.
fn command() -> Command {
    let command = asking(Arguments::command(), "course", candidates::courses);
    let command = command.mut_subcommand("read", |read| asking(read, "lesson", candidates::lessons));
    command.mut_subcommand("mark", |mark| asking(mark, "item", candidates::items))
}

/// Lets an argument of a command be completed in this way. All are passed through, because one
/// that is taken out alone comes back as the last.
fn asking(command: Command, id: &str, complete: fn(&OsStr) -> Vec<CompletionCandidate>) -> Command {
    command.mut_args(|argument| {
        if argument.get_id() == id { argument.add(ArgValueCompleter::new(complete)) } else { argument }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn every_shell_that_can_be_named_has_a_script() {
        for shell in Shell::value_variants() {
            assert!(Shells::builtins().completer(&shell.to_string()).is_some(), "{shell}");
        }
    }

    #[test]
    fn the_arguments_that_are_ids_are_completed_and_stay_in_their_order() {
        command().debug_assert();
        let command = command();
        for (name, id) in [("", "course"), ("read", "lesson"), ("mark", "item")] {
            let of = if name.is_empty() { &command } else { command.find_subcommand(name).unwrap() };
            let argument = of.get_arguments().find(|argument| argument.get_id() == id).unwrap();
            assert!(argument.get::<ArgValueCompleter>().is_some(), "{name} {id}");
        }
    }
}
