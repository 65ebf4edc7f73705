//! The command line: every command with its arguments and its help.
//!
//! Owns the commands; what needs none is [`Opening`]. Must not carry anything out.

mod day;
mod opening;

use crate::journal::Mark;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
pub use day::DayArgument;
pub(super) use day::{a_weekday, weekday_name};
pub use opening::{KindArgument, Opening, Shared, ThemeArgument};
pub(super) use opening::{a_while, an_hour, without_variables};
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
    #[command(after_help = "Example: sidelight merge /media/stick/sidelight")]
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
    #[command(after_help = "Example: sidelight export --format csv --output marks.csv")]
    Export(ExportArguments),
    /// Import what `export --format json` wrote; nothing that is here is overwritten
    #[command(after_help = "Example: sidelight import export.json")]
    Import {
        /// The file
        file: PathBuf,
    },
    /// Write a report to show to somebody, such as a counsellor
    ///
    /// It is about the last four weeks, unless you name other days.
    #[command(after_help = "Example: sidelight report --from -28 --output report.html")]
    Report(ReportArguments),
    /// Show the settings, where each comes from, and any errors in the configuration file
    #[command(after_help = "Example: sidelight config")]
    Config,
    /// List every file that sidelight has written, and what is in it
    #[command(after_help = "Example: sidelight where")]
    Where,
    /// Erase your data for good, after asking once
    #[command(after_help = "Example: sidelight erase --before -90")]
    Erase(EraseArguments),
    /// List what you read recently, and the built-in courses
    #[command(after_help = "Example: sidelight courses")]
    Courses {
        /// Remove this one from the list, by its path or its id
        #[arg(long, value_name = "PATH")]
        leave_off: Option<PathBuf>,
    },
    /// Reopen something where you left it after its path has changed
    #[command(after_help = "Example: sidelight moved ~/books/old-name ~/books/new-name")]
    Moved {
        /// The old path
        from: PathBuf,
        /// The new path
        to: PathBuf,
    },
    /// Check a course and report all problems
    #[command(after_help = "Example: sidelight check my-course")]
    Check {
        /// The folder of the course; by default the one that you are in, else the course that you read
        /// last, else the built-in ones
        folder: Option<PathBuf>,
    },
    /// Create a small course to start from
    #[command(after_help = "Example: sidelight new my-course")]
    New {
        /// The folder to create it in
        folder: PathBuf,
    },
    /// Check the terminal, settings and data, and say how to mend what is wrong
    ///
    /// The report names no path, no item and nothing that you wrote, so it can go into a bug
    /// report as it is.
    #[command(after_help = "Example: sidelight doctor")]
    Doctor,
    /// Print the script that teaches a shell to complete commands and ids
    #[command(after_help = "Example: sidelight completions bash")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages into a folder
    #[command(after_help = "Example: sidelight manual ~/.local/share/man/man1")]
    Manual {
        /// The folder, such as ~/.local/share/man/man1; created if it does not exist
        folder: PathBuf,
    },
}

/// The commands about an open course.
#[derive(Debug, Subcommand)]
pub enum CourseCommand {
    /// List the lessons
    #[command(after_help = "Example: sidelight lessons ~/books/my-book")]
    Lessons {
        /// Of this course, book, folder or file; by default the built-in course
        path: Option<PathBuf>,
    },
    /// Print a lesson
    ///
    /// What you wrote for its exercises is not printed: this is the course's text alone. The screen
    /// and `export` show it.
    #[command(after_help = "Example: sidelight read start-here | less")]
    Read {
        /// The lesson's id, as `lessons` lists it
        lesson: String,
        /// Of this course, book, folder or file; by default the built-in course
        path: Option<PathBuf>,
        /// The most columns of a line, 0 for whole lines; 72 by default, in JSON whole lines
        #[arg(long, value_name = "COLUMNS")]
        width: Option<u16>,
    },
    /// Search the lessons, the items and your notes
    ///
    /// A text is found that has all words, in any order, also inside longer ones; a capital makes the
    /// search case-sensitive. "Words in quotes" stand next to each other; the shell takes such quotes
    /// away unless others are around them. word:calm is a whole word, regex:PATTERN a regular
    /// expression. in:notes, in:items, in:title and lesson:NAME say where to look, is:kept which mark
    /// an item has last. -word leaves out what has it; put -- before the query then.
    #[command(after_help = "Example: sidelight search '\"at night\" blame'")]
    Search {
        /// Words and phrases; then, if you like, a course, book, folder or file to search
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        /// Print each hit as a line of JSON as soon as it is found, and at the end which are the best
        #[arg(long)]
        jsonl: bool,
    },
    /// List all items, the course's and your own, with the marks of a day
    #[command(after_help = "Example: sidelight items --day yesterday")]
    Items {
        /// The day: a date, today, yesterday, -2 or monday; today by default
        #[arg(long, allow_negative_numbers = true)]
        day: Option<DayArgument>,
    },
    /// Show what today has: your list with its marks, the questions that are due, what to read
    ///
    /// All items are shown while your list is empty.
    #[command(after_help = "Example: sidelight today")]
    Today,
    /// Ask the questions of lessons that you read, when they are due: at most two a day
    ///
    /// On a terminal each is asked and answered; elsewhere they are printed, and in JSON their answers
    /// too.
    #[command(after_help = "Example: sidelight ask")]
    Ask(AskArguments),
    /// Mark an item, or take its mark back
    #[command(after_help = "Example: sidelight mark no-begging kept --day yesterday")]
    Mark {
        /// The item's id, as `items` lists it, or the beginning of its text
        item: String,
        /// The mark
        #[arg(value_enum)]
        mark: MarkArgument,
        /// The day: a date, today, yesterday, -2 or monday; today by default
        #[arg(long, allow_negative_numbers = true)]
        day: Option<DayArgument>,
    },
}

