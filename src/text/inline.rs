//! Puts the text of one block together from styled pieces.
//!
//! Owns how running text treats white space. Must not know of the blocks around it.

use crate::text::document::{Notation, Span, Style, WordBreak};
use crate::text::{clean, columns};
use std::ops::Range;

/// A text under construction, and the styled spans in it.
#[derive(Debug, Default)]
pub(crate) struct InlineText {
    pub(crate) text: String,
    pub(crate) spans: Vec<Span>,
    pub(crate) notations: Vec<Notation>,
    /// The line breaks that come before the next text; none at the end of a text.
    breaks: usize,
}

/// The most line breaks in a row: one blank line.
const MAX_BREAKS: usize = 2;

/// A point in a text under construction, to come back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextMark {
    /// Bytes of text before it.
    pub(crate) length: usize,
    spans: usize,
}

impl InlineText {
    /// Makes a text of what is complete.
    pub(crate) fn new(text: String, spans: Vec<Span>) -> Self {
        Self { text, spans, ..Self::default() }
    }

    /// Takes the complete text, its spans and its formulas, each without room to spare. What is left is empty, and
    /// has the room that they grew in: to grow anew in each block would take longer than to copy once.
    pub(crate) fn take_parts(&mut self) -> (String, Vec<Span>, Vec<Notation>) {
        let parts = (self.text.as_str().to_owned(), self.spans.clone(), std::mem::take(&mut self.notations));
        self.text.clear();
        self.spans.clear();
        self.breaks = 0;
        parts
    }

    /// Appends running text. A run of white space becomes one space, as in a browser.
    pub(crate) fn push_text(&mut self, piece: &str, style: Style) {
        if self.breaks > 0 {
            if piece.trim_start_matches([' ', '\t']).is_empty() {
                return;
            }
            self.push_breaks();
        }
        let start = self.text.len();
        if has_single_spaces(piece.as_bytes()) && !(piece.starts_with(' ') && self.ends_blank()) {
            self.text.push_str(piece);
        } else {
            for character in piece.chars() {
                match character {
                    ' ' | '\t' if self.ends_blank() => {}
                    ' ' | '\t' => self.text.push(' '),
                    _ => self.text.push(character),
                }
            }
        }
        self.push_span(start..self.text.len(), style);
    }

    /// Appends text in which every space counts.
    pub(crate) fn push_verbatim(&mut self, piece: &str, style: Style) {
        self.push_breaks();
        let start = self.text.len();
        self.text.push_str(piece);
        self.push_span(start..self.text.len(), style);
    }

    /// Appends a formula as it is shown, and remembers how it is written.
    pub(crate) fn push_formula(&mut self, shown: &str, source: String, style: Style) {
        self.push_breaks();
        let start = self.text.len();
        self.push_verbatim(shown, style);
        self.notations.push(Notation { range: start..self.text.len(), source });
    }

    /// Appends preformatted text, with tabs expanded to the next tab stop.
    pub(crate) fn push_preformatted(&mut self, piece: &str) {
        let mut rest = piece;
        while let Some((before, behind)) = rest.split_once('\t') {
            self.text.push_str(before);
            // Columns count from the last stop: what comes before it does not matter.
            let bare = before.rsplit('\n').next().unwrap_or_default();
            let spaces = clean::TAB_WIDTH - columns::width(bare) % clean::TAB_WIDTH;
            self.text.extend(std::iter::repeat_n(' ', spaces));
            rest = behind;
        }
        self.text.push_str(rest);
    }

    /// Appends a line break that the author wrote, which counts once text follows it.
    pub(crate) fn push_hard_break(&mut self) {
        self.breaks = (self.breaks + 1).min(MAX_BREAKS);
    }

    /// Lets the next text begin a line.
    pub(crate) fn begin_line(&mut self) {
        self.breaks = self.breaks.max(1);
    }

    /// Drops the line breaks that no text has followed.
    pub(crate) fn drop_breaks(&mut self) {
        self.breaks = 0;
    }

    fn push_breaks(&mut self) {
        if self.breaks > 0 {
            self.trim();
            self.text.extend(std::iter::repeat_n('\n', self.breaks));
            self.breaks = 0;
        }
    }

    /// The end of the text so far.
    pub(crate) fn mark(&self) -> TextMark {
        TextMark { length: self.text.len(), spans: self.spans.len() }
    }

    /// Removes everything behind a mark.
    pub(crate) fn rewind(&mut self, mark: TextMark) {
        self.text.truncate(mark.length);
        self.spans.truncate(mark.spans);
        self.forget_notations_behind(mark);
        // The span before the mark may reach beyond it.
        if let Some(last) = self.spans.last_mut() {
            last.range.end = last.range.end.min(mark.length);
            if last.range.start >= last.range.end {
                self.spans.pop();
            }
        }
    }

    /// Replaces the text behind a mark by another. `moved` gives the byte of the new text for a byte
    /// of the old one, both counted from the mark.
    pub(crate) fn replace(&mut self, mark: TextMark, text: &str, moved: impl Fn(usize) -> usize) {
        self.text.truncate(mark.length);
        self.text.push_str(text);
        self.forget_notations_behind(mark);
        let bound = |bound: usize| bound.checked_sub(mark.length).map_or(bound, |at| mark.length + moved(at));
        // The span before the mark may reach beyond it.
        for span in self.spans.iter_mut().skip(mark.spans.saturating_sub(1)) {
            span.range = bound(span.range.start)..bound(span.range.end);
        }
    }

    /// What is rewritten or removed is no longer the formula that it was.
    fn forget_notations_behind(&mut self, mark: TextMark) {
        self.notations.retain(|notation| notation.range.end <= mark.length);
    }

