//! Breaks running text into lines.
//!
//! Owns the choice of line breaks: the opportunities of Unicode's line breaking algorithm
//! (UAX #14), the optimal fit over the whole paragraph (D. Knuth and M. Plass, "Breaking
//! paragraphs into lines", 1981; `wrap/optimal_fit.rs`), first fit where that gains nothing,
//! where the author allows a break within a word, and any break within a word as the last resort.
//! Must not know of indents or styles. Never breaks within a grapheme, and adds no hyphen where
//! the author has none.

mod optimal_fit;

use crate::text::document::{Span, WordBreak};
use crate::text::{Block, columns};
use optimal_fit::optimal_fit;
use std::ops::Range;
use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

/// A line of wrapped text. Positions are bytes of the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrappedLine {
    /// The text that is shown.
    pub(crate) shown: Range<usize>,
    /// The width of that text in columns.
    pub(crate) width: usize,
    /// Whether a hyphen is shown behind it. There is a column for it.
    pub(crate) hyphen: bool,
    /// The start of the next line: after the white space or the line break at the end.
    pub(crate) next: usize,
}

/// A run of text without a break opportunity, and the white space after it.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    start: usize,
    /// The end of the word, where its white space begins.
    end: usize,
    /// The start of the next word.
    next: usize,
    /// The columns of the word without its white space.
    width: u32,
    /// The columns of the white space.
    space: u32,
    /// Whether a line that ends here ends in a hyphen.
    hyphen: bool,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        f64::from(self.width)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.space)
    }

    fn penalty_width(&self) -> f64 {
        f64::from(u8::from(self.hyphen))
    }
}

/// A piece of a block's text without hard breaks.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    /// The byte of the block's text at which it begins.
    offset: usize,
    /// Where the block's words may be broken.
    breaks: &'a [WordBreak],
    /// The styled ranges of the block: code is broken at blanks alone.
    spans: &'a [Span],
}

impl<'a> Piece<'a> {
    /// The piece of a block's text that begins at this byte.
    fn of(block: &'a Block, offset: usize, text: &'a str) -> Self {
        let spans = &block.spans;
        let first = spans.partition_point(|span| span.range.end <= offset);
        let end = spans.partition_point(|span| span.range.start < offset + text.len());
        let spans = spans.get(first..end).unwrap_or_default();
        Self { text, offset, breaks: block.breaks(), spans }
    }

    /// Returns whether there is code on both sides of a byte: one piece of code, or two that a hyphen
    /// before the byte makes one, as of keys that are pressed together.
    fn is_within_code(&self, at: usize) -> bool {
        let is_joined = || self.text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'-') && at > 1;
        let Some(code) = self.code_at(at) else { return false };
        code.start < self.offset + at || is_joined() && self.code_at(at - 2).is_some()
    }

    /// The range, in the block, of the code in which a byte stands.
    fn code_at(&self, at: usize) -> Option<&Range<usize>> {
        let at = self.offset + at;
        let span = self.spans.partition_point(|span| span.range.end <= at);
        let span = self.spans.get(span).filter(|span| span.style.code && span.range.start <= at);
        span.map(|span| &span.range)
    }
}

/// Breaks a range of the block's text into lines of at most `measure` columns. Returns at least
/// one line; the lines cover the range without a gap.
pub(crate) fn wrap(block: &Block, range: Range<usize>, measure: usize) -> Vec<WrappedLine> {
    let mut lines = Vec::new();
    let mut start = range.start;
    let within = block.text.get(range.clone()).unwrap_or_default();
    for part in within.split_inclusive('\n') {
        let text = part.strip_suffix('\n').unwrap_or(part);
        let piece = Piece::of(block, start, text);
        wrap_paragraph(piece, measure, &mut lines);
        start += part.len();
        if let Some(last) = lines.last_mut() {
            last.next = start;
        }
    }
    if within.is_empty() || within.ends_with('\n') {
        lines.push(WrappedLine { shown: range.end..range.end, width: 0, next: range.end, hyphen: false });
    }
    lines
}

/// Breaks text without hard breaks.
fn wrap_paragraph(piece: Piece<'_>, measure: usize, lines: &mut Vec<WrappedLine>) {
    let Piece { text, offset, .. } = piece;
    let shown = text.trim_end_matches(is_space);
    // Text this short may well fit as a whole, and then no word has to be measured.
    if shown.len() <= 2 * measure {
        let width = columns::width(shown);
        if width <= measure {
            let next = offset + text.len();
            let shown = offset..offset + shown.len();
            return lines.push(WrappedLine { shown, width, next, hyphen: false });
        }
    }
    let mut words = Vec::with_capacity(text.len() / 5);
    for_each_part(piece, |word| add_word(text, word, measure, &mut words));
    let first_line = lines.len();
    for line in fit(&words, measure) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        let width = usize::try_from(width(line)).unwrap_or(usize::MAX);
        lines.push(WrappedLine {
            shown: offset + first.start..offset + last.end,
            width,
            next: offset + last.next,
            hyphen: last.hyphen && width < measure,
        });
    }
    if lines.len() == first_line {
        let next = offset + text.len();
        lines.push(WrappedLine { shown: offset..offset, width: 0, next, hyphen: false });
    }
}

