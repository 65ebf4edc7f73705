//! The signs of Markdown that may stand within a word without being seen.
//!
//! Owns which bytes these are. Must not know where a word ends.

/// All but the last of these bytes, by threes: so many are looked for at once.
pub(super) const MARKS: [[u8; 3]; 2] = [*b"*~[", *b"\\]_"];

/// The last of them.
pub(super) const LAST_MARK: u8 = b'`';

/// Returns whether a byte marks up text within words.
pub(super) fn is_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'~' | b'['..=b']' | b'_' | b'`')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_marks_are_looked_for() {
        for byte in 0..=u8::MAX {
            let is_listed = MARKS.as_flattened().contains(&byte) || byte == LAST_MARK;
            assert_eq!(is_listed, is_mark(byte), "{byte}");
        }
    }
}
