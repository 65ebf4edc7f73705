//! Opening something to be read: on the screen, line by line, or printed where there is no
//! terminal.
//!
//! Owns what a session starts with. Must not run it: `terminal` and the linear mode do.

use crate::app::{Preferences, Session, Startup};
use crate::cli::arguments::{Shared, ThemeArgument};
use crate::cli::config::Config;
use crate::cli::error::CliError;
use crate::cli::linear::Greeting;
use crate::cli::output::{Output, complain};
use crate::cli::pictures::TerminalLooks;
use crate::cli::{help, lessons, linear, locale, pictures, places};
use crate::course::{TOUR, built_in_ids};
use crate::library::pipe::STANDARD_INPUT;
use crate::library::{Library, LibraryKind, LibraryOrigin, Pipe};
use crate::reader::keys::Context;
use crate::reader::keys::context::Needs;
use crate::reader::pointer::Mouse;
use crate::screen::Theme;
use crate::screen::theme::colour::ColourDepth;
use crate::screen::theme::role::Looks;
use crate::terminal::{Charset, Ending, Options, run};
use crate::text::clean::clean_line;
use jiff::civil::Date;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// The number that a shell adds to that of the signal that ended a program.
const ENDED_BY_SIGNAL: i32 = 128;
/// The number of SIGHUP, which a terminal that went away amounts to.
const HANGUP: i32 = 1;

/// The longest that the first frame waits for standard input. What comes later is shown then.
const PATIENCE: Duration = Duration::from_millis(200);

/// The message where a text is awaited that nobody spoke of.
const READS_STANDARD_INPUT: &str = "Reading standard input. `sidelight --linear` takes commands from there.";

/// What is said where the locale is not one of UTF-8.
const LACKS_LETTERS: &str = "Your locale is not UTF-8, so some letters are shown as ?. LANG=C.UTF-8 shows them all, if your terminal can.";

/// Opens something on the screen, or line by line.
pub(super) fn screen(
    path: Option<&Path>,
    kind: Option<LibraryKind>,
    shared: &Shared,
) -> Result<ExitCode, CliError> {
    if let Some(path) = path {
        refuse_command(path)?;
    }
    let is_terminal = std::io::stdout().is_terminal();
    let is_linear = shared.linear || (is_terminal && has_no_cursor(std::env::var("TERM").ok().as_deref()));
    // As for every pager: what comes through a pipe is meant to be read. The linear mode takes its
    // commands from there.
    let is_piped = path.is_none() && !is_linear && Pipe::is_waiting();
    let path = if is_piped { Some(Path::new(STANDARD_INPUT)) } else { path };
    if !is_linear && !is_terminal {
        return match path {
            Some(path) if is_piped => print_piped(path, kind, shared),
            Some(path) => print(places::library_with(Some(path), kind, places::scope(shared)?)?, shared),
            None => Err(CliError::NoTerminal),
        };
    }
    let config = Config::read(shared);
    let mut shared = shared.clone();
    config.apply_to(&mut shared);
    let shared = &shared;
    let mut pipe = match path.filter(|path| Pipe::is_named(path)) {
        Some(path) => Some(Pipe::take(path, kind)?),
        None => None,
    };
    let (opened, nothing_kept) = places::journal(shared);
    let (mut library, gone) = match (&mut pipe, path) {
        (Some(pipe), _) => {
            pipe.read_for(Some(PATIENCE));
            (pipe.library(), None)
        }
        (None, Some(_)) => (places::library_beginning(path, kind, places::scope(shared)?)?, None),
        (None, None) => places::last_read(&opened.journal, &config.keymap().unwrap_or_default())?,
    };
    library.course.id = opened.journal.recent().id(library.course.id);
    let last = opened.ledger.last_place(&library.course.id).map(|place| &place.lesson);
    library = if is_linear { library.completed() } else { library.with_lesson(last) };
    let clock = places::clock_of(shared)?;
    // Where there is something to be said of the journal, there was one before.
    let is_first = opened.ledger.courses().next().is_none()
        && opened.notices.is_empty()
        && library.origin.as_ref().is_some_and(is_of_its_own);
    let chosen = ChosenTheme::of(shared, &config);
    let mut session = Session::start(Startup {
        course: library.course,
        rest: library.rest,
        origin: library.origin,
        journal: opened.journal,
        ledger: opened.ledger,
        clock,
        theme: chosen.theme(),
        size: (80, 24),
        preferences: preferences(&config, shared, &chosen),
    });
    // Where there is nothing to do day by day there is nothing to say before it is read.
    let is_first = is_first && Needs::Welcome.are_met_by(session.world().provided());
    let notices = opened.notices.into_iter().chain(gone).chain(config.notice()).chain(library.notices);
    let notices = notices.chain(session.course_of_same_id());
    if is_linear {
        session.add_to_recent();
        if let Some(why) = &nothing_kept {
            session.nothing_is_saved(why);
        }
        let to_come = marked_day_to_come(&session);
        let to_come = to_come.map(|day| marked_to_come(day, &format!("`day {day}`")));
        for notice in notices.chain(to_come).chain(nothing_kept) {
            complain(&notice);
        }
        return line_by_line(session, if is_first { Greeting::First } else { Greeting::Again });
    }
    if let Some(pipe) = pipe {
        session.follow(pipe);
    } else if shared.watch {
        session.show_file_changes();
    }
    let options = options(&chosen, shared);
    let letters = options.charset.lacks_letters().then(|| LACKS_LETTERS.to_owned());
    let key = session.world().key(Context::CHECKLIST, "day-after");
    let way = format!("{key} in the checklist");
    let to_come = marked_day_to_come(&session).map(|day| marked_to_come(day, &way));
    for notice in notices.chain(to_come).chain(letters) {
        session.notice(&notice);
    }
    if is_first {
        session.welcome();
    }
    if let Some(why) = nothing_kept {
        session.nothing_is_saved(&why);
    }
    let ending = run(&mut session, options)?;
    Ok(exit_code(ending))
}

