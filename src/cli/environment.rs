//! The environment's `SIDELIGHT_*` variables, which set what a flag can set.
//!
//! Owns their names, and that an empty one counts as not set. Must not know the configuration
//! file, which they go before.

use crate::cli::arguments::{Shared, ThemeArgument, a_weekday, a_while, an_hour};
use crate::cli::error::CliError;
use crate::cli::pictures::PicturesArgument;
use crate::text::clean::clean_line;
use std::ffi::OsString;
use std::path::PathBuf;

pub(super) const DATA_DIR: &str = "SIDELIGHT_DATA_DIR";
pub(super) const CONFIG: &str = "SIDELIGHT_CONFIG";
pub(super) const THEME: &str = "SIDELIGHT_THEME";
pub(super) const PICTURES: &str = "SIDELIGHT_PICTURES";
pub(super) const HIDE_AFTER: &str = "SIDELIGHT_HIDE_AFTER";
pub(super) const DAY_ENDS_AT: &str = "SIDELIGHT_DAY_ENDS_AT";
pub(super) const WEEK_BEGINS: &str = "SIDELIGHT_WEEK_BEGINS";
pub(super) const NO_MOUSE: &str = "SIDELIGHT_NO_MOUSE";
pub(super) const TODAY: &str = "SIDELIGHT_TODAY";

/// The values of a switch that turn it on, and those that turn it off.
const ON: [&str; 6] = ["y", "yes", "t", "true", "on", "1"];
const OFF: [&str; 6] = ["n", "no", "f", "false", "off", "0"];

/// The value of a variable; none where it is not set or empty.
pub(super) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Sets what no flag has set.
///
/// # Errors
/// When a variable has a value that makes no sense, with its name.
pub(super) fn apply_to(shared: &mut Shared) -> Result<(), CliError> {
    let path = |name| variable(name).map(PathBuf::from);
    shared.data_dir = shared.data_dir.take().or_else(|| path(DATA_DIR));
    shared.config = shared.config.take().or_else(|| path(CONFIG));
    set(&mut shared.theme, THEME, |text| {
        ThemeArgument::named(text).ok_or_else(|| format!("themes: {}", theme_names()))
    })?;
    set(&mut shared.pictures, PICTURES, |text| {
        let names = PicturesArgument::names().collect::<Vec<_>>().join(", ");
        PicturesArgument::named(text).ok_or_else(|| format!("write one of {names}"))
    })?;
    set(&mut shared.hide_after, HIDE_AFTER, |text| a_while(text).map_err(str::to_owned))?;
    set(&mut shared.day_ends_at, DAY_ENDS_AT, |text| an_hour(text).map_err(str::to_owned))?;
    set(&mut shared.week_begins, WEEK_BEGINS, |text| a_weekday(text).map_err(str::to_owned))?;
    set(&mut shared.no_mouse, NO_MOUSE, a_switch)
}

/// Reads whether a switch is on.
fn a_switch(text: &str) -> Result<bool, String> {
    let text = text.to_lowercase();
    let is_one_of = |words: [&str; 6]| words.contains(&text.as_str());
    match (is_one_of(ON), is_one_of(OFF)) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        (false, false) => Err("write 1 or 0".to_owned()),
    }
}

fn theme_names() -> String {
    ThemeArgument::all().map(ThemeArgument::name).collect::<Vec<_>>().join(", ")
}

/// Sets a setting from a variable unless it is set already. `read` returns the remedy for a
/// value that it cannot read.
fn set<T>(
    setting: &mut Option<T>,
    name: &'static str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<(), CliError> {
    let Some(value) = variable(name).filter(|_| setting.is_none()) else { return Ok(()) };
    let value = value.to_string_lossy();
    let wrong = |remedy| CliError::Variable { name, value: clean_line(&value), remedy };
    *setting = Some(read(&value).map_err(wrong)?);
    Ok(())
}
