//! A line that somebody types, or that a pipe has: a command of the linear mode, an answer to `ask`.
//!
//! Owns how much of a line is read, that it is cleaned, and which keys of a screen are in it. Must
//! not know what it answers.

use crate::text::clean::clean_line;
use std::io::{self, BufRead, Read};

/// The longest line that is read, in bytes.
const LONGEST: u64 = 4096;

/// The character that begins a key typed with Alt.
const ESCAPE: char = '\u{1b}';

/// A line as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TypedLine {
    /// Its words, without the blanks around them.
    Words(String),
    /// A key of a screen was typed in it, behind these words. What stands behind the first key was not
    /// meant, and is dropped.
    Chord(Chord, String),
}

/// A key that leaves a control character in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chord {
    /// This letter with Ctrl.
    Ctrl(char),
    /// This character with Alt.
    Alt(char),
    /// Another, such as an arrow.
    Other,
}

/// The next line; none at the end. Of a line that is too long only the beginning counts.
///
/// # Errors
/// Those of the system; a terminal that went away is the end.
pub(super) fn next(input: &mut impl BufRead) -> io::Result<Option<TypedLine>> {
    let mut bytes = Vec::new();
    let count = match input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
        Ok(count) => count,
        // A terminal that went away.
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => 0,
        Err(error) => return Err(error),
    };
    if count == 0 {
        return Ok(None);
    }
    if !bytes.ends_with(b"\n") && bytes.len() as u64 == LONGEST {
        input.skip_until(b'\n')?;
    }
    let line = String::from_utf8_lossy(&bytes);
    Ok(Some(match chord_in(&line) {
        Some((chord, words)) => TypedLine::Chord(chord, clean_line(words).trim().to_owned()),
        None => TypedLine::Words(clean_line(&line).trim().to_owned()),
    }))
}

/// The key of a screen that a line holds, and what stands before the first key in it. Whoever wants
/// everything hidden has that done, whatever else is in the line.
fn chord_in(line: &str) -> Option<(Chord, &str)> {
    let mut found = None;
    let mut rest = line.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        let words = found.map_or(line.get(..at).unwrap_or_default(), |(_, words)| words);
        let chord = match character {
            '\n' | '\r' | '\t' => continue,
            '\u{7}' => return Some((Chord::Ctrl('g'), words)),
            '\u{f}' => Chord::Ctrl('o'),
            ESCAPE => match rest.peek().filter(|(_, next)| next.is_ascii_lowercase() || *next == '.') {
                Some((_, next)) => Chord::Alt(*next),
                None => Chord::Other,
            },
            other if other.is_control() => Chord::Other,
            _ => continue,
        };
        found = found.or(Some((chord, words)));
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_one_and_not_several_and_none_drives_a_terminal() {
        let long = "x".repeat(10_000);
        let mut input = io::Cursor::new(format!("{long}\nlist\r\n\n y\u{202e}es\tnow \nlast"));
        assert_eq!(next(&mut input).unwrap(), Some(TypedLine::Words("x".repeat(4096))));
        for words in ["list", "", "yes now", "last"] {
            assert_eq!(next(&mut input).unwrap(), Some(TypedLine::Words(words.into())));
        }
        assert_eq!(next(&mut input).unwrap(), None);
    }

    #[test]
    fn a_key_of_a_screen_is_told_from_words_and_hiding_from_every_other() {
        for (line, chord, words) in [
            ("\u{7}\n", Chord::Ctrl('g'), ""),
            ("He came \u{1b}[A\u{1b}s\u{7} in\n", Chord::Ctrl('g'), "He came"),
            (" He\tcame \u{7} in\n", Chord::Ctrl('g'), "He came"),
            ("\u{f}\n", Chord::Ctrl('o'), ""),
            ("\u{1b}s\n", Chord::Alt('s'), ""),
            ("\u{1b}.\n", Chord::Alt('.'), ""),
            ("list\u{1b}[A\n", Chord::Other, "list"),
            ("y\u{9b}31mes\n", Chord::Other, "y"),
            ("\u{7f}\n", Chord::Other, ""),
        ] {
            let mut input = io::Cursor::new(line);
            assert_eq!(next(&mut input).unwrap(), Some(TypedLine::Chord(chord, words.into())), "{line:?}");
        }
    }

    #[test]
    fn a_terminal_that_went_away_is_the_end_and_any_other_error_is_told() {
        struct Failing(rustix::io::Errno);
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
        }
        let mut gone = io::BufReader::new(Failing(rustix::io::Errno::IO));
        assert_eq!(next(&mut gone).unwrap(), None);
        let mut folder = io::BufReader::new(Failing(rustix::io::Errno::ISDIR));
        assert!(next(&mut folder).is_err());
    }
}