/// The day to come that a clock that was wrong has marked, if there is one.
fn marked_day_to_come(session: &Session) -> Option<Date> {
    session.world().practice().day_of_a_wrong_clock(session.state().today)
}

/// Says that a day to come has a mark, and what leads there.
fn marked_to_come(day: Date, way: &str) -> String {
    format!("{day} is still to come and has a mark; the clock was wrong. {way} shows it, to take it back.")
}

/// Refuses the name of a file that is not there if it is nearly that of a command.
fn refuse_command(path: &Path) -> Result<(), CliError> {
    let is_built_in = built_in_ids().any(|id| Some(id) == path.to_str());
    if is_built_in || Pipe::is_named(path) || path.symlink_metadata().is_ok() {
        return Ok(());
    }
    help::command_meant(path).map_or(Ok(()), |command| {
        let typed = clean_line(&path.display().to_string());
        Err(CliError::CommandMeant { typed, command })
    })
}

/// Runs the linear mode in the characters of the locale.
fn line_by_line(session: Session, greeting: Greeting) -> Result<ExitCode, CliError> {
    let charset = locale::charset(locale::variable);
    if charset.lacks_letters() {
        complain(LACKS_LETTERS);
    }
    linear::run(session, greeting, charset.reader(io::stdin().lock()), charset.writer(io::stdout().lock()))
}