impl CourseCommand {
    /// The command without the path that it names itself, and that path. The last word of a
    /// query is one if something is there, and if no other path was named.
    pub fn into_parts(mut self, is_named: bool) -> (Self, Option<PathBuf>) {
        let path = match &mut self {
            Self::Lessons { path } | Self::Read { path, .. } => path.take(),
            Self::Search { query, .. } if query.len() > 1 && !is_named => {
                let is_path = |word: &String| word == "-" || Path::new(word).exists();
                query.pop_if(|word| is_path(word)).map(PathBuf::from)
            }
            Self::Search { .. } | Self::Items { .. } | Self::Today | Self::Ask(_) | Self::Mark { .. } => None,
        };
        (self, path)
    }
}

/// The arguments of `ask`.
#[derive(Debug, Args)]
pub struct AskArguments {
    /// Never ask the question with this id again; without an id, none
    #[arg(long, value_name = "ID", num_args = 0..=1)]
    pub off: Option<Option<String>>,
    /// Ask it again, or all of them
    #[arg(long, value_name = "ID", num_args = 0..=1, conflicts_with = "off")]
    pub on: Option<Option<String>>,
}

/// The commands about the journal as a whole.
#[derive(Debug, Subcommand)]
pub enum JournalCommand {
    /// Check every log and report damage
    #[command(after_help = "Example: sidelight journal verify")]
    Verify,
    /// Set damaged lines aside, after a backup
    #[command(after_help = "Example: sidelight journal repair")]
    Repair,
    /// Make a backup, which stays until you delete it
    #[command(after_help = "Example: sidelight journal backup")]
    Backup,
    /// Restore what a backup has and the journal lacks; without BACKUP, list the backups
    #[command(after_help = "Example: sidelight journal restore 2026-11-22-1.jsonl")]
    Restore {
        /// The backup: its name, as the list has it, or its path
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
    /// The form; by default that of the file's ending (.html, .md), else plain text
    #[arg(long, value_enum)]
    pub format: Option<ReportFormArgument>,
    /// One page to print instead: first aid, your list with its plans, what you wrote for exercises
    #[arg(long, conflicts_with_all = ["notes", "without", "from", "to"])]
    pub page: bool,
    /// Add your notes and your answers about the weeks; they are left out by default
    #[arg(long)]
    pub notes: bool,
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
    /// Only this day and later: a date, yesterday, -7 or monday
    #[arg(long, value_name = "DAY", allow_negative_numbers = true)]
    pub from: Option<DayArgument>,
    /// Only this day and earlier
    #[arg(long, value_name = "DAY", allow_negative_numbers = true)]
    pub to: Option<DayArgument>,
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
    /// The lessons you have read
    Reading,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormArgument {
    /// Plain text, for an e-mail or to look at it first
    Text,
    /// Markdown
    Markdown,
    /// One page that a browser shows and prints
    Html,
}

/// The scope of an erase.
#[derive(Debug, Args)]
pub struct EraseArguments {
    /// Only the days before this one: a date, -30 or monday
    #[arg(long, value_name = "DAY", conflicts_with = "notes", allow_negative_numbers = true)]
    pub before: Option<DayArgument>,
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
