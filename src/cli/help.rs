//! The help of the commands: what is special to each comes first.
//!
//! Owns how the options of all commands are told of in the help of one, and that the variables are
//! named in the help without being read by the parser, which would take an empty one for a value.

use crate::cli::arguments::{Arguments, without_variables};
use crate::course::nearest;
use clap::{Arg, ArgMatches, Command, CommandFactory};
use std::path::Path;

/// Reads the command line. The help of all commands takes longer to build than most commands to run, so it
/// is built only when it is asked for, or an error may quote it.
pub(super) fn read_arguments() -> clap::error::Result<ArgMatches> {
    let without_help = without_variables(Arguments::command());
    without_help.try_get_matches().or_else(|_| command().try_get_matches())
}

/// The command line with its help. That of a command lists its own options, gives an example, and names
/// those of all commands in one line.
pub(super) fn command() -> Command {
    let root = without_variables(Arguments::command().mut_args(|arg| match arg.get_env() {
        Some(name) => {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let help = format!("{help} [env: {}]", name.to_string_lossy());
            arg.help(help)
        }
        None => arg,
    }));
    let global: Vec<Arg> = root.get_arguments().filter(|arg| arg.is_global_set()).cloned().collect();
    let names = global.iter().filter_map(Arg::get_long).map(|name| format!("--{name}"));
    let names: Vec<String> = names.collect();
    let line = format!("Options of every command, which `sidelight --help` explains:\n{}", names.join(" "));
    // A command that has such an option already is not given it again, so the hidden one stays.
    let hidden: Vec<Arg> = global.into_iter().map(|arg| arg.hide(true)).collect();
    root.mut_subcommands(|command| with_own_help(command, &hidden, &line))
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

/// The command that somebody may have meant who named a file that is not there: `lessons` for `lesons`,
/// `journal backup` for `backup`.
pub(super) fn command_meant(file: &Path) -> Option<String> {
    let typed = file.to_str().filter(|typed| !typed.contains(['/', '.']))?;
    let root = Arguments::command();
    let commands: Vec<(&str, String)> = root
        .get_subcommands()
        .flat_map(|command| {
            let name = command.get_name();
            let below = command.get_subcommands().map(Command::get_name);
            std::iter::once((name, name.to_owned()))
                .chain(below.map(move |own| (own, format!("{name} {own}"))))
        })
        .collect();
    let nearest = nearest(typed, commands.iter().map(|(name, _)| *name))?;
    commands.iter().find(|(name, _)| *name == nearest).map(|(_, command)| command.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_with_its_help_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn a_command_is_told_from_a_file_that_is_not_there() {
        for (typed, command) in [
            ("lesons", Some("lessons")),
            ("backup", Some("journal backup")),
            ("verfy", Some("journal verify")),
            ("README.md", None),
            ("./lesons", None),
            ("a-course-of-mine", None),
        ] {
            assert_eq!(command_meant(Path::new(typed)).as_deref(), command, "{typed}");
        }
    }
}
