//! Measures escape sequences, by the grammar of ECMA-48.
//!
//! Owns as much of the grammar as is needed to remove a sequence whole. Must not decide what
//! else is removed.

/// The most bytes of a control sequence; a longer one is taken for text.
const MAX_CONTROL_BYTES: usize = 64;

/// The most bytes of a command string, such as a window title or the content of a clipboard.
const MAX_STRING_BYTES: usize = 4096;

/// Counts the bytes after `introducer` that belong to its sequence; 0 when they are none, so
/// that text after a lone escape character stays readable.
pub(crate) fn sequence_length(introducer: char, rest: &str) -> usize {
    match introducer {
        '\u{9b}' => control(rest).unwrap_or(0),
        '\u{1b}' => match rest.chars().next() {
            Some('[') => after_first_byte(rest, control),
            Some(']' | 'P' | 'X' | '^' | '_') => after_first_byte(rest, string),
            Some(' '..='/') => intermediate(rest).unwrap_or(0),
            Some('0'..='~') => 1,
            _ => 0,
        },
        _ => string(rest).unwrap_or(0),
    }
}

/// Measures with `body` what follows the first byte, and includes that byte.
fn after_first_byte(rest: &str, body: impl Fn(&str) -> Option<usize>) -> usize {
    rest.get(1..).and_then(body).map_or(0, |length| length + 1)
}

/// Measures the parameters, intermediate bytes and final byte of a control sequence (CSI).
fn control(rest: &str) -> Option<usize> {
    let parameters =
        rest.bytes().take(MAX_CONTROL_BYTES).take_while(|byte| matches!(byte, 0x30..=0x3f)).count();
    let more =
        rest.bytes().skip(parameters).take(MAX_CONTROL_BYTES).take_while(|byte| matches!(byte, 0x20..=0x2f));
    let end = parameters + more.count();
    matches!(rest.as_bytes().get(end), Some(0x40..=0x7e)).then_some(end + 1)
}

/// Measures a command string (OSC, DCS, SOS, PM, APC) with its terminator. Another control
/// character ends it for a terminal too, and keeps this from scanning the same bytes twice.
fn string(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices().take_while(|(at, _)| *at < MAX_STRING_BYTES);
    let (at, control) = characters.find(|(_, character)| character.is_control())?;
    match control {
        '\u{7}' | '\u{9c}' => Some(at + control.len_utf8()),
        '\u{1b}' if rest.get(at + 1..)?.starts_with('\\') => Some(at + 2),
        _ => None,
    }
}

/// Measures intermediate bytes and the final byte, as in the choice of a character set.
fn intermediate(rest: &str) -> Option<usize> {
    let count = rest.bytes().take(4).take_while(|byte| matches!(byte, 0x20..=0x2f)).count();
    matches!(rest.as_bytes().get(count), Some(0x30..=0x7e)).then_some(count + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sequences_are_measured() {
        assert_eq!(sequence_length('\u{1b}', "[31;1mred"), 6);
        assert_eq!(sequence_length('\u{9b}', "31mred"), 3);
        assert_eq!(sequence_length('\u{1b}', "[?25$pq"), 6);
        assert_eq!(sequence_length('\u{1b}', "]0;title\u{7}text"), 9);
        assert_eq!(sequence_length('\u{1b}', "]52;c;aGk=\u{1b}\\text"), 12);
        assert_eq!(sequence_length('\u{90}', "q#0\u{9c}text"), 5);
        assert_eq!(sequence_length('\u{1b}', "(Btext"), 2);
        assert_eq!(sequence_length('\u{1b}', "ctext"), 1);
    }

    #[test]
    fn text_after_an_incomplete_sequence_is_left_alone() {
        assert_eq!(sequence_length('\u{1b}', "[31"), 0);
        assert_eq!(sequence_length('\u{1b}', "[31\n m"), 0);
        assert_eq!(sequence_length('\u{1b}', "]0;never ended"), 0);
        assert_eq!(sequence_length('\u{1b}', "]0;ended on\nanother line\u{7}"), 0);
        assert_eq!(sequence_length('\u{1b}', "é"), 0);
        assert_eq!(sequence_length('\u{1b}', ""), 0);
        assert_eq!(sequence_length('\u{1b}', &format!("]{}\u{7}", "x".repeat(2 * MAX_STRING_BYTES))), 0);
    }
}
