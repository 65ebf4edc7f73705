//! Where a line of the text stands on the screen.

use crate::page::Line;
use crate::reader::geometry::Geometry;
use crate::screen::canvas;
use ratatui::layout::Rect;

/// The cells of a line, which may reach beyond the text column.
pub(super) fn line_area(line: &Line, geometry: &Geometry, index: usize) -> Rect {
    let area = canvas::line(geometry.text, index);
    let page = geometry.page_width();
    Rect { x: area.x.saturating_sub(line.outdent.min(page.before)), width: line.room(page), ..area }
}
