//! A table while it is read.
//!
//! Owns where cells begin and end and when a table is too large for one block. Must not
//! know how wide anything is.

use crate::text::BlockKind;
use crate::text::document::{Alignment, Table};
use crate::text::inline::Inline;
use crate::text::markdown::{TABLE, TABLE_COLUMNS, TABLE_ROW};
use std::ops::Range;

/// Cells and rows, growing.
#[derive(Debug)]
pub(crate) struct TableBuilder {
    inline: Inline,
    alignments: Vec<Alignment>,
    /// How many columns the author gave, which may be more than are set.
    columns: usize,
    rows: Vec<Vec<Range<usize>>>,
    row: Vec<Range<usize>>,
    /// Where the cell being filled begins, and where the row.
    cell_start: usize,
    row_start: usize,
    /// How many styled parts the rows before this one have.
    row_spans: usize,
}

impl TableBuilder {
    pub(crate) fn new(alignments: &[pulldown_cmark::Alignment]) -> Self {
        Self {
            inline: Inline::default(),
            columns: alignments.len(),
            alignments: alignments.iter().take(TABLE_COLUMNS).copied().map(alignment).collect(),
            rows: Vec::new(),
            row: Vec::new(),
            cell_start: 0,
            row_start: 0,
            row_spans: 0,
        }
    }

    pub(crate) fn inline(&mut self) -> &mut Inline {
        &mut self.inline
    }

    pub(crate) fn end_cell(&mut self) {
        self.inline.trim();
        // Trimming must not eat the break behind the cell before.
        let end = self.inline.text.len().max(self.cell_start);
        self.row.push(self.cell_start..end);
        self.inline.text.push('\n');
        self.cell_start = self.inline.text.len();
    }

    /// Ends the row; gives it back when it is too wide or too long to be set in a table.
    pub(crate) fn end_row(&mut self) -> Option<Inline> {
        let end = self.inline.text.len();
        if self.columns > TABLE_COLUMNS || end - self.row_start > TABLE_ROW {
            return self.take_row();
        }
        let mut row = std::mem::take(&mut self.row);
        row.resize(self.columns, end..end);
        self.rows.push(row);
        self.row_start = end;
        self.row_spans = self.inline.spans.len();
        None
    }

    /// Takes back what has come since the last row ended. The parser gives text outside of
    /// all cells when it has had enough of a table whose rows are too short.
    pub(crate) fn take_row(&mut self) -> Option<Inline> {
        let start = self.row_start;
        self.row.clear();
        self.cell_start = start;
        let mut text = self.inline.text.split_off(start);
        let mut spans = self.inline.spans.split_off(self.row_spans);
        for span in &mut spans {
            span.range = span.range.start - start..span.range.end - start;
        }
        text.truncate(text.trim_end().len());
        (!text.is_empty()).then_some(Inline { text, spans })
    }

    /// Whether the rows so far fill a block.
    pub(crate) fn is_full(&self) -> bool {
        self.inline.text.len() >= TABLE
    }

    /// The rows so far. The next part has an empty header.
    pub(crate) fn take_part(&mut self) -> Option<(BlockKind, Inline)> {
        let next = Self {
            inline: Inline::default(),
            alignments: self.alignments.clone(),
            columns: self.columns,
            rows: vec![vec![0..0; self.columns]],
            row: Vec::new(),
            cell_start: 0,
            row_start: 0,
            row_spans: 0,
        };
        std::mem::replace(self, next).finish()
    }

    /// The block, unless there is nothing in it.
    pub(crate) fn finish(mut self) -> Option<(BlockKind, Inline)> {
        if self.inline.text.is_empty() {
            return None;
        }
        self.inline.text.truncate(self.inline.text.len() - 1);
        let end = self.inline.text.len();
        for cell in self.rows.iter_mut().flatten() {
            *cell = cell.start.min(end)..cell.end.min(end);
        }
        Some((BlockKind::Table(Table { alignments: self.alignments, rows: self.rows }), self.inline))
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Centre,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
