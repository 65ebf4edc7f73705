//! What stays where it is while the page around it changes.
//!
//! Owns the row that a reader sees first, before and after pictures come or go. Must not change the
//! state: `update` does.

use crate::page::{PageRow, Top};
use crate::reader::paged_text::PagedText;
use crate::reader::state::State;
use crate::reader::world::World;

/// A row of the text that stays where it is while pictures come and go around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextAnchor {
    row: PageRow,
    /// The rows of a picture that its block had.
    picture_rows: usize,
}

impl TextAnchor {
    /// What stands in the first row of the text that is read.
    pub fn of(state: &State, world: &World) -> Option<Self> {
        let paged = world.paged_text(state.reading.lesson)?;
        let row = paged.first(state.reading.top, state.geometry().text_height());
        Some(Self { row, picture_rows: paged.page.picture_rows(paged.document, row.block) })
    }

    /// What has to stand at the top, so that the row stays where it is. The beginning of a block stays
    /// its beginning: a picture that has come is seen there.
    pub(in crate::reader) fn top(self, state: &State, world: &World) -> Option<Top> {
        let Self { row: PageRow { block, line }, picture_rows } = self;
        let PagedText { document, page } = world.paged_text(state.reading.lesson)?;
        let rows = page.picture_rows(document, block);
        let line = match line.checked_sub(picture_rows) {
            Some(below) if line > 0 => rows + below,
            _ => line.min(rows),
        };
        Some(page.top(document, PageRow { block, line }))
    }
}
