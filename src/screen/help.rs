//! The help, over the panes.

use crate::reader::Geometry;
use crate::reader::bindings::{HelpLine, help_lines};
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns for the keys.
const KEYS: u16 = 22;

pub(super) fn draw(top: usize, theme: &Theme, geometry: &Geometry, buffer: &mut Buffer) {
    let body = Rect {
        y: geometry.header.bottom(),
        height: geometry.footer.y.saturating_sub(geometry.header.bottom()),
        ..geometry.header
    };
    for y in body.top()..body.bottom() {
        for x in body.left()..body.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(theme.text);
            }
        }
    }
    let area = indented(body, 2);
    let keys = KEYS.min(area.width / 3);
    for (index, content) in
        help_lines().into_iter().skip(top).take(usize::from(area.height).saturating_sub(1)).enumerate()
    {
        let area = line(area, index + 1);
        match content {
            HelpLine::Title(title) => {
                put(buffer, area, title, theme.accent);
            }
            HelpLine::Row(names, help) => {
                put(buffer, Rect { width: keys, ..indented(area, 2) }, names, theme.title);
                put(buffer, indented(area, keys + 3), help, theme.text);
            }
            HelpLine::Blank => {}
        }
    }
}
