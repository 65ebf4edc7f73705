//! The help of the commands: what is special to each comes first.
//!
//! Owns how the options of all commands are told of in the help of one. Must not change what
//! any command takes.

use crate::cli::arguments::Arguments;
use clap::{Arg, Command, CommandFactory};

/// The command line, as `main` reads it. The help of a command lists its own options, gives an
/// example, and names those of all commands in one line.
pub fn command() -> Command {
    let mut root = Arguments::command();
    let global: Vec<Arg> = root.get_arguments().filter(|arg| arg.is_global_set()).cloned().collect();
    let names: Vec<&str> = global.iter().filter_map(Arg::get_long).collect();
    let names: Vec<String> = names.into_iter().map(|name| format!("--{name}")).collect();
    let line = format!("Options of every command, which `sidelight --help` explains:\n{}", names.join(" "));
    // A command that has such an option already is not given it again, so the hidden one stays.
    let hidden: Vec<Arg> = global.into_iter().map(|arg| arg.hide(true)).collect();
    root = root.mut_subcommands(|command| with_own_help(command, &hidden, &line));
    root
}

fn with_own_help(command: Command, hidden: &[Arg], line: &str) -> Command {
    let own: Vec<&str> = command.get_arguments().map(|arg| arg.get_id().as_str()).collect();
    let others: Vec<Arg> =
        hidden.iter().filter(|arg| !own.contains(&arg.get_id().as_str())).cloned().collect();
    let example = command.get_after_help().map(|help| format!("{help}\n\n")).unwrap_or_default();
    command
        .args(others)
        .after_help(format!("{example}{line}"))
        .mut_subcommands(|command| with_own_help(command, hidden, line))
}
