//! Adds tables to a document under construction.
//!
//! Owns what becomes of a table, and of its rows that are too wide or too long, among the blocks.
//! Must not know where the cells of a row begin and end.

use crate::text::blocks::DocumentBuilder;
use crate::text::document::{Alignment, Style};
use crate::text::inline::InlineText;
use crate::text::tables::TableBuilder;

impl DocumentBuilder {
    /// Begins a table. One within a cell becomes lines of that cell.
    pub(crate) fn start_table(&mut self, table: TableBuilder) {
        self.close_block();
        match self.table {
            Some(_) => self.nested_tables += 1,
            None => self.table = Some(table),
        }
    }

    /// Returns whether a table is open.
    pub(crate) fn has_table(&self) -> bool {
        self.table.is_some()
    }

    /// Returns whether the open table is within a cell of another.
    pub(crate) fn is_in_nested_table(&self) -> bool {
        self.nested_tables > 0
    }

    /// Makes the first row of an HTML table, which has just ended, its header.
    pub(crate) fn make_header(&mut self) {
        if let Some(table) = &mut self.table {
            table.make_header();
        }
    }

    /// Begins a cell of an HTML table, which spans several rows and columns.
    pub(crate) fn begin_cell(&mut self, alignment: Option<Alignment>, rows: usize, columns: usize) {
        if let (Some(table), 0) = (&mut self.table, self.nested_tables) {
            table.begin_cell(alignment, rows, columns);
        }
    }

    /// Ends the open cell, which spans this many columns.
    pub(crate) fn end_cell(&mut self, columns: usize) {
        self.leaf = None;
        match (&mut self.table, self.nested_tables) {
            (Some(table), 0) => {
                self.completed += 1;
                table.end_wide_cell(columns);
            }
            _ => self.append(" ", Style::default()),
        }
    }

    /// Ends the open row.
    pub(crate) fn end_row(&mut self) {
        if self.nested_tables > 0 {
            return self.begin_line();
        }
        let Some(table) = &mut self.table else { return };
        let spilled = table.end_row();
        if (spilled.is_some() || table.is_full())
            && let Some((kind, inline)) = table.take_filled_rows()
        {
            self.push(kind, inline, true);
        }
        if let Some(row) = spilled {
            self.spill(&row);
        }
    }

    /// Adds a row that is too wide or too long for a table as a paragraph.
    fn spill(&mut self, row: &InlineText) {
        let table = self.table.take();
        let mut at = 0;
        for span in &row.spans {
            self.spill_plain(row.text.get(at..span.range.start).unwrap_or_default());
            self.append(row.text.get(span.range.clone()).unwrap_or_default(), span.style);
            at = span.range.end;
        }
        self.spill_plain(row.text.get(at..).unwrap_or_default());
        self.close_block();
        self.table = table;
    }

    /// Appends a piece of such a row, with a bar between its cells.
    fn spill_plain(&mut self, part: &str) {
        self.append(&part.replace('\n', " | "), Style::default());
    }

    /// Ends the table, if there is one.
    pub(crate) fn end_table(&mut self) {
        if self.nested_tables > 0 {
            self.nested_tables -= 1;
            return self.begin_line();
        }
        let Some(mut table) = self.table.take() else { return };
        self.completed += 1;
        let rest = table.take_unfinished_row();
        if let Some((kind, inline)) = table.finish() {
            self.push(kind, inline, rest.is_some());
        }
        if let Some(rest) = rest {
            self.spill(&rest);
        }
    }
}
