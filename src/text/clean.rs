//! Cleans untrusted text, once, where it enters.
//!
//! Owns what is removed; which characters are of which class, `character_class.rs` says. Must not know
//! where text comes from or where it goes.
//!
//! Removed: control characters and whole escape sequences, bidirectional controls,
//! tag characters, variation selectors, noncharacters and every other invisible character that
//! only gives instructions. Kept: all that can be read, in any script,
//! with its combining marks (up to [`MAX_MARKS`] on one base) and with the joiners that
//! Persian, the scripts of India and family emoji need.

use crate::text::character_class::{CharacterClass, can_join, class, is_letter};
use crate::text::escape;
use crate::text::line_map::{LineMap, line_breaks};
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// The most combining marks that one base character keeps. Vietnamese and Hebrew need
/// three or four; the text that covers its neighbours needs hundreds.
pub const MAX_MARKS: u8 = 8;

/// The most joiners in one sequence of joined characters; a longer one is split into several.
/// The longest emoji has four.
pub const MAX_JOINERS: u8 = 8;

/// The columns from one tab stop to the next.
pub const TAB_WIDTH: usize = 4;

/// Decodes UTF-8, with `\u{fffd}` for each invalid sequence. Most bytes are valid, which is
/// checked far more quickly than they are replaced.
pub(crate) fn decode_lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Removes everything that could drive a terminal or disturb the line. Every kind of line
/// break becomes `\n`; tabs become spaces up to the next tab stop.
pub fn clean(text: &str) -> Cow<'_, str> {
    clean_as(text, Tabs::Expand)
}

/// Cleans a text and joins it into one line: runs of white space and breaks become one space.
pub fn clean_line(text: &str) -> String {
    if is_plain_line(text.as_bytes()) {
        return text.to_owned();
    }
    let text = clean(text);
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Returns whether a text is one line of ASCII words already, as most titles and names are.
fn is_plain_line(bytes: &[u8]) -> bool {
    let is_space = |byte: Option<&u8>| byte == Some(&b' ');
    bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
        && !is_space(bytes.first())
        && !is_space(bytes.last())
        && !bytes.windows(2).any(|pair| pair == b"  ")
}

/// Cleans a name into one line, as [`clean_line`]; a plain ASCII one, as most are, is not copied.
pub(crate) fn clean_name(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_graphic()) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(clean_line(name))
    }
}

/// The parser takes it for a letter, and cleaning removes it from every text: put beside a sign that
/// the parser would take for emphasis, or would not.
pub(crate) const WORD_JOINER: char = '\u{2060}';

/// Tells that a line may end here, with a hyphen.
pub(crate) const SOFT_HYPHEN: char = '\u{ad}';

/// Tells that a line may end here.
pub(crate) const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Cleans the source of a Markdown text: as [`clean`], but keeps tabs, which have a meaning
/// there, and the signs within words that say where a line may end. Text that is taken from it is
/// cleaned again.
pub(crate) fn clean_source(text: &str) -> Cow<'_, str> {
    clean_as(text, Tabs::Keep)
}

/// Returns whether [`clean_source`] changes nothing of a text. May return false for a few that it does
/// not change.
pub(crate) fn is_clean_source(text: &str) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n');
    let is_all_plain = |bytes: &[u8]| bytes.iter().fold(true, |all, byte| all & is_plain(byte));
    // A text without anything but these is looked at in a few steps.
    text.as_bytes().chunks(4096).all(is_all_plain) || matches!(clean_source(text), Cow::Borrowed(_))
}

/// The way back from the lines of a cleaned text to those of its source, which line feeds alone end, as
/// for other programs. A form feed, for instance, is a line break only in what was cleaned.
pub(crate) fn source_lines(source: &str, cleaned: &str) -> LineMap {
    // Where nothing had to be cleaned it is the source itself.
    if std::ptr::eq(source, cleaned) {
        return LineMap::Same;
    }
    // No line feed is ever cleaned away.
    let breaks = line_breaks(source);
    if line_breaks(cleaned) == breaks {
        return LineMap::Same;
    }
    let lines = source.split_inclusive('\n').map(|line| line_breaks(&*clean_as(line, Tabs::Keep)));
    let before = lines.scan(0_u32, |before, breaks| {
        *before = before.saturating_add(breaks);
        Some(*before)
    });
    LineMap::Written(std::iter::once(0).chain(before).take(breaks as usize + 1).collect())
}

