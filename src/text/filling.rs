//! Fills the open block with text: running, preformatted, code and formulas.
//!
//! Owns how long a block may grow: where text is split over several, and when a heading is too long
//! to be one. Must not decide which block is open.

use crate::text::blocks::{DocumentBuilder, LeafBlock};
use crate::text::document::Style;
use crate::text::inline::{InlineText, TextMark};
use crate::text::limits::{MAX_BLOCK_BYTES, MAX_HEADING_BYTES};
use crate::text::line_map::line_breaks;
use crate::text::{columns, tex};

/// The most bytes of a block that may stay empty so that it ends at a word boundary instead of
/// within a word.
const WORD_SLACK: usize = MAX_BLOCK_BYTES / 4;

/// A point in the text of the open block, to come back to while that block is open.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextPoint {
    text: TextMark,
    completed: usize,
}

impl DocumentBuilder {
    /// Appends a formula within running text, in Unicode if all of it can be shown so. `sign`
    /// encloses it in the source.
    pub(crate) fn formula(&mut self, source: &str, sign: &str) {
        if self.hidden > 0 {
            return;
        }
        let written = format!("{sign}{source}{sign}");
        let style = Style { code: true, ..self.style() };
        match tex::in_line(source) {
            Some(shown) => {
                self.open_paragraph();
                self.bound_heading(shown.len());
                if self.table.is_none() && self.inline.text.len() + shown.len() > MAX_BLOCK_BYTES {
                    self.split_block();
                }
                self.inline().push_formula(&shown, written, style);
            }
            None => self.append_verbatim(&written.replace('\n', " "), style),
        }
    }

    /// Sets a formula apart as a block, where there can be one.
    pub(crate) fn display_formula(&mut self, source: &str) {
        if self.hidden > 0 {
            return;
        }
        if self.table.is_some() || !matches!(self.leaf, Some(LeafBlock::Paragraph) | None) {
            return self.formula(source, "$$");
        }
        if self.inline.text.is_empty() {
            self.leaf = None;
        }
        self.close_block();
        self.leaf = Some(LeafBlock::Formula);
        self.text(source.strip_prefix('\n').unwrap_or(source));
        self.close_block();
    }

