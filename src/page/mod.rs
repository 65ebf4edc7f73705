//! Typesetting: a [`Document`] becomes lines for a width.
//!
//! Owns line breaking, indents, tables, and the way between a
//! [`Position`] in the text and a [`Row`] on the page. Must
//! not know of colours, terminals or courses.

mod code;
pub mod highlight;
mod layout;
pub mod line;
mod margin;
mod spacing;
mod table;
mod wrap;

pub use line::{Content, Line, Role, Segment};

use crate::text::{Document, Position};
use std::cell::OnceCell;

/// A document typeset for one width. Blocks are laid out when they are first looked at,
/// so that opening a long text costs what is shown of it.
#[derive(Debug)]
pub struct Page {
    width: u16,
    wide: Wide,
    portions: Vec<OnceCell<Vec<Lines>>>,
}

/// What becomes of code and tables that are wider than the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wide {
    /// They are broken, so that all of them is in sight.
    #[default]
    Broken,
    /// They stay whole, and the reader scrolls sideways.
    Whole,
}

/// The lines of a block, once it has been looked at.
type Lines = OnceCell<Box<[Line]>>;

/// How many portions of a long text stay laid out on either side of the reader.
const NEAR: usize = 2;

/// A line on a page: a block, and a line within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Row {
    /// Index of the block.
    pub block: usize,
    /// Line within the block, from its first.
    pub line: usize,
}

/// What stands at the top of the pane, so that it means the same at every width: the
/// position of a line of text, and how many lines without text of their own (rules under
/// headings, blank lines behind a block) have been scrolled past it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Top {
    /// Where in the text.
    pub position: Position,
    /// Lines past the line of that position, within the same block. At the very start of
    /// a block that line is the block's first, even where a rule or a name comes before
    /// the text.
    pub skip: usize,
}

impl Page {
    /// A page of this width, in columns, on which nothing is laid out yet. What is wider is
    /// broken.
    pub fn new(document: &Document, width: u16) -> Self {
        Self::with(document, width, Wide::Broken)
    }

    /// A page of this width, in columns, on which nothing is laid out yet.
    pub fn with(document: &Document, width: u16, wide: Wide) -> Self {
        Self { width, wide, portions: vec![OnceCell::new(); document.portions()] }
    }

    /// The width in columns.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// The lines of a block: its text, then the blank lines that part it from the next.
    /// Never empty for a block that exists.
    pub fn block(&self, document: &Document, index: usize) -> &[Line] {
        let (portion, within) = Document::within(index);
        let blocks = self
            .portions
            .get(portion)
            .map(|blocks| blocks.get_or_init(|| vec![OnceCell::new(); document.blocks_in(portion)]));
        blocks.and_then(|blocks| blocks.get(within)).map_or(&[], |lines| {
            lines.get_or_init(|| layout::lay_out(document, index, self.width, self.wide))
        })
    }

    /// Gives back the memory of lines far from a block, when there are many.
    pub fn forget_far_from(&mut self, index: usize) {
        let (here, _) = Document::within(index);
        for (portion, blocks) in self.portions.iter_mut().enumerate() {
            if portion.abs_diff(here) > NEAR {
                blocks.take();
            }
        }
    }

    /// The row that shows this position; the last row of the document for one past its end.
    pub fn row_of(&self, document: &Document, position: Position) -> Row {
        let lines = self.block(document, position.block);
        if lines.is_empty() {
            return self.beyond(document, position.block);
        }
        let line = text_line(lines, position.offset);
        // The cells of a table's row stand side by side, on more lines than the one that
        // the row's text counts to.
        let own_lines = lines.iter().skip(line + 1).take_while(|line| line.range.is_empty()).count();
        let shows = |line: &Line| line.segments.iter().any(|segment| segment.holds(position.offset));
        let within = lines.iter().skip(line).take(own_lines + 1).position(shows).unwrap_or(0);
        Row { block: position.block, line: line + within }
    }

