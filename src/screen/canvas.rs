//! The few strokes that everything is drawn with.

use crate::screen::Theme;
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

/// Empties all cells, and gives them a style.
pub(super) fn blank(buffer: &mut Buffer, style: Style) {
    let mut blank = Cell::EMPTY;
    blank.set_style(style);
    let Cell { fg, bg, underline_color, modifier, .. } = blank;
    for cell in &mut buffer.content {
        cell.reset();
        (cell.fg, cell.bg, cell.underline_color, cell.modifier) = (fg, bg, underline_color, modifier);
    }
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

/// Clears an area, so that nothing of what lies under it shows.
pub(super) fn clear(area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    for y in area.rows() {
        for cell in row(buffer, y) {
            cell.reset();
            cell.set_style(theme.text);
        }
    }
}

/// Puts the sign that a line goes on into the last cell of an area's first line, instead of what
/// stands there.
pub(super) fn mark_as_cut(buffer: &mut Buffer, area: Rect) {
    let Some(last) = area.width.checked_sub(1).map(|last| area.x + last) else { return };
    blank_half(buffer, area);
    if let Some(cell) = buffer.cell_mut((last, area.y)) {
        cell.set_char('…');
    }
}

/// The columns within which a symbol is looked for that reaches into a cell: a joined emoji of eight.
const WIDEST_SYMBOL: u16 = 16;

/// Blanks a wide character that reaches into the last cell of an area's first line: it would keep
/// what is written there from being seen.
pub(super) fn blank_half(buffer: &mut Buffer, area: Rect) {
    for back in 1..area.width.min(WIDEST_SYMBOL) {
        if let Some(cell) = buffer.cell_mut((area.right() - 1 - back, area.y))
            && columns::width(cell.symbol()) > usize::from(back)
        {
            cell.set_char(' ');
        }
    }
}

/// Writes text as [`put`] does; where it does not fit, it ends in the sign that it goes on.
pub(super) fn put_shortened(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    put(buffer, area, &columns::shortened(text, usize::from(area.width)), style)
}

/// The first of these texts that has room, else as much of the last as has.
pub(super) fn first_that_fits(texts: impl IntoIterator<Item = String>, room: u16) -> String {
    let mut last = String::new();
    for text in texts {
        if columns::width(&text) <= usize::from(room) {
            return text;
        }
        last = text;
    }
    columns::shortened(&last, usize::from(room)).into_owned()
}

/// The lines of a text of which at most this many have room; the last of them ends in the sign
/// that it goes on where not all of it does.
pub(super) fn fitted(text: &str, width: u16, most: usize) -> Vec<String> {
    let mut lines = wrapped(text, width);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
            *last = columns::shortened(last, usize::from(width)).into_owned();
        }
    }
    lines
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
