//! Measures text in the columns of a terminal.
//!
//! Owns the measure: columns, counted by grapheme. Terminals disagree about the graphemes of
//! several characters: some give each character its own columns, some the grapheme as a whole. Each gets the
//! larger of the two, so that none reaches into what stands behind it. Must not choose where text
//! goes.

use std::borrow::Cow;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width of a clean text in columns.
pub fn width(text: &str) -> usize {
    if is_western(text) {
        // One column a character: the bytes that are no UTF-8 continuation bytes.
        return text.bytes().filter(|byte| *byte >= b' ' && byte & 0xc0 != 0x80).count();
    }
    graphemes(text).map(|(.., width)| width).sum()
}

/// Iterates over the graphemes of a clean text: the byte at which each starts, its text, its
/// columns.
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

/// Shortens a clean text to at most `room` columns, ending in `…` if something was cut off.
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

/// Skips the first `columns` columns of a clean text. Also returns how many columns to leave
/// empty before the rest, because a wide character was cut in half.
pub fn skip_columns(text: &str, columns: usize) -> (&str, u16) {
    let mut taken = 0;
    for (at, _, width) in graphemes(text) {
        if taken >= columns {
            return (text.get(at..).unwrap_or_default(), u16::try_from(taken - columns).unwrap_or(0));
        }
        taken += width;
    }
    ("", 0)
}

/// The last grapheme boundary at or before `offset`, in bytes.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let offset = text.floor_char_boundary(offset);
    let mut cursor = GraphemeCursor::new(offset, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
        _ => offset,
    }
}

/// The bytes and columns of the first grapheme of a text.
fn first_grapheme(text: &str) -> Option<(usize, usize)> {
    let mut characters = text.chars();
    let first = characters.next()?;
    let width = standalone_width(first);
    // Between two standalone characters there is always a boundary. Knowing them is many times
    // faster than looking each up in Unicode's tables.
    if width > 0 && characters.next().is_none_or(|next| standalone_width(next) > 0 || next == '\n') {
        return Some((first.len_utf8(), width));
    }
    let grapheme = text.graphemes(true).next()?;
    Some((grapheme.len(), grapheme_width(grapheme)))
}

/// The first grapheme boundary at or after `offset`, in bytes.
pub(crate) fn ceil_boundary(text: &str, offset: usize) -> usize {
    let ascii_at = |at: usize| text.as_bytes().get(at).is_none_or(u8::is_ascii);
    if offset == 0 || ascii_at(offset) {
        return offset.min(text.len());
    }
    let mut cursor = GraphemeCursor::new(offset, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
        _ => offset,
    }
}

/// Breaks text into lines of at most `columns` columns, each filled as far as it goes (first
/// fit), at spaces only. For labels and messages; running text goes through `page::wrap`.
pub fn wrapped(text: &str, columns: u16) -> Vec<String> {
    let columns = usize::from(columns.max(1));
    if width(text) <= columns && !text.contains('\n') {
        return vec![text.to_owned()];
    }
    if let Some(lines) = wrapped_plainly(text, columns) {
        return lines;
    }
    let options = textwrap::Options::new(columns)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// As [`wrapped`], for ASCII whose words stand one space apart and fit into a line: most labels, which
/// are broken again for every frame. `None` for any other text.
fn wrapped_plainly(text: &str, columns: usize) -> Option<Vec<String>> {
    if !text.is_ascii() || text.contains(['\n', '\t']) || text.contains("  ") || text.trim() != text {
        return None;
    }
    let (mut lines, mut rest) = (Vec::new(), text);
    while rest.len() > columns {
        let space = rest.get(..=columns)?.rfind(' ')?;
        lines.push(rest.get(..space)?.to_owned());
        rest = rest.get(space + 1..)?;
    }
    lines.push(rest.to_owned());
    Some(lines)
}

/// The columns of a grapheme: as a whole, or of all its characters, whichever are more.
fn grapheme_width(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [byte] => usize::from(!byte.is_ascii_control()),
        _ if grapheme.contains(char::is_control) => 0,
        _ => grapheme.width().max(grapheme.chars().map(character_width).sum()),
    }
}

/// The columns that a terminal gives a character that it looks at alone.
fn character_width(character: char) -> usize {
    if is_spacing_mark(character) { 1 } else { character.width().unwrap_or(0) }
}

