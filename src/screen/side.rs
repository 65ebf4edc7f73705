//! A list in a side pane: lines, one entry of which is selected and always in sight.

use crate::reader::pointer::Target;
use crate::screen::canvas::{line, put, tint};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// One line of a list, as pieces from left to right.
#[derive(Debug, Clone, Default)]
pub(super) struct SideLine {
    /// The pieces.
    pub(super) pieces: Vec<(String, Style)>,
    /// Whether it belongs to the selected entry.
    pub(super) selected: bool,
    /// The target of a click on it.
    pub(super) target: Option<Target>,
}

impl SideLine {
    /// A line of one piece.
    pub(super) fn of(text: impl Into<String>, style: Style) -> Self {
        Self { pieces: vec![(text.into(), style)], selected: false, target: None }
    }
}

/// Draws a list. `highlight` is laid over the selected entry, if the pane has the focus.
///
/// The selected entry stands in the middle where the list is longer than the pane, so
/// that the scroll follows from the selection alone and need not be remembered.
pub(super) fn draw(lines: &[SideLine], highlight: Option<Style>, area: Rect, buffer: &mut Buffer) {
    let height = usize::from(area.height);
    for (index, content) in lines.iter().skip(offset(lines, height)).take(height).enumerate() {
        let mut rest = line(area, index);
        if let (true, Some(style)) = (content.selected, highlight) {
            tint(buffer, rest, style);
        }
        for (text, style) in &content.pieces {
            let style = if content.selected { style.patch(highlight.unwrap_or_default()) } else { *style };
            let taken = put(buffer, rest, text, style);
            rest = super::canvas::indented(rest, taken);
        }
    }
}

/// The line that lies at a cell, by its index.
pub(super) fn line_at(lines: &[SideLine], area: Rect, cell: Position) -> Option<usize> {
    let index = offset(lines, usize::from(area.height)) + usize::from(cell.y.checked_sub(area.y)?);
    (area.contains(cell) && index < lines.len()).then_some(index)
}

/// The first line in sight.
fn offset(lines: &[SideLine], height: usize) -> usize {
    let first = lines.iter().position(|line| line.selected).unwrap_or(0);
    let count = lines.iter().filter(|line| line.selected).count();
    (first + count / 2).saturating_sub(height / 2).min(lines.len().saturating_sub(height))
}
