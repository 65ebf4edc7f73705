//! The signs of Markdown that may stand within a word without being seen.
//!
//! Owns which bytes these are. Must not know where a word ends.

/// Returns whether a byte marks up text within words: one for a mark, else nought. Without a branch, so
/// that many bytes are looked at in one step.
pub(super) fn mark(byte: u8) -> u8 {
    let single = u8::from(byte == b'*') | u8::from(byte == b'~');
    single | u8::from(matches!(byte, b'['..=b']')) | u8::from(matches!(byte, b'_'..=b'`'))
}

/// Returns whether a byte marks up text within words.
pub(super) fn is_mark(byte: u8) -> bool {
    mark(byte) == 1
}
