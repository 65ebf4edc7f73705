//! Builds a table row by row, of Markdown or HTML.
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
    /// For each column of an HTML table, the number of rows that a cell above reaches into.
    reaching: Vec<usize>,
    /// Whether each row may have more cells than those before, as in HTML.
    grows: bool,
}

impl TableBuilder {
    /// Begins a table of Markdown with one column for each alignment, up to [`MAX_TABLE_COLUMNS`].
    pub(crate) fn new(alignments: &[pulldown_cmark::Alignment]) -> Self {
        let columns = alignments.len();
        let alignments = alignments.iter().take(MAX_TABLE_COLUMNS).copied().map(alignment).collect();
        Self::with(alignments, columns, Vec::new(), false)
    }

    /// Begins a table of HTML, which has as many columns as its longest row, and an empty header.
    pub(crate) fn growing() -> Self {
        Self::with(Vec::new(), 0, vec![Vec::new()], true)
    }

    /// Makes the first row the header instead of the empty one.
    pub(crate) fn make_header(&mut self) {
        if let [header, _] = self.rows.as_slice()
            && header.is_empty()
        {
            self.rows.remove(0);
        }
    }

    fn with(alignments: Vec<Alignment>, columns: usize, rows: Vec<Vec<Range<usize>>>, grows: bool) -> Self {
        Self {
            inline: InlineText::default(),
            alignments,
            columns,
            rows,
            row: Vec::new(),
            cell_start: 0,
            row_start: 0,
            row_spans: 0,
            reaching: Vec::new(),
            grows,
        }
    }

    /// The text that the open cell is appended to.
    pub(crate) fn inline(&mut self) -> &mut InlineText {
        &mut self.inline
    }

    /// Begins a cell that spans several rows and columns of the table. An alignment is that of its
    /// column.
    pub(crate) fn begin_cell(&mut self, alignment: Option<Alignment>, rows: usize, columns: usize) {
        while self.reaching.get(self.row.len()).is_some_and(|rows| *rows > 0) {
            self.end_cell();
        }
        let column = self.row.len();
        for column in (column..column + columns).take_while(|column| *column < MAX_TABLE_COLUMNS) {
            if self.alignments.len() <= column {
                self.alignments.resize(column + 1, Alignment::Left);
                self.reaching.resize(column + 1, 0);
            }
            if let (Some(reaching), Some(aligned)) =
                (self.reaching.get_mut(column), self.alignments.get_mut(column))
            {
                *reaching = rows;
                *aligned = alignment.unwrap_or(*aligned);
            }
        }
    }

    /// Ends the open cell, and adds empty ones for the other columns that it spans.
    pub(crate) fn end_wide_cell(&mut self, columns: usize) {
        self.end_cell();
        for _ in 1..columns.min(MAX_TABLE_COLUMNS) {
            self.end_cell();
        }
    }

    /// Appends a line break that the author wrote to the open cell.
    pub(crate) fn hard_break(&mut self) {
        if self.has_text() {
            self.inline.push_hard_break();
        }
    }

    /// Lets the next text begin a line of the open cell.
    pub(crate) fn begin_line(&mut self) {
        if self.has_text() {
            self.inline.begin_line();
        }
    }

    /// Returns whether the open cell has text.
    pub(crate) fn has_text(&self) -> bool {
        self.inline.text.len() > self.cell_start
    }

    /// Ends the open cell.
    pub(crate) fn end_cell(&mut self) {
        self.inline.drop_breaks();
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
        if self.grows {
            self.columns = self.columns.max(self.row.len().min(MAX_TABLE_COLUMNS));
            self.reaching.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
        let is_wide = self.columns > MAX_TABLE_COLUMNS || self.row.len() > MAX_TABLE_COLUMNS;
        if is_wide || end - self.row_start > MAX_ROW_BYTES {
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
        self.inline.drop_breaks();
        let mut text = self.inline.text.split_off(start);
        let mut spans = self.inline.spans.split_off(self.row_spans);
        for span in &mut spans {
            span.range = span.range.start - start..span.range.end - start;
        }
        // A formula that is spilled is not known as one.
        self.inline.notations.retain(|notation| notation.range.end <= start);
        text.truncate(text.trim_end().len());
        (!text.is_empty()).then(|| InlineText::new(text, spans))
    }

    /// Returns whether the rows so far fill a block, by [`MAX_TABLE_BYTES`].
    pub(crate) fn is_full(&self) -> bool {
        self.inline.text.len() >= MAX_TABLE_BYTES
    }

    /// Removes and returns the rows so far as a block. The table goes on with an empty header.
    pub(crate) fn take_filled_rows(&mut self) -> Option<(BlockKind, InlineText)> {
        let header = vec![vec![0..0; self.columns.min(MAX_TABLE_COLUMNS)]];
        let mut next = Self::with(self.alignments.clone(), self.columns, header, self.grows);
        next.reaching = std::mem::take(&mut self.reaching);
        std::mem::replace(self, next).finish()
    }

    /// Returns the table as a block; `None` when it has no text.
    pub(crate) fn finish(mut self) -> Option<(BlockKind, InlineText)> {
        if self.inline.text.is_empty() {
            return None;
        }
        if self.grows {
            self.alignments.resize(self.columns, Alignment::Left);
            // Later rows may have been longer.
            for row in &mut self.rows {
                let end = row.last().map_or(0, |last| last.end);
                row.resize(self.columns, end..end);
            }
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