/// Cleans a text and moves the byte offsets into it, which must ascend, along. `None`, with the
/// offsets unchanged, when the text is clean already.
pub(crate) fn clean_with_offsets(text: &str, offsets: &mut [usize]) -> Option<String> {
    let Cow::Owned(cleaned) = clean(text) else { return None };
    let mut offsets = offsets.iter_mut().peekable();
    let mut length = 0;
    for_each_kept(text, Tabs::Expand, |from, character| {
        while let Some(offset) = offsets.next_if(|offset| **offset <= from) {
            *offset = length;
        }
        length += character.len_utf8();
    });
    offsets.for_each(|offset| *offset = length);
    Some(cleaned)
}

/// The treatment of tabs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tabs {
    Expand,
    Keep,
}

fn clean_as(text: &str, tabs: Tabs) -> Cow<'_, str> {
    // Characters never affect each other across a line break, so each line is checked by
    // itself, and only those with something to remove are rewritten.
    let mut cleaned: Option<String> = None;
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1).chain([text.len()]) {
        let line = text.get(at..end).unwrap_or_default();
        if is_clean(line, tabs) {
            if let Some(cleaned) = &mut cleaned {
                cleaned.push_str(line);
            }
        } else {
            let cleaned = cleaned.get_or_insert_with(|| {
                let mut copy = String::with_capacity(text.len());
                copy.push_str(text.get(..at).unwrap_or_default());
                copy
            });
            for_each_kept(line, tabs, |_, character| cleaned.push(character));
        }
        at = end;
    }
    cleaned.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Returns whether nothing in this line has to change. May return false for a clean line with joiners
/// or many marks, which then is rewritten for nothing.
fn is_clean(line: &str, tabs: Tabs) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n') || (*byte == b'\t' && tabs == Tabs::Keep);
    let mut marks = 0;
    let mut rest = line;
    while let Some(first) = rest.as_bytes().first() {
        let plain = if first.is_ascii() { plain_length(rest.as_bytes(), is_plain) } else { 0 };
        marks = if plain > 0 { 0 } else { marks };
        let mut characters = rest.get(plain..).unwrap_or_default().chars();
        // Characters beyond ASCII mostly come together.
        while let Some(character) = characters.next() {
            match class(character) {
                CharacterClass::Plain => marks = 0,
                CharacterClass::Mark if marks < MAX_MARKS => marks += 1,
                _ => return false,
            }
            if characters.as_str().as_bytes().first().is_none_or(u8::is_ascii) {
                break;
            }
        }
        rest = characters.as_str();
    }
    true
}

/// How many bytes are looked at in one step.
const PLAIN_STEP: usize = 32;

/// How many bytes at the beginning are plain by this measure: all, in most lines of most texts.
pub(crate) fn plain_length(bytes: &[u8], is_plain: impl Fn(&u8) -> bool) -> usize {
    // Without a branch within a step the compiler looks at all of its bytes at once.
    let (steps, _) = bytes.as_chunks::<PLAIN_STEP>();
    let is_all_plain = |step: &&[u8; PLAIN_STEP]| step.iter().fold(true, |all, byte| all & is_plain(byte));
    let length = PLAIN_STEP * steps.iter().take_while(is_all_plain).count();
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().take_while(|byte| is_plain(byte)).count()
}

/// Returns whether a character says that a line may end within a word.
fn is_word_break(character: char) -> bool {
    matches!(character, SOFT_HYPHEN | ZERO_WIDTH_SPACE)
}

