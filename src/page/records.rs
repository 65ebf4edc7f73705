//! Lays out tables that have no room for columns: each row as a record, which is lines of label
//! and value.
//!
//! Owns how a label and its value share the lines. Must not choose line breaks; `wrap` does.

use crate::page::block_layout::BlockLayout;
use crate::page::line::{Role, Segment};
use crate::page::margin::ornament;
use crate::page::table::{GAP, header_rule, row_role};
use crate::page::wrap;
use crate::text::columns;
use crate::text::document::Table;
use std::ops::Range;

/// The least width at which a long value is set beside its label instead of below it.
const VALUE: usize = 24;

/// Lays out each row as a record. The labels of the first are the header itself.
pub(super) fn lay_out(layout: &mut BlockLayout<'_>, table: &Table) {
    let header = table.rows.first().map(Vec::as_slice).unwrap_or_default();
    let has_labels = header.iter().any(|cell| !cell.is_empty());
    if has_labels && let Some(first) = table.rows.get(1) {
        let are_empty = |rows: &[Vec<Range<usize>>]| rows.iter().flatten().all(Range::is_empty);
        // What rows without text have between their cells belongs to this one.
        let end = match table.rows.get(2..) {
            Some(rows) if !are_empty(rows) => first.last().map_or(0, |cell| cell.end + 1),
            _ => layout.block.text.len(),
        };
        lay_out_first(layout, header, first, end.min(layout.block.text.len()));
    }
    let text = layout.block.text.as_str();
    let measure = layout.measure();
    let labels: Vec<String> = header.iter().map(|cell| label(text, cell, measure)).collect();
    let done = if has_labels && table.rows.len() > 1 { 2 } else { 0 };
    for (index, row) in table.rows.iter().enumerate().skip(done) {
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

/// Lays out the first row beside the cells of the header. All of their text belongs to the first
/// line, since the two take turns: up to the byte `end`.
fn lay_out_first(layout: &mut BlockLayout<'_>, header: &[Range<usize>], row: &[Range<usize>], end: usize) {
    let measure = layout.measure();
    let left = layout.left();
    for (name, cell) in header.iter().zip(row).filter(|(name, cell)| !(name.is_empty() && cell.is_empty())) {
        let text = layout.block.text.get(name.clone()).unwrap_or_default();
        let value = columns::width(layout.block.text.get(cell.clone()).unwrap_or_default());
        let beside = if name.is_empty() { 0 } else { columns::width(text) + 2 };
        let room = measure.saturating_sub(beside);
        let is_beside = !text.contains('\n') && room > 0 && (value <= room || room >= VALUE);
        let below = if measure >= 3 * GAP { GAP } else { 0 };
        let indent = if is_beside { beside } else { below };
        let mut values =
            wrap::wrap(layout.block, cell.clone(), (measure - indent.min(measure - 1)).max(1)).into_iter();
        for (index, piece) in wrap::wrap(layout.block, name.clone(), measure.max(2) - 1).iter().enumerate() {
            let mut segments = layout.begin_line();
            if !name.is_empty() {
                layout.append_line(&mut segments, left, piece, Role::TableHeader);
                if piece.next == name.end && piece.width < measure {
                    segments.push(ornament(left + piece.width, ":".to_owned(), Role::TableHeader));
                }
            }
            if index == 0
                && is_beside
                && let Some(value) = values.next()
            {
                layout.append_line(&mut segments, left + indent, &value, Role::Body);
            }
            layout.add_line(segments, end);
        }
        for value in values.filter(|_| !cell.is_empty()) {
            let mut segments = layout.begin_line();
            layout.append_line(&mut segments, left + indent, &value, Role::Body);
            layout.add_line(segments, end);
        }
    }
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
    let below = if layout.measure() >= 3 * GAP { GAP } else { 0 };
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
    let pieces = wrap::wrap(layout.block, cell.clone(), measure);
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.into_iter().enumerate() {
        let mut segments: Vec<Segment> = layout.begin_line();
        if let Some(label) = label.filter(|_| index == 0) {
            segments.push(ornament(layout.left(), label.to_owned(), Role::TableHeader));
        }
        layout.append_line(&mut segments, layout.left() + indent, &piece, role);
        // The separator between two cells belongs to the first.
        let end = if index == last { piece.next + 1 } else { piece.next };
        layout.add_line(segments, end.min(layout.block.text.len()));
    }
}
