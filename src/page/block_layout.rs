//! Collects the lines of one block.
//!
//! Owns where the text of a block begins and how much room it has beside its margin. Must not
//! choose line breaks.

use crate::page::line::{Line, PageWidth, PicturePart, Role, Segment, SegmentContent, Wide, saturated};
use crate::page::margin::{Margin, ornament};
use crate::page::wrap::WrappedLine;
use crate::text::columns;
use crate::text::document::{Block, Style};
use std::ops::Range;

/// The layout of one block under construction.
pub(crate) struct BlockLayout<'a> {
    pub(crate) block: &'a Block,
    /// The width of the text column.
    pub(super) page: usize,
    /// The free columns before and behind it.
    before: usize,
    behind: usize,
    /// How many columns before the text column the lines begin that are added from now on.
    outdent: usize,
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
    pub(super) fn new(block: &'a Block, width: PageWidth, wide: Wide) -> Self {
        let page = usize::from(width.text);
        let margin = Margin::new(&block.frames, page);
        // What is in a quote or an item stays beside its mark.
        let before = if block.frames.is_empty() { usize::from(width.before) } else { 0 };
        let behind = usize::from(width.behind);
        let lines = Vec::new();
        Self { block, page, before, behind, outdent: 0, margin, lines, wide, scrolls_from: None, end: 0 }
    }

    /// Lets the lines that are added from now on overflow the page and scroll sideways from this
    /// column on, if the page allows it. Returns whether it does.
    pub(crate) fn overflows_from(&mut self, column: usize) -> bool {
        self.scrolls_from = (self.wide == Wide::Whole).then(|| saturated(column));
        self.scrolls_from.is_some()
    }

    /// Lets the lines that are added from now on stay where they are.
    pub(crate) fn fits_the_page(&mut self) {
        self.scrolls_from = None;
    }

    /// The first column of the text.
    pub(crate) fn left(&self) -> usize {
        self.margin.width()
    }

    /// The columns that the text may fill, at least one.
    pub(crate) fn measure(&self) -> usize {
        self.margin.measure(self.page)
    }

    /// The columns that code or a table may fill, at least one: the text's, and the free ones
    /// beside it.
    pub(crate) fn broad_measure(&self) -> usize {
        (self.before + self.page + self.behind).saturating_sub(self.margin.width()).max(1)
    }

    /// Lets the lines that are added from now on have `measure` columns, as far as the page has
    /// them: those behind the text column first, then those before it.
    pub(crate) fn widen_to(&mut self, measure: usize) {
        let lacking = (self.margin.width() + measure).saturating_sub(self.page + self.behind);
        self.outdent = lacking.min(self.before);
    }

    /// Begins a line: returns the segments of its margin.
    pub(crate) fn begin_line(&mut self) -> Vec<Segment> {
        self.margin.beside_line()
    }

    /// Adds a line that holds the block's text up to the byte `end`.
    pub(crate) fn add_line(&mut self, segments: Vec<Segment>, end: usize) {
        let end = end.max(self.end);
        let (range, scrolls_from) = (self.end..end, self.scrolls_from);
        let outdent = saturated(self.outdent);
        self.lines.push(Line { segments, range, scrolls_from, outdent, picture: None });
        self.end = end;
    }

    /// Adds a row of a picture, which holds none of the block's text.
    pub(crate) fn add_picture_line(&mut self, segments: Vec<Segment>, part: PicturePart) {
        let range = self.end..self.end;
        self.lines.push(Line { segments, range, picture: Some(Box::new(part)), ..Line::default() });
    }

    /// Appends a line of wrapped text, with its hyphen, from this column on.
    pub(crate) fn append_line(
        &self,
        segments: &mut Vec<Segment>,
        column: usize,
        line: &WrappedLine,
        role: Role,
    ) {
        self.append_text(segments, column, &line.shown, line.width, role);
        if line.hyphen {
            segments.push(ornament(column + line.width, "-".to_owned(), role));
        }
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
