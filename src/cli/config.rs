//! The configuration file: what it sets, and what is wrong in it.
//!
//! Owns the settings and that a flag goes before the environment, that before the file, and
//! the file before the default. What is wrong in the file is reported and ignored; all else in it
//! holds. Must not write.

mod fault;
mod file;
mod keys;
mod report;
mod styles;
mod text;

use crate::app::FirstScreen;
use crate::cli::arguments::{Shared, ThemeArgument, a_weekday, a_while, an_hour};
use crate::cli::pictures::PicturesArgument;
use crate::reader::Keymap;
use crate::reader::geometry::{NARROWEST, WIDEST};
use crate::reader::keys::Context;
use crate::screen::theme::role::Looks;
use crate::text::clean::clean_line;
use fault::{ConfigFault, short};
use jiff::civil::Weekday;
use std::path::PathBuf;
use std::time::Duration;
use text::{Entry, Lines};
use toml::de::DeValue;

pub(super) use report::report;

/// The names of all that can be set.
const NAMES: [&str; 10] = [
    "theme",
    "pictures",
    "hide_after",
    "day_ends_at",
    "week_begins",
    "mouse",
    "text_width",
    "start",
    "styles",
    "keys",
];

/// The settings of the configuration file.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The path of the file; none without a home.
    path: Option<PathBuf>,
    /// Whether it is there.
    is_there: bool,
    /// All that is wrong in it, by line.
    faults: Vec<ConfigFault>,
    theme: Option<Set<ThemeArgument>>,
    pictures: Option<Set<PicturesArgument>>,
    hide_after: Option<Set<Duration>>,
    day_ends_at: Option<Set<i8>>,
    week_begins: Option<Set<Weekday>>,
    mouse: Option<Set<bool>>,
    text_width: Option<Set<u16>>,
    start: Option<Set<FirstScreen>>,
    looks: Looks,
    /// The roles that look otherwise than in the theme: their names, their looks, and their lines.
    styled: Vec<(&'static str, String, usize)>,
    keymap: Option<Keymap>,
    changed: Vec<(Context, &'static str, usize)>,
}

/// A value and its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Set<T> {
    value: T,
    line: usize,
}

/// The faults of a configuration file with this text, one line each.
pub fn faults_in(text: &str) -> Vec<String> {
    Config::of(text).faults.iter().map(|fault| fault.in_one_line("config.toml")).collect()
}

impl Config {
    /// Reads the file that is named, else the one at its usual place.
    pub(super) fn read(shared: &Shared) -> Self {
        let is_named = shared.config.is_some();
        let Some(path) = shared.config.clone().or_else(file::usual_place) else { return Self::default() };
        let read = file::read(&path, is_named);
        let mut config = match &read {
            Ok(Some(text)) => Self::of(text),
            Ok(None) => Self::default(),
            Err(fault) => Self { faults: vec![fault.clone()], ..Self::default() },
        };
        config.is_there = matches!(read, Ok(Some(_)));
        config.path = Some(path);
        config
    }

    /// Reads the settings of a text.
    fn of(text: &str) -> Self {
        let mut config = Self::default();
        let mut lines = Lines::of(text);
        let table = text::parse(text, &mut lines, &mut config.faults);
        for entry in text::entries_of(&table, &lines) {
            if let Err(fault) = config.set(&entry, &lines) {
                config.faults.push(fault);
            }
        }
        config.faults.sort_by_key(|fault| fault.line);
        config
    }

