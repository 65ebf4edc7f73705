//! Overstrikes: bold and underlined text as programs write it for a printer, a character struck
//! over another, such as `X`, backspace, `X`, or `_`, backspace, `X`.
//!
//! Owns which character stays. Must not know who wrote the text.

use std::borrow::Cow;

/// Moves one character back, so that the next one is struck over it.
pub(crate) const BACKSPACE: char = '\u{8}';

/// The text without what was struck over: of two characters in one place the later one stays, but
/// no line that is drawn under a character. A line break is never struck over.
pub(crate) fn resolved(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\x08', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != BACKSPACE {
            resolved.push(character);
            continue;
        }
        let Some(struck) = resolved.pop() else { continue };
        let is_underlined = characters.peek() == Some(&'_') && !struck.is_whitespace();
        if struck == '\n' || is_underlined {
            resolved.push(struck);
        }
        if is_underlined {
            characters.next();
        }
    }
    Cow::Owned(resolved)
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn of_characters_in_one_place_the_one_that_can_be_read_stays() {
        for (text, read) in [
            ("N\u{8}NA\u{8}AM\u{8}ME\u{8}E", "NAME"),
            ("_\u{8}g_\u{8}i_\u{8}t <_\u{8}é\u{8}é>", "git <é>"),
            ("g\u{8}_i\u{8}_t\u{8}_", "git"),
            ("_\u{8}_x\u{8}x", "_x"),
            ("+\u{8}o a", "o a"),
            ("\u{8}a\n\u{8}b", "a\nb"),
            ("plain", "plain"),
        ] {
            assert_eq!(resolved(text), read, "{text:?}");
        }
    }
}
