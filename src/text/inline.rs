//! The text of one block while it is put together: pieces, each in its style.
//!
//! Owns what running text does with white space. Must not know of blocks around it.

use crate::text::{Span, Style, clean, columns};
use std::ops::Range;

/// Text and the spans in it, growing.
#[derive(Debug, Default)]
pub(crate) struct Inline {
    pub(crate) text: String,
    pub(crate) spans: Vec<Span>,
}

impl Inline {
    /// Appends running text: a run of spaces, tabs and breaks is one space, as in a browser.
    pub(crate) fn run(&mut self, piece: &str, style: Style) {
        let start = self.text.len();
        // Almost all text has single spaces only, and is copied in one go.
        let single = memchr::memchr(b'\t', piece.as_bytes()).is_none() && !piece.contains("  ");
        if single && !(piece.starts_with(' ') && self.at_blank()) {
            self.text.push_str(piece);
        } else {
            for character in piece.chars() {
                match character {
                    ' ' | '\t' if self.at_blank() => {}
                    ' ' | '\t' => self.text.push(' '),
                    _ => self.text.push(character),
                }
            }
        }
        self.mark(start..self.text.len(), style);
    }

    /// Appends text in which every space counts.
    pub(crate) fn verbatim(&mut self, piece: &str, style: Style) {
        let start = self.text.len();
        self.text.push_str(piece);
        self.mark(start..self.text.len(), style);
    }

    /// Appends a line of preformatted text, with its tabs set to their stops.
    pub(crate) fn preformatted(&mut self, piece: &str) {
        let mut rest = piece;
        while let Some((before, behind)) = rest.split_once('\t') {
            self.text.push_str(before);
            // Only what follows the last stop counts, and it counts from a stop.
            let bare = before.rsplit('\n').next().unwrap_or_default();
            let spaces = clean::TAB - columns::width(bare) % clean::TAB;
            self.text.extend(std::iter::repeat_n(' ', spaces));
            rest = behind;
        }
        self.text.push_str(rest);
    }

    /// Appends a line break that the author made.
    pub(crate) fn hard_break(&mut self) {
        self.trim();
        self.text.push('\n');
    }

    /// Whether a space here would not be seen.
    fn at_blank(&self) -> bool {
        self.text.is_empty() || self.text.ends_with([' ', '\n'])
    }

    /// Gives a range at the end of the text its style.
    fn mark(&mut self, range: Range<usize>, style: Style) {
        if range.is_empty() || style == Style::default() {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.style == style && last.range.end == range.start => last.range.end = range.end,
            _ => self.spans.push(Span { range, style }),
        }
    }

    /// Takes spaces off the end.
    pub(crate) fn trim(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        while let Some(last) = self.spans.last_mut() {
            last.range.end = last.range.end.min(self.text.len());
            if !last.range.is_empty() {
                break;
            }
            self.spans.pop();
        }
    }

    /// Takes out what only came about when the parts were put together, such as the
    /// characters that entities stand for, and moves `cells` along with the text. Then no
    /// span begins or ends within a grapheme.
    pub(crate) fn settle(&mut self, cells: &mut [Range<usize>]) {
        let mut offsets: Vec<usize> = cells.iter().flat_map(|cell| [cell.start, cell.end]).collect();
        let mut bounds: Vec<usize> =
            self.spans.iter().flat_map(|span| [span.range.start, span.range.end]).collect();
        if clean::clean_moving(&self.text, &mut offsets).is_some()
            && let Some(cleaned) = clean::clean_moving(&self.text, &mut bounds)
        {
            self.text = cleaned;
            for (cell, offset) in cells.iter_mut().zip(offsets.chunks_exact(2)) {
                if let [start, end] = offset {
                    *cell = *start..*end;
                }
            }
        }
        let mut graphemes = columns::graphemes(&self.text).map(|(at, ..)| at).peekable();
        for bound in &mut bounds {
            // Between ASCII characters there is nothing to look up.
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
    }
}
