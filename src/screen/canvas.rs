//! The few strokes that everything is drawn with.

use crate::text::columns;
pub(super) use crate::text::columns::wrapped;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Writes text into the first line of an area and cuts it off at its edge. Returns the
/// columns that it took.
pub(super) fn put(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return 0;
    }
    if columns::is_western(text) && !text.contains('\n') {
        return put_western(buffer, area, text, style);
    }
    put_graphemes(buffer, area, text, style)
}

/// As [`put`], for any text. A grapheme takes the columns that `columns` gives it, which may be
/// more than `ratatui` would: its symbol stands in the first cell, and the others are blank.
fn put_graphemes(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let cells = row(buffer, area);
    let mut taken = 0;
    for (_, grapheme, width) in columns::graphemes(text).filter(|(.., width)| *width > 0) {
        let Some([first, others @ ..]) = cells.get_mut(taken..taken + width) else { break };
        first.set_symbol(grapheme).set_style(style);
        others.iter_mut().for_each(Cell::reset);
        taken += width;
    }
    u16::try_from(taken).unwrap_or(area.width)
}

/// As [`put`], for text in which every character is a grapheme of one column: most of what
/// is drawn, and far quicker than looking for graphemes.
fn put_western(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let mut taken = 0;
    for (character, cell) in text.chars().zip(row(buffer, area)) {
        cell.set_char(character).set_style(style);
        taken += 1;
    }
    taken
}

/// The cells of the first row of an area, which must be inside of the buffer.
fn row(buffer: &mut Buffer, area: Rect) -> &mut [Cell] {
    let (x, y) = (area.x.saturating_sub(buffer.area.x), area.y.saturating_sub(buffer.area.y));
    let start = usize::from(y) * usize::from(buffer.area.width) + usize::from(x);
    buffer.content.get_mut(start..start + usize::from(area.width)).unwrap_or_default()
}

/// Gives all cells of an area a style, which is far quicker row by row than cell by cell.
pub(super) fn tint(buffer: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buffer.area);
    for y in area.rows() {
        for cell in row(buffer, y) {
            cell.set_style(style);
        }
    }
}

/// Writes text at the right edge of an area's first line. Returns the columns that it took.
pub(super) fn put_right(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let width = u16::try_from(columns::width(text)).unwrap_or(u16::MAX).min(area.width);
    put(buffer, Rect { x: area.right() - width, width, ..area }, text, style)
}

/// The `index`-th line of an area; empty when the area has none.
pub(super) fn line(area: Rect, index: usize) -> Rect {
    match u16::try_from(index) {
        Ok(index) if index < area.height => Rect { y: area.y + index, height: 1, ..area },
        _ => Rect { height: 0, ..area },
    }
}

/// The area without this many columns at its left.
pub(super) fn indented(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}
