//! The commands: arguments in, text or JSON out, and an exit code.
//!
//! Owns the only `stdout` that is not the screen. Data goes to standard output, messages
//! to standard error; 0 is done, 1 failed, 2 wrong use.
//!
//! `run` names the file of each command. The shape of its JSON is the type at the top of that
//! file that derives `Serialize`.

pub mod arguments;
mod authoring;
mod choices;
mod config;
mod export;
mod import;
mod items;
mod journal;
mod lessons;
mod linear;
mod new_file;
mod open;
mod output;
mod places;
mod report;
mod search;
mod shelf;
mod words;

use crate::course::CourseError;
use crate::journal::JournalError;
use crate::library::LibraryError;
use crate::terminal::RunError;
use arguments::{Arguments, Command, CourseCommand, Opening};
use clap::{ArgMatches, CommandFactory, FromArgMatches};
pub use config::faults_in;
use output::Output;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Asks the system for no memory dump should this program crash: what you write would be in
/// it, in a file that nobody knows of.
fn dump_no_memory() {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Core);
    let none = rustix::process::Rlimit { current: Some(0), ..limit };
    // Where that is refused the limit stays as it was, and nothing else is lost.
    rustix::process::setrlimit(rustix::process::Resource::Core, none).ok();
}

/// Why a command failed. Each says what to do next.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// The course has faults.
    #[error("{0}")]
    Course(#[from] CourseError),
    /// What is to be read cannot be opened.
    #[error("{0}")]
    Library(#[from] LibraryError),
    /// The journal cannot be read or written.
    #[error("{0}")]
    Journal(#[from] JournalError),
    /// The terminal cannot be used.
    #[error("{0}")]
    Run(#[from] RunError),
    /// There is no lesson or item of this name.
    #[error("there is no {what} `{id}`; {remedy}")]
    Unknown {
        /// `lesson` or `item`.
        what: &'static str,
        /// What was asked for, cleaned.
        id: String,
        /// What to do instead.
        remedy: String,
    },
    /// An item of the reader's own that is not worked on any more.
    #[error("`{id}` is retired, so it cannot be marked; its marks stay")]
    Retired {
        /// The item.
        id: String,
    },
    /// Several items whose texts begin alike.
    #[error("`{typed}` is the beginning of several items; name one by its id: {ids}")]
    SeveralItems {
        /// What was typed, cleaned.
        typed: String,
        /// The ids of the items.
        ids: String,
    },
    /// Two courses that are not the same.
    #[error(
        "another course, `{id}`, is there now; a course keeps its places and marks wherever its folder is"
    )]
    OtherCourse {
        /// The id of the course that is there.
        id: String,
    },
    /// Not every file could be cleared of what was erased.
    #[error("look at the files above; each start tries again and names those that are left")]
    NotEverywhere,
    /// A future day cannot be marked.
    #[error("{day} is in the future; only today and past days can be marked")]
    DayToCome {
        /// The day.
        day: jiff::civil::Date,
    },
    /// The query is not a valid regular expression, and why.
    #[error("{0}")]
    Query(String),
    /// Nothing can be saved, and why.
    #[error("{0}")]
    NothingKept(String),
    /// The screen needs a terminal.
    #[error(
        "the screen needs a terminal; for text try `sidelight --linear`, `sidelight lessons` or `sidelight read LESSON`"
    )]
    NoTerminal,
    /// Standard output cannot be written to.
    #[error("cannot write the output: {0}")]
    Output(#[source] io::Error),
    /// The reader was asked and did not agree.
    #[error("Nothing was erased")]
    Refused,
    /// Nobody can be asked, as standard input is no terminal.
    #[error("this removes data for good and asks first; add --yes to erase without asking")]
    NobodyToAsk,
    /// The first day is after the last.
    #[error("--from {from} comes after --to {to}")]
    DaysTurned {
        /// The first day.
        from: jiff::civil::Date,
        /// The last day.
        to: jiff::civil::Date,
    },
    /// A file that was to be written exists already.
    #[error("{} exists already; name another file, or add --force to replace it", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is in a file cannot be taken in.
    #[error("{}, {source}", path.display())]
    NotTakenIn {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: JournalError,
    },
    /// `SIDELIGHT_TODAY` is not a date.
    #[error("SIDELIGHT_TODAY is not a day such as 2026-11-22")]
    Today,
}

