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

/// What of a text is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaneRows {
    /// The row that is drawn as the first.
    pub first: PageRow,
    /// The last row in sight.
    pub bottom: PageRow,
    /// Whether the end is in sight.
    pub ends: bool,
}

impl PagedText<'_> {
    /// The rows in sight in a pane of this height.
    pub fn pane(&self, top: Top, height: usize) -> PaneRows {
        let (first, bottom) = self.pane_from(self.page.row(self.document, top), height);
        let ends = !self.is_before_the_end(bottom) && bottom >= self.page.last(self.document);
        PaneRows { first, bottom, ends }
    }

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

    /// The blocks with lines in sight, of which there are at most `height` from this row on.
    pub fn blocks_in_sight(&self, first: PageRow, height: usize) -> impl Iterator<Item = usize> {
        let Self { page, document } = *self;
        let mut hidden = first.line;
        let mut room = height;
        let mut next = document.block(first.block).map(|_| first.block);
        std::iter::from_fn(move || {
            while room > 0 {
                let block = next?;
                let lines = page.block(document, block).len();
                let shown = lines.saturating_sub(std::mem::take(&mut hidden));
                room = room.saturating_sub(shown);
                next = if room > 0 { document.next(block) } else { None };
                if shown > 0 {
                    return Some(block);
                }
            }
            None
        })
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

    /// Returns whether the end is in sight.
    pub fn ends(&self, top: Top, height: usize) -> bool {
        self.pane(top, height).ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Folding;
    use crate::text::markdown;

    #[test]
    fn the_blocks_in_sight_are_those_of_the_rows_in_sight() {
        let source = "# Heading\n\nSome words that take more than one row here.\n\n<details><summary>More</summary>\n\n\
                      hidden\n\n- also\n- hidden\n\n</details>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n";
        let document = markdown::parse(&source.repeat(4));
        let page = Page::new(&document, 20).folded(Folding::Toggled([].into()));
        let text = PagedText { document: &document, page: &page };
        let mut row = PageRow::default();
        loop {
            for height in 0..30 {
                let mut rows: Vec<usize> =
                    page.rows(&document, row, height).map(|(row, _)| row.block).collect();
                rows.dedup();
                assert!(text.blocks_in_sight(row, height).eq(rows), "{height} from {row:?}");
            }
            let next = page.down(&document, row, 1);
            if next == row {
                break;
            }
            row = next;
        }
    }
}
