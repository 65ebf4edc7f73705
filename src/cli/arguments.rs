//! The command line: every command with its arguments and its help.
//!
//! Owns the commands; what needs none is [`Opening`]. Must not carry anything out.

mod opening;

use crate::journal::Mark;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
pub use opening::{KindArgument, Opening, Shared, ThemeArgument};
pub(super) use opening::{a_while, an_hour};
use std::path::{Path, PathBuf};

/// A calm reader for courses, books, notes and any other Markdown, with a private checklist.
///
/// Without a command it opens the screen where you left it. ? there shows the keys.
#[derive(Debug, Parser)]
#[command(name = "sidelight", version)]
pub struct Arguments {
    /// What needs no command.
    #[command(flatten)]
    pub opening: Opening,

    /// The command.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Commands about an open course.
    #[command(flatten)]
    Of(CourseCommand),
    /// Merge the journal of another device, a log, or a backup
    Merge {
        /// The folder or file
        #[arg(value_name = "PATH")]
        from: PathBuf,
    },
    /// Check and repair the journal, or back it up
    Journal {
        /// The command
        #[command(subcommand)]
        command: JournalCommand,
    },
    /// Export your data: marks, notes, plans, your list and your own items
    Export(ExportArguments),
    /// Import what `export --format json` wrote; nothing that is here is overwritten
    Import {
        /// The file
        file: PathBuf,
    },
    /// Write a report to show to somebody, such as a counsellor
    Report(ReportArguments),
    /// Show the settings, where each comes from, and any errors in the configuration file
    Config,
    /// List every file that sidelight has written, and what is in it
    Where,
    /// Erase your data for good, after asking once
    Erase(EraseArguments),
    /// List what you read recently, and the built-in courses
    Courses {
        /// Remove this one from the list, by its path or its id
        #[arg(long, value_name = "PATH")]
        leave_off: Option<PathBuf>,
    },
    /// Reopen something where you left it after its path has changed
    Moved {
        /// The old path
        from: PathBuf,
        /// The new path
        to: PathBuf,
    },
    /// Check a course and report all problems
    Check {
        /// The folder of the course; the built-in ones by default
        folder: Option<PathBuf>,
    },
    /// Create a small course to start from
    New {
        /// The folder to create it in
        folder: PathBuf,
    },
    /// Check the terminal, settings and data, and say how to mend what is wrong
    ///
    /// The report names no path, no item and nothing that you wrote, so it can go into a bug
    /// report as it is.
    Doctor,
    /// Print the script that teaches a shell to complete commands and ids
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages into a folder
    Manual {
        /// The folder, such as ~/.local/share/man/man1; created if it does not exist
        folder: PathBuf,
    },
}

/// The commands about an open course.
#[derive(Debug, Subcommand)]
pub enum CourseCommand {
    /// List the lessons
    Lessons {
        /// Of this course, book, folder or file
        path: Option<PathBuf>,
    },
    /// Print a lesson
    Read {
        /// The lesson's id, as `lessons` lists it
        lesson: String,
        /// Of this course, book, folder or file
        path: Option<PathBuf>,
        /// The most columns of a line, 0 for whole lines; 72 by default, in JSON whole lines
        #[arg(long, value_name = "COLUMNS")]
        width: Option<u16>,
    },
    /// Search the lessons, the items and your notes
    Search {
        /// Words, or a phrase in "quotes"; then, if you like, a course, book, folder or file to
        /// search
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
    },
    /// List all items, the course's and your own, with the marks of a day
    Items {
        /// The day, as YYYY-MM-DD; today by default
        #[arg(long)]
        day: Option<Date>,
    },
    /// Show your list with today's marks; all items while your list is empty
    Today,
    /// Mark an item, or take its mark back
    Mark {
        /// The item's id, as `items` lists it, or the beginning of its text
        item: String,
        /// The mark
        #[arg(value_enum)]
        mark: MarkArgument,
        /// The day, as YYYY-MM-DD; today by default
        #[arg(long)]
        day: Option<Date>,
    },
}

impl CourseCommand {
    /// The command without the path that it names itself, and that path. The last word of a
    /// query is one if something is there, and if no other path was named.
    pub fn into_parts(mut self, is_named: bool) -> (Self, Option<PathBuf>) {
        let path = match &mut self {
            Self::Lessons { path } | Self::Read { path, .. } => path.take(),
            Self::Search { query } if query.len() > 1 && !is_named => {
                let is_path = |word: &String| word == "-" || Path::new(word).exists();
                query.pop_if(|word| is_path(word)).map(PathBuf::from)
            }
            Self::Search { .. } | Self::Items { .. } | Self::Today | Self::Mark { .. } => None,
        };
        (self, path)
    }
}

/// The commands about the journal as a whole.
#[derive(Debug, Subcommand)]
pub enum JournalCommand {
    /// Check every log and report damage
    Verify,
    /// Set damaged lines aside, after a backup
    Repair,
    /// Make a backup, which stays until you delete it
    Backup,
    /// Restore what a backup has and the journal lacks; without BACKUP, list the backups
    Restore {
        /// The backup
        backup: Option<PathBuf>,
    },
}

/// The arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The format: Markdown to read, JSON for `import`, CSV for a spreadsheet
    #[arg(long, value_enum)]
    pub format: Option<FormatArgument>,
    /// Which days.
    #[command(flatten)]
    pub days: DaysArguments,
    /// Where to.
    #[command(flatten)]
    pub to: FileArguments,
}

/// The arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Which days; the last four weeks by default.
    #[command(flatten)]
    pub days: DaysArguments,
    /// The parts to leave out, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PARTS")]
    pub without: Vec<PartArgument>,
    /// Where to.
    #[command(flatten)]
    pub to: FileArguments,
}

/// A run of days.
#[derive(Debug, Args)]
pub struct DaysArguments {
    /// Only this day and later, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Only this day and earlier, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
}

/// A file to write to.
#[derive(Debug, Args)]
pub struct FileArguments {
    /// The file, readable by you alone; standard output by default
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "output")]
    pub force: bool,
}

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArgument {
    /// For people to read
    Markdown,
    /// Complete, for `import`
    Json,
    /// For a spreadsheet
    Csv,
}

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PartArgument {
    /// The items to avoid
    Avoid,
    /// The items to embrace
    Embrace,
    /// How each week went
    Weeks,
    /// The if-then plans
    Plans,
    /// Your notes, and your answers about the weeks
    Notes,
    /// The lessons you have read
    Reading,
}

/// The scope of an erase.
#[derive(Debug, Args)]
pub struct EraseArguments {
    /// Only the days before this one, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", conflicts_with = "notes")]
    pub before: Option<Date>,
    /// Only your own words: notes, answers, plans, and the texts of your own items
    #[arg(long)]
    pub notes: bool,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// A mark by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MarkArgument {
    /// You kept to it
    Kept,
    /// You did not
    Slipped,
    /// There was no occasion for it
    Na,
    /// Take the mark back
    Clear,
}

impl MarkArgument {
    /// The mark; none to take it back.
    pub fn mark(self) -> Option<Mark> {
        match self {
            Self::Kept => Some(Mark::Kept),
            Self::Slipped => Some(Mark::Slipped),
            Self::Na => Some(Mark::DidNotArise),
            Self::Clear => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
