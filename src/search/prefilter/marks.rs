//! The signs of Markdown that may stand within a word without being seen.
//!
//! Owns which bytes these are. Must not know where a word ends.

/// Returns whether a byte marks up text within words. Without a branch, as it is asked of many bytes in one
/// step.
pub(super) fn is_mark(byte: u8) -> bool {
    // From `[` to `]` there is only the backslash, and behind the low line stands the backtick.
    (byte == b'*') | (byte == b'~') | (byte.wrapping_sub(b'[') < 3) | (byte.wrapping_sub(b'_') < 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn these_bytes_are_marks_and_no_others() {
        let marks: Vec<u8> = (0..=u8::MAX).filter(|byte| is_mark(*byte)).collect();
        assert_eq!(marks, b"*[\\]_`~");
    }
}
