//! What may be said on the command line.
//!
//! Owns the commands; what needs none is [`Opening`]. Must not do what is said.

mod opening;

use crate::journal::Mark;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
pub use opening::{Opening, Shared, ThemeArgument};
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
    /// Take in the journal of another device, a log, or a backup
    Merge {
        /// The folder or file
        #[arg(value_name = "PATH")]
        from: PathBuf,
    },
    /// Look the journal over, mend it, back it up
    Journal {
        /// What to do
        #[command(subcommand)]
        command: JournalCommand,
    },
    /// Write down what was kept, to take it along: marks, notes, plans, your list and your items
    Export(ExportArguments),
    /// Take in what `export --format json` has written; what is here already stays
    Import {
        /// The file
        file: PathBuf,
    },
    /// Write a report that can be shown to somebody, such as a counsellor
    Report(ReportArguments),
    /// Say which settings hold, where each comes from, and what is wrong in the configuration file
    Config,
    /// List every file that was written, and what is in it
    Where,
    /// Remove for good what was kept, after one question
    Erase(EraseArguments),
    /// List what you read lately, and the built-in courses
    Courses {
        /// Take this one off the list, by its path or its id
        #[arg(long, value_name = "PATH")]
        leave_off: Option<PathBuf>,
    },
    /// Go on where you left something that has another path now
    Moved {
        /// Where it was
        from: PathBuf,
        /// Where it is
        to: PathBuf,
    },
    /// Check a course, and say all that is to be mended
    Check {
        /// The folder of the course; the built-in ones if left out
        folder: Option<PathBuf>,
    },
    /// Make a small course of your own to begin with
    New {
        /// The folder to make it in
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
    },
    /// Search the lessons, the items and your notes
    Search {
        /// Words; a phrase in "quotes" is looked for as it stands. After them, if you like, a
        /// course, book, folder or file to search
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
    },
    /// List the items of the checklist with the marks of a day
    Items {
        /// The day, as YYYY-MM-DD; today if left out
        #[arg(long)]
        day: Option<Date>,
    },
    /// Show today's checklist
    Today,
    /// Mark an item
    Mark {
        /// The item's id, as `items` lists it
        item: String,
        /// What to say of it
        #[arg(value_enum)]
        mark: MarkArgument,
        /// The day, as YYYY-MM-DD; today if left out
        #[arg(long)]
        day: Option<Date>,
    },
}

impl CourseCommand {
    /// The command without the path that it names itself, and that path. The last word of a
    /// query is one if something is there, and if no other path was named.
    pub fn parted(mut self, is_named: bool) -> (Self, Option<PathBuf>) {
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

/// What is done to the journal.
#[derive(Debug, Subcommand)]
pub enum JournalCommand {
    /// Say how every log stands
    Verify,
    /// Set damage aside and keep a backup of what was there
    Repair,
    /// Make a backup that stays until you remove it
    Backup,
    /// Bring back what a backup has and the journal has not; lists the backups if none is named
    Restore {
        /// The backup
        backup: Option<PathBuf>,
    },
}

/// What is to be exported, and where to.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The form: Markdown to read, JSON for `import`, CSV for a spreadsheet
    #[arg(long, value_enum)]
    pub format: Option<FormatArgument>,
    /// Which days.
    #[command(flatten)]
    pub days: DaysArguments,
    /// Where to.
    #[command(flatten)]
    pub to: FileArguments,
}

/// What is to be reported, and where to.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Which days; the last four weeks if left out.
    #[command(flatten)]
    pub days: DaysArguments,
    /// What to leave out, parted by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PARTS")]
    pub without: Vec<PartArgument>,
    /// Where to.
    #[command(flatten)]
    pub to: FileArguments,
}

/// A run of days.
#[derive(Debug, Args)]
pub struct DaysArguments {
    /// Only what is about this day or later, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Only what is about this day or earlier, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
}

/// A file to write to.
#[derive(Debug, Args)]
pub struct FileArguments {
    /// The file, readable by you alone; standard output if left out
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file if it is there already
    #[arg(long, requires = "output")]
    pub force: bool,
}

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArgument {
    /// For people to read
    Markdown,
    /// Complete; `import` takes it in
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
    /// What you wrote, the answers about the weeks too
    Notes,
    /// What you have read
    Reading,
}

/// What is to be removed.
#[derive(Debug, Args)]
pub struct EraseArguments {
    /// Only what is about days before this one, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", conflicts_with = "notes")]
    pub before: Option<Date>,
    /// Only what is in your own words: notes, answers, plans, and what your own items say
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
    /// There was no occasion
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
