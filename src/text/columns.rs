//! How wide text is on a terminal.
//!
//! Owns the measure: columns, counted by grapheme as `ratatui` counts them, so that
//! what is laid out is what is drawn.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width of a clean text in terminal columns.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    graphemes(text).map(|(.., width)| width).sum()
}

/// The graphemes of a clean text: the byte each starts at, its text, its columns.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    text.grapheme_indices(true).map(|(at, grapheme)| (at, grapheme, of_grapheme(grapheme)))
}

/// Terminals give the half-width voiced sound marks of Katakana a column of their own,
/// and so does `ratatui`, although Unicode counts them as marks without width.
fn of_grapheme(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [byte] => usize::from(!byte.is_ascii_control()),
        _ if grapheme.contains(char::is_control) => 0,
        _ => grapheme.width() + grapheme.matches(['\u{ff9e}', '\u{ff9f}']).count(),
    }
}

/// The nearest byte at or behind `offset` at which a grapheme ends.
pub(crate) fn boundary(text: &str, offset: usize) -> usize {
    let ascii_at = |at: usize| text.as_bytes().get(at).is_none_or(u8::is_ascii);
    if offset == 0 || ascii_at(offset) {
        return offset.min(text.len());
    }
    let mut cursor = unicode_segmentation::GraphemeCursor::new(offset, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
        _ => offset,
    }
}

/// Text broken into lines of so many columns.
pub fn wrapped(text: &str, width: u16) -> Vec<String> {
    let options = textwrap::Options::new(usize::from(width.max(1)))
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}
