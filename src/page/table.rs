//! Tables.
//!
//! Owns how columns share the width, and what becomes of a table that is too wide for
//! it. Must not break text by itself.

use crate::page::layout::Sheet;
use crate::page::margin::ornament;
use crate::page::wrap::Piece;
use crate::page::{Role, Segment, wrap};
use crate::text::columns;
use crate::text::document::{Alignment, Table};
use std::ops::Range;

/// The columns between two columns of a table.
const GAP: usize = 2;

/// The widest that a column of a table may be that goes on beyond the page, so that a cell of
/// running text can be read without scrolling.
const CELL: usize = 48;

/// The columns from which on a value has room enough beside its label.
const VALUE: usize = 24;

/// The widest that one word may ask a column to be, so that a long address in one cell
/// does not take the table apart.
const WORD: usize = 16;

/// Sets the table in columns, or row by row where there is no room for columns and it may not
/// go on beyond the page.
pub(crate) fn lay_out(sheet: &mut Sheet<'_>, table: &Table) {
    let widths = if sheet.goes_on_beyond(sheet.left()) {
        Some(per_column(&sheet.block.text, table, |cell| columns::width(cell).clamp(1, CELL)))
    } else {
        widths(&sheet.block.text, table, sheet.measure())
    };
    match widths {
        Some(widths) => in_columns(sheet, table, &widths),
        None => in_records(sheet, table),
    }
}

/// The widths of the columns, when the table fits the measure with every cell in a column.
fn widths(text: &str, table: &Table, measure: usize) -> Option<Vec<usize>> {
    let count = table.alignments.len();
    let room = measure.checked_sub(GAP * count.saturating_sub(1))?;
    let natural = per_column(text, table, |cell| columns::width(cell).max(1));
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    let least = per_column(text, table, |cell| wrap::widest_word(cell, WORD).max(1));
    let taken: usize = least.iter().sum();
    let mut room_left = room.checked_sub(taken)?;
    // What is left goes to the columns by what they lack: each narrow one gets all that
    // it needs before a wide one gets more than its more.
    let mut widths = least;
    let mut open: Vec<usize> = (0..count).collect();
    let lack = |widths: &[usize], column: usize| {
        natural.get(column).copied().unwrap_or(0).saturating_sub(widths.get(column).copied().unwrap_or(0))
    };
    open.retain(|column| lack(&widths, *column) > 0);
    open.sort_by_key(|column| lack(&widths, *column));
    let mut left = open.len();
    for column in open {
        let more = (room_left / left).min(lack(&widths, column));
        if let Some(width) = widths.get_mut(column) {
            *width += more;
        }
        room_left -= more;
        left -= 1;
    }
    Some(widths)
}

/// The largest measure of each column's cells.
fn per_column(text: &str, table: &Table, measure: impl Fn(&str) -> usize) -> Vec<usize> {
    let mut widest = vec![0; table.alignments.len()];
    for row in &table.rows {
        for (cell, widest) in row.iter().zip(&mut widest) {
            *widest = measure(text.get(cell.clone()).unwrap_or_default()).max(*widest);
        }
    }
    widest
}

/// Sets the table in columns: header, rule, rows. Blank lines part the rows when one of
/// them has several lines.
fn in_columns(sheet: &mut Sheet<'_>, table: &Table, widths: &[usize]) {
    let text = sheet.block.text.as_str();
    let is_broken = |cell: &Range<usize>, width: usize| {
        let cell = text.get(cell.clone()).unwrap_or_default();
        columns::width(cell) > width || cell.contains('\n')
    };
    let mut body = table.rows.iter().skip(1);
    let roomy = body.any(|row| row.iter().zip(widths).any(|(cell, width)| is_broken(cell, *width)));
    for (index, row) in table.rows.iter().enumerate() {
        if index == 0 && row.iter().all(Range::is_empty) {
            continue;
        }
        if index > 1 && roomy {
            let segments = sheet.begin();
            sheet.add(segments, 0);
        }
        set_row(sheet, table, widths, row, row_role(index));
        if index == 0 {
            header_rule(sheet, widths);
        }
    }
}

