//! A document typeset for one width, block by block on demand.
//!
//! Owns the lines that have been laid out, and the mapping between a [`Position`] in the text
//! and a [`PageRow`] on the page. Must not lay out a block itself.

use crate::page::folding::Folding;
use crate::page::layout::{self, PageOptions};
use crate::page::line::{Line, PageWidth, Role, SegmentContent, Wide};
use crate::page::margin::Margin;
use crate::page::picture::{self, PagePictures};
use crate::page::picture_size::PictureSize;
use crate::page::slot::Slots;
use crate::text::{Details, Document, Position};
use std::cell::OnceCell;

/// A document typeset for one width. A block is laid out when it is first asked for, so that
/// opening a long text costs only what is shown of it.
#[derive(Debug)]
pub struct Page {
    width: PageWidth,
    wide: Wide,
    folding: Folding,
    slots: Slots,
    pictures: Option<PagePictures>,
    portions: Vec<OnceCell<Vec<LazyLines>>>,
}

/// The lines of a block, once it has been laid out.
type LazyLines = OnceCell<Box<[Line]>>;

/// The number of portions of a long text that stay laid out on either side of the visible one.
const NEAR: usize = 1;

/// Names a line of a page by its block and its number within the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct PageRow {
    /// Index of the block.
    pub block: usize,
    /// Number of the line within the block, from 0.
    pub line: usize,
}

/// The scroll position: what is at the top of the pane. It means the same at every width: the
/// position of a line of text, and how many lines without text of their own (rules under
/// headings, blank lines after a block) are scrolled past it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Top {
    /// The start of the line of text.
    pub position: Position,
    /// Lines past the line of that position, within the same block. At the very start of a block
    /// they count from the block's first line, even where a rule or a name comes before the text.
    pub skip: usize,
}

impl Page {
    /// Creates a page of this width in columns, on which code and tables are broken to fit.
    pub fn new(document: &Document, width: u16) -> Self {
        Self::with(document, width, Wide::Broken)
    }

    /// Creates a page of this width. Nothing is laid out yet.
    pub fn with(document: &Document, width: impl Into<PageWidth>, wide: Wide) -> Self {
        let portions = vec![OnceCell::new(); document.portions()];
        let (folding, slots) = (Folding::Open, Slots::default());
        Self { width: width.into(), wide, folding, slots, pictures: None, portions }
    }

    /// The same page with these details shown.
    #[must_use]
    pub fn folded(self, folding: Folding) -> Self {
        Self { folding, portions: vec![OnceCell::new(); self.portions.len()], ..self }
    }

    /// The same page with these texts in its exercises.
    #[must_use]
    pub fn filled(self, slots: Slots) -> Self {
        Self { slots, portions: vec![OnceCell::new(); self.portions.len()], ..self }
    }

    /// The same page with these pictures.
    #[must_use]
    pub fn pictured(self, pictures: PagePictures) -> Self {
        Self { pictures: Some(pictures), portions: vec![OnceCell::new(); self.portions.len()], ..self }
    }

    /// The number of the image that a block is, and its size here if its file is known and it is shown.
    pub fn picture(&self, document: &Document, index: usize) -> Option<(usize, Option<PictureSize>)> {
        let link = document.picture(index)?;
        let size = || {
            let (pictures, block) = (self.pictures.as_ref()?, document.block(index)?);
            let page = usize::from(self.width.text);
            picture::size(link, Margin::new(&block.frames, page).measure(page), pictures)
        };
        Some((link, size()))
    }

    /// The number of rows of a block that come before its text and are part of a picture.
    pub fn picture_rows(&self, document: &Document, index: usize) -> usize {
        self.block(document, index).iter().filter(|line| line.picture.is_some()).count()
    }

    /// The width in columns.
    pub fn width(&self) -> PageWidth {
        self.width
    }

    /// Lays out a block, unless it is already, and returns its lines: its text, then the blank
    /// lines before the next block. Never empty for a block that is shown.
    pub fn block(&self, document: &Document, index: usize) -> &[Line] {
        let (portion, within) = Document::within(index);
        let blocks = self
            .portions
            .get(portion)
            .map(|blocks| blocks.get_or_init(|| vec![OnceCell::new(); document.blocks_in(portion)]));
        blocks.and_then(|blocks| blocks.get(within)).map_or(&[], |lines| {
            lines.get_or_init(|| {
                let Self { width, wide, folding, slots, pictures, .. } = self;
                let (width, wide, pictures) = (*width, *wide, pictures.as_ref());
                layout::lay_out(document, index, &PageOptions { width, wide, folding, slots, pictures })
            })
        })
    }

    /// How many blocks have been laid out.
    #[cfg(test)]
    pub(crate) fn laid_out(&self) -> usize {
        let portions = self.portions.iter().filter_map(OnceCell::get);
        portions.flatten().filter(|lines| lines.get().is_some()).count()
    }