    /// Returns whether a space at the end would collapse into what is there.
    fn ends_blank(&self) -> bool {
        self.text.is_empty() || self.text.ends_with([' ', '\n'])
    }

    /// Records the style of a range at the end of the text, merging it with the span before.
    fn push_span(&mut self, range: Range<usize>, style: Style) {
        if range.is_empty() || style == Style::default() {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.style == style && last.range.end == range.start => last.range.end = range.end,
            _ => self.spans.push(Span { range, style }),
        }
    }

    /// Makes links of these ranges, each with the number of its link. They ascend, do not overlap,
    /// and have no link in them yet.
    pub(crate) fn link_ranges(&mut self, ranges: &[(Range<usize>, usize)]) {
        if ranges.is_empty() {
            return;
        }
        let mut styled = std::mem::take(&mut self.spans).into_iter().peekable();
        for (range, link) in ranges {
            let linked = |style: Style| Style { link: Some(*link), ..style };
            let mut at = range.start;
            while let Some(span) = styled.next_if(|span| span.range.end <= range.start) {
                self.push_span(span.range, span.style);
            }
            while let Some(span) = styled.peek_mut().filter(|span| span.range.start < range.end) {
                let (start, end) = (span.range.start.max(at), span.range.end.min(range.end));
                self.push_span(span.range.start..start, span.style);
                self.push_span(at..start, linked(Style::default()));
                self.push_span(start..end, linked(span.style));
                at = end;
                span.range.start = end;
                if span.range.is_empty() {
                    styled.next();
                }
            }
            self.push_span(at..range.end, linked(Style::default()));
        }
        styled.for_each(|span| self.push_span(span.range, span.style));
    }

    /// Removes spaces from the end of the text, and of its spans.
    pub(crate) fn trim(&mut self) {
        self.shorten(self.text.trim_end_matches(' ').len());
    }

    /// Cuts the text, and its spans, behind this many bytes.
    pub(crate) fn shorten(&mut self, length: usize) {
        self.text.truncate(length);
        self.notations.retain(|notation| notation.range.end <= length);
        while let Some(last) = self.spans.last_mut() {
            last.range.end = last.range.end.min(self.text.len());
            if !last.range.is_empty() {
                break;
            }
            self.spans.pop();
        }
    }

    /// Cleans the complete text once more, since characters that were written as entities only
    /// appeared when the pieces were joined, and moves `cells` along with the text. Moves the
    /// bounds of spans so that none lies within a grapheme. Returns the places within words where
    /// a line may end: cleaning removes the signs that say so.
    pub(crate) fn finish_text(&mut self, cells: &mut [Range<usize>]) -> Vec<WordBreak> {
        let mut breaks = Vec::new();
        let mut offsets: Vec<usize> = cells.iter().flat_map(|cell| [cell.start, cell.end]).collect();
        let mut bounds: Vec<usize> =
            self.spans.iter().flat_map(|span| [span.range.start, span.range.end]).collect();
        if clean::clean_with_offsets(&self.text, &mut offsets).is_some()
            && let Some(cleaned) = clean::clean_with_offsets(&self.text, &mut bounds)
        {
            breaks = word_breaks(&self.text);
            self.move_notations();
            self.text = cleaned;
            for (cell, offset) in cells.iter_mut().zip(offsets.chunks_exact(2)) {
                if let [start, end] = offset {
                    *cell = *start..*end;
                }
            }
        }
        let mut graphemes = columns::graphemes(&self.text).map(|(at, ..)| at).peekable();
        for bound in &mut bounds {
            // Between two ASCII characters there is always a boundary.
            let around = self.text.as_bytes().get(bound.saturating_sub(1)..(*bound + 1).min(self.text.len()));
            if !around.is_some_and(<[u8]>::is_ascii) {
                while graphemes.next_if(|at| *at < *bound).is_some() {}
                *bound = graphemes.peek().copied().unwrap_or(self.text.len());
            }
        }
        for (span, bound) in self.spans.iter_mut().zip(bounds.chunks_exact(2)) {
            if let [start, end] = bound {
                span.range = *start..*end;
            }
        }
        self.spans.retain(|span| !span.range.is_empty());
        breaks
    }

    /// Moves the bounds of formulas along with the text that is about to be cleaned.
    fn move_notations(&mut self) {
        let mut bounds: Vec<usize> =
            self.notations.iter().flat_map(|notation| [notation.range.start, notation.range.end]).collect();
        clean::clean_with_offsets(&self.text, &mut bounds);
        for (notation, bound) in self.notations.iter_mut().zip(bounds.chunks_exact(2)) {
            if let [start, end] = bound {
                notation.range = *start..*end;
            }
        }
    }
}

/// Returns whether no white space of a text stands beside other, and none of it is a tab. Almost all text is so,
/// and is copied in one go.
fn has_single_spaces(text: &[u8]) -> bool {
    // Without a branch the compiler looks at many bytes at once.
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    let is_other = |one: u8, next: u8| one == b'\t' || one == b' ' && next == b' ';
    !pairs.fold(text.ends_with(b"\t"), |any, (one, next)| any | is_other(*one, *next))
}

/// The places of a text where a line may end within a word, as bytes of the cleaned text.
fn word_breaks(text: &str) -> Vec<WordBreak> {
    let signs = text.match_indices([clean::SOFT_HYPHEN, clean::ZERO_WIDTH_SPACE]);
    let (mut offsets, hyphens): (Vec<usize>, Vec<bool>) =
        signs.map(|(at, sign)| (at, sign.starts_with(clean::SOFT_HYPHEN))).unzip();
    if !offsets.is_empty() {
        clean::clean_with_offsets(text, &mut offsets);
    }
    let breaks = offsets.into_iter().zip(hyphens);
    breaks.map(|(offset, hyphen)| WordBreak { offset, hyphen }).collect()
}
