//! What the state is about: the course, the ledger, and what is made from them.
//!
//! Owns what a [`World`] borrows. Must not know the state.

use crate::course::Course;
use crate::journal::{Journal, Ledger};
use crate::page::PageWidth;
use crate::practice::{Lengths, Practice};
use crate::reader::keys::Context;
use crate::reader::note_cache::NoteCache;
use crate::reader::{Highlights, Keymap, Pages, Pictures, World};
use crate::search::Index;
use crate::text::wanted::WantList;
use jiff::civil::Weekday;
use std::sync::Arc;

/// Everything that a [`World`] borrows, and the journal that the ledger is read from.
#[derive(Debug)]
pub(super) struct OwnedWorld {
    /// Shared with the threads that read it and search it.
    pub(super) course: Arc<Course>,
    /// What of it was asked for and is not in memory; none when all of it is, and while it is
    /// read as it is asked for.
    pub(super) wanted: Option<Arc<WantList>>,
    pub(super) journal: Journal,
    pub(super) ledger: Ledger,
    pub(super) pages: Pages,
    pub(super) keymap: Keymap,
    pub(super) highlights: Highlights,
    pub(super) pictures: Pictures,
    pub(super) notes: NoteCache,
    pub(super) index: Arc<Index>,
    pub(super) lengths: Lengths,
    pub(super) week_begins: Weekday,
}

impl OwnedWorld {
    /// The world of a course on pages of this width.
    pub(super) fn new(
        course: Course,
        journal: Journal,
        ledger: Ledger,
        keymap: Keymap,
        width: PageWidth,
    ) -> Self {
        let pages = Pages::new(course.lessons.len(), width);
        let index = Arc::new(Index::new(&course));
        let (course, wanted) = (Arc::new(course), None);
        let (highlights, pictures) = (Highlights::default(), Pictures::default());
        let (notes, lengths) = (NoteCache::default(), Lengths::default());
        let mut world = Self {
            course,
            wanted,
            journal,
            ledger,
            pages,
            keymap,
            highlights,
            pictures,
            notes,
            index,
            lengths,
            week_begins: Weekday::Monday,
        };
        world.fill_exercises();
        world
    }

    /// Replaces the course by another.
    pub(super) fn replace_course(&mut self, course: Course, width: PageWidth) {
        self.course = Arc::new(course);
        self.lengths = Lengths::default();
        self.notes.empty();
        self.make_anew(width);
    }

    /// Replaces the course by one that begins with all of its lessons. What is known of these stays.
    pub(super) fn grow_course(&mut self, course: Course, index: Index) {
        self.pages.grow(course.lessons.len());
        self.course = Arc::new(course);
        self.index = Arc::new(index);
        self.lengths = Lengths::default();
        self.notes.empty();
    }

    /// Forgets what was read of the course, so that it is read again.
    pub(super) fn forget_texts(&mut self, width: PageWidth) {
        self.course = Arc::new(self.course.unread());
        self.make_anew(width);
    }

    /// Gathers notes anew, after some may have changed in the ledger.
    pub(super) fn forget_notes(&mut self) {
        self.notes.empty();
        self.fill_exercises();
    }

    /// Lets the pages show what is written for exercises now. To be done when notes, keys or the course have
    /// changed.
    pub(super) fn fill_exercises(&mut self) {
        let practice = Practice::new(&self.course, &self.ledger);
        let key = self.keymap.key(Context::READING, "follow-link");
        self.pages.fill(self.notes.in_exercises(practice), key);
    }

    fn make_anew(&mut self, width: PageWidth) {
        let room = self.pages.room();
        self.pages = Pages::new(self.course.lessons.len(), width);
        self.pages.make_room(room);
        self.fill_exercises();
        self.index = Arc::new(Index::new(&self.course));
        self.wanted = None;
        self.highlights.forget();
        self.pictures.forget();
    }

    /// All of it, to be looked at.
    pub(super) fn view(&self) -> World<'_> {
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
            week_begins: self.week_begins,
        }
    }
}
