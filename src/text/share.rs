//! How much of a text lies before a place, and which place so much of it lies before.
//!
//! Owns how that is counted: of a long text by the bytes of its portions, as the others are not read for it.
//! Must not read more of it than a few portions.

use crate::text::document::Position;
use crate::text::long::Document;
use std::cell::Cell;

impl Document {
    /// How much of the text lies before a position, and how much there is in all. Only the
    /// position's own portion is needed for it.
    pub fn progress(&self, position: Position) -> (u64, u64) {
        let (portion, within) = Self::within(position.block);
        let Some(parsed) = self.portion(portion) else { return (0, 0) };
        let (mut before, mut all) = (0, 0);
        for (index, block) in parsed.blocks.iter().enumerate() {
            let length = block.text.len();
            all += length as u64;
            before += match index.cmp(&within) {
                std::cmp::Ordering::Less => length as u64,
                std::cmp::Ordering::Equal => position.offset.min(length) as u64,
                std::cmp::Ordering::Greater => 0,
            };
        }
        match self.bytes_of(portion) {
            Some((bytes, whole)) => (bytes.start + (bytes.end - bytes.start) * before / all.max(1), whole),
            None => (before, all),
        }
    }

    /// The position that so many per cent of the text lie before, as [`Document::progress`] counts
    /// them. Of a long text, only a few portions are read for it.
    pub fn position_at(&self, per_cent: u64) -> Position {
        let per_cent = per_cent.min(100);
        let reaches = |position: Position| {
            let (before, all) = self.progress(position);
            before * 100 <= all * per_cent
        };
        let block = |index| Position { block: index, offset: 0 };
        // One portion that is not in memory is enough to ask for: the next look goes further.
        let is_asked = Cell::new(false);
        let has_begun = |portion: usize| {
            let is_known = !is_asked.get() && self.blocks_in(portion) > 0;
            is_asked.set(is_asked.get() || (!is_known && !self.has(portion)));
            is_known && reaches(block(Self::index(portion, 0)))
        };
        let portion = last_where(self.portions(), has_begun);
        let within =
            last_where(self.blocks_in(portion), |within| reaches(block(Self::index(portion, within))));
        let index = Self::index(portion, within);
        let length = self.block(index).map_or(0, |block| block.text.len());
        let offset = last_where(length, |offset| reaches(Position { block: index, offset }));
        Position { block: index, offset }
    }
}

/// The last of so many indices for which something holds that holds for none after one for which it
/// does not; the first where it holds for none.
fn last_where(length: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut last, mut beyond) = (0, length);
    while beyond > last + 1 {
        let middle = last.midpoint(beyond);
        if holds(middle) {
            last = middle;
        } else {
            beyond = middle;
        }
    }
    last
}
