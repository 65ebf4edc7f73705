//! The command line without a command, and the options that apply to all commands.
//!
//! Owns the quick parse that most starts take. Must not know any command.

use super::day::a_weekday;
use crate::cli::pictures::PicturesArgument;
use crate::library::LibraryKind;
use crate::screen::Theme;
use crate::screen::theme::built_in::{BUILT_IN, BuiltInTheme};
use clap::builder::{OsStr, PossibleValue, PossibleValuesParser, Resettable, TypedValueParser};
use clap::{Args, Command, CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};
use jiff::civil::Weekday;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// All that opening the screen needs.
#[derive(Debug, Args)]
pub struct Opening {
    /// What to read: a course, an mdBook, a folder of Markdown, a file, or - for standard input
    #[arg(conflicts_with = "course")]
    pub path: Option<PathBuf>,

    /// What a command is about: a path as above, or the name of a built-in course
    #[arg(long, global = true, value_name = "PATH")]
    pub course: Option<PathBuf>,

    /// What to read the path as: detected by default
    #[arg(long = "as", global = true, value_enum, value_name = "KIND")]
    pub kind: Option<KindArgument>,

    /// The options that apply to all commands.
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
    /// is asked for: then [`Arguments`](super::Arguments) has to read it.
    pub fn without_command(arguments: impl IntoIterator<Item = OsString>) -> Option<Self> {
        let matches = without_variables(WithoutCommand::command()).try_get_matches_from(arguments).ok()?;
        let WithoutCommand { opening } = WithoutCommand::from_arg_matches(&matches).ok()?;
        let path = opening.path.as_deref().unwrap_or(Path::new("")).as_os_str().as_encoded_bytes();
        let may_be_command = !path.is_empty() && path.iter().all(u8::is_ascii_lowercase);
        (!may_be_command).then_some(opening)
    }

    /// Splits off the path to read, the kind to read it as, and the options of all commands.
    pub fn into_parts(self) -> (Option<PathBuf>, Option<LibraryKind>, Shared) {
        let Self { path, course, kind, shared } = self;
        (course.or(path), kind.map(KindArgument::kind), shared)
    }
}

/// A command that reads no variable: that is done after it, because an empty one counts as not
/// set. The definitions name the variables for the help and the manual.
pub(in crate::cli) fn without_variables(command: Command) -> Command {
    command.mut_args(|argument| argument.env(Resettable::<OsStr>::Reset))
}

/// The options that apply to all commands.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch on the command line")]
#[derive(Debug, Clone, Args)]
pub struct Shared {
    /// Save your data in this folder
    #[arg(long, global = true, value_name = "DIR", env = "SIDELIGHT_DATA_DIR", hide_env_values = true)]
    pub data_dir: Option<PathBuf>,

    /// Read the settings from this file instead of the usual one
    #[arg(long, global = true, value_name = "FILE", env = "SIDELIGHT_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,

    /// Save nothing at all
    #[arg(long, global = true)]
    pub no_save: bool,

    /// The colours: detected by default
    #[arg(long, global = true, env = "SIDELIGHT_THEME", hide_env_values = true, value_parser = a_theme())]
    pub theme: Option<ThemeArgument>,

    /// The pictures: shown as the terminal can, by default
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "HOW",
        env = "SIDELIGHT_PICTURES",
        hide_env_values = true
    )]
    pub pictures: Option<PicturesArgument>,

    /// Hide everything after this long idle: 90s, 5m, 1h
    #[arg(
        long,
        global = true,
        value_name = "TIME",
        env = "SIDELIGHT_HIDE_AFTER",
        hide_env_values = true,
        value_parser = a_while
    )]
    pub hide_after: Option<Duration>,

    /// The hour at which a day ends, from 0 to 11; 3 by default
    #[arg(
        long,
        global = true,
        value_name = "HOUR",
        env = "SIDELIGHT_DAY_ENDS_AT",
        hide_env_values = true,
        value_parser = an_hour
    )]
    pub day_ends_at: Option<i8>,

    /// The day on which a week begins; by default that of your locale
    #[arg(
        long,
        global = true,
        value_name = "DAY",
        env = "SIDELIGHT_WEEK_BEGINS",
        hide_env_values = true,
        value_parser = a_weekday
    )]
    pub week_begins: Option<Weekday>,

    /// Show hidden and ignored files of a folder too
    #[arg(long, global = true)]
    pub all: bool,

    /// Let a book include files from this folder too
    #[arg(long, global = true, value_name = "DIR")]
    pub allow: Vec<PathBuf>,

    /// Watch the files and show changes at once
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
        hide_env_values = true,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        hide_possible_values = true,
        value_name = "false",
        value_parser = clap::builder::BoolishValueParser::new()
    )]
    pub no_mouse: Option<bool>,

    /// Print JSON, for other programs to read
    #[arg(long, global = true)]
    pub json: bool,
}

/// A length of time such as `90s`, `5m` or `1h`; minutes without a letter.
pub(in crate::cli) fn a_while(text: &str) -> Result<Duration, &'static str> {
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
pub(in crate::cli) fn an_hour(text: &str) -> Result<i8, &'static str> {
    let hour = text.parse::<i8>().ok().filter(|hour| (0..=11).contains(hour));
    hour.ok_or("write an hour from 0 to 11")
}

/// A theme by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeArgument {
    /// Dark or light, as the terminal is.
    Auto,
    /// One of the built-in themes.
    BuiltIn(&'static BuiltInTheme),
}

impl ThemeArgument {
    /// Every theme that can be named.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Auto).chain(BUILT_IN.iter().map(Self::BuiltIn))
    }

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|theme| theme.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::BuiltIn(built_in) => built_in.name,
        }
    }

    /// The theme; none when the terminal is to be asked.
    pub fn theme(self) -> Option<Theme> {
        match self {
            Self::Auto => None,
            Self::BuiltIn(built_in) => Some(built_in.theme),
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Auto => "Detect whether the terminal is light or dark",
            Self::BuiltIn(built_in) => built_in.help,
        }
    }
}

/// Reads the name of a theme; help and completions list the names.
fn a_theme() -> impl TypedValueParser<Value = ThemeArgument> {
    let names = ThemeArgument::all().map(|theme| PossibleValue::new(theme.name()).help(theme.help()));
    PossibleValuesParser::new(names)
        .try_map(|name| ThemeArgument::named(&name).ok_or("there is no theme of this name"))
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
    /// One file or standard input, line by line
    Text,
    /// One file or standard input, as Markdown
    Markdown,
}

impl KindArgument {
    /// The kind.
    pub fn kind(self) -> LibraryKind {
        match self {
            Self::Course => LibraryKind::Course,
            Self::Book => LibraryKind::Book,
            Self::Folder => LibraryKind::Folder,
            Self::File => LibraryKind::File,
            Self::Text => LibraryKind::Text,
            Self::Markdown => LibraryKind::Markdown,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::cli::arguments::Arguments;
    use clap::CommandFactory;

    #[test]
    fn a_command_line_without_a_command_is_sound() {
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
            "sidelight --all --allow ../shared --allow /code ./book",
            "sidelight --data-dir /there --config /file.toml --linear --json notes.md",
        ] {
            let whole = Arguments::try_parse_from(line.split(' ')).unwrap();
            assert!(whole.command.is_none());
            let quick = without_command(line).unwrap();
            assert_eq!(format!("{quick:?}"), format!("{:?}", whole.opening), "{line}");
        }
    }
}
