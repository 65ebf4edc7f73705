//! Finds what a command works on: the course, the journal, and today.

use crate::app::{Clock, DAY_ENDS};
use crate::cli::arguments::Shared;
use crate::cli::config::Config;
use crate::cli::error::CliError;
use crate::cli::output::complain;
use crate::cli::{environment, locale};
use crate::course::{Course, CourseId, TOUR};
use crate::journal::{Journal, JournalError, Ledger, Opened};
use crate::library::{Hidden, Library, LibraryKind, LibraryOrigin, Pipe, Scope};
use crate::practice::Practice;
use crate::reader::keys::{Context, Keymap};
use crate::text::clean::clean_line;
use etcetera::BaseStrategy;
use jiff::civil::{Date, Weekday};
use std::path::{Path, PathBuf};

/// The built-in course that opens when none is named.
const DEFAULT_COURSE: &str = "reconcile";

/// Opens what is to be read: what is at a path, else a built-in course of this name.
pub(super) fn library(name: Option<&Path>, kind: Option<LibraryKind>) -> Result<Library, CliError> {
    library_with(name, kind, Scope::default())
}

/// What is read of a library, and beside it, by the options.
///
/// # Errors
/// When a folder that is allowed is not there.
pub(super) fn scope(shared: &Shared) -> Result<Scope, CliError> {
    let hidden = if shared.all { Hidden::Shown } else { Hidden::LeftOut };
    Ok(Scope::new(hidden, &shared.allow)?)
}

/// As [`library`], with what is read of it.
pub(super) fn library_with(
    name: Option<&Path>,
    kind: Option<LibraryKind>,
    scope: Scope,
) -> Result<Library, CliError> {
    library_beginning(name, kind, scope).map(Library::completed)
}

/// The same for a screen, which need not wait for all names of a folder.
pub(super) fn library_beginning(
    name: Option<&Path>,
    kind: Option<LibraryKind>,
    scope: Scope,
) -> Result<Library, CliError> {
    let built_in = |id: &str| Ok(Library::open(LibraryOrigin::BuiltIn(id.to_owned()))?);
    let Some(name) = name else { return built_in(DEFAULT_COURSE) };
    if Pipe::is_named(name) {
        let mut pipe = Pipe::take(name, kind)?;
        pipe.read_for(None);
        return Ok(pipe.library());
    }
    let known = name.to_str().filter(|name| crate::course::built_in_ids().any(|id| id == *name));
    if let Some(id) = known.filter(|_| !name.is_dir() && kind.is_none()) {
        return built_in(id);
    }
    Ok(Library::open_beginning(LibraryOrigin::of_path(name, kind)?.with_scope(scope))?)
}

/// Opens what was read last, or its beginning; with a word about it if it is gone.
pub(super) fn last_read(journal: &Journal, keymap: &Keymap) -> Result<(Library, Option<String>), CliError> {
    let shelf = journal.recent();
    // Older versions put the tour there.
    let Some(last) = shelf.read().iter().find(|entry| entry.course.as_str() != TOUR) else {
        return Ok((library(None, None)?, None));
    };
    if let Ok(library) = Library::open_beginning(last.origin.clone()) {
        return Ok((library, None));
    }
    let key = keymap.key(Context::PANES, "shelf");
    let says = format!("Cannot open {} now. {key} shows what else you read.", last.title);
    Ok((library(None, None)?, Some(says)))
}

/// The id by which something is known, which it keeps when it moves.
pub(super) fn known_as(id: CourseId, shared: &Shared) -> CourseId {
    if id.as_str().starts_with("path-") { journal(shared).0.journal.recent().id(id) } else { id }
}

/// The course that the options name, if they name one, for a command that is about all courses.
///
/// # Errors
/// When it cannot be opened.
pub(super) fn named_course(
    named: Option<&Path>,
    kind: Option<LibraryKind>,
    shared: &Shared,
) -> Result<Option<Course>, CliError> {
    named.map(|named| course(Some(named), kind, shared)).transpose()
}

