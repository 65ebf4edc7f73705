//! Where running text is broken into lines.
//!
//! Owns the choice of line breaks: Unicode's opportunities, the optimal fit of the whole
//! paragraph, and the last resort of breaking within a word. Must not know of blocks,
//! indents or styles. Never breaks within a grapheme and adds no hyphen.

use crate::text::columns;
use std::ops::Range;
use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

/// A line of text, in bytes of the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// What is shown.
    pub(crate) shown: Range<usize>,
    /// Where the next line begins: behind the white space or the break at the end.
    pub(crate) next: usize,
}

/// A run of text without an opportunity to break in it, and the white space behind it.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    /// Where the white space begins.
    end: usize,
    width: u32,
    space: u32,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        f64::from(self.width)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.space)
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Breaks a range of the text into lines of at most so many columns. There is at least
/// one line, and the lines cover the range without a gap.
pub(crate) fn wrap(text: &str, range: Range<usize>, columns: usize) -> Vec<Piece> {
    let mut lines = Vec::new();
    let mut start = range.start;
    let within = text.get(range.clone()).unwrap_or_default();
    for part in within.split_inclusive('\n') {
        let bare = part.strip_suffix('\n').unwrap_or(part);
        wrap_paragraph(bare, start, columns, &mut lines);
        start += part.len();
        if let Some(last) = lines.last_mut() {
            last.next = start;
        }
    }
    if within.is_empty() || within.ends_with('\n') {
        lines.push(Piece { shown: range.end..range.end, next: range.end });
    }
    lines
}

/// Breaks text without hard breaks, which begins at `offset` of the whole.
fn wrap_paragraph(text: &str, offset: usize, columns: usize, lines: &mut Vec<Piece>) {
    let shown = text.trim_end_matches(is_space);
    // Bytes are never fewer than columns in ASCII, and almost all short text is ASCII.
    if (shown.len() <= columns && shown.is_ascii()) || columns::width(shown) <= columns {
        lines.push(Piece { shown: offset..offset + shown.len(), next: offset + text.len() });
        return;
    }
    let mut words = Vec::with_capacity(text.len() / 5);
    for_each_word(text, |range| add_word(text, range, columns, &mut words));
    let widths = [f64::from(u32::try_from(columns).unwrap_or(u32::MAX))];
    let fitted = wrap_optimal_fit(&words, &widths, &Penalties::new())
        .unwrap_or_else(|_| wrap_first_fit(&words, &widths));
    for line in fitted {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        // The next line's start becomes this one's end when it is known.
        if let Some(before) = lines.last_mut()
            && before.next > offset
        {
            before.next = offset + first.start;
        }
        lines.push(Piece { shown: offset + first.start..offset + last.end, next: offset + text.len() });
    }
}

/// The widest run of text that cannot be broken, in columns, when it is less than `most`;
/// else `most`.
pub(crate) fn widest_word(text: &str, most: usize) -> usize {
    let mut widest = 0;
    for_each_word(text, |range| {
        let word = text.get(range).unwrap_or_default().trim_end_matches(is_space);
        widest = widest.max(columns::width(word));
    });
    widest.min(most)
}

/// Calls `word` for each stretch between two opportunities to break, in order.
fn for_each_word(text: &str, mut word: impl FnMut(Range<usize>)) {
    let mut start = 0;
    let mut end_at = |end: usize| {
        if end > start {
            word(start..end);
            start = end;
        }
    };
    if text.is_ascii() {
        ascii_breaks(text.as_bytes(), &mut end_at);
    } else {
        let mut at = 0;
        for found in WordSeparator::UnicodeBreakProperties.find_words(text) {
            let stretch = found.word.len() + found.whitespace.len();
            // Unicode allows no break at a hyphen here; `textwrap` leaves it to the caller.
            let bytes = text.as_bytes().get(at..at + stretch).unwrap_or_default();
            for hyphen in memchr::memchr_iter(b'-', bytes) {
                if breaks_after_hyphen(text.as_bytes(), at + hyphen) {
                    end_at(at + hyphen + 1);
                }
            }
            at += stretch;
            if columns::boundary(text, at) == at {
                end_at(at);
            }
        }
    }
    end_at(text.len());
}

/// The opportunities in ASCII, which are most of all text and need no tables: behind
/// white space, and behind a hyphen or slash that a letter follows.
fn ascii_breaks(text: &[u8], mut end_at: impl FnMut(usize)) {
    for (at, pair) in text.windows(2).enumerate() {
        let [here, next] = pair else { continue };
        let breaks = match here {
            b' ' => *next != b' ',
            b'/' => next.is_ascii_alphabetic(),
            b'-' => breaks_after_hyphen(text, at),
            _ => false,
        };
        if breaks {
            end_at(at + 1);
        }
    }
}

/// Whether a hyphen stands within a compound, such as `well-known`.
fn breaks_after_hyphen(text: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    let is_letter =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    is_letter(before) && text.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
}

/// Adds a word, in parts when it is wider than the line.
fn add_word(text: &str, range: Range<usize>, columns: usize, words: &mut Vec<Word>) {
    let whole = text.get(range.clone()).unwrap_or_default();
    let bare = whole.trim_end_matches(is_space);
    let narrow = |width: usize| u32::try_from(width).unwrap_or(u32::MAX);
    let space = narrow(columns::width(whole) - columns::width(bare));
    let end = range.start + bare.len();
    let width = columns::width(bare);
    if width <= columns {
        words.push(Word { start: range.start, end, width: narrow(width), space });
        return;
    }
    for part in split(bare, columns) {
        let (start, stop) = (range.start + part.start, range.start + part.end);
        let width = narrow(columns::width(text.get(start..stop).unwrap_or_default()));
        words.push(Word { start, end: stop, width, space: if stop == end { space } else { 0 } });
    }
}

/// Cuts text between graphemes into parts of at most so many columns. Only a grapheme that
/// is itself wider is cut within, between its characters, because it would not be drawn.
pub(crate) fn split(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut used = 0;
    let mut place = |at: usize, width: usize| {
        if used + width > columns && at > start {
            parts.push(start..at);
            start = at;
            used = 0;
        }
        used += width;
    };
    for (at, grapheme, width) in columns::graphemes(text) {
        if width <= columns {
            place(at, width);
        } else {
            let mut buffer = [0; 4];
            for (inner, character) in grapheme.char_indices() {
                place(at + inner, columns::width(character.encode_utf8(&mut buffer)));
            }
        }
    }
    parts.push(start..text.len());
    parts
}

/// White space that may be left out at the end of a line.
fn is_space(character: char) -> bool {
    character.is_whitespace() && character != '\u{a0}' && character != '\u{202f}'
}