/// Calls `emit` with each character that is kept and the byte of `text` that it came from, in
/// order.
///
/// The decision about a character depends only on the characters kept before it and the next
/// one kept after it, so that cleaning twice changes nothing.
fn for_each_kept(text: &str, tabs: Tabs, mut emit: impl FnMut(usize, char)) {
    let mut rest = text;
    let mut last = '\n';
    let mut marks = 0;
    let mut joiners = 0;
    let mut joiner: Option<(usize, char)> = None;
    let mut column = 0;
    while let Some(character) = rest.chars().next() {
        let at = text.len() - rest.len();
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        let class = class(character);
        match class {
            CharacterClass::Removed => {
                let next = rest.chars().next().unwrap_or(' ');
                // Beside white space and signs of Markdown it says nothing.
                if tabs == Tabs::Keep && is_word_break(character) && is_letter(last) && is_letter(next) {
                    emit(at, character);
                }
                continue;
            }
            CharacterClass::Escape => {
                rest = rest.get(escape::sequence_length(character, rest)..).unwrap_or_default();
                continue;
            }
            CharacterClass::Return if rest.starts_with('\n') => continue,
            CharacterClass::Mark if marks >= MAX_MARKS => continue,
            CharacterClass::Joiner => {
                joiner = joiner.or(Some((at, character)));
                continue;
            }
            _ => {}
        }
        match joiner.take() {
            Some((from, kept)) if joiners < MAX_JOINERS && can_join(last) && can_join(character) => {
                joiners += 1;
                emit(from, kept);
            }
            _ if class != CharacterClass::Mark => joiners = 0,
            _ => {}
        }
        marks = if class == CharacterClass::Mark { marks + 1 } else { 0 };
        last = match class {
            CharacterClass::Break | CharacterClass::Return => '\n',
            CharacterClass::Tab if tabs == Tabs::Expand => ' ',
            _ => character,
        };
        let copies =
            if last == ' ' && class == CharacterClass::Tab { TAB_WIDTH - column % TAB_WIDTH } else { 1 };
        (0..copies).for_each(|_| emit(at, last));
        column = match last {
            '\n' => 0,
            _ => column + if copies > 1 { copies } else { last.width().unwrap_or(0) },
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::columns;

    /// Cleans a text and escapes what is left, so that invisible characters can be compared.
    fn cleaned(text: &str) -> String {
        clean(text).escape_unicode().to_string().replace("\\u{20}", " ")
    }

    fn same(text: &str) -> String {
        text.escape_unicode().to_string().replace("\\u{20}", " ")
    }

    #[test]
    fn clean_text_is_not_copied() {
        for text in ["", "plain\ntext", "naïve — “quoted”", "日本語の文章、です。", "مرحبا שלום", "e\u{301}"]
        {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn whole_sequences_are_removed_and_the_text_around_them_is_kept() {
        assert_eq!(clean("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
        assert_eq!(clean("a\u{1b}]0;title\u{7}b\u{1b}]52;c;aGk=\u{1b}\\c"), "abc");
        assert_eq!(clean("a\u{9b}2Jb\u{90}payload\u{9c}c"), "abc");
        assert_eq!(clean("a\u{1b}\u{1b}[31m[31m"), "a[31m");
        assert_eq!(clean("\u{1b}]never ended, so read on"), "]never ended, so read on");
        assert_eq!(clean("a\0\u{8}\u{7f}\u{84}b"), "ab");
    }

    #[test]
    fn what_is_removed_is_removed_wherever_it_stands_in_a_long_line() {
        for at in 0..150 {
            let (before, behind) = ("é.".repeat(at % 2) + &"b".repeat(at), "c".repeat(150 - at));
            for sign in ["\u{1b}[31m", "\0", "\u{202e}"] {
                assert_eq!(clean(&format!("{before}{sign}{behind}")), format!("{before}{behind}"));
            }
        }
    }

    #[test]
    fn every_line_break_is_one_line_feed() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\u{2029}e\u{85}f\u{b}g\u{c}h"), "a\nb\nc\nd\ne\nf\ng\nh");
        assert_eq!(clean("a\r\r\nb"), "a\n\nb");
        assert_eq!(clean("a\r"), "a\n");
    }

    #[test]
    fn only_a_line_feed_ends_a_line_of_the_source() {
        let source = "a\u{c}b\r\nc\rd\u{2028}\u{85}e\u{1b}[31m\n\u{b}f\u{2029}\n";
        let cleaned = clean_source(source);
        let lines = source_lines(source, &cleaned);
        for (number, line) in (1..).zip(cleaned.lines()).filter(|(_, line)| !line.is_empty()) {
            let found = source
                .split('\n')
                .position(|source| source.contains(line))
                .and_then(|at| u32::try_from(at + 1).ok());
            assert_eq!(lines.source_of(number), found, "{line}");
        }
        for source in ["a\nb\n", "a\r\nb\u{200e}\u{1b}[31m\r\n"] {
            assert_eq!(source_lines(source, &clean_source(source)), LineMap::Same);
        }
    }

    #[test]
    fn tabs_lead_to_the_next_stop() {
        assert_eq!(clean("\ta\tbcd\tefgh\t."), "    a   bcd efgh    .");
        assert_eq!(clean("中\t.\n\t."), "中  .\n    .");
        assert_eq!(clean_source("\ta\u{0}"), "\ta");
    }

    #[test]
    fn invisible_characters_that_only_give_instructions_are_removed() {
        for hidden in [
            "\u{202a}",
            "\u{202e}",
            "\u{2066}",
            "\u{2069}",
            "\u{200e}",
            "\u{200f}",
            "\u{61c}",
            "\u{200b}",
            "\u{2060}",
            "\u{feff}",
            "\u{ad}",
            "\u{fe0f}",
            "\u{e0041}",
            "\u{e0100}",
            "\u{fff9}",
            "\u{ffff}",
            "\u{1fffe}",
            "\u{fdd0}",
            "\u{180e}",
            "\u{3164}",
            "\u{34f}",
            "\u{1d173}",
        ] {
            assert_eq!(cleaned(&format!("a{hidden}b")), same("ab"), "{}", hidden.escape_unicode());
        }
    }

    #[test]
    fn joiners_stay_only_between_what_they_join() {
        for whole in ["می\u{200c}خواهم", "👨\u{200d}👩\u{200d}👧\u{200d}👦", "क्\u{200d}ष", "👩🏽\u{200d}🚀"]
        {
            assert_eq!(cleaned(whole), same(whole));
        }
        assert_eq!(cleaned("❤\u{fe0f}\u{200d}🔥"), same("❤\u{200d}🔥"));
        assert_eq!(cleaned("a\u{200d}b\u{200c}c"), same("abc"));
        assert_eq!(cleaned("👨\u{200d} 👩\u{200d}\n\u{200d}👧\u{200d}"), same("👨 👩\n👧"));
        assert_eq!(cleaned("م\u{200c}\u{200c}\u{200d}م"), same("م\u{200c}م"));
        let chain = clean(&"👨\u{200d}".repeat(30)).into_owned();
        let longest = columns::graphemes(&chain).map(|(_, grapheme, _)| grapheme.matches('\u{200d}').count());
        assert_eq!(longest.max(), Some(usize::from(MAX_JOINERS)));
    }

    #[test]
    fn a_base_character_keeps_at_most_eight_marks() {
        let marks = "\u{301}".repeat(usize::from(MAX_MARKS));
        assert_eq!(cleaned(&format!("e{marks}\u{302}\u{303}e{marks}")), same(&format!("e{marks}e{marks}")));
        assert_eq!(cleaned("שָׁלוֹם tiếng Việt"), same("שָׁלוֹם tiếng Việt"));
    }

    #[test]
    fn one_line_has_no_breaks_and_single_spaces() {
        assert_eq!(clean_line("  a\t b\r\n\u{2029}c\u{1b}[2J  "), "a b c");
        assert_eq!(clean_line(" \n"), "");
    }

    #[test]
    fn offsets_move_with_the_text() {
        let mut offsets = [0, 1, 2, 7, 8];
        let text = "a\u{1b}[31mbc";
        assert_eq!(clean_with_offsets(text, &mut offsets), Some("abc".to_owned()));
        assert_eq!(offsets, [0, 1, 1, 2, 3]);
        assert_eq!(clean_with_offsets("abc", &mut [1, 2]), None);
    }
}
