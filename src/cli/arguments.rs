//! What may be said on the command line.

use crate::journal::Mark;
use crate::library::Kind;
use crate::screen::ThemeName;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

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

/// All that opening the screen needs.
#[derive(Debug, Args)]
pub struct Opening {
    /// What to read: a course, an mdBook, a folder of Markdown, a file, or - for standard input
    #[arg(conflicts_with = "course")]
    pub path: Option<PathBuf>,

    /// The same for a command, or a built-in course by its name
    #[arg(long, global = true, value_name = "PATH")]
    pub course: Option<PathBuf>,

    /// What the path is to be read as: found out if left out
    #[arg(long = "as", global = true, value_enum, value_name = "KIND")]
    pub kind: Option<KindArgument>,

    /// What holds for all commands.
    #[command(flatten)]
    pub shared: Shared,
}

/// The command line as most starts have it.
#[derive(Debug, Parser)]
#[command(name = "sidelight", disable_help_flag = true)]
struct WithoutCommand {
    #[command(flatten)]
    opening: Opening,
}

impl Opening {
    /// Reads a command line that has no command. To make all commands ready first takes as long
    /// as to draw the first frame. None when there is a command or a fault in it, or when help
    /// is asked for: then [`Arguments`] has to read it.
    pub fn without_command(arguments: impl IntoIterator<Item = OsString>) -> Option<Self> {
        let WithoutCommand { opening } = WithoutCommand::try_parse_from(arguments).ok()?;
        let path = opening.path.as_deref().unwrap_or(Path::new("")).as_os_str().as_encoded_bytes();
        let may_be_command = !path.is_empty() && path.iter().all(u8::is_ascii_lowercase);
        (!may_be_command).then_some(opening)
    }
}

/// What holds for all commands.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch on the command line")]
#[derive(Debug, Clone, Args)]
pub struct Shared {
    /// Keep marks and places in this folder
    #[arg(long, global = true, value_name = "DIR", env = "SIDELIGHT_DATA_DIR")]
    pub data_dir: Option<PathBuf>,

    /// Read the settings from this file in place of the usual one
    #[arg(long, global = true, value_name = "FILE", env = "SIDELIGHT_CONFIG")]
    pub config: Option<PathBuf>,

    /// Keep nothing at all
    #[arg(long, global = true)]
    pub no_save: bool,

    /// The colours: found out from the terminal if left out
    #[arg(long, global = true, value_enum, env = "SIDELIGHT_THEME")]
    pub theme: Option<ThemeArgument>,

    /// Hide everything after so long without a key: 90s, 5m, 1h
    #[arg(long, global = true, value_name = "TIME", env = "SIDELIGHT_HIDE_AFTER", value_parser = a_while)]
    pub hide_after: Option<Duration>,

    /// The hour at which a day ends, from 0 to 11; 3 if left out
    #[arg(long, global = true, value_name = "HOUR", env = "SIDELIGHT_DAY_ENDS_AT", value_parser = an_hour)]
    pub day_ends_at: Option<i8>,

    /// Show at once what changes in the files that are read
    #[arg(long)]
    pub watch: bool,

    /// Plain lines and short commands instead of the screen: for a screen reader, a pipe, or a terminal without a cursor
    #[arg(long, global = true)]
    pub linear: bool,

    /// Leave the mouse to the terminal; Ctrl-t takes it
    #[arg(
        long,
        global = true,
        env = "SIDELIGHT_NO_MOUSE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        hide_possible_values = true,
        value_name = "false",
        value_parser = clap::builder::FalseyValueParser::new()
    )]
    pub no_mouse: Option<bool>,

    /// Print JSON, for other programs to read
    #[arg(long, global = true)]
    pub json: bool,
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

/// A length of time such as `90s`, `5m` or `1h`; minutes without a letter.
pub(super) fn a_while(text: &str) -> Result<Duration, &'static str> {
    let (number, seconds) = match text.chars().last() {
        Some('s') => (text.trim_end_matches('s'), 1),
        Some('h') => (text.trim_end_matches('h'), 3600),
        _ => (text.trim_end_matches('m'), 60),
    };
    let number = number.parse::<u32>().ok().filter(|number| (1..=100_000).contains(number));
    number
        .map(|number| Duration::from_secs(u64::from(number) * seconds))
        .ok_or("write a time such as 90s, 5m or 1h")
}

/// An hour at which a day may end.
pub(super) fn an_hour(text: &str) -> Result<i8, &'static str> {
    let hour = text.parse::<i8>().ok().filter(|hour| (0..=11).contains(hour));
    hour.ok_or("write an hour from 0 to 11")
}

/// A theme by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeArgument {
    /// Find out from the terminal whether it is light or dark
    Auto,
    /// Light text on a dark ground
    Dark,
    /// Dark text on a light ground
    Light,
    /// White on black, without half-tones
    HighContrast,
    /// No colours
    Plain,
}

impl ThemeArgument {
    /// The theme; none when the terminal is to be asked.
    pub fn name(self) -> Option<ThemeName> {
        match self {
            Self::Auto => None,
            Self::Dark => Some(ThemeName::Dark),
            Self::Light => Some(ThemeName::Light),
            Self::HighContrast => Some(ThemeName::HighContrast),
            Self::Plain => Some(ThemeName::Plain),
        }
    }
}

/// A kind of thing to read by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArgument {
    /// A folder with a course.json
    Course,
    /// An mdBook, a folder with a book.toml
    Book,
    /// A folder, for the Markdown in it
    Folder,
    /// One file
    File,
}

impl KindArgument {
    /// The kind.
    pub fn kind(self) -> Kind {
        match self {
            Self::Course => Kind::Course,
            Self::Book => Kind::Book,
            Self::Folder => Kind::Folder,
            Self::File => Kind::File,
        }
    }
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
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
        WithoutCommand::command().debug_assert();
    }

    fn without_command(line: &str) -> Option<Opening> {
        Opening::without_command(line.split(' ').map(OsString::from))
    }

    #[test]
    fn no_command_is_taken_for_a_path() {
        let mut all = Arguments::command();
        all.build();
        for command in all.get_subcommands() {
            for name in command.get_name_and_visible_aliases() {
                assert!(without_command(&format!("sidelight {name}")).is_none(), "{name}");
                assert!(without_command(&format!("sidelight --no-save {name} x")).is_none(), "{name}");
            }
        }
        for line in
            ["sidelight -h", "sidelight --help", "sidelight -V", "sidelight --version", "sidelight a.md b"]
        {
            assert!(without_command(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_line_without_a_command_is_read_alike_in_both_ways() {
        for line in [
            "sidelight",
            "sidelight -",
            "sidelight some/book.md",
            "sidelight --theme light --as book ./book --watch",
            "sidelight --course reconcile --no-mouse --hide-after 5m --day-ends-at 4 --no-save",
            "sidelight --data-dir /there --config /file.toml --linear --json notes.md",
        ] {
            let whole = Arguments::try_parse_from(line.split(' ')).unwrap();
            assert!(whole.command.is_none());
            let quick = without_command(line).unwrap();
            assert_eq!(format!("{quick:?}"), format!("{:?}", whole.opening), "{line}");
        }
    }
}
