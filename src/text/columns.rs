//! How wide text is on a terminal.
//!
//! Owns the measure: columns, counted by grapheme as `ratatui` counts them, so that
//! what is laid out is what is drawn.

use unicode_width::UnicodeWidthStr;

/// The width of a text in terminal columns.
pub fn width(text: &str) -> usize {
    use unicode_segmentation::UnicodeSegmentation;
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}
