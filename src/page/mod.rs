//! Typesetting: a [`Document`](crate::text::Document) becomes lines for a width.
//!
//! Owns line breaking, indents, tables, and the way between a
//! [`Position`](crate::text::Position) in the text and a [`Row`] on the page. Must
//! not know of colours, terminals or courses.

pub mod line;

pub use line::{Content, Line, Role, Segment};

use crate::text::{Document, Position};

/// A document typeset for one width. Blocks are laid out when they are first looked at,
/// so that opening a long text costs what is shown of it.
#[derive(Debug)]
pub struct Page {
    width: u16,
    blocks: Vec<std::cell::OnceCell<Box<[Line]>>>,
}

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
    /// Lines past the line of that position, within the same block.
    pub skip: usize,
}

impl Page {
    /// A page of this width, in columns, on which nothing is laid out yet.
    pub fn new(document: &Document, width: u16) -> Self {
        Self { width, blocks: document.blocks.iter().map(|_| std::cell::OnceCell::new()).collect() }
    }

    /// The width in columns.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// The lines of a block: its text, then the blank lines that part it from the next.
    /// Never empty for a block that exists.
    pub fn block(&self, document: &Document, index: usize) -> &[Line] {
        let _ = (document, index, &self.blocks);
        &[]
    }

    /// The row that shows this position; the last row of the document for one past its end.
    pub fn row_of(&self, document: &Document, position: Position) -> Row {
        let _ = (document, position);
        Row::default()
    }

    /// The row of a top.
    pub fn row(&self, document: &Document, top: Top) -> Row {
        let _ = (document, top);
        Row::default()
    }

    /// The top of a row. `self.row(self.top(row)) == row` for every row of the page.
    pub fn top(&self, document: &Document, row: Row) -> Top {
        let _ = (document, row);
        Top::default()
    }

    /// The row `lines` below, or the last.
    pub fn down(&self, document: &Document, row: Row, lines: usize) -> Row {
        let _ = (document, lines);
        row
    }

    /// The row `lines` above, or the first.
    pub fn up(&self, document: &Document, row: Row, lines: usize) -> Row {
        let _ = (document, lines);
        row
    }

    /// The last row with anything on it (trailing blank lines of the last block not counted).
    pub fn last(&self, document: &Document) -> Row {
        let _ = document;
        Row::default()
    }

    /// The rows from `from` on, `height` at most.
    pub fn rows<'a>(
        &'a self,
        document: &'a Document,
        from: Row,
        height: usize,
    ) -> impl Iterator<Item = (Row, &'a Line)> {
        let _ = (document, from, height);
        std::iter::empty()
    }
}
