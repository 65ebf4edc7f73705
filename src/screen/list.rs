//! A list in an area: the one painter and the one hit test.
//!
//! Owns the way from a list's lines to cells and back. Both ways go through
//! [`List::in_sight`], so a click hits what was painted there. Which lines are in sight is
//! [`scroll`]'s to say.

use crate::reader::list::{LinePiece, ListLine};
use crate::reader::pointer::Target;
use crate::reader::scroll;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, tint};
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::ops::Range;

/// A list in its area.
#[derive(Debug)]
pub(super) struct List {
    area: Rect,
    lines: Vec<ListLine>,
    /// The first line in sight.
    top: usize,
}

impl List {
    /// A list with this line at the top, or one before it, so that no row stays empty.
    pub(super) fn from_line(top: usize, lines: Vec<ListLine>, area: Rect) -> Self {
        let top = top.min(scroll::last_top(lines.len(), usize::from(area.height)));
        Self { area, lines, top }
    }

    /// A list that is scrolled to its selected entry.
    pub(super) fn to_selected(lines: Vec<ListLine>, area: Rect) -> Self {
        let first = lines.iter().position(|line| line.selected).unwrap_or(0);
        let count = lines.iter().skip(first).take_while(|line| line.selected).count();
        Self::to_lines(&(first..first + count), lines, area)
    }

    /// A list that is scrolled to these of its lines.
    pub(super) fn to_lines(sought: &Range<usize>, lines: Vec<ListLine>, area: Rect) -> Self {
        let top = scroll::top(sought, lines.len(), usize::from(area.height));
        Self { area, lines, top }
    }

    /// Whether lines follow below those in sight.
    pub(super) fn has_more_below(&self) -> bool {
        self.top < scroll::last_top(self.lines.len(), usize::from(self.area.height))
    }

    /// Paints the lines in sight. `highlight` is laid over those of the selected entry.
    pub(super) fn draw(&self, highlight: Option<Style>, theme: &Theme, buffer: &mut Buffer) {
        for (row, content) in self.in_sight() {
            let highlight = highlight.filter(|_| content.selected);
            if let Some(style) = highlight {
                tint(buffer, row, style);
            }
            let mut rest = row;
            for piece in &content.pieces {
                let style = theme.tone(piece.tone);
                let style = highlight.map_or(style, |highlight| style.patch(highlight));
                let taken = put(buffer, rest, &piece.text, style);
                rest = indented(rest, taken);
            }
        }
    }

    /// What a click on a cell means, if something that can be clicked is painted there.
    pub(super) fn target_at(&self, cell: Position) -> Option<&Target> {
        let (row, content) = self.in_sight().find(|(row, _)| row.contains(cell))?;
        piece_at(&content.pieces, usize::from(cell.x - row.x))
            .and_then(|piece| piece.target.as_ref())
            .or(content.target.as_ref())
    }

    /// The cell in which text is typed, at this column of a line; none when that line is out of
    /// sight.
    pub(super) fn cell_of(&self, line: usize, column: usize) -> Option<Position> {
        let (row, _) = self.in_sight().nth(line.checked_sub(self.top)?)?;
        let column = u16::try_from(column).unwrap_or(u16::MAX).min(row.width.saturating_sub(1));
        Some(Position::new(row.x + column, row.y))
    }

    /// The lines in sight, each with its row.
    fn in_sight(&self) -> impl Iterator<Item = (Rect, &ListLine)> {
        let height = usize::from(self.area.height);
        let lines = self.lines.iter().skip(self.top).take(height).enumerate();
        lines.map(|(index, content)| (line(self.area, index), content))
    }
}

/// The piece of a line at a column.
fn piece_at(pieces: &[LinePiece], column: usize) -> Option<&LinePiece> {
    let mut end = 0;
    pieces.iter().find(|piece| {
        end += columns::width(&piece.text);
        column < end
    })
}
