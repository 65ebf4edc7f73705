//! How wide text is on a terminal.
//!
//! Owns the measure: columns, counted by grapheme as `ratatui` counts them, so that
//! what is laid out is what is drawn.

use std::borrow::Cow;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// The width of a clean text in terminal columns.
pub fn width(text: &str) -> usize {
    if is_western(text) {
        // As many as there are characters, that is, bytes that begin one.
        return text.bytes().filter(|byte| *byte >= b' ' && byte & 0xc0 != 0x80).count();
    }
    graphemes(text).map(|(.., width)| width).sum()
}

/// The graphemes of a clean text: the byte each starts at, its text, its columns.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let (length, width) = first_grapheme(rest)?;
        let found = (at, rest.get(..length)?, width);
        at += length;
        Some(found)
    })
}

/// As much of a clean text as has room in so many columns, with a sign if there is more.
pub fn shortened(text: &str, room: usize) -> Cow<'_, str> {
    if width(text) <= room {
        return text.into();
    }
    let mut taken = 0;
    let end = graphemes(text).find(|(.., columns)| {
        taken += columns;
        taken + 1 > room
    });
    let kept = end.and_then(|(at, ..)| text.get(..at)).unwrap_or_default();
    if room == 0 { "".into() } else { format!("{kept}…").into() }
}

/// A clean text without its first columns, and how many columns more are to be left empty
/// before it, because a wide character was cut in half.
pub fn without(text: &str, columns: usize) -> (&str, u16) {
    let mut taken = 0;
    for (at, _, width) in graphemes(text) {
        if taken >= columns {
            return (text.get(at..).unwrap_or_default(), u16::try_from(taken - columns).unwrap_or(0));
        }
        taken += width;
    }
    ("", 0)
}

/// The nearest place at or before `offset` at which no grapheme is cut.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let offset = text.floor_char_boundary(offset);
    let mut cursor = GraphemeCursor::new(offset, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
        _ => offset,
    }
}

/// Length and columns of the grapheme that a text starts with.
fn first_grapheme(text: &str) -> Option<(usize, usize)> {
    let mut characters = text.chars();
    let first = characters.next()?;
    let width = own_width(first);
    // Between two characters that stand for themselves there is always a boundary. To
    // know them is many times faster than to ask Unicode's tables about each.
    if width > 0 && characters.next().is_none_or(|next| own_width(next) > 0 || next == '\n') {
        return Some((first.len_utf8(), width));
    }
    let grapheme = text.graphemes(true).next()?;
    Some((grapheme.len(), of_grapheme(grapheme)))
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
pub fn wrapped(text: &str, columns: u16) -> Vec<String> {
    let columns = usize::from(columns.max(1));
    if width(text) <= columns && !text.contains('\n') {
        return vec![text.to_owned()];
    }
    // Most of these lines are short and are broken anew for every frame, so they are broken
    // at spaces, which is quicker than to ask Unicode where else they may be.
    let options = textwrap::Options::new(columns)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
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

/// The columns of a common character that joins with none before it; 0 for every other.
fn own_width(character: char) -> usize {
    match character {
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2010}'..='\u{2027}' => 1,
        // Punctuation, Hiragana, Katakana, ideographs, full-width forms.
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' => 2,
        _ => 0,
    }
}

/// Whether each character is a grapheme of its own and takes one column, as in text that
/// is written in Latin letters and common punctuation.
pub(crate) fn is_western(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|character| character == '\n' || own_width(character) == 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// The columns that `ratatui` takes to draw a text.
    fn drawn(text: &str) -> usize {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 1));
        usize::from(buffer.set_stringn(0, 0, text, 60, Style::default()).0)
    }

    #[test]
    fn text_is_as_wide_as_it_is_drawn() {
        for text in [
            "",
            "plain",
            "naïve — “quoted”",
            "日本語、テスト。",
            "ｶﾞｷﾞ",
            "カ\u{3099}",
            "👨‍👩‍👧‍👦 family",
            "🇫🇷🇩🇪",
            "é́́",
            "مرحبا",
            "שלום",
            "नमस्ते",
            "한국어",
            "\u{1100}\u{1100}\u{1161}",
            "1\u{20e3}",
            "👍🏽",
            "❤\u{200d}🔥",
            "ไทย",
            "\u{600}1",
            "می\u{200c}خواهم",
            " \u{301}x",
        ] {
            assert_eq!(width(text), drawn(text), "{text:?}");
        }
    }

    #[test]
    fn characters_that_stand_for_themselves_do_so_in_the_tables_too() {
        let standing: Vec<char> = ('\0'..='\u{ffff}').filter(|character| own_width(*character) > 0).collect();
        assert!(standing.len() > 20_000);
        for character in standing {
            assert_eq!(of_grapheme(&character.to_string()), own_width(character), "{character:?}");
            for other in ['a', 'é', '“', '中', 'ア', '～'] {
                let pairs = [format!("{character}{other}"), format!("{other}{character}")];
                for pair in pairs {
                    assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
                    assert_eq!(drawn(&pair), own_width(character) + own_width(other), "{pair:?}");
                }
            }
        }
    }

    #[test]
    fn graphemes_are_those_of_the_tables() {
        for text in ["aé中 e\u{301}中\u{301}🇫🇷a\u{200d}b", "中👨‍👩‍👧‍👦中", "a\n\u{301}", "“\u{301}”"]
        {
            let ours: Vec<&str> = graphemes(text).map(|(_, grapheme, _)| grapheme).collect();
            assert_eq!(ours, text.graphemes(true).collect::<Vec<_>>());
        }
    }
}
