//! Where things are: the course, the journal, and today.

use crate::cli::CliError;
use crate::cli::arguments::Shared;
use crate::cli::config::Config;
use crate::cli::output::complain;
use crate::course::Course;
use crate::journal::{Journal, Opened};
use crate::terminal::Clock;
use crate::terminal::clock::DAY_ENDS;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The built-in course that opens when none is named.
const DEFAULT_COURSE: &str = "reconcile";

/// Opens the course: a folder, else a built-in one of this name.
pub(super) fn course(name: Option<&Path>) -> Result<Course, CliError> {
    let Some(name) = name else { return Ok(Course::built_in(DEFAULT_COURSE)?) };
    let built_in = name.to_str().filter(|name| crate::course::built_in_ids().any(|id| id == *name));
    match built_in {
        Some(id) if !name.is_dir() => Ok(Course::built_in(id)?),
        _ => Ok(Course::open(name)?),
    }
}

/// The folder of the journal, or why there is none.
pub(super) fn data_folder(shared: &Shared) -> Result<PathBuf, String> {
    if let Some(folder) = &shared.data_dir {
        return Ok(folder.clone());
    }
    match etcetera::base_strategy::Xdg::new() {
        Ok(folders) => Ok(folders.data_dir().join("sidelight")),
        Err(_) => Err("Nothing is kept: there is no home folder. Name one with --data-dir.".into()),
    }
}

/// Opens the journal. When that fails, reading goes on with one that keeps nothing or
/// waits for its folder, and the second value says why.
pub(super) fn journal(shared: &Shared) -> (Opened, Option<String>) {
    let nothing = |journal: Journal, why: String| {
        let opened = Opened { journal, ledger: crate::journal::Ledger::default(), notices: Vec::new() };
        (opened, Some(why))
    };
    if shared.no_save {
        return nothing(Journal::in_memory(), "Nothing is kept, as you asked.".into());
    }
    match data_folder(shared) {
        Ok(folder) => match Journal::open(&folder) {
            Ok(opened) => (opened, None),
            Err(error) => nothing(Journal::waiting_for(&folder), format!("Nothing is kept: {error}")),
        },
        Err(why) => nothing(Journal::in_memory(), why),
    }
}

/// The clock of a command, by the hour at which its day ends. What is wrong in the
/// configuration file is told: a mark might go to another day than was meant.
pub(super) fn clock(shared: &Shared) -> Result<Clock, CliError> {
    let config = Config::read(shared);
    if let Some(notice) = config.notice() {
        complain(&notice);
    }
    let mut shared = shared.clone();
    config.apply_to(&mut shared);
    clock_of(&shared)
}

/// The clock, by settings to which the configuration file was applied. `SIDELIGHT_TODAY` sets
/// it, for scripts and tests.
pub(super) fn clock_of(shared: &Shared) -> Result<Clock, CliError> {
    match std::env::var("SIDELIGHT_TODAY") {
        Ok(day) => day.parse().map(Clock::Fixed).map_err(|_| CliError::Today),
        Err(std::env::VarError::NotPresent) => Ok(Clock::system(shared.day_ends_at.unwrap_or(DAY_ENDS))),
        Err(std::env::VarError::NotUnicode(_)) => Err(CliError::Today),
    }
}
