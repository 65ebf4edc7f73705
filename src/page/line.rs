//! One line of a page: pieces of the block's text and ornaments, each in its columns.

use crate::text::Style;
use std::ops::Range;

/// A typeset line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// The pieces from left to right, without overlap.
    pub segments: Vec<Segment>,
    /// The bytes of the block's text that belong to this line, white space at its end
    /// included. Empty for ornaments and blank lines; the ranges of a block's lines of text
    /// never run backwards.
    pub range: Range<usize>,
    /// The column from which on the line goes on beyond the page, and moves when the reader
    /// scrolls sideways. None for a line that was broken to fit.
    pub moves_from: Option<u16>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// First column, from the left edge of the page.
    pub column: u16,
    /// Width in columns.
    pub width: u16,
    /// What stands there.
    pub content: Content,
    /// The author's style.
    pub style: Style,
    /// What it is a part of.
    pub role: Role,
}

/// What stands in a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Bytes of the block's text. Holds no line break.
    Text(Range<usize>),
    /// Something that is not in the text: a bullet, a bar, a border.
    Ornament(String),
}

/// What a segment is a part of; the theme decides what that looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Body,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// Preformatted text.
    Code,
    /// Text of a table's header.
    TableHeader,
    /// Raw HTML.
    Html,
    /// Quoted text.
    Quote,
    /// Rules, borders, bullets, bars of quotes.
    Ornament,
    /// An alert's bar and name.
    Alert(crate::text::document::AlertKind),
}

impl Line {
    /// The first column behind the line's last piece.
    pub fn end(&self) -> u16 {
        self.segments.last().map_or(0, |last| last.column.saturating_add(last.width))
    }

    /// Whether any of a piece is in sight on a page of this width that is scrolled sideways.
    pub fn shows(&self, segment: &Segment, aside: u16, width: u16) -> bool {
        let Some(left) = self.moves_from.filter(|left| segment.column >= *left) else { return true };
        let end = segment.column.saturating_add(segment.width);
        end.saturating_sub(aside) > left && segment.column.saturating_sub(aside) < width
    }

    /// Whether text of the block belongs to it.
    pub(crate) fn has_text(&self) -> bool {
        !self.range.is_empty()
    }
}

impl Segment {
    /// Whether it shows this byte of the block's text.
    pub(crate) fn holds(&self, offset: usize) -> bool {
        matches!(&self.content, Content::Text(range) if range.contains(&offset))
    }
}
