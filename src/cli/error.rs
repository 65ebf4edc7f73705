//! The errors of the commands, and their exit codes.
//!
//! Owns the messages. Must not print them.

use crate::course::CourseError;
use crate::journal::JournalError;
use crate::library::LibraryError;
use crate::terminal::RunError;
use crate::text::clean::clean_line;
use std::io;
use std::path::{Path, PathBuf};

/// The error of a command. Each message says what to do next.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// The course has faults.
    #[error("{0}")]
    Course(#[from] CourseError),
    /// The library cannot be opened.
    #[error("{0}")]
    Library(#[from] LibraryError),
    /// No file has the name of what is to be read, and a command has nearly the same.
    #[error("{typed}: not found; did you mean the command `{command}`?")]
    CommandMeant {
        /// The name that was typed, cleaned.
        typed: String,
        /// The command.
        command: String,
    },
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
        /// The name that was given, cleaned.
        id: String,
        /// The remedy.
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
        /// The text that was typed, cleaned.
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
    #[error("{} exists already; name another file, or add --force to replace it", shown(path))]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{}: {source}", shown(path))]
    File {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A file cannot be imported.
    #[error("{}, {source}", shown(path))]
    NotTakenIn {
        /// The file.
        path: PathBuf,
        /// The problem with it.
        source: JournalError,
    },
    /// A variable of the environment has a value that makes no sense.
    #[error("{name} is `{value}`; {remedy}")]
    Variable {
        /// The variable.
        name: &'static str,
        /// Its value, cleaned.
        value: String,
        /// The remedy.
        remedy: String,
    },
    /// What is to be merged is an export.
    #[error("{} is an export: `sidelight import {}` takes it", path.display(), path.display())]
    IsExport {
        /// The file.
        path: PathBuf,
    },
    /// There is no record in what is to be merged.
    #[error("nothing was merged: there is no record in {}; name a data folder, a log or a backup", path.display())]
    NothingToMerge {
        /// The file or folder.
        path: PathBuf,
    },
    /// There was no such day.
    #[error("there was no {day} here, so it cannot be marked")]
    NoSuchDay {
        /// The day.
        day: jiff::civil::Date,
    },
}

/// A path as it can be printed on one line, whatever is in its name.
fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}

impl CliError {
    /// The exit code: 1 for what failed, 2 for wrong use.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::NoTerminal
            | Self::NobodyToAsk
            | Self::Variable { .. }
            | Self::NoSuchDay { .. }
            | Self::Query(_)
            | Self::DayToCome { .. }
            | Self::DaysTurned { .. } => 2,
            Self::Course(_)
            | Self::Library(_)
            | Self::CommandMeant { .. }
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
            | Self::IsExport { .. }
            | Self::NothingToMerge { .. }
            | Self::Output(_) => 1,
        }
    }
}