/// Returns whether a mark takes a column in terminals, although it belongs to the grapheme before
/// it: the half-width voiced sound marks of Katakana, and the spacing marks (Mc) that Unicode
/// lists as `Other_Grapheme_Extend`, many of them vowels of the scripts of India.
fn is_spacing_mark(character: char) -> bool {
    matches!(character,
        '\u{09be}' | '\u{09d7}' | '\u{0b3e}' | '\u{0b57}' | '\u{0bbe}' | '\u{0bd7}' | '\u{0cc0}'
        | '\u{0cc2}' | '\u{0cc7}'..='\u{0cc8}' | '\u{0cca}'..='\u{0ccb}' | '\u{0cd5}'..='\u{0cd6}'
        | '\u{0d3e}' | '\u{0d57}' | '\u{0dcf}' | '\u{0ddf}' | '\u{1715}' | '\u{1734}' | '\u{1b35}'
        | '\u{1b3b}' | '\u{1b3d}' | '\u{1b43}'..='\u{1b44}' | '\u{1baa}' | '\u{1bf2}'..='\u{1bf3}'
        | '\u{302e}'..='\u{302f}' | '\u{a953}' | '\u{a9c0}' | '\u{ff9e}'..='\u{ff9f}' | '\u{111c0}'
        | '\u{11235}' | '\u{1133e}' | '\u{1134d}' | '\u{11357}' | '\u{113b8}' | '\u{113c2}'
        | '\u{113c5}' | '\u{113c7}'..='\u{113c9}' | '\u{113cf}' | '\u{114b0}' | '\u{114bd}'
        | '\u{115af}' | '\u{116b6}' | '\u{11930}' | '\u{1193d}' | '\u{11f41}'
        | '\u{16ff0}'..='\u{16ff1}' | '\u{1d165}'..='\u{1d166}' | '\u{1d16d}'..='\u{1d172}'
    )
}

/// The columns of a common character that never joins the character before it; 0 for every
/// other, which must be looked up.
fn standalone_width(character: char) -> usize {
    match character {
        // The last are the lines and bars between the panes.
        ' '..='~'
        | '\u{a1}'..='\u{ac}'
        | '\u{ae}'..='\u{24f}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2500}'..='\u{259f}' => 1,
        // Punctuation, Hiragana, Katakana, ideographs, full-width forms.
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' => 2,
        _ => 0,
    }
}

/// Returns whether each character is a grapheme of its own and takes one column, as in text of Latin
/// letters and common punctuation.
pub(crate) fn is_western(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|character| character == '\n' || standalone_width(character) == 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// The columns that `ratatui` takes to draw a text: those of each grapheme as a whole.
    fn drawn(text: &str) -> usize {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 1));
        usize::from(buffer.set_stringn(0, 0, text, 60, Style::default()).0)
    }

    #[test]
    fn text_is_as_wide_as_its_graphemes() {
        for text in [
            "",
            "plain",
            "naïve — “quoted”",
            "日本語、テスト。",
            "カ\u{3099}",
            "🇫🇷🇩🇪",
            "é́́",
            "مرحبا",
            "שלום",
            "नमस्ते",
            "한국어",
            "1\u{20e3}",
            "ไทย",
            "\u{600}1",
            "می\u{200c}خواهم",
            " \u{301}x",
        ] {
            assert_eq!(width(text), drawn(text), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_text_is_wrapped_as_any_other_is(text in "([a-z-]{1,9}[ .]{1,2}){0,12}", columns in 1_u16..30) {
            let text = text.trim_end();
            let options = textwrap::Options::new(usize::from(columns))
                .word_separator(textwrap::WordSeparator::AsciiSpace)
                .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
                .word_splitter(textwrap::WordSplitter::NoHyphenation);
            proptest::prop_assert_eq!(wrapped(text, columns), textwrap::wrap(text, options));
        }
    }

    #[test]
    fn a_grapheme_has_the_columns_of_the_terminal_that_gives_it_most() {
        for (grapheme, columns) in [
            ("👍🏽", 4),
            ("👩🏽\u{200d}💻", 6),
            ("👨‍👩‍👧‍👦", 8),
            ("❤\u{200d}🔥", 3),
            ("🇫🇷", 2),
            ("ｶﾞ", 2),
            ("লা", 2),
            ("คำ", 2),
            ("ខ្ញុំ", 2),
            ("각", 2),
        ] {
            assert_eq!(width(grapheme), columns, "{grapheme:?}");
        }
    }

    #[test]
    fn every_spacing_mark_has_a_column() {
        let spacing = regex::Regex::new(r"^\p{Mc}$").unwrap();
        let marks = ('\u{80}'..=char::MAX).filter(|mark| spacing.is_match(mark.encode_utf8(&mut [0; 4])));
        let missing: Vec<char> = marks.filter(|mark| character_width(*mark) == 0).collect();
        assert!(missing.is_empty(), "{missing:x?}");
    }

    #[test]
    fn standalone_characters_agree_with_unicodes_tables() {
        let standing: Vec<char> =
            ('\0'..='\u{ffff}').filter(|character| standalone_width(*character) > 0).collect();
        assert!(standing.len() > 20_000);
        for character in standing {
            assert_eq!(grapheme_width(&character.to_string()), standalone_width(character), "{character:?}");
            for other in ['a', 'é', '“', '中', 'ア', '～'] {
                let pairs = [format!("{character}{other}"), format!("{other}{character}")];
                for pair in pairs {
                    assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
                    assert_eq!(
                        drawn(&pair),
                        standalone_width(character) + standalone_width(other),
                        "{pair:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn graphemes_agree_with_unicodes_tables() {
        for text in ["aé中 e\u{301}中\u{301}🇫🇷a\u{200d}b", "中👨‍👩‍👧‍👦中", "a\n\u{301}", "“\u{301}”"]
        {
            let ours: Vec<&str> = graphemes(text).map(|(_, grapheme, _)| grapheme).collect();
            assert_eq!(ours, text.graphemes(true).collect::<Vec<_>>());
        }
    }
}
