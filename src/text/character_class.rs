//! The classes of characters that cleaning distinguishes.
//!
//! Owns the list of what must not reach a terminal. Must not know of texts.

use unicode_normalization::char::is_combining_mark;

/// The classes of characters that cleaning distinguishes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CharacterClass {
    Plain,
    Mark,
    Joiner,
    Break,
    Return,
    Tab,
    /// Begins an escape sequence.
    Escape,
    Removed,
}

/// The class of a character.
pub(super) fn class(character: char) -> CharacterClass {
    match character {
        _ if is_common(character) => CharacterClass::Plain,
        '\t' => CharacterClass::Tab,
        '\r' => CharacterClass::Return,
        '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => CharacterClass::Break,
        '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => CharacterClass::Escape,
        '\0'..='\u{9f}' => CharacterClass::Removed,
        '\u{200c}' | '\u{200d}' => CharacterClass::Joiner,
        _ if is_invisible(character) => CharacterClass::Removed,
        _ if is_combining_mark(character) => CharacterClass::Mark,
        _ => CharacterClass::Plain,
    }
}

/// Returns whether a character is one of those that most texts consist of, which need no lookup.
fn is_common(character: char) -> bool {
    matches!(character,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}'
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
    )
}

/// Returns whether a character above U+009F is invisible and only gives instructions.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}'                      // soft hyphen
        | '\u{34f}'                   // grapheme joiner
        | '\u{61c}'                   // Arabic letter mark
        | '\u{115f}' | '\u{1160}'     // Hangul fillers
        | '\u{17b4}' | '\u{17b5}'     // Khmer inherent vowels
        | '\u{180b}'..='\u{180f}'     // Mongolian selectors
        | '\u{200b}'                  // zero width space
        | '\u{200e}' | '\u{200f}'     // left-to-right and right-to-left marks
        | '\u{202a}'..='\u{202e}'     // embeddings and overrides
        | '\u{2060}'..='\u{206f}'     // word joiner, invisible operators, isolates
        | '\u{3164}' | '\u{ffa0}'     // Hangul fillers
        | '\u{fdd0}'..='\u{fdef}'     // noncharacters
        | '\u{fe00}'..='\u{fe0f}'     // variation selectors
        | '\u{feff}'                  // byte order mark
        | '\u{fff0}'..='\u{fffb}'     // reserved, and interlinear annotation
        | '\u{13430}'..='\u{1343f}'   // Egyptian layout controls
        | '\u{1bca0}'..='\u{1bca3}'   // shorthand controls
        | '\u{1d173}'..='\u{1d17a}'   // musical controls
        | '\u{e0000}'..='\u{e0fff}'   // tags, more variation selectors
    ) || u32::from(character) & 0xfffe == 0xfffe // the last two of each plane
}

/// Returns whether a character may be a letter of a word.
pub(super) fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character) || matches!(character, '/' | '.' | '-' | '’')
}

/// Returns whether a joiner beside this character joins something.
pub(super) fn can_join(character: char) -> bool {
    !character.is_ascii()
        && (character.is_alphanumeric() || is_combining_mark(character) || is_pictograph(character))
}

/// Returns whether a character may be part of an emoji that is joined from several.
fn is_pictograph(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