/// Distributes words over lines.
fn fit(words: &[Word], measure: usize) -> Vec<&[Word]> {
    let columns = f64::from(saturated(measure));
    let total: usize = words.iter().map(|word| word.next - word.start).sum();
    // Where a line can be broken nearly anywhere, as in Chinese, first fit already fills each
    // line; comparing all possible breaks would only take time.
    if total < 4 * words.len() {
        return wrap_first_fit(words, &[columns]);
    }
    let hyphen = |line: &[Word]| u32::from(line.last().is_some_and(|last| last.hyphen));
    let overflows = |line: &&[Word]| width(line) + hyphen(line) > saturated(measure);
    match optimal_fit(words, columns) {
        Some(lines) if !lines.iter().any(overflows) => lines,
        _ => wrap_first_fit(words, &[columns]),
    }
}

/// The columns of a line of words, without the white space at its end.
fn width(line: &[Word]) -> u32 {
    let whole: u32 = line.iter().map(|word| word.width + word.space).sum();
    whole - line.last().map_or(0, |last| last.space)
}

/// Converts columns; what does not fit becomes the largest number.
fn saturated(columns: usize) -> u32 {
    u32::try_from(columns).unwrap_or(u32::MAX)
}

/// The width in columns of the widest run of a range of the block's text that cannot be broken,
/// `most` at most.
pub(crate) fn widest_word(block: &Block, range: &Range<usize>, most: usize) -> usize {
    let mut widest = 0;
    let text = block.text.get(range.clone()).unwrap_or_default();
    let piece = Piece::of(block, range.start, text);
    for_each_part(piece, |word| widest = widest.max(word.width + u32::from(word.hyphen)));
    usize::try_from(widest).unwrap_or(usize::MAX).min(most)
}

/// Calls `take` with each word, in order; with its parts, where the author allows breaks within.
fn for_each_part(piece: Piece<'_>, mut take: impl FnMut(Word)) {
    let Piece { text, offset, breaks, .. } = piece;
    if breaks.is_empty() {
        return for_each_whole(piece, take);
    }
    for_each_whole(piece, |word| {
        let first = breaks.partition_point(|allowed| allowed.offset <= offset + word.start);
        let within = breaks.iter().skip(first).take_while(|allowed| allowed.offset < offset + word.end);
        let mut rest = word;
        for allowed in within {
            let end = allowed.offset - offset;
            if end > rest.start && columns::floor_boundary(text, end) == end {
                take(Word {
                    end,
                    next: end,
                    space: 0,
                    hyphen: allowed.hyphen,
                    ..measured(text, rest.start..end)
                });
                rest = Word { next: word.next, space: word.space, ..measured(text, end..word.end) };
            }
        }
        take(rest);
    });
}

/// Calls `take` with each word, in order. Those that only a hyphen or the like separates within code
/// are one: a line that ends in `--` would read as another.
fn for_each_whole(piece: Piece<'_>, mut take: impl FnMut(Word)) {
    if !piece.spans.iter().any(|span| span.style.code) {
        return for_each_word(piece.text, take);
    }
    let mut held: Option<Word> = None;
    for_each_word(piece.text, |word| {
        let word = match held.take() {
            Some(before) => Word { start: before.start, width: before.width + word.width, ..word },
            None => word,
        };
        if word.space == 0 && word.next < piece.text.len() && piece.is_within_code(word.next) {
            held = Some(word);
        } else {
            take(word);
        }
    });
    held.map(take);
}

/// A part of a word, with nothing behind it.
fn measured(text: &str, part: Range<usize>) -> Word {
    let width = saturated(columns::width(text.get(part.clone()).unwrap_or_default()));
    Word { start: part.start, end: part.end, next: part.end, width, space: 0, hyphen: false }
}