/// The course that a command is about, with the id by which it is known.
///
/// # Errors
/// When it cannot be opened.
pub(super) fn course(
    named: Option<&Path>,
    kind: Option<LibraryKind>,
    shared: &Shared,
) -> Result<Course, CliError> {
    let library = library_with(named, kind, scope(shared)?)?;
    for notice in &library.notices {
        complain(notice);
    }
    let mut course = library.course;
    course.id = known_as(course.id, shared);
    Ok(course)
}

/// The folder of the journal, or why there is none.
pub(super) fn data_folder(shared: &Shared) -> Result<PathBuf, String> {
    if let Some(folder) = &shared.data_dir {
        return Ok(folder.clone());
    }
    let folders = etcetera::base_strategy::Xdg::new().ok();
    // A relative one would be another folder in every folder.
    let folder = folders.map(|folders| folders.data_dir()).filter(|folder| folder.is_absolute());
    folder
        .map(|folder| folder.join("sidelight"))
        .ok_or_else(|| "Nothing is saved: there is no home folder. Name one with --data-dir.".into())
}

/// Opens the journal. When that fails, reading goes on with one that keeps nothing or
/// waits for its folder, and the second value says why.
pub(super) fn journal(shared: &Shared) -> (Opened, Option<String>) {
    let nothing = |journal: Journal, why: String| {
        let opened = Opened { journal, ledger: Ledger::default(), notices: Vec::new() };
        (opened, Some(why))
    };
    if shared.no_save {
        return nothing(Journal::in_memory(), "Nothing is saved, as you asked.".into());
    }
    match data_folder(shared) {
        Ok(folder) => match Journal::open(&folder) {
            Ok(opened) => (opened, None),
            Err(error) => nothing(Journal::waiting_for(&folder), format!("Nothing is saved: {error}")),
        },
        Err(why) => nothing(Journal::in_memory(), why),
    }
}

/// Opens the journal, for commands that are useless without one.
pub(super) fn opened(shared: &Shared) -> Result<Opened, CliError> {
    if shared.no_save {
        return Err(CliError::Journal(JournalError::NothingKept));
    }
    let folder = data_folder(shared).map_err(CliError::NothingKept)?;
    let mut opened = Journal::open(&folder)?;
    opened.journal.be_patient();
    for notice in &opened.notices {
        complain(notice);
    }
    Ok(opened)
}

/// The clock of a command, by the hour at which its day ends. What is wrong in the
/// configuration file is reported: a mark might go to another day than was meant.
pub(super) fn clock(shared: &Shared) -> Result<Clock, CliError> {
    clock_of(&settings(shared))
}

/// The options with what the configuration file adds to them, and today.
pub(super) fn settings_and_today(shared: &Shared) -> Result<(Shared, Date), CliError> {
    let settings = settings(shared);
    let today = clock_of(&settings)?.today();
    Ok((settings, today))
}

/// The options with what the configuration file adds to them; what is wrong in it is reported.
pub(super) fn settings(shared: &Shared) -> Shared {
    let config = Config::read(shared);
    if let Some(notice) = config.notice() {
        complain(&notice);
    }
    let mut shared = shared.clone();
    config.apply_to(&mut shared);
    shared
}

/// The clock, by settings to which the configuration file was applied. `SIDELIGHT_TODAY` sets
/// it, for scripts and tests.
pub(super) fn clock_of(shared: &Shared) -> Result<Clock, CliError> {
    let Some(day) = environment::variable(environment::TODAY) else {
        return Ok(Clock::system(shared.day_ends_at.unwrap_or(DAY_ENDS)));
    };
    let day = day.to_string_lossy();
    day.parse().map(Clock::Fixed).map_err(|_| CliError::Variable {
        name: environment::TODAY,
        value: clean_line(&day),
        remedy: "write a day such as 2026-11-22".into(),
    })
}

/// A course with its part of the ledger and the weeks of the reader, by settings to which the
/// configuration file was applied.
pub(super) fn practice<'a>(course: &'a Course, ledger: &'a Ledger, shared: &Shared) -> Practice<'a> {
    Practice::new(course, ledger).with_weeks_from(week_begins(shared))
}

/// The day on which a week begins, by settings to which the configuration file was applied.
pub(super) fn week_begins(shared: &Shared) -> Weekday {
    shared.week_begins.unwrap_or_else(|| locale::week_begins(locale::variable))
}
