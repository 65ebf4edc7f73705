//! One block becomes lines.
//!
//! Owns the order of a block's lines: names and rules before the text, the text, rules
//! behind it, and the white space that parts it from the next block. Must not choose
//! line breaks.

use crate::page::margin::{self, Margin, ornament};
use crate::page::{Content, Line, Role, Segment, Wide, code, spacing, table, wrap};
use crate::text::{Block, BlockKind, Document, Frame, Style, columns};
use std::ops::Range;

/// The lines of a block on a page of this width.
pub(crate) fn lay_out(document: &Document, index: usize, width: u16, wide: Wide) -> Box<[Line]> {
    let Some(block) = document.block(index) else { return Box::default() };
    let before = || document.block(document.previous(index)?);
    let mut sheet = Sheet::new(block, usize::from(width), wide);
    if spacing::begins_footnotes(before, block) {
        sheet.rule(NOTE_RULE.min(usize::from(width)));
    }
    sheet.titles();
    match &block.kind {
        BlockKind::Paragraph => sheet.paragraph(if is_quoted(block) { Role::Quote } else { Role::Body }),
        BlockKind::Heading(heading) => sheet.heading(heading.level),
        BlockKind::Code { .. } => code::lay_out(&mut sheet, CODE_INDENT, Role::Code),
        BlockKind::Html => code::lay_out(&mut sheet, 0, Role::Html),
        BlockKind::Table(table) => table::lay_out(&mut sheet, table),
        BlockKind::Rule => sheet.centred_rule(),
    }
    sheet.cover();
    sheet.blank(block, document.next(index).and_then(|next| document.block(next)));
    sheet.lines.into_boxed_slice()
}

/// The columns by which preformatted text is set in.
const CODE_INDENT: usize = 2;

/// The columns of the rule above the footnotes.
const NOTE_RULE: usize = 8;

fn is_quoted(block: &Block) -> bool {
    block.frames.iter().any(|frame| matches!(frame, Frame::Quote { .. }))
}

/// The lines of one block, growing.
pub(crate) struct Sheet<'a> {
    pub(crate) block: &'a Block,
    page: usize,
    margin: Margin<'a>,
    lines: Vec<Line>,
    wide: Wide,
    /// The column from which on the lines that are added now go on beyond the page.
    moves_from: Option<u16>,
    /// How much of the block's text is on the lines.
    end: usize,
}

impl<'a> Sheet<'a> {
    fn new(block: &'a Block, page: usize, wide: Wide) -> Self {
        let margin = Margin::new(&block.frames, page);
        Self { block, page, margin, lines: Vec::new(), wide, moves_from: None, end: 0 }
    }

    /// Whether lines may go on beyond the page. Those that are added from now on do so from
    /// this column on.
    pub(crate) fn goes_on_beyond(&mut self, column: usize) -> bool {
        self.moves_from = (self.wide == Wide::Whole).then(|| narrow(column));
        self.moves_from.is_some()
    }

    /// The first column of the text.
    pub(crate) fn left(&self) -> usize {
        self.margin.width()
    }

    /// The columns that there are for the text, at least one.
    pub(crate) fn measure(&self) -> usize {
        self.page.saturating_sub(self.margin.width()).max(1)
    }

    /// The segments with which the next line begins.
    pub(crate) fn begin(&mut self) -> Vec<Segment> {
        self.margin.beside_line()
    }

    /// Adds a line that holds the text up to the byte `end`.
    pub(crate) fn add(&mut self, segments: Vec<Segment>, end: usize) {
        let end = end.max(self.end);
        self.lines.push(Line { segments, range: self.end..end, moves_from: self.moves_from });
        self.end = end;
    }

    /// Appends text to a line, from a column on, in pieces of one style. `width` is that of
    /// the whole range.
    pub(crate) fn text(
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
            // The last piece takes what the others have left, and need not be measured.
            let width = if until == range.end {
                end.saturating_sub(column)
            } else {
                columns::width(self.block.text.get(at..until).unwrap_or_default())
            };
            segments.push(Segment {
                column: narrow(column),
                width: narrow(width),
                content: Content::Text(at..until),
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

    /// The name lines of the alerts that the block opens.
    fn titles(&mut self) {
        for (index, frame) in self.block.frames.iter().enumerate() {
            if let Frame::Alert { kind, opens: true } = frame {
                let (mut segments, column) = self.margin.beside_title(index);
                let room = self.page.saturating_sub(column);
                let name = columns::shortened(margin::alert_name(*kind), room).into_owned();
                segments.push(ornament(column, name, Role::Alert(*kind)));
                self.add(segments, 0);
            }
        }
    }

    /// The block's text as running text.
    fn paragraph(&mut self, role: Role) {
        let measure = self.measure();
        for piece in wrap::wrap(&self.block.text, 0..self.block.text.len(), measure) {
            let mut segments = self.begin();
            self.text(&mut segments, self.left(), &piece.shown, piece.width, role);
            self.add(segments, piece.next);
        }
    }

    fn heading(&mut self, level: u8) {
        self.paragraph(Role::Heading(level));
        let ends = self.lines.iter().filter_map(|line| line.segments.last());
        let widest = ends.map(|last| usize::from(last.column + last.width)).max().unwrap_or(0);
        let width = widest.saturating_sub(self.left());
        match level {
            1 => self.rule_of("═", 0, width),
            2 => self.rule_of("─", 0, width),
            _ => {}
        }
    }

    /// A rule between two parts of the text.
    fn centred_rule(&mut self) {
        let width = self.measure().div_ceil(3);
        self.rule_of("─", (self.measure() - width) / 2, width);
    }

    /// A rule from the left edge of the page.
    fn rule(&mut self, width: usize) {
        self.add(vec![ornament(0, "─".repeat(width), Role::Ornament)], 0);
    }

    /// A rule of this character beside the margin.
    fn rule_of(&mut self, character: &str, indent: usize, width: usize) {
        let mut segments = self.begin();
        segments.push(ornament(self.left() + indent, character.repeat(width), Role::Ornament));
        self.add(segments, 0);
    }

    /// Gives white space at the text's end that no line has taken, as in empty cells, to the
    /// last line; there is one even when there is nothing to show.
    fn cover(&mut self) {
        let length = self.block.text.len();
        if self.lines.is_empty() {
            let segments = self.begin();
            self.add(segments, length);
        }
        if let Some(last) = self.lines.last_mut() {
            last.range.end = length;
        }
        self.end = length;
    }

    /// The blank lines behind the block.
    fn blank(&mut self, block: &Block, next: Option<&Block>) {
        let Some(next) = next else { return };
        self.moves_from = None;
        let common = spacing::common(&block.frames, &next.frames);
        for _ in 0..spacing::between(block, next) {
            let segments = self.margin.beside_blank(common);
            self.add(segments, 0);
        }
    }
}

pub(crate) fn narrow(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