fn header_rule(sheet: &mut Sheet<'_>, widths: &[usize]) {
    let mut segments = sheet.begin();
    let mut column = sheet.left();
    for width in widths {
        segments.push(ornament(column, "─".repeat(*width), Role::Ornament));
        column += width + GAP;
    }
    sheet.add(segments, 0);
}

/// Sets the cells of a row side by side. All the row's text counts to its first line.
fn set_row(sheet: &mut Sheet<'_>, table: &Table, widths: &[usize], row: &[Range<usize>], role: Role) {
    let text = sheet.block.text.as_str();
    let cells: Vec<Vec<Piece>> =
        row.iter().zip(widths).map(|(cell, width)| wrap::wrap(text, cell.clone(), *width)).collect();
    let end = row.last().map_or(0, |cell| cell.end + 1).min(text.len());
    for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        let mut segments = sheet.begin();
        let mut column = sheet.left();
        for ((cell, width), alignment) in cells.iter().zip(widths).zip(&table.alignments) {
            if let Some(piece) = cell.get(line) {
                let spare = width.saturating_sub(piece.width);
                let indent = match alignment {
                    Alignment::Left => 0,
                    Alignment::Centre => spare / 2,
                    Alignment::Right => spare,
                };
                sheet.text(&mut segments, column + indent, &piece.shown, piece.width, role);
            }
            column += width + GAP;
        }
        sheet.add(segments, end);
    }
}

/// Sets the header once, and then each row as lines of label and value.
fn in_records(sheet: &mut Sheet<'_>, table: &Table) {
    let text = sheet.block.text.as_str();
    let header = table.rows.first().map(Vec::as_slice).unwrap_or_default();
    let measure = sheet.measure();
    let labels: Vec<String> = header.iter().map(|cell| label(text, cell, measure)).collect();
    for (index, row) in table.rows.iter().enumerate() {
        let mut cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).peekable();
        if cells.peek().is_none() {
            continue;
        }
        if index > 1 {
            let segments = sheet.begin();
            sheet.add(segments, 0);
        }
        for (column, cell) in cells {
            match labels.get(column).filter(|label| index > 0 && !label.is_empty()) {
                Some(label) => set_labelled(sheet, cell, label),
                None => set_value(sheet, cell, 0, None, row_role(index)),
            }
        }
        if index == 0 {
            header_rule(sheet, &[measure]);
        }
    }
}

fn row_role(index: usize) -> Role {
    if index == 0 { Role::TableHeader } else { Role::Body }
}

/// The name of a column before a value, cut short when it is wider than the line.
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

/// Sets a value behind its label, or below it where it would be squeezed there.
fn set_labelled(sheet: &mut Sheet<'_>, cell: &Range<usize>, label: &str) {
    let beside = columns::width(label) + 1;
    let room = sheet.measure().saturating_sub(beside);
    let value = columns::width(sheet.block.text.get(cell.clone()).unwrap_or_default());
    if value <= room || room >= VALUE {
        return set_value(sheet, cell, beside, Some(label), Role::Body);
    }
    let mut segments = sheet.begin();
    segments.push(ornament(sheet.left(), label.to_owned(), Role::TableHeader));
    sheet.add(segments, 0);
    let below = if sheet.measure() > 2 * GAP { GAP } else { 0 };
    set_value(sheet, cell, below, None, Role::Body);
}

/// Sets one cell on lines of its own, set in by so many columns, with the label before the
/// first.
fn set_value(sheet: &mut Sheet<'_>, cell: &Range<usize>, indent: usize, label: Option<&str>, role: Role) {
    let measure = sheet.measure().saturating_sub(indent).max(1);
    let pieces = wrap::wrap(&sheet.block.text, cell.clone(), measure);
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.into_iter().enumerate() {
        let mut segments: Vec<Segment> = sheet.begin();
        if let Some(label) = label.filter(|_| index == 0) {
            segments.push(ornament(sheet.left(), label.to_owned(), Role::TableHeader));
        }
        sheet.text(&mut segments, sheet.left() + indent, &piece.shown, piece.width, role);
        // The break between two cells belongs to the first.
        let end = if index == last { piece.next + 1 } else { piece.next };
        sheet.add(segments, end.min(sheet.block.text.len()));
    }
}
