//! The last row: what the reader should know, or else the few keys that matter here.

use crate::reader::keys::binding::{Hint, hints};
use crate::reader::state::{Saving, State};
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::canvas::{indented, put};
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn draw(state: &State, world: &World, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let inner = Rect { width: area.width.saturating_sub(1), ..indented(area, 1) };
    if let Some(count) = state.count {
        put(buffer, inner, &format!("Count: {count}"), theme.accent);
        return;
    }
    if let Some(message) = &state.message {
        put(buffer, inner, message, theme.accent);
        return;
    }
    match &state.saving {
        Saving::NotSaved(why) | Saving::NotKept(why) => {
            put(buffer, inner, why, theme.alarm);
        }
        Saving::Saved => keys(state, world, theme, inner, buffer),
    }
}

/// The number of hints at the end, those of every pane, that come before the others.
const FIRST: usize = 4;

/// The hints that fit, whole ones only.
fn keys(state: &State, world: &World, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let hints = hints(state.context(), world.keymap.rows(), world.course);
    let width = |hint: &Hint| columns::width(&hint.keys) + columns::width(hint.word) + 4;
    let always = hints.len().saturating_sub(FIRST);
    let mut room = usize::from(area.width);
    room = room.saturating_sub(hints.iter().skip(always).map(width).sum());
    let mut rest = area;
    for (index, hint) in hints.iter().enumerate() {
        if index < always {
            if width(hint) > room {
                continue;
            }
            room -= width(hint);
        }
        let taken = put(buffer, rest, &hint.keys, theme.accent);
        rest = indented(rest, taken + 1);
        let taken = put(buffer, rest, hint.word, theme.quiet);
        rest = indented(rest, taken + 3);
    }
}
