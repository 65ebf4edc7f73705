//! A place in a course that can be saved: it survives the end of the session, another size of the
//! terminal and small edits to the lesson.
//!
//! Owns how it is found again. Must not know what is saved at a place.

use crate::course::ids::LessonId;
use crate::text::{Block, Document, Position};
use serde::{Deserialize, Serialize};

/// A point in a lesson, with a fingerprint of its block to find it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The lesson.
    pub lesson: LessonId,
    /// Index of the block.
    pub block: usize,
    /// Bytes from the start of the block's text.
    pub offset: usize,
    /// CRC-32 of the block's text when the place was saved: its fingerprint.
    #[serde(rename = "print")]
    pub fingerprint: u32,
}

impl Place {
    /// Makes the place of a position in a lesson's document.
    pub fn new(lesson: LessonId, document: &Document, position: Position) -> Self {
        let fingerprint =
            document.block(position.block).map_or(0, |block| crc32fast::hash(block.text.as_bytes()));
        Self { lesson, block: position.block, offset: position.offset, fingerprint }
    }

    /// Finds the place in the document as it is now: in the nearest block with the same text, else
    /// in the block with the same index, else at the end.
    pub fn find(&self, document: &Document) -> Position {
        let matches = |block: &Block| crc32fast::hash(block.text.as_bytes()) == self.fingerprint;
        let block = if document.block(self.block).is_some_and(matches) {
            self.block
        } else {
            document
                .blocks_near(self.block)
                .filter(|(_, block)| matches(block))
                .map(|(index, _)| index)
                .min_by_key(|index| index.abs_diff(self.block))
                .unwrap_or_else(|| document.nearest(self.block))
        };
        let length = document.block(block).map_or(0, |block| block.text.len());
        Position { block, offset: self.offset.min(length) }
    }
}