    fn set(&mut self, entry: &Entry, lines: &Lines) -> Result<(), ConfigFault> {
        let value = entry.value;
        match entry.name {
            "theme" => {
                let theme = value.as_str().and_then(ThemeArgument::named);
                let names: Vec<String> =
                    ThemeArgument::all().map(|theme| format!("\"{}\"", theme.name())).collect();
                let remedy = format!("themes: {}", names.join(", "));
                self.theme = Some(entry.set(theme, "a theme", &remedy)?);
            }
            "pictures" => {
                let setting = value.as_str().and_then(PicturesArgument::named);
                let names = PicturesArgument::names()
                    .map(|name| format!("\"{name}\""))
                    .collect::<Vec<_>>()
                    .join(", ");
                let remedy = format!("write one of {names}");
                self.pictures = Some(entry.set(setting, "a value for `pictures`", &remedy)?);
            }
            "hide_after" => {
                let time = value.as_str().and_then(|text| a_while(text).ok());
                let remedy = "write a time such as \"90s\", \"5m\" or \"1h\"";
                self.hide_after = Some(entry.set(time, "a time for `hide_after`", remedy)?);
            }
            "day_ends_at" => {
                let hour = number(value).and_then(|text| an_hour(text).ok());
                let remedy = "write an hour from 0 to 11, without quotes";
                self.day_ends_at = Some(entry.set(hour, "an hour for `day_ends_at`", remedy)?);
            }
            "week_begins" => {
                let day = value.as_str().and_then(|text| a_weekday(text).ok());
                let remedy = "write a day such as \"monday\", \"saturday\" or \"sunday\"";
                self.week_begins = Some(entry.set(day, "a day for `week_begins`", remedy)?);
            }
            "mouse" => {
                let remedy = "write true or false, without quotes";
                self.mouse = Some(entry.set(value.as_bool(), "a value for `mouse`", remedy)?);
            }
            "text_width" => {
                let width = number(value).and_then(|text| text.parse().ok());
                let width = width.filter(|width| (NARROWEST..=WIDEST).contains(width));
                let remedy = format!("write columns from {NARROWEST} to {WIDEST}, without quotes");
                self.text_width = Some(entry.set(width, "a width for `text_width`", &remedy)?);
            }
            "start" => {
                let screen = value.as_str().and_then(FirstScreen::named);
                let names = FirstScreen::ALL.map(|(name, _)| format!("\"{name}\"")).join(" or ");
                self.start = Some(entry.set(screen, "a screen for `start`", &format!("write {names}"))?);
            }
            "styles" => (self.looks, self.styled) = styles::read(entry, lines, &mut self.faults),
            "keys" => {
                let keys = keys::read(entry, lines, &mut self.faults);
                (self.keymap, self.changed) = (keys.keymap, keys.changed);
            }
            name => {
                let otherwise = format!("there are {}", NAMES.join(", "));
                return Err(ConfigFault::unknown(entry.line, "setting", name, NAMES, &otherwise));
            }
        }
        Ok(())
    }

    /// Sets what neither a flag nor the environment has set.
    pub(super) fn apply_to(&self, shared: &mut Shared) {
        shared.theme = shared.theme.or(self.theme.map(|set| set.value));
        shared.pictures = shared.pictures.or(self.pictures.map(|set| set.value));
        shared.hide_after = shared.hide_after.or(self.hide_after.map(|set| set.value));
        shared.day_ends_at = shared.day_ends_at.or(self.day_ends_at.map(|set| set.value));
        shared.week_begins = shared.week_begins.or(self.week_begins.map(|set| set.value));
        shared.no_mouse = shared.no_mouse.or(self.mouse.map(|set| !set.value));
    }

    /// The columns of text, if the file says.
    pub(super) fn text_width(&self) -> Option<u16> {
        self.text_width.map(|set| set.value)
    }

    /// What is seen first, if the file says.
    pub(super) fn start(&self) -> FirstScreen {
        self.start.map_or_else(FirstScreen::default, |set| set.value)
    }

    /// What is to look otherwise than in the theme.
    pub(super) fn looks(&self) -> Looks {
        self.looks
    }

    /// The keys, if the file says anything of them.
    pub(super) fn keymap(&self) -> Option<Keymap> {
        self.keymap.clone()
    }

    /// Returns whether there is a file.
    pub(super) fn is_there(&self) -> bool {
        self.is_there
    }

    /// The number of faults in the file.
    pub(super) fn fault_count(&self) -> usize {
        self.faults.len()
    }

    /// That there are faults, how to hear of them, and the first. In this order, since a
    /// narrow screen cuts the end off.
    pub(super) fn notice(&self) -> Option<String> {
        let first = self.faults.first()?;
        let line = first.line.map_or_else(String::new, |line| format!(", line {line}"));
        let many = match self.faults.len() {
            1 => "a fault (`sidelight config` says what to do)".to_owned(),
            all => format!("{all} faults (`sidelight config` tells all)"),
        };
        Some(clean_line(&format!("{} has {many}{line}: {}", self.file_name(), first.problem)))
    }

    fn file_name(&self) -> String {
        let name = self.path.as_deref().and_then(std::path::Path::file_name);
        name.map_or_else(|| "the configuration file".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

impl Entry<'_> {
    /// The value with its line, or the fault that what the file says is not such a value.
    fn set<T>(&self, value: Option<T>, wanted: &str, remedy: &str) -> Result<Set<T>, ConfigFault> {
        value.map(|value| Set { value, line: self.line }).ok_or_else(|| {
            let said = match self.value {
                DeValue::String(text) => format!("\"{}\"", short(text)),
                DeValue::Integer(number) => short(number.as_str()),
                _ => "this".to_owned(),
            };
            ConfigFault::new(self.line, &format!("{said} is not {wanted}"), remedy)
        })
    }
}

/// The digits of a whole number.
fn number<'a>(value: &'a DeValue) -> Option<&'a str> {
    value.as_integer().filter(|number| number.radix() == 10).map(toml::de::DeInteger::as_str)
}

#[cfg(test)]
mod tests;
