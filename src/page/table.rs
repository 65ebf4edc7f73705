//! Lays out tables in columns.
//!
//! Owns how columns share the width of the page. Must not choose line breaks; `wrap` does.

use crate::page::block_layout::BlockLayout;
use crate::page::line::Role;
use crate::page::margin::ornament;
use crate::page::wrap::{self, WrappedLine};
use crate::text::document::{Alignment, Table};
use crate::text::{Block, columns};
use std::ops::Range;

/// The width of the gap between two columns of a table.
pub(super) const GAP: usize = 2;

/// The largest width of a column in a table that overflows the page, so that a cell of running
/// text can be read without scrolling.
const CELL: usize = 48;

/// The largest width that a single word can claim for its column, so that a long URL in one
/// cell does not force the table into records.
const WORD: usize = 16;

/// Lays out a table in columns. `None` where there is no room for columns and it may not overflow
/// the page.
pub(crate) fn lay_out(layout: &mut BlockLayout<'_>, table: &Table) -> Option<()> {
    let left = layout.left();
    let widths = if layout.overflows_from(left) {
        let widths = per_column(table, |cell| width(layout.block, cell).clamp(1, CELL));
        fix_columns(layout, &widths);
        Some(widths)
    } else {
        widths(layout, table)
    };
    let widths = widths?;
    layout.widen_to(total(&widths));
    in_columns(layout, table, &widths);
    Some(())
}

/// Decides which columns of a table that need not fit move when the reader scrolls sideways: none if
/// it fits, else all but the first, unless that leaves little room for the others.
fn fix_columns(layout: &mut BlockLayout<'_>, widths: &[usize]) {
    let first = widths.first().map_or(0, |first| first + GAP);
    if total(widths) <= layout.broad_measure() {
        layout.fits_the_page();
    } else if 2 * first <= layout.broad_measure() {
        let left = layout.left();
        layout.overflows_from(left + first);
    }
}

/// The width of a table with columns of these widths.
fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Shares the measure among the columns of the table, the broad one if the table needs it; `None`
/// when there is no room.
///
/// Every column gets the width of its widest word, up to [`WORD`]. The rest goes to those that
/// lack width in equal shares, the columns that lack least first, so that a narrow column gets
/// all it needs before a wide one gets more than its share.
fn widths(layout: &BlockLayout<'_>, table: &Table) -> Option<Vec<usize>> {
    let block = layout.block;
    let natural = per_column(table, |cell| width(block, cell).max(1));
    let whole = total(&natural);
    if whole <= layout.broad_measure() {
        return Some(natural);
    }
    let room = layout.broad_measure().checked_sub(GAP * natural.len().saturating_sub(1))?;
    let mut widths = per_column(table, |cell| wrap::widest_word(block, cell, WORD).max(1));
    let mut room_left = room.checked_sub(widths.iter().sum())?;
    let lack = |widths: &[usize], column: usize| {
        natural.get(column).copied().unwrap_or(0).saturating_sub(widths.get(column).copied().unwrap_or(0))
    };
    let mut lacking: Vec<usize> = (0..natural.len()).filter(|column| lack(&widths, *column) > 0).collect();
    lacking.sort_by_key(|column| lack(&widths, *column));
    let mut left = lacking.len();
    for column in lacking {
        let more = (room_left / left).min(lack(&widths, column));
        if let Some(width) = widths.get_mut(column) {
            *width += more;
        }
        room_left -= more;
        left -= 1;
    }
    Some(widths)
}

/// The width of the widest line of a cell, which may have line breaks of the author's.
fn width(block: &Block, cell: &Range<usize>) -> usize {
    let text = block.text.get(cell.clone()).unwrap_or_default();
    text.split('\n').map(columns::width).max().unwrap_or(0)
}

/// Measures all cells, and returns the largest measure of each column.
fn per_column(table: &Table, measure: impl Fn(&Range<usize>) -> usize) -> Vec<usize> {
    let mut widest = vec![0; table.alignments.len()];
    for row in &table.rows {
        for (cell, widest) in row.iter().zip(&mut widest) {
            *widest = measure(cell).max(*widest);
        }
    }
    widest
}

/// Lays out the table in columns: header, rule, rows. Blank lines separate the rows when most of
/// them have several lines.
fn in_columns(layout: &mut BlockLayout<'_>, table: &Table, widths: &[usize]) {
    let text = layout.block.text.as_str();
    let is_broken = |cell: &Range<usize>, width: usize| {
        let cell = text.get(cell.clone()).unwrap_or_default();
        cell.len() > width && columns::width(cell) > width || cell.contains('\n')
    };
    let body = table.rows.iter().skip(1);
    let broken = body.filter(|row| row.iter().zip(widths).any(|(cell, width)| is_broken(cell, *width)));
    let is_spaced = 2 * broken.count() > table.rows.len().saturating_sub(1);
    for (index, row) in table.rows.iter().enumerate() {
        if index == 0 && row.iter().all(Range::is_empty) {
            continue;
        }
        if index > 1 && is_spaced {
            let segments = layout.begin_line();
            layout.add_line(segments, 0);
        }
        lay_out_row(layout, table, widths, row, row_role(index));
        if index == 0 {
            header_rule(layout, widths);
        }
    }
}

/// Adds a rule under each column of the header.
pub(super) fn header_rule(layout: &mut BlockLayout<'_>, widths: &[usize]) {
    let mut segments = layout.begin_line();
    let mut column = layout.left();
    for width in widths {
        segments.push(ornament(column, "─".repeat(*width), Role::Ornament));
        column += width + GAP;
    }
    layout.add_line(segments, 0);
}

/// Lays out the cells of a row side by side. All of the row's text belongs to its first line.
fn lay_out_row(
    layout: &mut BlockLayout<'_>,
    table: &Table,
    widths: &[usize],
    row: &[Range<usize>],
    role: Role,
) {
    let block = layout.block;
    let cells: Vec<Vec<WrappedLine>> =
        row.iter().zip(widths).map(|(cell, width)| wrap::wrap(block, cell.clone(), *width)).collect();
    let end = row.last().map_or(0, |cell| cell.end + 1).min(block.text.len());
    for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        let mut segments = layout.begin_line();
        let mut column = layout.left();
        for ((cell, width), alignment) in cells.iter().zip(widths).zip(&table.alignments) {
            if let Some(piece) = cell.get(line) {
                let spare = width.saturating_sub(piece.width);
                let indent = match alignment {
                    Alignment::Left => 0,
                    Alignment::Centre => spare / 2,
                    Alignment::Right => spare,
                };
                layout.append_line(&mut segments, column + indent, piece, role);
            }
            column += width + GAP;
        }
        layout.add_line(segments, end);
    }
}

/// The part of the page that a row of the table belongs to.
pub(super) fn row_role(index: usize) -> Role {
    if index == 0 { Role::TableHeader } else { Role::Body }
}
