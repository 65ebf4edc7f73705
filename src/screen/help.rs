//! The help, over the panes.

use crate::reader::bindings::{HelpLine, help_lines};
use crate::reader::{Geometry, World};
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put};
use crate::screen::leaf;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns for the keys.
const KEYS: u16 = 22;

pub(super) fn draw(top: usize, world: &World, theme: &Theme, geometry: &Geometry, buffer: &mut Buffer) {
    leaf::clear(geometry.body, theme, buffer);
    let area = indented(geometry.body, 2);
    let keys = KEYS.min(area.width / 3);
    for (index, content) in help_lines(world.keymap.rows(), world.course)
        .into_iter()
        .skip(top)
        .take(usize::from(area.height).saturating_sub(1))
        .enumerate()
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
