//! What lies over the panes: the lists of an overlay, and those that are a column of lines.

use crate::reader::geometry::{Geometry, OverlayRoom};
use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::overlay::{Overlay, OverlayContent};
use crate::reader::view::View;
use crate::screen::canvas::{blank_half, clear, indented, line, put, tint};
use crate::screen::list::{List, say_more_below};
use crate::screen::{Theme, results, review, today};
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws an overlay. Returns where the terminal's cursor stands, if text is typed.
pub(super) fn draw(open: &Overlay, view: &View, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    match open.content(view) {
        OverlayContent::Search(search) => {
            return view.geometry.results.map(|area| results::draw(search, &view.world, theme, area, buffer));
        }
        OverlayContent::Review(review) => {
            review::draw(review, view, theme, buffer);
        }
        OverlayContent::Today(open) => today::draw(open, view, theme, buffer),
        OverlayContent::Lines(lines) => {
            let page_down = view.world.keymap.key_if_any(open.context(), "page-down");
            let area = fitted(&lines, &view.geometry);
            if view.geometry.overlay_room == OverlayRoom::Box {
                frame(open.title(), area, theme, buffer);
            }
            return Column::new(lines, area).draw(page_down, theme, buffer);
        }
    }
    None
}

/// The lists of an overlay, where they are painted.
pub(super) fn lists(open: &Overlay, view: &View) -> Vec<List> {
    match open.content(view) {
        OverlayContent::Search(search) => {
            view.geometry.results.map(|area| results::list(search, &view.world, area)).into_iter().collect()
        }
        OverlayContent::Review(review) => vec![review::list(review, view)],
        OverlayContent::Today(open) => today::lists(open, view),
        OverlayContent::Lines(lines) => {
            let area = fitted(&lines, &view.geometry);
            let Column { head, list, foot, .. } = Column::new(lines, area);
            vec![head, list, foot]
        }
    }
}

/// The fewest columns of the lines in a box.
const NARROWEST: u16 = 56;

/// The area of the lines: where they stand in a box, no larger than they need. What is typed has the
/// full width, so that the box does not grow under the hands.
fn fitted(lines: &OverlayLines, geometry: &Geometry) -> Rect {
    let area = geometry.overlay;
    let count = lines.head.len() + lines.lines.len() + lines.foot.len();
    let count = u16::try_from(count).unwrap_or(u16::MAX);
    if geometry.overlay_room == OverlayRoom::Screen || count > area.height {
        return area;
    }
    let width = if lines.cursor.is_some() {
        area.width
    } else {
        let all = [&lines.head, &lines.lines, &lines.foot].into_iter().flatten();
        let widest = all.map(|line| columns::width(line.text().trim_end())).max().unwrap_or(0);
        u16::try_from(widest).unwrap_or(u16::MAX).clamp(NARROWEST.min(area.width), area.width)
    };
    Rect { x: area.x + (area.width - width) / 2, width, height: count.max(1), ..area }
}

/// A box and the blank columns beside it, so that no piece of a word touches its border.
fn with_gaps(area: Rect) -> Rect {
    const GAP: u16 = 2;
    let x = area.x.saturating_sub(GAP);
    Rect { x, width: area.right() + GAP - x, ..area }
}

/// Draws the box around these lines, with its title.
fn frame(title: &str, lines: Rect, theme: &Theme, buffer: &mut Buffer) {
    let area = Rect::new(lines.x - 2, lines.y - 1, lines.width + 4, lines.height + 2);
    let cleared = with_gaps(area).intersection(buffer.area);
    for row in cleared.rows() {
        // A wide character at the edge would hide the border.
        blank_half(buffer, Rect { x: 0, width: row.x + 1, ..row });
    }
    clear(cleared, theme, buffer);
    let rule = "─".repeat(usize::from(area.width.saturating_sub(2)));
    put(buffer, area, &format!("╭{rule}╮"), theme.focus);
    put(buffer, line(area, usize::from(area.height) - 1), &format!("╰{rule}╯"), theme.focus);
    for y in lines.top()..lines.bottom() {
        for x in [area.x, area.right() - 1] {
            put(buffer, Rect::new(x, y, 1, 1), "│", theme.focus);
        }
    }
    let taken = put(buffer, indented(area, 2), &format!(" {title}"), theme.heading);
    put(buffer, indented(area, 2 + taken), " ", theme.text);
}

/// A column of lines: those that scroll, and those above and below that do not.
struct Column {
    head: List,
    list: List,
    foot: List,
    /// Where text is typed; it may be out of sight on a screen that is too low.
    cursor: Cursor,
    /// The row in which it says that more lies below.
    more: Rect,
}

/// Where text is typed in a column.
enum Cursor {
    /// Nothing is typed.
    None,
    /// At this cell, if that is in sight.
    At(Option<Position>),
}

impl Column {
    fn new(lines: OverlayLines, area: Rect) -> Self {
        let height = u16::try_from(lines.height(area.height)).unwrap_or(u16::MAX);
        let [head, rest] = split(area, u16::try_from(lines.head.len()).unwrap_or(u16::MAX));
        // What says that more lies below has a row of its own.
        let goes_on = lines.foot.is_empty() && lines.cursor.is_none() && lines.lines.len() > height.into();
        let height = if goes_on { height.saturating_sub(1).max(1) } else { height };
        let [middle, below] = split(rest, height);
        let more = Rect { height: 1.min(below.height), ..below };
        let OverlayLines { head: head_lines, lines, scroll, foot, cursor } = lines;
        let head_height = head_lines.len();
        let head = List::from_line(0, head_lines, head);
        let typed = cursor.and_then(|cursor| cursor.line.checked_sub(head_height));
        let list = match (scroll, typed) {
            (Scroll::From(top), _) => List::from_line(top, lines, middle),
            (Scroll::ToSelected, Some(line)) => List::to_lines(&(line..line + 1), lines, middle),
            (Scroll::ToSelected, None) => List::to_selected(lines, middle),
        };
        let cursor = match (cursor, typed) {
            (None, _) => Cursor::None,
            (Some(cursor), None) => Cursor::At(head.cell_of(cursor.line, cursor.column)),
            (Some(cursor), Some(line)) => Cursor::At(list.cell_of(line, cursor.column)),
        };
        Self { head, list, foot: List::from_line(0, foot, below), cursor, more }
    }

    /// Draws the lines. The key for a page down, if there is one, is named where more lies
    /// below.
    fn draw(&self, page_down: &str, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
        for list in [&self.head, &self.list, &self.foot] {
            list.draw(Some(theme.selection), theme, buffer);
        }
        match self.cursor {
            Cursor::At(cell) => {
                if let Some(cell) = cell {
                    tint(buffer, Rect { y: cell.y, height: 1, ..self.more }, theme.field);
                }
                cell
            }
            Cursor::None => {
                if self.list.has_more_below() {
                    say_more_below(page_down, self.more, theme, buffer);
                }
                None
            }
        }
    }
}

/// The upper part of an area, of at most this many rows, and what is left below it.
fn split(area: Rect, rows: u16) -> [Rect; 2] {
    let rows = rows.min(area.height);
    [Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area }]
}
