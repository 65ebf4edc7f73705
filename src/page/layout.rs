//! Lays out one block as lines.
//!
//! Owns the order of a block's lines: names and rules before the text, the text, rules after
//! it, and the blank lines before the next block. Must not choose line breaks.

use crate::page::block_layout::BlockLayout;
use crate::page::code::CodeRules;
use crate::page::folding::Folding;
use crate::page::line::{Line, PageWidth, Role, Wide};
use crate::page::margin::{self, ornament};
use crate::page::picture::{self, PagePictures};
use crate::page::slot::{self, Numbered, SlotText, Slots};
use crate::page::{code, records, spacing, table, wrap};
use crate::text::document::Marker;
use crate::text::{Block, BlockKind, Details, Document, ExerciseSlot, Frame, LinkKind, columns};
use std::borrow::Cow;

/// What decides how a block is laid out, beside its text.
pub(crate) struct PageOptions<'a> {
    pub(crate) width: PageWidth,
    pub(crate) wide: Wide,
    pub(crate) folding: &'a Folding,
    pub(crate) slots: &'a Slots,
    pub(crate) pictures: Option<&'a PagePictures>,
}

/// Lays out the block with this index. Empty for an index that does not
/// exist, and for a block that is hidden.
pub(crate) fn lay_out(
    document: &Document,
    index: usize,
    &PageOptions { width, wide, folding, slots, pictures }: &PageOptions,
) -> Box<[Line]> {
    let Some(block) = document.block(index).filter(|block| !folding.hides(block)) else {
        return Box::default();
    };
    let before = || document.block(document.previous(index)?);
    let mut layout = BlockLayout::new(block, width, wide);
    if spacing::begins_footnotes(before, block) {
        layout.rule(NOTE_RULE.min(usize::from(width.text)));
    }
    layout.titles(slots.numbered);
    if let Some(pictures) = pictures {
        picture::lay_out(&mut layout, document, index, pictures);
    }
    match &block.kind {
        BlockKind::Paragraph => layout.paragraph(if is_quoted(block) { Role::Quote } else { Role::Body }),
        BlockKind::Heading(heading) => layout.heading(heading.level),
        BlockKind::Code { language } => {
            // One that was split because of its length has rules around the whole.
            let begins = !before().is_some_and(|before| before.continues);
            let rules = CodeRules { above: begins.then_some(language), below: !block.continues };
            code::lay_out(&mut layout, CODE_INDENT, &rules);
        }
        BlockKind::Formula => code::lay_out(&mut layout, CODE_INDENT, &CodeRules::NONE),
        BlockKind::Title { details } => {
            layout.title(details.map(|details| (details, folding.shows(details))));
        }
        BlockKind::Table(table) => {
            if table::lay_out(&mut layout, table).is_none() {
                records::lay_out(&mut layout, table);
            }
        }
        BlockKind::Rule => layout.centred_rule(),
        BlockKind::ExerciseSlot(ExerciseSlot::Answer(details)) => {
            layout.answer(*details, folding.shows(*details));
        }
        BlockKind::ExerciseSlot(ExerciseSlot::Words(link)) => layout.words(*link, document, slots),
    }
    layout.cover_text();
    if let Some(pictures) = pictures {
        picture::lay_out_reason(&mut layout, document, index, pictures);
    }
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

/// The mark before an answer that is shown and that the author would choose.
const RIGHT: &str = "✓";

/// The columns of such a mark.
const MARK: usize = 2;

/// The columns of the rule above the footnotes.
const NOTE_RULE: usize = 8;

fn is_quoted(block: &Block) -> bool {
    block.frames.iter().any(|frame| matches!(frame, Frame::Quote { .. }))
}

impl BlockLayout<'_> {
    /// Adds a line with the name of each alert and exercise that begins with this block.
    fn titles(&mut self, numbered: Numbered) {
        for (index, frame) in self.block.frames.iter().enumerate() {
            let (name, role) = match frame {
                Frame::Alert { kind, titled: false, opens: true } => {
                    (Cow::Borrowed(margin::alert_name(*kind)), Role::Alert(*kind))
                }
                Frame::Exercise { kind, number, opens: true } => match numbered {
                    Numbered::No => (kind.title().into(), Role::Exercise),
                    Numbered::Yes => (format!("Exercise {number}: {}", kind.title()).into(), Role::Exercise),
                },
                _ => continue,
            };
            let (mut segments, column) = self.margin.beside_title(index);
            let room = self.page.saturating_sub(column);
            segments.push(ornament(column, columns::shortened(&name, room).into_owned(), role));
            self.add_line(segments, 0);
        }
    }

    /// Adds the line that shows and hides the answer to a question.
    fn answer(&mut self, details: Details, shown: bool) {
        let (sign, words) = if shown { (OPEN, "The answer") } else { (CLOSED, "Show the answer") };
        slot::lay_out_answer(self, sign, words, details.number);
    }

    /// Adds what the reader wrote, or what says where she can.
    fn words(&mut self, link: usize, document: &Document, slots: &Slots) {
        let Some(target) = document.link(link) else { return };
        let (texts, otherwise) = match target.kind {
            LinkKind::Yours => (&slots.yours, "Your words stand here."),
            _ => (&slots.write, "You write here."),
        };
        match texts.get(&target.target) {
            Some(text) => slot::lay_out(self, text, link),
            None => slot::lay_out(self, &SlotText::Hint(otherwise.to_owned()), link),
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
        let answer = match self.block.frames.last() {
            Some(Frame::Item { marker: Marker::Answer { is_right, .. }, .. }) => Some(*is_right),
            _ => None,
        };
        let otherwise = if answer.is_some() { Role::Answer } else { Role::Title };
        let role = alert.map_or(otherwise, Role::Alert);
        let Some((details, shown)) = details else { return self.paragraph(role) };
        let indent = if self.measure() >= 4 * MARK { MARK } else { 0 };
        let measure = self.measure() - indent;
        for piece in wrap::wrap(self.block, 0..self.block.text.len(), measure) {
            let mut segments = self.begin_line();
            if indent > 0 && self.lines.is_empty() {
                let sign = match answer {
                    _ if !shown => CLOSED,
                    Some(true) => RIGHT,
                    Some(false) | None => OPEN,
                };
                let mut mark = ornament(self.left(), sign.to_owned(), role);
                // It is selected and followed as a link is.
                mark.style.link = Some(details.number);
                segments.push(mark);
            }
            self.append_line(&mut segments, self.left() + indent, &piece, role);
            if answer.is_some() {
                // All of it is selected and chosen, but for a link in it.
                let text = segments.iter_mut().filter(|segment| segment.role == role);
                text.for_each(|segment| segment.style.link = segment.style.link.or(Some(details.number)));
            }
            self.add_line(segments, piece.next);
        }
    }

    /// Adds the block's text as a heading, with a rule under that of the highest level.
    fn heading(&mut self, level: u8) {
        self.paragraph(Role::Heading(level));
        let ends = self.lines.iter().filter_map(|line| line.segments.last());
        let widest = ends.map(|last| usize::from(last.column + last.width)).max().unwrap_or(0);
        if level == 1 {
            self.rule_of("═", 0, widest.saturating_sub(self.left()));
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
