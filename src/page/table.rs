//! Lays out tables: in columns, or as records where there is no room for columns.
//!
//! Owns how columns share the width of the page. Must not choose line breaks; `wrap` does.

use crate::page::block_layout::BlockLayout;
use crate::page::line::{Role, Segment};
use crate::page::margin::ornament;
use crate::page::wrap::{self, WrappedLine};
use crate::text::columns;
use crate::text::document::{Alignment, Table};
use std::ops::Range;

/// The width of the gap between two columns of a table.
const GAP: usize = 2;

/// The largest width of a column in a table that overflows the page, so that a cell of running
/// text can be read without scrolling.
const CELL: usize = 48;

/// The least width at which a long value is set beside its label instead of below it.
const VALUE: usize = 24;

/// The largest width that a single word can claim for its column, so that a long URL in one
/// cell does not force the table into records.
const WORD: usize = 16;

/// Lays out a table in columns, or as records where there is no room for columns and it may not
/// overflow the page.
pub(crate) fn lay_out(layout: &mut BlockLayout<'_>, table: &Table) {
    let widths = if layout.overflows_from(layout.left()) {
        Some(per_column(&layout.block.text, table, |cell| widest_line(cell).clamp(1, CELL)))
    } else {
        widths(&layout.block.text, table, layout.measure())
    };
    match widths {
        Some(widths) => in_columns(layout, table, &widths),
        None => in_records(layout, table),
    }
}

/// Shares `measure` columns among the columns of the table; `None` when there is no room.
///
/// Every column gets the width of its widest word, up to [`WORD`]. The rest goes to those that
/// lack width in equal shares, the columns that lack least first, so that a narrow column gets
/// all it needs before a wide one gets more than its share.
fn widths(text: &str, table: &Table, measure: usize) -> Option<Vec<usize>> {
    let count = table.alignments.len();
    let room = measure.checked_sub(GAP * count.saturating_sub(1))?;
    let natural = per_column(text, table, |cell| widest_line(cell).max(1));
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    let least = per_column(text, table, |cell| wrap::widest_word(cell, WORD).max(1));
    let taken: usize = least.iter().sum();
    let mut room_left = room.checked_sub(taken)?;
    let mut widths = least;
    let mut lacking: Vec<usize> = (0..count).collect();
    let lack = |widths: &[usize], column: usize| {
        natural.get(column).copied().unwrap_or(0).saturating_sub(widths.get(column).copied().unwrap_or(0))
    };
    lacking.retain(|column| lack(&widths, *column) > 0);
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
fn widest_line(cell: &str) -> usize {
    cell.split('\n').map(columns::width).max().unwrap_or(0)
}

/// Measures all cells, and returns the largest measure of each column.
fn per_column(text: &str, table: &Table, measure: impl Fn(&str) -> usize) -> Vec<usize> {
    let mut widest = vec![0; table.alignments.len()];
    for row in &table.rows {
        for (cell, widest) in row.iter().zip(&mut widest) {
            *widest = measure(text.get(cell.clone()).unwrap_or_default()).max(*widest);
        }
    }
    widest
}

/// Lays out the table in columns: header, rule, rows. Blank lines separate the rows when one of
/// them has several lines.
fn in_columns(layout: &mut BlockLayout<'_>, table: &Table, widths: &[usize]) {
    let text = layout.block.text.as_str();
    let is_broken = |cell: &Range<usize>, width: usize| {
        let cell = text.get(cell.clone()).unwrap_or_default();
        columns::width(cell) > width || cell.contains('\n')
    };
    let mut body = table.rows.iter().skip(1);
    let is_spaced = body.any(|row| row.iter().zip(widths).any(|(cell, width)| is_broken(cell, *width)));
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
fn header_rule(layout: &mut BlockLayout<'_>, widths: &[usize]) {
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
    let text = layout.block.text.as_str();
    let cells: Vec<Vec<WrappedLine>> =
        row.iter().zip(widths).map(|(cell, width)| wrap::wrap(text, cell.clone(), *width)).collect();
    let end = row.last().map_or(0, |cell| cell.end + 1).min(text.len());
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
                layout.append_text(&mut segments, column + indent, &piece.shown, piece.width, role);
            }
            column += width + GAP;
        }
        layout.add_line(segments, end);
    }
}

/// Lays out the header once, and then each row as a record: lines of label and value.
fn in_records(layout: &mut BlockLayout<'_>, table: &Table) {
    let text = layout.block.text.as_str();
    let header = table.rows.first().map(Vec::as_slice).unwrap_or_default();
    let measure = layout.measure();
    let labels: Vec<String> = header.iter().map(|cell| label(text, cell, measure)).collect();
    for (index, row) in table.rows.iter().enumerate() {
        let mut cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).peekable();
        if cells.peek().is_none() {
            continue;
        }
        if index > 1 {
            let segments = layout.begin_line();
            layout.add_line(segments, 0);
        }
        for (column, cell) in cells {
            match labels.get(column).filter(|label| index > 0 && !label.is_empty()) {
                Some(label) => lay_out_labelled(layout, cell, label),
                None => lay_out_value(layout, cell, 0, None, row_role(index)),
            }
        }
        if index == 0 {
            header_rule(layout, &[measure]);
        }
    }
}

fn row_role(index: usize) -> Role {
    if index == 0 { Role::TableHeader } else { Role::Body }
}

/// The label before a value: the name of its column, shortened to fit one line.
fn label(text: &str, cell: &Range<usize>, measure: usize) -> String {
    let name = text.get(cell.clone()).unwrap_or_default().replace('\n', " ");
    if name.is_empty() {
        return name;
    }
    if columns::width(&name) < measure {
        return name + ":";
    }
    let head = wrap::split(&name, measure.saturating_sub(2).max(1)).into_iter().next();
    let head = head.and_then(|(head, _)| name.get(head)).unwrap_or_default();
    format!("{}…:", head.trim_end())
}

/// Lays out a value beside its label, or below it where there is too little room beside.
fn lay_out_labelled(layout: &mut BlockLayout<'_>, cell: &Range<usize>, label: &str) {
    let beside = columns::width(label) + 1;
    let room = layout.measure().saturating_sub(beside);
    let value = columns::width(layout.block.text.get(cell.clone()).unwrap_or_default());
    if value <= room || room >= VALUE {
        return lay_out_value(layout, cell, beside, Some(label), Role::Body);
    }
    let mut segments = layout.begin_line();
    segments.push(ornament(layout.left(), label.to_owned(), Role::TableHeader));
    layout.add_line(segments, 0);
    let below = if layout.measure() > 2 * GAP { GAP } else { 0 };
    lay_out_value(layout, cell, below, None, Role::Body);
}

/// Lays out one cell on lines of its own, indented by `indent` columns, with the label before
/// the first.
fn lay_out_value(
    layout: &mut BlockLayout<'_>,
    cell: &Range<usize>,
    indent: usize,
    label: Option<&str>,
    role: Role,
) {
    let measure = layout.measure().saturating_sub(indent).max(1);
    let pieces = wrap::wrap(&layout.block.text, cell.clone(), measure);
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.into_iter().enumerate() {
        let mut segments: Vec<Segment> = layout.begin_line();
        if let Some(label) = label.filter(|_| index == 0) {
            segments.push(ornament(layout.left(), label.to_owned(), Role::TableHeader));
        }
        layout.append_text(&mut segments, layout.left() + indent, &piece.shown, piece.width, role);
        // The separator between two cells belongs to the first.
        let end = if index == last { piece.next + 1 } else { piece.next };
        layout.add_line(segments, end.min(layout.block.text.len()));
    }
}
