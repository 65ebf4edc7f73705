//! Typesetting: a [`Document`](crate::text::Document) becomes lines for a width.
//!
//! Owns line breaking, indents, tables, and the mapping between a
//! [`Position`](crate::text::Position) in the text and a [`PageRow`] on the page. Must not know of
//! colours, terminals or courses.

mod block_layout;
mod code;
pub mod highlight;
mod layout;
mod lazy;
pub mod line;
mod margin;
mod records;
mod spacing;
mod table;
mod wrap;

pub use lazy::{Page, PageRow, Top};
pub use line::{Line, PageWidth, Role, Segment, SegmentContent, Wide};

use crate::text::Document;

/// Lays out a block on a page of this width in columns, for lines that are used once: a page would
/// keep them.
pub fn lines(document: &Document, block: usize, width: u16) -> Box<[Line]> {
    layout::lay_out(document, block, width.into(), Wide::Broken)
}
