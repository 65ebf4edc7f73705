//! A lesson's text as it is laid out: which rows are in sight, and where scrolling leads.

use crate::page::{Line, Page, PageRow, Top};
use crate::text::{Document, Position};

/// A document with its page, which are always asked together.
#[derive(Debug, Clone, Copy)]
pub struct PagedText<'a> {
    /// The text.
    pub document: &'a Document,
    /// Its page.
    pub page: &'a Page,
}

impl PagedText<'_> {
    /// The row that is drawn as the first: that of the top, or above it where the text would
    /// end before the pane does. The top itself stays as it is, so that a pane that grew for
    /// a while shows the same place when it shrinks again.
    pub fn first(&self, top: Top, height: usize) -> PageRow {
        self.filled(self.page.row(self.document, top), height)
    }

    /// The row, or the one above it from which on the text fills the pane.
    fn filled(&self, row: PageRow, height: usize) -> PageRow {
        self.pane_from(row, height).0
    }

    /// The first and the last row of the pane that shows this row at its top, or, where the text would
    /// end before the pane does, as near to it as can be. The end is only looked for when it is near.
    fn pane_from(&self, row: PageRow, height: usize) -> (PageRow, PageRow) {
        let bottom = self.page.down(self.document, row, height.saturating_sub(1));
        if self.is_before_the_end(bottom) {
            return (row, bottom);
        }
        let first = row.min(self.last_top(height));
        (first, self.page.down(self.document, first, height.saturating_sub(1)))
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

    /// The top that shows the line of this number, counted from 1 as it is laid out, as the pane's
    /// first line, or as near as can be.
    pub fn line(&self, number: usize, height: usize) -> Top {
        let lines = isize::try_from(number.saturating_sub(1)).unwrap_or(isize::MAX);
        self.scrolled(Top::default(), lines, height)
    }

    /// The top that shows what so many per cent of the text stand above, as the pane's first line, or
    /// as near as can be.
    pub fn share(&self, per_cent: usize, height: usize) -> Top {
        let position = self.document.position_at(u64::try_from(per_cent).unwrap_or(u64::MAX));
        let row = self.page.row_of(self.document, position);
        self.page.top(self.document, self.filled(row, height))
    }

    /// The lowest row that can stand at the top with the pane filled.
    pub fn last_top(&self, height: usize) -> PageRow {
        self.page.up(self.document, self.page.last(self.document), height.saturating_sub(1))
    }

    /// The top that shows a position a third of the way down, or as near as can be.
    pub fn showing(&self, position: Position, height: usize) -> Top {
        if self.is_hidden(position.block) {
            return Top { position, skip: 0 };
        }
        let row = self.page.row_of(self.document, position);
        let top = self.page.up(self.document, row, height / 3);
        self.page.top(self.document, self.filled(top, height))
    }

    /// The top that shows a position about in the middle of a column of this width, which may be
    /// another than that of the page: the same text has more rows in a narrower one.
    pub fn centered(&self, position: Position, height: usize, width: u16) -> Top {
        let row = self.page.row_of(self.document, position);
        let above = height / 2 * usize::from(width) / usize::from(self.page.width().text.max(1));
        let top = self.page.up(self.document, row, above);
        self.page.top(self.document, self.filled(top, height))
    }

    /// Returns whether a position is in sight.
    pub fn shows(&self, top: Top, position: Position, height: usize) -> bool {
        let row = self.page.row_of(self.document, position);
        let (first, bottom) = self.pane_from(self.page.row(self.document, top), height);
        first <= row && row <= bottom
    }

    /// The top that shows a block as the pane's first line, or as near as can be.
    pub fn beginning(&self, block: usize, height: usize) -> Top {
        let position = Position { block, offset: 0 };
        if self.is_hidden(block) {
            return Top { position, skip: 0 };
        }
        let row = self.page.row_of(self.document, position);
        self.page.top(self.document, self.filled(row, height))
    }

    /// Returns whether a block has no row before its details are unfolded. Where they will be is not
    /// known until then.
    fn is_hidden(&self, block: usize) -> bool {
        self.document.block(block).is_some() && !self.page.shows(self.document, block)
    }

    /// Returns whether a row lies in a block before the last, so that the end, which would have to be
    /// laid out first, need not be asked.
    fn is_before_the_end(&self, row: PageRow) -> bool {
        self.page.next(self.document, row.block).is_some()
    }

    /// The lines in sight, at most `height`, from this row on. The head of a table that scrolls
    /// sideways is among them, with its own rows, in place of the first ones.
    pub fn in_sight(&self, first: PageRow, height: usize) -> impl Iterator<Item = (PageRow, &Line)> {
        let head = self.page.head_above(self.document, first);
        let head = if head.len() <= height / 3 { head } else { &[] };
        self.page.rows(self.document, first, height).enumerate().map(move |(index, row)| {
            head.get(index).map_or(row, |line| (PageRow { block: first.block, line: index }, line))
        })
    }

    /// The last row in sight.
    pub fn bottom(&self, top: Top, height: usize) -> PageRow {
        self.pane_from(self.page.row(self.document, top), height).1
    }

    /// Returns whether the end is in sight.
    pub fn ends(&self, top: Top, height: usize) -> bool {
        let bottom = self.bottom(top, height);
        !self.is_before_the_end(bottom) && bottom >= self.page.last(self.document)
    }
}
