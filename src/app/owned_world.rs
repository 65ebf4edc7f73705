//! What the state is about: the course, the ledger, and what is made from them.
//!
//! Owns what a [`World`] borrows. Must not know the state.

use crate::course::{Course, Lesson};
use crate::journal::{Journal, Ledger};
use crate::reader::notebook::Notebook;
use crate::reader::plan::Lengths;
use crate::reader::{Highlights, Keymap, Pages, World};
use crate::search::Index;

/// Everything that a [`World`] borrows, and the journal that the ledger is read from.
#[derive(Debug)]
pub(super) struct OwnedWorld {
    pub(super) course: Course,
    pub(super) journal: Journal,
    pub(super) ledger: Ledger,
    pub(super) pages: Pages,
    pub(super) keymap: Keymap,
    pub(super) highlights: Highlights,
    pub(super) notebook: Notebook,
    pub(super) index: Index,
    lengths: Lengths,
}

impl OwnedWorld {
    /// The world of a course whose text is `width` columns wide.
    pub(super) fn new(course: Course, journal: Journal, ledger: Ledger, keymap: Keymap, width: u16) -> Self {
        let pages = Pages::new(course.lessons.len(), width);
        let index = Index::new(&course);
        let highlights = Highlights::default();
        let (notebook, lengths) = (Notebook::default(), Lengths::default());
        Self { course, journal, ledger, pages, keymap, highlights, notebook, index, lengths }
    }

    /// Puts another course in the place of this one.
    pub(super) fn replace_course(&mut self, course: Course, width: u16) {
        self.course = course;
        self.make_anew(width);
        self.notebook.empty();
        self.measure_lessons();
    }

    /// Forgets what was read of the course, so that it is read again.
    pub(super) fn forget_texts(&mut self, width: u16) {
        self.course.lessons.iter_mut().for_each(Lesson::forget);
        self.make_anew(width);
    }

    fn make_anew(&mut self, width: u16) {
        self.pages = Pages::new(self.course.lessons.len(), width);
        self.index = Index::new(&self.course);
        self.highlights.forget();
    }

    /// Counts how long the lessons are.
    pub(super) fn measure_lessons(&mut self) {
        self.lengths = Lengths::of(&self.course);
    }

    /// All of it, to be looked at.
    pub(super) fn view(&self) -> World<'_> {
        World {
            course: &self.course,
            ledger: &self.ledger,
            pages: &self.pages,
            index: &self.index,
            notebook: &self.notebook,
            keymap: &self.keymap,
            highlights: &self.highlights,
            lengths: &self.lengths,
        }
    }
}
