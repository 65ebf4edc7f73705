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
    /// Its columns.
    pub(crate) width: usize,
    /// Where the next line begins: behind the white space or the break at the end.
    pub(crate) next: usize,
}

/// A run of text without an opportunity to break in it, and the white space behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    start: usize,
    /// Where the white space begins.
    end: usize,
    /// Where the next word begins.
    next: usize,
    /// Columns without the white space, and of it.
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
pub(crate) fn wrap(text: &str, range: Range<usize>, measure: usize) -> Vec<Piece> {
    let mut lines = Vec::new();
    let mut start = range.start;
    let within = text.get(range.clone()).unwrap_or_default();
    for part in within.split_inclusive('\n') {
        let bare = part.strip_suffix('\n').unwrap_or(part);
        wrap_paragraph(bare, start, measure, &mut lines);
        start += part.len();
        if let Some(last) = lines.last_mut() {
            last.next = start;
        }
    }
    if within.is_empty() || within.ends_with('\n') {
        lines.push(Piece { shown: range.end..range.end, width: 0, next: range.end });
    }
    lines
}

/// Breaks text without hard breaks, which begins at `offset` of the whole.
fn wrap_paragraph(text: &str, offset: usize, measure: usize, lines: &mut Vec<Piece>) {
    let shown = text.trim_end_matches(is_space);
    // What is this short may well fit, and then no word has to be looked at.
    if shown.len() <= 2 * measure {
        let width = columns::width(shown);
        if width <= measure {
            let next = offset + text.len();
            return lines.push(Piece { shown: offset..offset + shown.len(), width, next });
        }
    }
    let mut words = Vec::with_capacity(text.len() / 5);
    for_each_word(text, |word| add_word(text, word, measure, &mut words));
    let first_line = lines.len();
    for line in fit(&words, measure) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        lines.push(Piece {
            shown: offset + first.start..offset + last.end,
            width: usize::try_from(width(line)).unwrap_or(usize::MAX),
            next: offset + last.next,
        });
    }
    if lines.len() == first_line {
        lines.push(Piece { shown: offset..offset, width: 0, next: offset + text.len() });
    }
}

/// Puts words on lines.
fn fit(words: &[Word], measure: usize) -> Vec<&[Word]> {
    let widths = [f64::from(narrow(measure))];
    let total: usize = words.iter().map(|word| word.next - word.start).sum();
    // Where a line can be broken nearly anywhere, as in Chinese, lines are as full as they
    // can be when each takes what fits; to weigh all their ends would only take time.
    if total < 4 * words.len() {
        return wrap_first_fit(words, &widths);
    }
    // A word that does not fit must cost more than any gap that it could leave.
    let overflow_penalty = 4 * (measure * measure + 1000);
    let penalties = Penalties { overflow_penalty, ..Penalties::new() };
    let overflows = |line: &&[Word]| width(line) > narrow(measure);
    match wrap_optimal_fit(words, &widths, &penalties) {
        Ok(lines) if !lines.iter().any(overflows) => lines,
        _ => wrap_first_fit(words, &widths),
    }
}

/// The columns of words in a row.
fn width(line: &[Word]) -> u32 {
    let whole: u32 = line.iter().map(|word| word.width + word.space).sum();
    whole - line.last().map_or(0, |last| last.space)
}

fn narrow(columns: usize) -> u32 {
    u32::try_from(columns).unwrap_or(u32::MAX)
}

/// The widest run of text that cannot be broken, in columns, when it is less than `most`;
/// else `most`.
pub(crate) fn widest_word(text: &str, most: usize) -> usize {
    let mut widest = 0;
    for_each_word(text, |word| widest = widest.max(word.width));
    usize::try_from(widest).unwrap_or(usize::MAX).min(most)
}

/// Calls `take` with each stretch between two opportunities to break, in order.
fn for_each_word(text: &str, mut take: impl FnMut(Word)) {
    let mut start = 0;
    if columns::is_western(text) {
        western_breaks(text, |end| {
            let whole = text.get(start..end).unwrap_or_default();
            let bare = whole.trim_end_matches(is_space);
            let (width, all) = (columns::width(bare), columns::width(whole));
            let (width, space) = (narrow(width), narrow(all - width));
            take(Word { start, end: start + bare.len(), next: end, width, space });
            start = end;
        });
        return;
    }
    let mut breaks = unicode_breaks(text).into_iter().peekable();
    let mut word = Word::default();
    for (at, grapheme, width) in columns::graphemes(text) {
        // An opportunity within a grapheme is none.
        while breaks.next_if(|end| *end < at).is_some() {}
        if breaks.next_if_eq(&at).is_some() {
            take(word);
            word = Word { start: at, end: at, next: at, width: 0, space: 0 };
        }
        word.next = at + grapheme.len();
        if grapheme.chars().all(is_space) {
            word.space += narrow(width);
        } else {
            word.width += word.space + narrow(width);
            word.space = 0;
            word.end = word.next;
        }
    }
    if word.next > word.start {
        take(word);
    }
}

