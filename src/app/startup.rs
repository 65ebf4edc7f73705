//! What a session begins with.
//!
//! Owns the list of it. Must not read the command line or the configuration file: `cli` does.

use crate::app::Clock;
use crate::course::Course;
use crate::journal::{Journal, Ledger};
use crate::library::{LibraryOrigin, RestOfFolder};
use crate::reader::Keymap;
use crate::reader::pictures::PictureWay;
use crate::reader::pictures_shown::PicturesShown;
use crate::reader::pointer::Mouse;
use crate::screen::Theme;
use jiff::civil::Weekday;

/// What a session begins with.
#[derive(Debug)]
pub struct Startup {
    /// The course that is opened.
    pub course: Course,
    /// The names that are still to be read, where the course is the beginning of a folder.
    pub rest: Option<RestOfFolder>,
    /// Where it can be opened from again, if it can.
    pub origin: Option<LibraryOrigin>,
    /// The journal.
    pub journal: Journal,
    /// What is in the journal.
    pub ledger: Ledger,
    /// The clock.
    pub clock: Clock,
    /// How everything looks, until the terminal has said what ground it has.
    pub theme: Theme,
    /// The screen's columns and rows.
    pub size: (u16, u16),
    /// What the reader prefers.
    pub preferences: Preferences,
}

/// What the reader prefers.
#[derive(Debug, Clone)]
pub struct Preferences {
    /// The bindings.
    pub keymap: Keymap,
    /// The width of the text, in columns, unless it is the usual one.
    pub text_width: Option<u16>,
    /// Whose the mouse is at first.
    pub mouse: Mouse,
    /// The day on which a week begins.
    pub week_begins: Weekday,
    /// How the terminal shows pictures.
    pub picture_way: PictureWay,
    /// Whether pictures are shown at first.
    pub pictures: PicturesShown,
    /// What is seen first.
    pub start: FirstScreen,
}

/// What is seen first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FirstScreen {
    /// The text, where the reader left it.
    #[default]
    Text,
    /// What the day has, where there is a checklist.
    Today,
}

impl FirstScreen {
    /// All, each with its name in the configuration file.
    pub const ALL: [(&str, Self); 2] = [("text", Self::Text), ("today", Self::Today)];

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(other, _)| *other == name).map(|(_, screen)| screen)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, screen)| *screen == self).map_or("", |(name, _)| name)
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            keymap: Keymap::default(),
            text_width: None,
            mouse: Mouse::Ours,
            week_begins: Weekday::Monday,
            picture_way: PictureWay::default(),
            pictures: PicturesShown::default(),
            start: FirstScreen::default(),
        }
    }
}