/// Prints what was named where there is no terminal, as in `sidelight README.md | less`.
fn print(mut library: Library, shared: &Shared) -> Result<ExitCode, CliError> {
    for notice in &library.notices {
        complain(notice);
    }
    lessons::print_all(&mut library.course, Output::new(shared.json))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints what comes through a pipe that nobody named, as in `git log | sidelight | head`. Whoever
/// meant something else would wait for ever, or see nothing, without being told.
fn print_piped(path: &Path, kind: Option<LibraryKind>, shared: &Shared) -> Result<ExitCode, CliError> {
    let mut pipe = Pipe::take(path, kind)?;
    pipe.read_for(Some(PATIENCE));
    if pipe.is_empty() && pipe.descriptor().is_some() {
        complain(READS_STANDARD_INPUT);
    }
    pipe.read_for(None);
    if pipe.is_empty() {
        return Err(CliError::NoTerminal);
    }
    print(pipe.library(), shared)
}

/// How the terminal is used. The Linux console is dark, and does not answer.
fn options(theme: &ChosenTheme, shared: &Shared) -> Options {
    let charset = locale::charset(locale::variable);
    Options {
        ask_for_ground: theme.theme.is_none() && !is_console(),
        hide_after: shared.hide_after,
        charset,
        looks: theme.looks,
    }
}

/// Returns whether the terminal is the console of Linux.
fn is_console() -> bool {
    locale::variable("TERM").is_some_and(|kind| kind == "linux")
}

/// The preferences that the command line and the configuration file set.
fn preferences(config: &Config, shared: &Shared, theme: &ChosenTheme) -> Preferences {
    let (picture_way, pictures) = pictures::of(shared.pictures, theme.terminal_looks(), locale::variable);
    Preferences {
        keymap: config.keymap().unwrap_or_default(),
        text_width: config.text_width(),
        mouse: if shared.no_mouse == Some(true) { Mouse::Free } else { Mouse::Ours },
        week_begins: places::week_begins(shared),
        picture_way,
        pictures,
        start: config.start(),
    }
}

/// Returns whether it is a course that may say what it is. Whoever opens a file, a folder or a book
/// by its name was not looking for one, and knows what it is; so does who asked for the tour.
fn is_of_its_own(origin: &LibraryOrigin) -> bool {
    match origin {
        LibraryOrigin::BuiltIn(id) => id != TOUR,
        LibraryOrigin::Path { kind, .. } => *kind == LibraryKind::Course,
    }
}

/// Returns whether a terminal of this kind takes lines of text and nothing else.
fn has_no_cursor(kind: Option<&str>) -> bool {
    matches!(kind, None | Some("" | "dumb"))
}

fn exit_code(ending: Ending) -> ExitCode {
    let number = match ending {
        Ending::Quit => return ExitCode::SUCCESS,
        Ending::Signal(number) => number,
        Ending::Gone => HANGUP,
    };
    ExitCode::from(u8::try_from(ENDED_BY_SIGNAL + number).unwrap_or(1))
}

/// The theme that was asked for, and what is to look otherwise.
struct ChosenTheme {
    /// The theme; none when the terminal is to be asked.
    theme: Option<Theme>,
    looks: Looks,
    /// The colours that the terminal has.
    depth: ColourDepth,
}

impl ChosenTheme {
    /// That of the flag, the environment and the file, in the colours that the terminal has. Whoever
    /// names a theme wants its colours, whatever `NO_COLOR` says.
    fn of(shared: &Shared, config: &Config) -> Self {
        let (colorterm, term) = (locale::variable("COLORTERM"), locale::variable("TERM"));
        let depth = ColourDepth::of(colorterm.as_deref(), term.as_deref());
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if shared.theme.is_none() && no_color {
            return Self { theme: Some(Theme::PLAIN), looks: Looks::default(), depth };
        }
        let fitted = |theme: Theme| {
            theme.fitted(depth).unwrap_or(if theme.is_light() { Theme::LIGHT } else { Theme::DARK })
        };
        let theme = shared.theme.and_then(ThemeArgument::theme).map(fitted);
        Self { theme, looks: config.looks().fitted(depth), depth }
    }

    /// The looks of the terminal, as far as they are known before it is asked.
    fn terminal_looks(&self) -> TerminalLooks {
        let is_without_signs = locale::charset(locale::variable) != Charset::Unicode;
        let is_plain = self.theme == Some(Theme::PLAIN) || is_without_signs;
        TerminalLooks { depth: self.depth, is_plain }
    }

    /// The theme until the terminal has answered. What the console of Linux shows for dim text
    /// cannot be read.
    fn theme(&self) -> Theme {
        let theme = self.theme.unwrap_or(Theme::DARK);
        self.looks.applied_to(if is_console() { theme.without_dim() } else { theme })
    }
}
