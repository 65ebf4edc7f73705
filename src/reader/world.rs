//! What the state is about: everything that `update` and the screen may look at.

use crate::course::Course;
use crate::journal::{Ledger, Note};
use crate::page::{Page, Row, Top};
use crate::practice::{Lengths, Practice};
use crate::reader::bindings::Context;
use crate::reader::notebook::Notebook;
use crate::reader::{Action, Highlights, Keymap, Pages};
use crate::search::{Index, Notes};
use crate::text::{Document, Position};

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
    /// Her notes, gathered when they are asked for.
    pub notebook: &'a Notebook,
    /// The bindings.
    pub keymap: &'a Keymap,
    /// The highlighted code in sight.
    pub highlights: &'a Highlights,
    /// How long the lessons are.
    pub lengths: &'a Lengths,
}

impl<'a> World<'a> {
    /// The key to name when an action is spoken of.
    pub fn key(&self, context: Context, action: &Action) -> &'a str {
        self.keymap.key(context, action)
    }

    /// Her notes by day, those of one day by name.
    pub fn notes(&self) -> &'a [Note] {
        self.notebook.by_day(self.ledger, &self.course.id)
    }

    /// The blocks of a lesson that notes of hers belong to.
    pub fn blocks_with_notes(&self, lesson: usize) -> Vec<usize> {
        let Some(id) = self.course.lessons.get(lesson).map(|lesson| &lesson.id) else { return Vec::new() };
        let places = self.notebook.places(self.ledger, &self.course.id).iter();
        let here = places.filter(|place| place.lesson == *id);
        here.map(|place| place.find(self.course.document(lesson)).block).collect()
    }

    /// Her notes in the same order, ready to be searched.
    pub fn notes_to_search(&self) -> &'a Notes {
        self.notebook.to_search(self.ledger, &self.course.id)
    }

    /// The items, their marks, and everything that is made of them.
    pub fn practice(&self) -> Practice<'a> {
        Practice::new(self.course, self.ledger)
    }

    /// A lesson's text and its page.
    pub fn sheet(&self, lesson: usize) -> Option<Sheet<'a>> {
        let document = self.course.document(lesson);
        self.pages.page(self.course, lesson).map(|page| Sheet { document, page })
    }

    /// Whether a lesson was read to its end.
    pub fn is_read(&self, lesson: usize) -> bool {
        self.practice().is_read(lesson)
    }
}

/// A document with its page, which are always asked together.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The text.
    pub document: &'a Document,
    /// Its page.
    pub page: &'a Page,
}

impl Sheet<'_> {
    /// The row that is drawn as the first: that of the top, or above it where the text would
    /// end before the pane does. The top itself stays as it is, so that a pane that grew for
    /// a while shows the same place when it shrinks again.
    pub fn first(&self, top: Top, height: usize) -> Row {
        self.filled(self.page.row(self.document, top), height)
    }

    /// The row, or the one above it from which on the text fills the pane. The end is only
    /// looked for when it is near.
    fn filled(&self, row: Row, height: usize) -> Row {
        let bottom = self.page.down(self.document, row, height.saturating_sub(1));
        if self.is_before_the_end(bottom) { row } else { row.min(self.last_top(height)) }
    }

    /// The top that lies `lines` below (or above, if negative) and still fills the pane.
    pub fn scrolled(&self, top: Top, lines: isize, height: usize) -> Top {
        let row = self.first(top, height);
        let moved = if lines < 0 {
            self.page.up(self.document, row, lines.unsigned_abs())
        } else {
            self.filled(self.page.down(self.document, row, lines.unsigned_abs()), height)
        };
        self.page.top(self.document, moved)
    }

    /// The lowest row that can stand at the top with the pane filled.
    pub fn last_top(&self, height: usize) -> Row {
        self.page.up(self.document, self.page.last(self.document), height.saturating_sub(1))
    }

    /// The top that shows a position a third of the way down, or as near as can be.
    pub fn showing(&self, position: Position, height: usize) -> Top {
        let row = self.page.row_of(self.document, position);
        let top = self.page.up(self.document, row, height / 3);
        self.page.top(self.document, self.filled(top, height))
    }

    /// The top that shows a block as the pane's first line, or as near as can be.
    pub fn beginning(&self, block: usize, height: usize) -> Top {
        let row = self.page.row_of(self.document, Position { block, offset: 0 });
        self.page.top(self.document, self.filled(row, height))
    }

    /// Whether a row lies in a block before the last, so that the end, which would have to be
    /// laid out first, need not be asked.
    fn is_before_the_end(&self, row: Row) -> bool {
        self.document.next(row.block).is_some()
    }

    /// The last row in sight.
    pub fn bottom(&self, top: Top, height: usize) -> Row {
        self.page.down(self.document, self.first(top, height), height.saturating_sub(1))
    }

    /// Whether the end is in sight.
    pub fn ends(&self, top: Top, height: usize) -> bool {
        let bottom = self.bottom(top, height);
        !self.is_before_the_end(bottom) && bottom >= self.page.last(self.document)
    }
}
