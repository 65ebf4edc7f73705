//! Collects the lines of one block.
//!
//! Owns where the text of a block begins and how much room it has beside its margin. Must not
//! choose line breaks.

use crate::page::line::{Line, Role, Segment, SegmentContent, Wide, saturated};
use crate::page::margin::Margin;
use crate::text::columns;
use crate::text::document::{Block, Style};
use std::ops::Range;

/// The layout of one block under construction.
pub(crate) struct BlockLayout<'a> {
    pub(crate) block: &'a Block,
    /// The width of the page in columns.
    pub(super) page: usize,
    pub(super) margin: Margin<'a>,
    pub(super) lines: Vec<Line>,
    wide: Wide,
    /// For lines that overflow the page: the column from which they scroll sideways.
    pub(super) scrolls_from: Option<u16>,
    /// The bytes of the block's text that are on lines so far.
    pub(super) end: usize,
}

impl<'a> BlockLayout<'a> {
    /// Begins the layout of a block on a page of this width.
    pub(super) fn new(block: &'a Block, page: usize, wide: Wide) -> Self {
        let margin = Margin::new(&block.frames, page);
        Self { block, page, margin, lines: Vec::new(), wide, scrolls_from: None, end: 0 }
    }

    /// Lets the lines that are added from now on overflow the page and scroll sideways from this
    /// column on, if the page allows it. Returns whether it does.
    pub(crate) fn overflows_from(&mut self, column: usize) -> bool {
        self.scrolls_from = (self.wide == Wide::Whole).then(|| saturated(column));
        self.scrolls_from.is_some()
    }

    /// The first column of the text.
    pub(crate) fn left(&self) -> usize {
        self.margin.width()
    }

    /// The columns that the text may fill, at least one.
    pub(crate) fn measure(&self) -> usize {
        self.page.saturating_sub(self.margin.width()).max(1)
    }

    /// Begins a line: returns the segments of its margin.
    pub(crate) fn begin_line(&mut self) -> Vec<Segment> {
        self.margin.beside_line()
    }

    /// Adds a line that holds the block's text up to the byte `end`.
    pub(crate) fn add_line(&mut self, segments: Vec<Segment>, end: usize) {
        let end = end.max(self.end);
        self.lines.push(Line { segments, range: self.end..end, scrolls_from: self.scrolls_from });
        self.end = end;
    }

    /// Appends a range of the block's text to a line, from this column on, in pieces of one
    /// style. `width` is the width of the whole range in columns.
    pub(crate) fn append_text(
        &self,
        segments: &mut Vec<Segment>,
        column: usize,
        range: &Range<usize>,
        width: usize,
        role: Role,
    ) {
        let end = column + width;
        let mut column = column;
        let mut at = range.start;
        let mut put = |until: usize, style: Style| {
            if until <= at {
                return;
            }
            // The last piece takes the width that is left, and need not be measured.
            let width = if until == range.end {
                end.saturating_sub(column)
            } else {
                columns::width(self.block.text.get(at..until).unwrap_or_default())
            };
            segments.push(Segment {
                column: saturated(column),
                width: saturated(width),
                content: SegmentContent::Text(at..until),
                style,
                role,
            });
            column += width;
            at = until;
        };
        let spans = &self.block.spans;
        let first = spans.partition_point(|span| span.range.end <= range.start);
        for span in spans.iter().skip(first).take_while(|span| span.range.start < range.end) {
            put(span.range.start, Style::default());
            put(span.range.end.min(range.end), span.style);
        }
        put(range.end, Style::default());
    }
}