/// Unicode's opportunities to break, in order.
fn unicode_breaks(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut at = 0;
    for found in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let stretch = found.word.len() + found.whitespace.len();
        // `textwrap` leaves the hyphens to its caller.
        let bytes = text.as_bytes().get(at..at + stretch).unwrap_or_default();
        let hyphens = memchr::memchr_iter(b'-', bytes).map(|hyphen| at + hyphen);
        breaks.extend(hyphens.filter(|hyphen| joins_letters(text, *hyphen, 1)).map(|hyphen| hyphen + 1));
        at += stretch;
        breaks.push(at);
    }
    breaks
}

/// The opportunities in Latin text, which is most of all text and needs no tables: behind
/// white space, and behind a dash, hyphen or slash within a compound. Calls `end_at` with
/// each and, last, with the end.
fn western_breaks(text: &str, mut end_at: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    for (at, pair) in bytes.windows(2).enumerate() {
        let breaks = match pair {
            [b' ', b' '] => false,
            // Punctuation that stands alone, as before a question mark in French.
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

/// Whether what is at this byte stands within a compound, such as `well-known`.
fn joins_letters(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let behind = text.get(at + length..).and_then(|behind| behind.chars().next());
    before.is_some_and(|before| before.is_alphanumeric() || before == '/')
        && behind.is_some_and(char::is_alphabetic)
}

/// Adds a word, in parts when it is wider than the line.
fn add_word(text: &str, word: Word, measure: usize, words: &mut Vec<Word>) {
    if word.width <= narrow(measure) {
        words.push(word);
        return;
    }
    for (part, width) in split(text.get(word.start..word.end).unwrap_or_default(), measure) {
        let (start, end) = (word.start + part.start, word.start + part.end);
        let part = Word { start, end, next: end, width: narrow(width), space: 0 };
        words.push(if end == word.end { Word { next: word.next, space: word.space, ..part } } else { part });
    }
}

/// Cuts text between graphemes into parts of at most so many columns, each with its width.
/// There is at least one. Only a grapheme that is itself wider is cut within, between its
/// characters, because it would not be drawn.
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

/// White space that may be left out at the end of a line.
fn is_space(character: char) -> bool {
    character.is_whitespace() && character != '\u{a0}' && character != '\u{202f}'
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn lines(text: &str, measure: usize) -> Vec<&str> {
        wrap(text, 0..text.len(), measure).into_iter().map(|piece| text.get(piece.shown).unwrap()).collect()
    }

    #[test]
    fn the_lines_of_a_paragraph_are_fitted_as_a_whole() {
        // First fit would leave "do" alone on a short second line.
        let text = "To be, or not to be: that is the question";
        assert_eq!(lines(text, 13), ["To be, or", "not to be:", "that is the", "question"]);
    }

    #[test]
    fn lines_break_at_spaces_compounds_and_dashes() {
        assert_eq!(lines("a well-known thing", 8), ["a well-", "known", "thing"]);
        assert_eq!(lines("either/or", 7), ["either/", "or"]);
        assert_eq!(lines("here—there", 6), ["here—", "there"]);
        assert_eq!(lines("--flag -x 1-2", 6), ["--flag", "-x 1-2"]);
        assert_eq!(lines("est-il vrai ?", 11), ["est-il", "vrai ?"]);
    }

    #[test]
    fn unicode_says_where_other_scripts_break() {
        assert_eq!(lines("中文，中文。", 6), ["中文，", "中文。"]);
        assert_eq!(lines("中文文，", 6), ["中文", "文，"]);
        assert_eq!(lines("שלום עולם", 5), ["שלום", "עולם"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_between_graphemes() {
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(lines("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(lines("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3), ["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"]);
        assert_eq!(lines("a中", 1), ["a", "中"]);
    }

    #[test]
    fn hard_breaks_are_kept_and_empty_lines_too() {
        assert_eq!(lines("a\n\nb\n", 9), ["a", "", "b", ""]);
        assert_eq!(lines("", 9), [""]);
    }

    #[test]
    fn a_long_word_never_pushes_another_line_over_the_edge() {
        // By the usual penalties one column too many is cheaper than a gap of sixty.
        let text = format!("{} {} {}", "a".repeat(40), "b".repeat(60), "c".repeat(99));
        assert!(wrap(&text, 0..text.len(), 100).iter().all(|piece| piece.width <= 100));
    }
}
