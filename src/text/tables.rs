//! Builds a table from the parser's events.
//!
//! Owns where cells begin and end, and when a table is too large for one block. Must not know
//! of widths.

use crate::text::document::{Alignment, BlockKind, Table};
use crate::text::inline::InlineText;
use crate::text::limits::{MAX_ROW_BYTES, MAX_TABLE_BYTES, MAX_TABLE_COLUMNS};
use std::ops::Range;

/// A table under construction.
#[derive(Debug)]
pub(crate) struct TableBuilder {
    inline: InlineText,
    alignments: Vec<Alignment>,
    /// The number of columns that the author gave, which may be more than a table may have.
    columns: usize,
    rows: Vec<Vec<Range<usize>>>,
    row: Vec<Range<usize>>,
    /// The bytes of the text at which the open cell and the open row begin.
    cell_start: usize,
    row_start: usize,
    /// The number of spans that belong to the rows before the open one.
    row_spans: usize,
}

impl TableBuilder {
    /// Begins a table with one column for each alignment, up to [`MAX_TABLE_COLUMNS`].
    pub(crate) fn new(alignments: &[pulldown_cmark::Alignment]) -> Self {
        Self {
            inline: InlineText::default(),
            columns: alignments.len(),
            alignments: alignments.iter().take(MAX_TABLE_COLUMNS).copied().map(alignment).collect(),
            rows: Vec::new(),
            row: Vec::new(),
            cell_start: 0,
            row_start: 0,
            row_spans: 0,
        }
    }

    /// The text that the open cell is appended to.
    pub(crate) fn inline(&mut self) -> &mut InlineText {
        &mut self.inline
    }

    /// Ends the open cell.
    pub(crate) fn end_cell(&mut self) {
        self.inline.trim();
        // Trimming must not remove the break after the cell before.
        let end = self.inline.text.len().max(self.cell_start);
        self.row.push(self.cell_start..end);
        self.inline.text.push('\n');
        self.cell_start = self.inline.text.len();
    }

    /// Ends the row. Returns its text instead when it is too wide or too long for a table.
    pub(crate) fn end_row(&mut self) -> Option<InlineText> {
        let end = self.inline.text.len();
        if self.columns > MAX_TABLE_COLUMNS || end - self.row_start > MAX_ROW_BYTES {
            return self.take_unfinished_row();
        }
        let mut row = std::mem::take(&mut self.row);
        row.resize(self.columns, end..end);
        self.rows.push(row);
        self.row_start = end;
        self.row_spans = self.inline.spans.len();
        None
    }

    /// Removes and returns the text since the last complete row. The parser emits text outside
    /// of all cells when it gives up on a table whose rows are too short.
    pub(crate) fn take_unfinished_row(&mut self) -> Option<InlineText> {
        let start = self.row_start;
        self.row.clear();
        self.cell_start = start;
        let mut text = self.inline.text.split_off(start);
        let mut spans = self.inline.spans.split_off(self.row_spans);
        for span in &mut spans {
            span.range = span.range.start - start..span.range.end - start;
        }
        text.truncate(text.trim_end().len());
        let notations =
            self.inline.notations.iter().take_while(|notation| notation.range.end <= start).count();
        let mut notations = self.inline.notations.split_off(notations);
        for notation in &mut notations {
            notation.range = notation.range.start - start..notation.range.end - start;
        }
        (!text.is_empty()).then_some(InlineText { text, spans, notations })
    }

    /// Returns whether the rows so far fill a block, by [`MAX_TABLE_BYTES`].
    pub(crate) fn is_full(&self) -> bool {
        self.inline.text.len() >= MAX_TABLE_BYTES
    }

    /// Removes and returns the rows so far as a block. The table goes on with an empty header.
    pub(crate) fn take_filled_rows(&mut self) -> Option<(BlockKind, InlineText)> {
        let next = Self {
            inline: InlineText::default(),
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

    /// Returns the table as a block; `None` when it has no text.
    pub(crate) fn finish(mut self) -> Option<(BlockKind, InlineText)> {
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
