//! The bounds on what one text may become.
//!
//! Owns the numbers alone, so that every file of this room, and the tests, can name them.

/// The most bytes of text in one block of running or preformatted text. A longer one is split
/// at white space into several blocks (see [`crate::text::Block::continues`]), so that laying
/// out one block is never much work.
pub const MAX_BLOCK_BYTES: usize = 16 * 1024;

/// The most bytes of text in one table. A longer one is split between two rows. It is larger
/// than [`MAX_BLOCK_BYTES`] because the columns of a table that was split need not line up.
pub const MAX_TABLE_BYTES: usize = 64 * 1024;

/// The most bytes of a heading. A longer one becomes a paragraph.
pub const MAX_HEADING_BYTES: usize = 4 * 1024;

/// The most columns of a table. The rows of a wider one become paragraphs.
pub const MAX_TABLE_COLUMNS: usize = 64;

/// The most bytes in one row of a table. A longer row becomes a paragraph.
pub const MAX_ROW_BYTES: usize = 16 * 1024;

/// The most exercises of a lesson. What is written like one beyond stays a quote.
pub const MAX_EXERCISES: usize = 200;

/// The most frames around a block. A block that nests deeper keeps its text and loses the
/// frames beyond.
pub const MAX_FRAMES: usize = 32;