    /// The row of a top.
    pub fn row(&self, document: &Document, top: Top) -> Row {
        let lines = self.block(document, top.position.block);
        if lines.is_empty() {
            return self.beyond(document, top.position.block);
        }
        let line = anchor(lines, text_line(lines, top.position.offset));
        let last = lines.len() - 1;
        Row { block: top.position.block, line: line.saturating_add(top.skip).min(last) }
    }

    /// The top of a row. `self.row(self.top(row)) == row` for every row of the page.
    pub fn top(&self, document: &Document, row: Row) -> Top {
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

    /// The row `lines` below, or the last.
    pub fn down(&self, document: &Document, row: Row, lines: usize) -> Row {
        let Row { mut block, line } = self.clamped(document, row);
        let mut line = line.saturating_add(lines);
        loop {
            let count = self.block(document, block).len();
            if line < count {
                return Row { block, line };
            }
            let Some(next) = document.next(block) else { break };
            line -= count;
            block = next;
        }
        Row { block, line: self.block(document, block).len().saturating_sub(1) }
    }

    /// The row `lines` above, or the first.
    pub fn up(&self, document: &Document, row: Row, lines: usize) -> Row {
        let mut row = self.clamped(document, row);
        let mut lines = lines;
        while lines > row.line {
            let Some(block) = document.previous(row.block) else { return Row::default() };
            lines -= row.line + 1;
            row = Row { block, line: self.block(document, block).len().saturating_sub(1) };
        }
        Row { block: row.block, line: row.line - lines }
    }

    /// The row itself, or the nearest above it that exists.
    fn clamped(&self, document: &Document, row: Row) -> Row {
        match self.block(document, row.block).len().checked_sub(1) {
            Some(last) => Row { block: row.block, line: row.line.min(last) },
            None => self.beyond(document, row.block),
        }
    }

    /// The row for a block that does not exist: the first for one before the first, else the
    /// last.
    fn beyond(&self, document: &Document, block: usize) -> Row {
        match document.first() {
            Some(first) if block < first => Row { block: first, line: 0 },
            _ => self.last(document),
        }
    }

    /// The last row with anything on it (trailing blank lines of the last block not counted).
    pub fn last(&self, document: &Document) -> Row {
        let block = document.last().unwrap_or(0);
        Row { block, line: self.block(document, block).len().saturating_sub(1) }
    }

    /// By how many columns the widest of these rows goes on beyond the page.
    pub fn beyond_the_edge(&self, document: &Document, from: Row, height: usize) -> u16 {
        let lines = self.rows(document, from, height).map(|(_, line)| line);
        let ends = lines.filter(|line| line.moves_from.is_some()).map(Line::end);
        ends.max().unwrap_or(0).saturating_sub(self.width)
    }

    /// The rows from `from` on, `height` at most.
    pub fn rows<'a>(
        &'a self,
        document: &'a Document,
        from: Row,
        height: usize,
    ) -> impl Iterator<Item = (Row, &'a Line)> {
        let first = document.block(from.block).map(|_| from.block);
        let blocks = std::iter::successors(first, |block| document.next(*block)).flat_map(move |block| {
            let lines = self.block(document, block).iter().enumerate();
            lines.map(move |(line, shown)| (Row { block, line }, shown))
        });
        blocks.skip_while(move |(row, _)| *row < from).take(height)
    }
}

/// The line that the text at this offset counts to; the last line of text for an offset
/// past the end, and the first line of a block without text.
fn text_line(lines: &[Line], offset: usize) -> usize {
    let behind = lines.partition_point(|line| line.range.start <= offset);
    (0..behind).rev().find(|line| lines.get(*line).is_some_and(Line::has_text)).unwrap_or(0)
}

/// The line that a top counts from: the block's first, for a line at the start of its text.
fn anchor(lines: &[Line], line: usize) -> usize {
    if lines.get(line).is_some_and(|line| line.range.start > 0) { line } else { 0 }
}