/// Calls `take` with each word, in order.
fn for_each_word(text: &str, mut take: impl FnMut(Word)) {
    let mut start = 0;
    if columns::is_western(text) {
        western_breaks(text, |end| {
            let whole = text.get(start..end).unwrap_or_default();
            let bare = whole.trim_end_matches(is_space);
            let (width, all) = (columns::width(bare), columns::width(whole));
            let (width, space) = (saturated(width), saturated(all - width));
            take(Word { start, end: start + bare.len(), next: end, width, space, hyphen: false });
            start = end;
        });
        return;
    }
    let mut breaks = unicode_breaks(text).into_iter().peekable();
    let mut word = Word::default();
    for (at, grapheme, width) in columns::graphemes(text) {
        // An opportunity within a grapheme does not count.
        while breaks.next_if(|end| *end < at).is_some() {}
        if breaks.next_if_eq(&at).is_some() {
            take(word);
            word = Word { start: at, end: at, next: at, ..Word::default() };
        }
        word.next = at + grapheme.len();
        if grapheme.chars().all(is_space) {
            word.space += saturated(width);
        } else {
            word.width += word.space + saturated(width);
            word.space = 0;
            word.end = word.next;
        }
    }
    if word.next > word.start {
        take(word);
    }
}

/// Lists the break opportunities of Unicode's line breaking algorithm, in order.
fn unicode_breaks(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut at = 0;
    for found in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let length = found.word.len() + found.whitespace.len();
        // `textwrap` leaves hyphens to its caller.
        let bytes = text.as_bytes().get(at..at + length).unwrap_or_default();
        let hyphens = memchr::memchr_iter(b'-', bytes).map(|hyphen| at + hyphen);
        breaks.extend(hyphens.filter(|hyphen| joins_letters(text, *hyphen, 1)).map(|hyphen| hyphen + 1));
        at += length;
        breaks.push(at);
    }
    breaks
}

/// Finds the break opportunities in Latin text, which is most of all text and needs no tables:
/// after white space, and after a dash, hyphen or slash within a compound. Calls `end_at` with
/// each and, last, with the end.
fn western_breaks(text: &str, mut end_at: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    for (at, pair) in bytes.windows(2).enumerate() {
        let breaks = match pair {
            [b' ', b' '] => false,
            // Punctuation with a space before it, as in French.
            [b' ', b'!' | b'?' | b':' | b';'] => bytes.get(at + 2).is_some_and(|byte| *byte != b' '),
            [b' ', _] => true,
            [b'-' | b'/', _] => joins_letters(text, at, 1),
            // The last byte of a hyphen, an en dash or an em dash.
            [0x90 | 0x93 | 0x94, next] => {
                *next != b' ' && at >= 2 && bytes.get(at - 2..at) == Some(&[0xe2, 0x80])
            }
            _ => false,
        };
        if breaks {
            end_at(at + 1);
        }
    }
    if !text.is_empty() {
        end_at(text.len());
    }
}

/// Returns whether the `length` bytes at `at` join the letters of a compound, as in `well-known`.
fn joins_letters(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + length..).and_then(|after| after.chars().next());
    before.is_some_and(|before| before.is_alphanumeric() || before == '/')
        && after.is_some_and(char::is_alphabetic)
}

/// Adds a word, split into several when it is wider than the line.
fn add_word(text: &str, word: Word, measure: usize, words: &mut Vec<Word>) {
    if word.width <= saturated(measure) {
        words.push(word);
        return;
    }
    for (part, width) in split(text.get(word.start..word.end).unwrap_or_default(), measure) {
        let (start, end) = (word.start + part.start, word.start + part.end);
        let part = Word { start, end, next: end, width: saturated(width), ..Word::default() };
        let is_last = end == word.end;
        words.push(if is_last {
            Word { next: word.next, space: word.space, hyphen: word.hyphen, ..part }
        } else {
            part
        });
    }
}

/// Splits text between graphemes into pieces of at most `measure` columns, and returns each
/// with its width. Returns at least one. Only a grapheme that is wider by itself is split
/// between its characters, because it would not be drawn otherwise.
pub(crate) fn split(text: &str, measure: usize) -> Vec<(Range<usize>, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut used = 0;
    let mut place = |at: usize, width: usize| {
        if used + width > measure && at > start {
            parts.push((start..at, used));
            start = at;
            used = 0;
        }
        used += width;
    };
    for (at, grapheme, width) in columns::graphemes(text) {
        if width <= measure {
            place(at, width);
        } else {
            let mut buffer = [0; 4];
            for (inner, character) in grapheme.char_indices() {
                place(at + inner, columns::width(character.encode_utf8(&mut buffer)));
            }
        }
    }
    parts.push((start..text.len(), used));
    parts
}

/// Returns whether a character is white space that may be left out at the end of a line.
fn is_space(character: char) -> bool {
    character.is_whitespace() && character != '\u{a0}' && character != '\u{202f}'
}

#[cfg(test)]
mod tests;
