//! One line of a page: segments of the block's text and ornaments, each at its column.
//!
//! Owns these types alone. Must not lay out anything.

use crate::page::picture_size::PictureSize;
use crate::text::Style;
use std::ops::Range;

/// The layout of code and tables that are wider than the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wide {
    /// Broken to fit, so that all of them is in sight.
    #[default]
    Broken,
    /// Left whole; the reader scrolls sideways.
    Whole,
}

/// The columns that a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PageWidth {
    /// The width of the text column.
    pub text: u16,
    /// The free columns before the text column, which wide code and tables may use.
    pub before: u16,
    /// The free columns behind it.
    pub behind: u16,
}

impl From<u16> for PageWidth {
    /// A page with nothing beside its text column.
    fn from(text: u16) -> Self {
        Self { text, before: 0, behind: 0 }
    }
}

/// A typeset line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// The segments from left to right, without overlap.
    pub segments: Vec<Segment>,
    /// The bytes of the block's text that belong to this line, white space at its end
    /// included. Empty for ornaments and blank lines; the ranges of a block's lines ascend.
    pub range: Range<usize>,
    /// For a line that overflows the page: the column from which it moves when the reader
    /// scrolls sideways. `None` for a line that was broken to fit.
    pub scrolls_from: Option<u16>,
    /// How many columns before the text column it begins. Its columns are counted from there.
    pub outdent: u16,
    /// The row of a picture that it is, beside the margin that its segments are.
    pub picture: Option<PicturePart>,
}

/// A row of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PicturePart {
    /// The number of the image, for [`crate::text::Document::link`].
    pub link: usize,
    /// First column, from the left edge of the line.
    pub column: u16,
    /// Which row of the picture it is, from 0.
    pub row: u16,
    /// The size of the whole picture.
    pub size: PictureSize,
}

/// A stretch of a line in one style.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// First column, from the left edge of the line.
    pub column: u16,
    /// Width in columns.
    pub width: u16,
    /// The content that is shown there.
    pub content: SegmentContent,
    /// The author's style.
    pub style: Style,
    /// The part of the page that it belongs to.
    pub role: Role,
}

/// The content of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SegmentContent {
    /// Bytes of the block's text. Holds no line break.
    Text(Range<usize>),
    /// Something that is not in the text: a bullet, a bar, a rule.
    Ornament(String),
}

/// The part of a page that a segment belongs to; the theme decides what it looks like.
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
    /// The title of what follows.
    Title,
    /// Quoted text.
    Quote,
    /// Rules, borders, bullets, bars of quotes.
    Ornament,
    /// A rule above or below code, with the name of its language.
    CodeRule,
    /// What the reader wrote.
    Words,
    /// What says where she can write, or how to see what is hidden.
    Hint,
    /// An answer to choose, or what shows one.
    Answer,
    /// An exercise's bar and name.
    Exercise,
    /// An alert's bar and name.
    Alert(crate::text::document::AlertKind),
}

impl Line {
    /// The first column after the last segment.
    pub fn end(&self) -> u16 {
        self.segments.last().map_or(0, |last| last.column.saturating_add(last.width))
    }

    /// The columns that it has on a page of this width.
    pub fn room(&self, page: PageWidth) -> u16 {
        self.outdent.saturating_add(page.text).saturating_add(page.behind)
    }

    /// Returns whether any part of a segment is in sight on a page of this width that is scrolled
    /// sideways by `scroll` columns.
    pub fn shows(&self, segment: &Segment, scroll: u16, page: PageWidth) -> bool {
        let width = self.room(page);
        let Some(left) = self.scrolls_from.filter(|left| segment.column >= *left) else { return true };
        let end = segment.column.saturating_add(segment.width);
        end.saturating_sub(scroll) > left && segment.column.saturating_sub(scroll) < width
    }

    /// Returns whether any text of the block belongs to the line.
    pub(crate) fn has_text(&self) -> bool {
        !self.range.is_empty()
    }
}

impl Segment {
    /// Returns whether the segment shows this byte of the block's text.
    pub(crate) fn holds(&self, offset: usize) -> bool {
        matches!(&self.content, SegmentContent::Text(range) if range.contains(&offset))
    }
}

/// Converts columns; what does not fit becomes the largest number.
pub(crate) fn saturated(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