    /// Appends text to the open block, line by line where it is preformatted.
    pub(crate) fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        match (&self.leaf, &self.table) {
            (Some(LeafBlock::Code(_) | LeafBlock::Formula), None) => self.code(text),
            (Some(LeafBlock::Code(_) | LeafBlock::Formula), Some(_)) => {
                let style = Style { code: true, ..self.style() };
                for line in text.split_inclusive('\n') {
                    let bare = line.strip_suffix('\n').unwrap_or(line);
                    self.append_verbatim(bare, style);
                    if bare.len() < line.len() {
                        self.hard_break();
                    }
                }
            }
            _ => self.running_text(text),
        }
    }

    /// Appends text in which all white space counts, although the code it belongs to may have been
    /// ended by another block.
    pub(crate) fn preformatted_text(&mut self, text: &str) {
        if !matches!(self.leaf, Some(LeafBlock::Code(_))) {
            self.open_block(LeafBlock::Code(String::new()));
        }
        self.text(text);
    }

    /// Appends preformatted text. There may be many lines of it, or one that is very long.
    fn code(&mut self, text: &str) {
        let mut rest = text;
        // What has not been counted yet.
        let mut uncounted = text;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(lines_within_block(rest));
            self.inline.push_preformatted(now);
            let is_line = self.inline.text.ends_with('\n');
            if self.inline.text.len() >= MAX_BLOCK_BYTES && (is_line || !later.is_empty()) {
                let (before, behind) = uncounted.split_at(uncounted.len() - later.len());
                self.at = self.lines.below(self.at, line_breaks(before));
                uncounted = behind;
                self.split_block();
            }
            rest = later;
        }
    }

    /// Appends running text in the style that is open.
    pub(crate) fn running_text(&mut self, text: &str) {
        // Behind a formula that is set apart there is nothing to separate.
        if self.leaf.is_none() && self.table.is_none() && text.bytes().all(|byte| byte == b' ') {
            return;
        }
        let style = self.style();
        self.append(text, style);
    }

    /// Appends inline code, in which every space counts.
    pub(crate) fn code_span(&mut self, text: &str) {
        let style = Style { code: true, ..self.style() };
        self.append_verbatim(text, style);
    }

    /// Appends a line break that the author wrote.
    pub(crate) fn hard_break(&mut self) {
        if self.hidden > 0 {
            return;
        }
        match (&mut self.table, &self.leaf) {
            (Some(table), _) => table.hard_break(),
            (None, Some(LeafBlock::Code(_) | LeafBlock::Formula)) => self.text("\n"),
            (None, _) if !self.inline.text.is_empty() => self.inline.push_hard_break(),
            (None, _) => {}
        }
    }

    /// Lets the next text begin a line of the open block.
    pub(crate) fn begin_line(&mut self) {
        match &mut self.table {
            Some(table) => table.begin_line(),
            None if self.inline.text.is_empty() => {}
            None => self.inline.begin_line(),
        }
    }

    /// The end of the text of the open block, to come back to.
    pub(crate) fn mark(&mut self) -> TextPoint {
        TextPoint { text: self.inline().mark(), completed: self.completed }
    }

    /// Removes what was appended behind a mark, if its block is still open.
    pub(crate) fn rewind(&mut self, mark: TextPoint) {
        if mark.completed == self.completed {
            self.inline().rewind(mark.text);
        }
    }

    /// Replaces what was appended behind a mark by what `written` makes of the text before and
    /// behind it: another text, and the bytes of both at which their characters end.
    pub(crate) fn rewrite(
        &mut self,
        mark: TextPoint,
        written: impl FnOnce(&str, &str) -> Option<(String, Vec<(usize, usize)>)>,
    ) {
        let is_open = mark.completed == self.completed;
        let inline = self.inline();
        if let Some((before, behind)) = inline.text.split_at_checked(mark.text.length).filter(|_| is_open)
            && let Some((text, ends)) = written(before, behind)
        {
            let moved = |at: usize| {
                let before = ends.partition_point(|(old, _)| *old <= at).checked_sub(1);
                before.and_then(|before| ends.get(before)).map_or(0, |(_, new)| *new)
            };
            inline.replace(mark.text, &text, moved);
        }
    }

    /// Appends running text, and splits the paragraph where it grows beyond
    /// [`MAX_BLOCK_BYTES`].
    pub(super) fn append(&mut self, text: &str, style: Style) {
        self.append_with(text, |inline, piece| inline.push_text(piece, style));
    }

    /// As [`Self::append`], for text in which every space counts.
    fn append_verbatim(&mut self, text: &str, style: Style) {
        self.append_with(text, |inline, piece| inline.push_verbatim(piece, style));
    }

    fn append_with(&mut self, text: &str, add: impl Fn(&mut InlineText, &str)) {
        if self.hidden > 0 {
            return;
        }
        self.open_paragraph();
        if let Some(table) = &mut self.table {
            return add(table.inline(), text);
        }
        self.bound_heading(text.len());
        let mut rest = text;
        while rest.len() > MAX_BLOCK_BYTES.saturating_sub(self.inline.text.len()) {
            let room = MAX_BLOCK_BYTES.saturating_sub(self.inline.text.len());
            let begun = !self.inline.text.is_empty();
            let (now, later) = rest.split_at(split_point(rest, room, begun));
            add(&mut self.inline, now);
            self.split_block();
            rest = later;
        }
        add(&mut self.inline, rest);
    }

    /// Turns a heading or title that `more` bytes would make too long into a paragraph.
    fn bound_heading(&mut self, more: usize) {
        if matches!(self.leaf, Some(LeafBlock::Heading { .. } | LeafBlock::Title(_)))
            && self.inline.text.len() + more > MAX_HEADING_BYTES
        {
            self.leaf = Some(LeafBlock::Paragraph);
        }
    }
}

/// Returns how many bytes of preformatted text fit one block: whole lines, unless one line is
/// too long by itself.
fn lines_within_block(text: &str) -> usize {
    let most =
        columns::floor_boundary(text, MAX_BLOCK_BYTES).max(text.floor_char_boundary(MAX_BLOCK_BYTES / 2));
    if most == text.len() {
        return most;
    }
    text.get(..most).and_then(|lines| lines.rfind('\n')).map_or(most, |end| end + 1)
}

/// Finds where to split text of which `room` bytes fit: after the last white space, else
/// between two graphemes. Never at the very start, unless the block has text already (`begun`).
fn split_point(text: &str, room: usize, begun: bool) -> usize {
    let end = text.floor_char_boundary(room);
    let after_space = text.get(..end).and_then(|head| head.rfind(' ')).map_or(0, |space| space + 1);
    if after_space > 0 || begun && room < WORD_SLACK {
        return after_space;
    }
    match columns::floor_boundary(text, end) {
        // A single grapheme that fills a block is not text that anybody reads.
        0 if !begun => end,
        boundary => boundary,
    }
}
