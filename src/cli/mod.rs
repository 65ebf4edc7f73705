//! The commands: arguments in, text or JSON out, and an exit code.
//!
//! Owns the only `stdout` that is not the screen. Data goes to standard output, messages
//! to standard error; 0 is done, 1 failed, 2 wrong use.
//!
//! `run` names the file of each command. The shape of its JSON is the type at the top of that
//! file that derives `Serialize`.

pub mod arguments;
mod ask;
mod authoring;
mod completions;
mod config;
mod courses;
mod doctor;
mod environment;
mod error;
mod export;
mod help;
mod import;
mod items;
mod journal;
mod lessons;
mod linear;
mod locale;
mod manual;
mod merge;
mod new_file;
mod open;
mod output;
mod pictures;
mod places;
mod report;
mod search;
mod today;
mod typed_line;
mod words;

use crate::text::clean::clean_line;
use arguments::{Arguments, Command, CourseCommand, Opening};
use clap::{ArgMatches, FromArgMatches};
pub use config::faults_in;
use error::CliError;
use output::Output;
use std::io::{self, Write};
use std::process::ExitCode;

/// Asks the system for no memory dump should this program crash: what you write would be in
/// it, in a file that nobody knows of.
fn dump_no_memory() {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Core);
    let none = rustix::process::Rlimit { current: Some(0), ..limit };
    // Where that is refused the limit stays as it was, and nothing else is lost.
    rustix::process::setrlimit(rustix::process::Resource::Core, none).ok();
    // A program that is handed dumps through a pipe gets them whatever the limit says.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}

/// Runs the program.
pub fn main() -> ExitCode {
    dump_no_memory();
    if let Some(answered) = completions::answer() {
        return answered.map_or_else(|error| print_clap_error(&error), |()| ExitCode::SUCCESS);
    }
    if let Some(opening) = Opening::without_command(std::env::args_os()) {
        return ended(screen(opening));
    }
    let parsed = help::read_arguments().and_then(|matches| {
        let arguments = Arguments::from_arg_matches(&matches)?;
        Ok((arguments, matches))
    });
    let (arguments, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return print_clap_error(&error),
    };
    ended(run(arguments, &matches))
}

fn ended(result: Result<ExitCode, CliError>) -> ExitCode {
    match result {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(CliError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error.to_string());
            ExitCode::from(error.exit_code())
        }
    }
}

/// The help, the version, or what is wrong with the arguments. They are repeated in it, and
/// a script may have taken them from anywhere.
fn print_clap_error(error: &clap::Error) -> ExitCode {
    let text = crate::text::clean::clean(&error.render().to_string()).into_owned();
    if error.use_stderr() {
        write!(io::stderr(), "{text}").ok();
    } else {
        write!(io::stdout(), "{text}").ok();
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn screen(opening: Opening) -> Result<ExitCode, CliError> {
    let (path, kind, mut shared) = opening.into_parts();
    environment::apply_to(&mut shared)?;
    open::screen(path.as_deref(), kind, &shared)
}

fn run(arguments: Arguments, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let Arguments { opening, command } = arguments;
    let Some(command) = command else { return screen(opening) };
    let (path, kind, mut shared) = opening.into_parts();
    environment::apply_to(&mut shared)?;
    let output = Output::new(shared.json);
    let command = match command {
        Command::Check { folder } => {
            return authoring::check_course(folder.as_deref().or(path.as_deref()), &shared, output);
        }
        Command::New { folder } => return done(authoring::new_course(&folder, output)),
        Command::Courses { leave_off } => {
            return done(courses::list(leave_off.as_deref(), &shared, output));
        }
        Command::Moved { from, to } => return done(courses::moved(&from, &to, &shared, output)),
        Command::Merge { from } => {
            let course = places::named_course(path.as_deref(), kind, &shared)?;
            return done(merge::merge(&from, course.as_ref(), &shared, output));
        }
        Command::Journal { command } => {
            let course = places::named_course(path.as_deref(), kind, &shared)?;
            return journal::upkeep(&command, course.as_ref(), &shared, output);
        }
        Command::Export(arguments) => {
            return done(export::export(&arguments, path.as_deref(), &shared, output));
        }
        Command::Import { file } => {
            let course = places::named_course(path.as_deref(), kind, &shared)?;
            return done(import::import(&file, course.as_ref(), &shared, output));
        }
        Command::Report(arguments) => {
            return done(report::report(&arguments, path.as_deref(), &shared, output));
        }
        Command::Config => return config::report(&shared, matches, output),
        Command::Where => return done(journal::whereabouts(&shared, output)),
        Command::Erase(arguments) => return done(journal::erase(&arguments, &shared, output)),
        Command::Doctor => return doctor::examine(&shared, output),
        Command::Completions { shell } => return done(completions::print(shell, output)),
        Command::Manual { folder } => return done(manual::write(&folder, output)),
        Command::Of(command) => command,
    };
    let (command, own) = command.into_parts(path.is_some());
    let named = own.or(path);
    if named.is_none() {
        tell_of_course_around();
    }
    let mut course = places::course(named.as_deref(), kind, &shared)?;
    match command {
        CourseCommand::Lessons { .. } => lessons::list(&course, &shared, output),
        CourseCommand::Read { lesson, width, .. } => lessons::read(&mut course, &lesson, width, output),
        CourseCommand::Search { query, jsonl } => {
            let format = search::HitFormat::new(output, jsonl);
            return search::search(&course, &query.join(" "), &shared, format);
        }
        CourseCommand::Items { day } => items::list(&course, day, &shared, output),
        CourseCommand::Today => today::today(&course, &shared, output),
        CourseCommand::Ask(arguments) => ask::ask(&course, &arguments, &shared, output),
        CourseCommand::Mark { item, mark, day } => items::mark(&course, &item, mark, day, &shared, output),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn done(result: Result<(), CliError>) -> Result<ExitCode, CliError> {
    result.map(|()| ExitCode::SUCCESS)
}

/// Says to somebody in the folder of a course that the command is about another one.
fn tell_of_course_around() {
    let folder = std::env::current_dir().ok();
    if let Some(around) = folder.and_then(|folder| authoring::course_around(&folder)) {
        let around = authoring::for_a_shell(&clean_line(&around.display().to_string()));
        output::complain(&format!(
            "this is the built-in course; --course {around} names the one of this folder"
        ));
    }
}
