//! The signs of Markdown that may stand within a word without being seen.
//!
//! Owns which bytes these are. Must not know where a word ends.

/// The first three, the next three, and the last of these bytes: so many are looked for at once.
pub(super) const MARKS: ([u8; 3], [u8; 3], u8) = (*b"*~[", *b"\\]_", b'`');

/// Returns whether a byte marks up text within words.
pub(super) fn is_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'~' | b'['..=b']' | b'_' | b'`')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_marks_are_looked_for() {
        let (first, second, last) = MARKS;
        for byte in 0..=u8::MAX {
            let is_listed = first.contains(&byte) || second.contains(&byte) || byte == last;
            assert_eq!(is_listed, is_mark(byte), "{byte}");
        }
    }
}