    /// Returns whether the details with this number are shown, if their author hides them at first.
    pub fn unfolds(&self, number: usize) -> bool {
        self.folding.shows(Details { number, open: false })
    }

    /// Returns whether a block exists and is not hidden.
    pub fn shows(&self, document: &Document, index: usize) -> bool {
        document.block(index).is_some_and(|block| !self.folding.hides(block))
    }

    /// The block that is shown below this one.
    pub fn next(&self, document: &Document, index: usize) -> Option<usize> {
        self.folding.next_shown(document, index)
    }

    /// The block that is shown above this one.
    fn previous(&self, document: &Document, index: usize) -> Option<usize> {
        let before = std::iter::successors(document.previous(index), |index| document.previous(*index));
        before.into_iter().find(|index| self.shows(document, *index))
    }

    /// Forgets the lines of a portion that has been read since, and those of the blocks around it that were
    /// laid out without it. What has no lines there lies between the two.
    pub fn forget_portion(&mut self, portion: usize) {
        let has_lines = |blocks: &Vec<LazyLines>| {
            blocks.iter().any(|lines| lines.get().is_some_and(|lines| !lines.is_empty()))
        };
        let at = portion.min(self.portions.len());
        let (before, from) = self.portions.split_at_mut(at);
        let (own, after) = from.split_at_mut(from.len().min(1));
        for blocks in own {
            blocks.take();
        }
        before.iter_mut().rev().find_map(|blocks| blocks.take().filter(has_lines));
        after.iter_mut().find_map(|blocks| blocks.take().filter(has_lines));
    }

    /// Frees the memory of lines in portions far from a block.
    pub fn forget_far_from(&mut self, index: usize) {
        let (here, _) = Document::within(index);
        for (portion, blocks) in self.portions.iter_mut().enumerate() {
            if portion.abs_diff(here) > NEAR {
                blocks.take();
            }
        }
    }

    /// Finds the row that shows this position; the last row for a position past the end, and for one
    /// that is hidden the row above it.
    pub fn row_of(&self, document: &Document, position: Position) -> PageRow {
        let lines = self.block(document, position.block);
        if lines.is_empty() {
            return self.beyond(document, position.block);
        }
        let line = text_line(lines, position.offset);
        // The cells of a table's row are side by side, on more lines than the one that the row's
        // text belongs to.
        let own_lines = lines.iter().skip(line + 1).take_while(|line| line.range.is_empty()).count();
        let shows = |line: &Line| line.segments.iter().any(|segment| segment.holds(position.offset));
        let within = lines.iter().skip(line).take(own_lines + 1).position(shows).unwrap_or(0);
        PageRow { block: position.block, line: line + within }
    }

    /// Finds the row of a scroll position, as [`Self::row_of`].
    pub fn row(&self, document: &Document, top: Top) -> PageRow {
        let lines = self.block(document, top.position.block);
        if lines.is_empty() {
            return self.beyond(document, top.position.block);
        }
        let line = anchor(lines, text_line(lines, top.position.offset));
        let last = lines.len() - 1;
        PageRow { block: top.position.block, line: line.saturating_add(top.skip).min(last) }
    }

    /// Finds the scroll position with this row at the top: `self.row(self.top(row)) == row` for
    /// every row of the page.
    pub fn top(&self, document: &Document, row: PageRow) -> Top {
        let lines = self.block(document, row.block);
        if lines.is_empty() {
            let other = self.beyond(document, row.block);
            return if other == row { Top::default() } else { self.top(document, other) };
        }
        let at = row.line.min(lines.len().saturating_sub(1));
        let own = (0..=at).rev().find(|line| lines.get(*line).is_some_and(Line::has_text)).unwrap_or(0);
        let anchor = anchor(lines, own);
        let offset = lines.get(anchor).map_or(0, |line| line.range.start);
        Top { position: Position { block: row.block, offset }, skip: at - anchor }
    }

    /// The row that is `lines` below, or the last.
    pub fn down(&self, document: &Document, row: PageRow, lines: usize) -> PageRow {
        let PageRow { mut block, line } = self.clamped(document, row);
        let mut line = line.saturating_add(lines);
        loop {
            let count = self.block(document, block).len();
            if line < count {
                return PageRow { block, line };
            }
            let Some(next) = self.next(document, block) else { break };
            line -= count;
            block = next;
        }
        self.last_of(document, block)
    }

    /// The row that is `lines` above, or the first.
    pub fn up(&self, document: &Document, row: PageRow, lines: usize) -> PageRow {
        let mut row = self.clamped(document, row);
        let mut lines = lines;
        while lines > row.line {
            let Some(block) = self.previous(document, row.block) else { return PageRow::default() };
            lines -= row.line + 1;
            row = self.last_of(document, block);
        }
        PageRow { block: row.block, line: row.line - lines }
    }

    /// The row itself, or the nearest above it that exists.
    fn clamped(&self, document: &Document, row: PageRow) -> PageRow {
        match self.block(document, row.block).len().checked_sub(1) {
            Some(last) => PageRow { block: row.block, line: row.line.min(last) },
            None => self.beyond(document, row.block),
        }
    }

