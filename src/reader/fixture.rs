//! A world for the tests of panes and overlays: the built-in course, and an empty ledger.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::course::Course;
use crate::journal::{Ledger, Operation};
use crate::practice::Lengths;
use crate::reader::highlights::Highlights;
use crate::reader::keys::keymap::Keymap;
use crate::reader::note_cache::NoteCache;
use crate::reader::pages::Pages;
use crate::reader::pictures::Pictures;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::search::Index;
use jiff::civil::{Weekday, date};

/// Everything that a [`World`] borrows, and a state in it.
pub(super) struct Fixture {
    pub(super) course: Course,
    pub(super) state: State,
    ledger: Ledger,
    pages: Pages,
    index: Index,
    notes: NoteCache,
    keymap: Keymap,
    highlights: Highlights,
    pictures: Pictures,
    lengths: Lengths,
}

impl Fixture {
    /// Nothing done yet, on 22 November 2026, on a screen of 120x36.
    pub(super) fn new() -> Self {
        Self::of(Course::built_in("reconcile").unwrap())
    }

    /// The same with another course.
    pub(super) fn of(course: Course) -> Self {
        let state = State::new((120, 36), date(2026, 11, 22));
        Self {
            pages: Pages::new(course.lessons.len(), state.geometry().page_width()),
            index: Index::new(&course),
            course,
            state,
            ledger: Ledger::default(),
            notes: NoteCache::default(),
            keymap: Keymap::default(),
            highlights: Highlights::default(),
            pictures: Pictures::default(),
            lengths: Lengths::default(),
        }
    }

    /// Applies an operation, as if it had come from the journal.
    pub(super) fn apply(&mut self, operation: &Operation) {
        self.ledger.apply(operation);
        self.notes.empty();
    }

    /// A note of this day, named by its text.
    pub(super) fn add_note(&mut self, day: jiff::civil::Date, text: &str) {
        self.add_named_note(&format!("{day}-{text}"), day, text);
    }

    /// A note of this day and name.
    pub(super) fn add_named_note(&mut self, note: &str, day: jiff::civil::Date, text: &str) {
        let (course, note) = (self.course.id.clone(), note.to_owned());
        self.apply(&Operation::Note { course, note, day, place: None, text: text.to_owned() });
    }

    /// The world as it is now.
    pub(super) fn world(&self) -> World<'_> {
        World {
            course: &self.course,
            ledger: &self.ledger,
            pages: &self.pages,
            index: &self.index,
            notes: &self.notes,
            keymap: &self.keymap,
            highlights: &self.highlights,
            pictures: &self.pictures,
            lengths: &self.lengths,
            week_begins: Weekday::Monday,
        }
    }

    /// What panes and overlays may know of it.
    pub(super) fn view(&self) -> View<'_> {
        self.state.view(&self.world(), 1)
    }
}
