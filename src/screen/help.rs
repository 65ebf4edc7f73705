//! The help, over the panes.

use crate::reader::keys::binding::HelpLine;
use crate::reader::overlay::help::Help;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put};
use crate::screen::overlay;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns for the keys.
const KEYS: u16 = 22;

pub(super) fn draw(help: &Help, view: &View, theme: &Theme, buffer: &mut Buffer) {
    overlay::clear(view.geometry.body, theme, buffer);
    let area = indented(view.geometry.body, 2);
    let keys = KEYS.min(area.width / 3);
    for (index, content) in Help::lines(view)
        .into_iter()
        .skip(help.top)
        .take(usize::from(area.height).saturating_sub(1))
        .enumerate()
    {
        let area = line(area, index + 1);
        match content {
            HelpLine::Title(title) => {
                put(buffer, area, title, theme.accent);
            }
            HelpLine::Keys(names, help) => {
                put(buffer, Rect { width: keys, ..indented(area, 2) }, names, theme.title);
                put(buffer, indented(area, keys + 3), help, theme.text);
            }
            HelpLine::Blank => {}
        }
    }
}
