//! What the state is about: everything that `update` and the screen may look at.

use crate::course::Course;
use crate::journal::{Ledger, Note};
use crate::practice::{Lengths, Practice};
use crate::reader::highlights::Highlights;
use crate::reader::keys::context::{Context, Provided};
use crate::reader::keys::keymap::Keymap;
use crate::reader::note_cache::NoteCache;
use crate::reader::paged_text::PagedText;
use crate::reader::pages::Pages;
use crate::reader::pictures::Pictures;
use crate::search::{Index, Notes};
use jiff::civil::Weekday;

/// What is said where lessons are listed, or looked for, of which more become known in a moment.
pub const READING_NAMES: &str = "Reading names…";

/// The course, what was done, and what is made from them.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The open course.
    pub course: &'a Course,
    /// What was done.
    pub ledger: &'a Ledger,
    /// The pages at the width shown now.
    pub pages: &'a Pages,
    /// The course, ready to be searched.
    pub index: &'a Index,
    /// The reader's notes, gathered when they are asked for.
    pub notes: &'a NoteCache,
    /// The bindings.
    pub keymap: &'a Keymap,
    /// The highlighted code in sight.
    pub highlights: &'a Highlights,
    /// The pictures near what is in sight, as far as they are drawn.
    pub pictures: &'a Pictures,
    /// How long the lessons are.
    pub lengths: &'a Lengths,
    /// The day on which a week begins.
    pub week_begins: Weekday,
}

impl<'a> World<'a> {
    /// The key to name when an action is spoken of.
    pub fn key(&self, context: Context, name: &'static str) -> &'a str {
        self.keymap.key(context, name)
    }

    /// What there is for bindings to be about.
    pub fn provided(&self) -> Provided<'a> {
        Provided { course: self.course, has_items: self.practice().has_items() }
    }

    /// The reader's notes by day, those of one day by name.
    pub fn notes(&self) -> &'a [Note] {
        self.notes.by_day(self.ledger, self.course)
    }

    /// The blocks of a lesson that notes belong to.
    pub fn blocks_with_notes(&self, lesson: usize) -> Vec<usize> {
        let Some(id) = self.course.lessons.get(lesson).map(|lesson| &lesson.id) else { return Vec::new() };
        let places = self.notes.places(self.ledger, self.course).iter();
        let here = places.filter(|place| place.lesson == *id);
        here.map(|place| place.find(self.course.document(lesson)).block).collect()
    }

    /// The notes in the same order, ready to be searched.
    pub fn notes_to_search(&self) -> &'a Notes {
        self.notes.to_search(self.ledger, self.course)
    }

    /// The items, their marks, and everything that is made of them.
    pub fn practice(&self) -> Practice<'a> {
        Practice::new(self.course, self.ledger).with_weeks_from(self.week_begins)
    }

    /// A lesson's text and its page.
    pub fn paged_text(&self, lesson: usize) -> Option<PagedText<'a>> {
        let document = self.course.document(lesson);
        self.pages.page(self.course, lesson).map(|page| PagedText { document, page })
    }

    /// Returns whether a lesson was read to its end.
    pub fn is_read(&self, lesson: usize) -> bool {
        self.practice().is_read(lesson)
    }
}
