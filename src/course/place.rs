//! A place in a course that is kept: it outlives the sitting, the terminal's size
//! and small edits to the lesson.

use crate::course::LessonId;
use crate::text::{Document, Position};
use serde::{Deserialize, Serialize};

/// A point in a lesson, with enough of a fingerprint to find it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The lesson.
    pub lesson: LessonId,
    /// Index of the block.
    pub block: usize,
    /// Bytes from the start of the block's text.
    pub offset: usize,
    /// CRC-32 of the block's text when the place was kept.
    pub print: u32,
}

impl Place {
    /// The place of a position in a lesson's document.
    pub fn at(lesson: LessonId, document: &Document, position: Position) -> Self {
        let print =
            document.blocks.get(position.block).map_or(0, |block| crc32fast::hash(block.text.as_bytes()));
        Self { lesson, block: position.block, offset: position.offset, print }
    }

    /// Where the place is in the document as it is now: in the block with the same
    /// text that lies nearest to where it was, else in the same block, else at the end.
    pub fn find(&self, document: &Document) -> Position {
        let matches = |index: &usize| {
            document
                .blocks
                .get(*index)
                .is_some_and(|block| crc32fast::hash(block.text.as_bytes()) == self.print)
        };
        let block = if matches(&self.block) {
            self.block
        } else {
            (0..document.blocks.len())
                .filter(matches)
                .min_by_key(|index| index.abs_diff(self.block))
                .unwrap_or_else(|| self.block.min(document.blocks.len().saturating_sub(1)))
        };
        let length = document.blocks.get(block).map_or(0, |block| block.text.len());
        Position { block, offset: self.offset.min(length) }
    }
}
