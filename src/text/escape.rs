//! How long an escape sequence is.
//!
//! Owns the grammar of what terminals obey, as far as is needed to take a sequence out
//! whole. Must not decide what else is removed.

/// The most bytes that a control sequence may have and still be taken for one.
const CONTROL: usize = 64;

/// The most bytes of a command string, such as a window title or a clipboard's content.
const STRING: usize = 4096;

/// The bytes that follow `introducer` and belong to its sequence; 0 when they make none,
/// so that text behind a lone escape character stays readable.
pub(crate) fn length(introducer: char, rest: &str) -> usize {
    match introducer {
        '\u{9b}' => control(rest).unwrap_or(0),
        '\u{1b}' => match rest.chars().next() {
            Some('[') => behind(rest, control),
            Some(']' | 'P' | 'X' | '^' | '_') => behind(rest, string),
            Some(' '..='/') => intermediate(rest).unwrap_or(0),
            Some('0'..='~') => 1,
            _ => 0,
        },
        _ => string(rest).unwrap_or(0),
    }
}

/// The length of what `body` finds behind the first byte, and that byte.
fn behind(rest: &str, body: impl Fn(&str) -> Option<usize>) -> usize {
    rest.get(1..).and_then(body).map_or(0, |length| length + 1)
}

/// Parameters, intermediate bytes and the final byte of a control sequence.
fn control(rest: &str) -> Option<usize> {
    let parameters = rest.bytes().take(CONTROL).take_while(|byte| matches!(byte, 0x30..=0x3f)).count();
    let more = rest.bytes().skip(parameters).take(CONTROL).take_while(|byte| matches!(byte, 0x20..=0x2f));
    let end = parameters + more.count();
    matches!(rest.as_bytes().get(end), Some(0x40..=0x7e)).then_some(end + 1)
}

/// A command string up to and including its terminator, on one line.
fn string(rest: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().take_while(|(at, _)| *at < STRING) {
        match character {
            '\u{7}' | '\u{9c}' => return Some(at + character.len_utf8()),
            '\\' if escaped => return Some(at + 1),
            '\n' | '\r' => return None,
            _ => escaped = character == '\u{1b}',
        }
    }
    None
}

/// Intermediate bytes and the final byte, as in the choice of a character set.
fn intermediate(rest: &str) -> Option<usize> {
    let count = rest.bytes().take(4).take_while(|byte| matches!(byte, 0x20..=0x2f)).count();
    matches!(rest.as_bytes().get(count), Some(0x30..=0x7e)).then_some(count + 1)
}
