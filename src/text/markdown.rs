//! Markdown becomes a [`Document`].
//!
//! Owns which Markdown is understood and how its nesting is flattened into blocks. Must
//! not know of widths, and must not recurse: an author nests deeper than a stack is high.
//!
//! The text of a block is what the reader reads. An image is its alternative text, a
//! hard break `\n`, a soft break a space, a reference to a footnote its number in
//! brackets. Footnotes come last, in the order in which they are first referred to.

use crate::text::blocks::Builder;
use crate::text::{Block, BlockKind, Document, clean, guard, nesting};
use pulldown_cmark::{Options, Parser};

/// The most bytes of text in one block of running or preformatted text. What is longer is
/// cut at white space into several blocks (see [`Block::continues`]), so that laying out
/// one block is never much work.
pub const BLOCK: usize = 16 * 1024;

/// The most bytes of text in one table. It is larger, since in a table that is cut the
/// columns of the parts need not be the same width.
pub const TABLE: usize = 64 * 1024;

/// The most bytes of a heading. What is longer is a paragraph.
pub const HEADING: usize = 4 * 1024;

/// The most columns that are set as a table. The rows of a wider one are text.
pub const TABLE_COLUMNS: usize = 64;

/// The most bytes in one row of a table. What is longer is text.
pub const TABLE_ROW: usize = 16 * 1024;

/// The most frames around a block. What nests deeper keeps its text and loses its frame.
pub const FRAMES: usize = 32;

/// Parses a lesson. Never fails: a document that the parser cannot read says so itself.
pub fn parse(source: &str) -> Document {
    guard::guarded(|| read(source)).unwrap_or_else(unreadable)
}

fn read(source: &str) -> Document {
    let cleaned = clean::clean_source(source);
    let bounded = nesting::bounded(&cleaned);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut builder = Builder::default();
    for event in Parser::new_ext(&bounded, options) {
        builder.event(event);
    }
    builder.finish()
}

/// What stands in place of a lesson that made the parser panic.
fn unreadable() -> Document {
    let text = "This text cannot be shown: the Markdown parser failed on it. \
                Nothing else is affected. Please tell the author of the course.";
    let block = Block {
        kind: BlockKind::Paragraph,
        frames: Vec::new(),
        text: text.to_owned(),
        spans: Vec::new(),
        continues: false,
    };
    Document { blocks: vec![block], links: Vec::new() }
}
