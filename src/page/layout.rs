//! Lays out one block as lines.
//!
//! Owns the order of a block's lines: names and rules before the text, the text, rules after
//! it, and the blank lines before the next block. Must not choose line breaks.

use crate::page::block_layout::BlockLayout;
use crate::page::folding::Folding;
use crate::page::line::{Line, PageWidth, Role, Wide};
use crate::page::margin::{self, ornament};
use crate::page::{code, records, spacing, table, wrap};
use crate::text::{Block, BlockKind, Details, Document, Frame, columns};

/// Lays out the block with this index on a page of this width. Empty for an index that does not
/// exist, and for a block that is hidden.
pub(crate) fn lay_out(
    document: &Document,
    index: usize,
    width: PageWidth,
    wide: Wide,
    folding: &Folding,
) -> Box<[Line]> {
    let Some(block) = document.block(index).filter(|block| !folding.hides(block)) else {
        return Box::default();
    };
    let before = || document.block(document.previous(index)?);
    let mut layout = BlockLayout::new(block, width, wide);
    if spacing::begins_footnotes(before, block) {
        layout.rule(NOTE_RULE.min(usize::from(width.text)));
    }
    layout.titles();
    match &block.kind {
        BlockKind::Paragraph => layout.paragraph(if is_quoted(block) { Role::Quote } else { Role::Body }),
        BlockKind::Heading(heading) => layout.heading(heading.level),
        BlockKind::Code { .. } | BlockKind::Formula => code::lay_out(&mut layout, CODE_INDENT, Role::Code),
        BlockKind::Title { details } => {
            layout.title(details.map(|details| (details, folding.shows(details))));
        }
        BlockKind::Table(table) => {
            if table::lay_out(&mut layout, table).is_none() {
                records::lay_out(&mut layout, table);
            }
        }
        BlockKind::Rule => layout.centred_rule(),
    }
    layout.cover_text();
    let next = folding.next_shown(document, index).and_then(|next| document.block(next));
    layout.add_blank_lines(block, next);
    layout.lines.into_boxed_slice()
}

/// The indent of code in columns.
const CODE_INDENT: usize = 2;

/// The mark before a title whose details are shown.
const OPEN: &str = "▾";

/// The mark before a title whose details are hidden.
const CLOSED: &str = "▸";

/// The columns of such a mark.
const MARK: usize = 2;

/// The columns of the rule above the footnotes.
const NOTE_RULE: usize = 8;

fn is_quoted(block: &Block) -> bool {
    block.frames.iter().any(|frame| matches!(frame, Frame::Quote { .. }))
}

impl BlockLayout<'_> {
    /// Adds a line with the name of each alert that begins with this block.
    fn titles(&mut self) {
        for (index, frame) in self.block.frames.iter().enumerate() {
            if let Frame::Alert { kind, titled: false, opens: true } = frame {
                let (mut segments, column) = self.margin.beside_title(index);
                let room = self.page.saturating_sub(column);
                let name = columns::shortened(margin::alert_name(*kind), room).into_owned();
                segments.push(ornament(column, name, Role::Alert(*kind)));
                self.add_line(segments, 0);
            }
        }
    }

    /// Adds the block's text as running text.
    fn paragraph(&mut self, role: Role) {
        let measure = self.measure();
        for piece in wrap::wrap(self.block, 0..self.block.text.len(), measure) {
            let mut segments = self.begin_line();
            self.append_line(&mut segments, self.left(), &piece, role);
            self.add_line(segments, piece.next);
        }
    }

    /// Adds the block's text as the title of what follows. If it folds that, a mark before it says
    /// whether it is shown.
    fn title(&mut self, details: Option<(Details, bool)>) {
        let alert = self.block.frames.last().and_then(|frame| match frame {
            Frame::Alert { kind, .. } => Some(*kind),
            _ => None,
        });
        let role = alert.map_or(Role::Title, Role::Alert);
        let Some((details, shown)) = details else { return self.paragraph(role) };
        let indent = if self.measure() >= 4 * MARK { MARK } else { 0 };
        let measure = self.measure() - indent;
        for piece in wrap::wrap(self.block, 0..self.block.text.len(), measure) {
            let mut segments = self.begin_line();
            if indent > 0 && self.lines.is_empty() {
                let sign = if shown { OPEN } else { CLOSED };
                let mut mark = ornament(self.left(), sign.to_owned(), role);
                // It is selected and followed as a link is.
                mark.style.link = Some(details.number);
                segments.push(mark);
            }
            self.append_line(&mut segments, self.left() + indent, &piece, role);
            self.add_line(segments, piece.next);
        }
    }

    /// Adds the block's text as a heading, with a rule under the two highest levels.
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

    /// Adds a centred rule, a third as wide as the text: a thematic break.
    fn centred_rule(&mut self) {
        let width = self.measure().div_ceil(3);
        self.rule_of("─", (self.measure() - width) / 2, width);
    }

    /// Adds a rule at the left edge of the page.
    fn rule(&mut self, width: usize) {
        self.add_line(vec![ornament(0, "─".repeat(width), Role::Ornament)], 0);
    }

    /// Adds a rule of this character beside the margin.
    fn rule_of(&mut self, character: &str, indent: usize, width: usize) {
        let mut segments = self.begin_line();
        segments.push(ornament(self.left() + indent, character.repeat(width), Role::Ornament));
        self.add_line(segments, 0);
    }

    /// Makes the lines cover the whole text: assigns white space at its end that no line has
    /// taken, as in empty cells, to the last line, and adds one if there is none.
    fn cover_text(&mut self) {
        let length = self.block.text.len();
        if self.lines.is_empty() {
            let segments = self.begin_line();
            self.add_line(segments, length);
        }
        if let Some(last) = self.lines.last_mut() {
            last.range.end = length;
        }
        self.end = length;
    }

    /// Adds the blank lines between the block and the next one.
    fn add_blank_lines(&mut self, block: &Block, next: Option<&Block>) {
        let Some(next) = next else { return };
        self.scrolls_from = None;
        let common = spacing::common(&block.frames, &next.frames);
        for _ in 0..spacing::between(block, next) {
            let segments = self.margin.beside_blank(common);
            self.add_line(segments, 0);
        }
    }
}
