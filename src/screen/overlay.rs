//! What lies over the panes: the lists of an overlay, and those that are a column of lines.

use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::overlay::{Overlay, OverlayContent};
use crate::reader::view::View;
use crate::screen::list::{List, say_more_below};
use crate::screen::{Theme, results, review, today};
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
            return Column::new(lines, view.geometry.overlay).draw(page_down, theme, buffer);
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
            let Column { head, list, foot, .. } = Column::new(lines, view.geometry.overlay);
            vec![head, list, foot]
        }
    }
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
            list.draw(Some(theme.selected), theme, buffer);
        }
        match self.cursor {
            Cursor::At(cell) => cell,
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
