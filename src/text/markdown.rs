//! Markdown becomes a [`Document`].

use crate::text::Document;

/// Parses a lesson.
pub fn parse(source: &str) -> Document {
    let _ = source;
    Document::default()
}