impl CliError {
    fn exit_code(&self) -> u8 {
        match self {
            Self::NoTerminal
            | Self::NobodyToAsk
            | Self::Today
            | Self::Query(_)
            | Self::DayToCome { .. }
            | Self::DaysTurned { .. } => 2,
            Self::Course(_)
            | Self::Library(_)
            | Self::Journal(_)
            | Self::Run(_)
            | Self::Unknown { .. }
            | Self::Retired { .. }
            | Self::SeveralItems { .. }
            | Self::NothingKept(_)
            | Self::OtherCourse { .. }
            | Self::Refused
            | Self::Exists { .. }
            | Self::File { .. }
            | Self::NotTakenIn { .. }
            | Self::NotEverywhere
            | Self::Output(_) => 1,
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    dump_no_memory();
    if let Some(opening) = Opening::without_command(std::env::args_os()) {
        return ended(screen(opening));
    }
    let parsed = Arguments::command().try_get_matches().and_then(|matches| {
        let arguments = Arguments::from_arg_matches(&matches)?;
        Ok((arguments, matches))
    });
    let (arguments, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return told(&error),
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
fn told(error: &clap::Error) -> ExitCode {
    let text = crate::text::clean::clean(&error.render().to_string()).into_owned();
    if error.use_stderr() {
        write!(io::stderr(), "{text}").ok();
    } else {
        write!(io::stdout(), "{text}").ok();
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn screen(opening: Opening) -> Result<ExitCode, CliError> {
    let (path, kind, shared) = opening.parted();
    open::screen(path.as_deref(), kind, &shared)
}

fn run(arguments: Arguments, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let Arguments { opening, command } = arguments;
    let Some(command) = command else { return screen(opening) };
    let (path, kind, shared) = opening.parted();
    let output = Output::new(shared.json);
    let command = match command {
        Command::Check { folder } => {
            return authoring::check_course(folder.as_deref().or(path.as_deref()), output);
        }
        Command::New { folder } => return done(authoring::new_course(&folder, output)),
        Command::Courses { leave_off } => {
            return done(shelf::courses(leave_off.as_deref(), &shared, output));
        }
        Command::Moved { from, to } => return done(shelf::moved(&from, &to, &shared, output)),
        Command::Merge { from } => return done(journal::merge(&from, &shared, output)),
        Command::Journal { command } => return done(journal::upkeep(&command, &shared, output)),
        Command::Export(arguments) => {
            return done(export::export(&arguments, path.as_deref(), &shared, output));
        }
        Command::Import { file } => return done(import::import(&file, &shared, output)),
        Command::Report(arguments) => {
            return done(report::report(&arguments, path.as_deref(), &shared, output));
        }
        Command::Config => return config::report(&shared, matches, output),
        Command::Where => return done(journal::whereabouts(&shared, output)),
        Command::Erase(arguments) => return done(journal::erase(&arguments, &shared, output)),
        Command::Of(command) => command,
    };
    let (command, own) = command.parted(path.is_some());
    let library = places::library(own.or(path).as_deref(), kind)?;
    for notice in &library.notices {
        output::complain(notice);
    }
    let mut course = library.course;
    course.id = places::known_as(course.id, &shared);
    match command {
        CourseCommand::Lessons { .. } => lessons::list(&course, &shared, output),
        CourseCommand::Read { lesson, .. } => lessons::read(&course, &lesson, output),
        CourseCommand::Search { query } => search::search(&course, &query.join(" "), &shared, output),
        CourseCommand::Items { day } => items::list(&course, day, &shared, output),
        CourseCommand::Today => items::today(&course, &shared, output),
        CourseCommand::Mark { item, mark, day } => items::mark(&course, &item, mark, day, &shared, output),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn done(result: Result<(), CliError>) -> Result<ExitCode, CliError> {
    result.map(|()| ExitCode::SUCCESS)
}