    fn last_of(&self, document: &Document, block: usize) -> PageRow {
        PageRow { block, line: self.block(document, block).len().saturating_sub(1) }
    }

    /// The row for a block that does not exist, the first for one before the first, else the last;
    /// and for a block that is hidden: the last row above it.
    fn beyond(&self, document: &Document, block: usize) -> PageRow {
        if document.block(block).is_some() {
            return self
                .previous(document, block)
                .map_or(PageRow::default(), |above| self.last_of(document, above));
        }
        match document.first() {
            Some(first) if block < first => PageRow { block: first, line: 0 },
            _ => self.last(document),
        }
    }

    /// The last row with anything on it (trailing blank lines of the last block not counted).
    pub fn last(&self, document: &Document) -> PageRow {
        let block = document.last().unwrap_or(0);
        if document.block(block).is_some() && !self.shows(document, block) {
            return self.beyond(document, block);
        }
        self.last_of(document, block)
    }

    /// The number of columns by which the widest of the `height` rows from `from` on overflows
    /// the page.
    pub fn overflow(&self, document: &Document, from: PageRow, height: usize) -> u16 {
        let lines = self.rows(document, from, height).map(|(_, line)| line);
        let wide = lines.filter(|line| line.scrolls_from.is_some());
        wide.map(|line| line.end().saturating_sub(line.room(self.width))).max().unwrap_or(0)
    }

    /// The lines of a table's head and its rule, if they are above this row and lines that scroll
    /// sideways are below it: they stay in sight, in place of as many rows.
    pub(crate) fn head_above(&self, document: &Document, row: PageRow) -> &[Line] {
        let lines = self.block(document, row.block);
        let is_rule = |line: &Line| {
            let is_ornament = |content: &SegmentContent| matches!(content, SegmentContent::Ornament(_));
            !line.segments.is_empty() && line.segments.iter().all(|segment| is_ornament(&segment.content))
        };
        let is_head = |line: &&Line| line.segments.iter().any(|segment| segment.role == Role::TableHeader);
        let rule = lines.iter().take_while(is_head).count();
        let has_head = rule > 0 && lines.get(rule).is_some_and(is_rule);
        let stays =
            self.wide == Wide::Whole && has_head && row.line > rule && row.line + rule + 1 < lines.len();
        lines.get(..=rule).filter(|_| stays).unwrap_or_default()
    }

    /// Iterates over at most `height` rows from `from` on.
    pub fn rows<'a>(
        &'a self,
        document: &'a Document,
        from: PageRow,
        height: usize,
    ) -> impl Iterator<Item = (PageRow, &'a Line)> {
        let first = document.block(from.block).map(|_| from.block);
        let blocks = std::iter::successors(first, |block| document.next(*block)).flat_map(move |block| {
            let lines = self.block(document, block).iter().enumerate();
            lines.map(move |(line, shown)| (PageRow { block, line }, shown))
        });
        blocks.skip_while(move |(row, _)| *row < from).take(height)
    }
}

/// Finds the line that the text at this offset belongs to; the last line of text for an offset
/// past the end, and the first line of a block without text.
fn text_line(lines: &[Line], offset: usize) -> usize {
    let behind = lines.partition_point(|line| line.range.start <= offset);
    (0..behind).rev().find(|line| lines.get(*line).is_some_and(Line::has_text)).unwrap_or(0)
}

/// Finds the line that [`Top::skip`] counts from: the block's first, for a line at the start of
/// its text.
fn anchor(lines: &[Line], line: usize) -> usize {
    if lines.get(line).is_some_and(|line| line.range.start > 0) { line } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Flavour;
    use crate::text::wanted::{Asker, WantList};
    use std::sync::Arc;

    #[test]
    fn what_was_laid_out_without_a_portion_is_forgotten_and_nothing_else() {
        let text = Arc::<str>::from(format!("# Heading\n\n{}\n\n", "words ".repeat(8_000)).repeat(12));
        let mut document = Document::long(Box::new(text), Flavour::GitHub);
        document.ask_with(Asker::new(Arc::new(WantList::default()), 0));
        for portion in [0, 1, 3, 4, 5] {
            document.load(portion);
        }
        let mut page = Page::new(&document, 60);
        let lay_out = |page: &Page, document: &Document| -> Vec<Vec<Line>> {
            let blocks =
                (0..6).flat_map(|portion| (0..4).map(move |within| Document::index(portion, within)));
            blocks.map(|index| page.block(document, index).to_vec()).collect()
        };
        let without = lay_out(&page, &document);
        document.load(2);
        page.forget_portion(2);
        assert!(
            page.portions
                .iter()
                .take(6)
                .map(|cell| cell.get().is_some())
                .eq([true, false, false, false, true, true])
        );
        let with = lay_out(&page, &document);
        assert_ne!(with, without);
        assert_eq!(with, lay_out(&Page::new(&document, 60), &document));
    }
}
