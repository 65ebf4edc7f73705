//! The first row: the course, the day, how it goes, and whether it is saved.

use crate::reader::state::{Saving, State};
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::canvas::{indented, put, put_right};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn draw(state: &State, world: &World, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let inner = Rect { width: area.width.saturating_sub(1), ..indented(area, 1) };
    let (status, style) = match &state.saving {
        Saving::Saved => ("saved", theme.quiet),
        Saving::NotKept(_) => ("not kept", theme.alarm),
        Saving::NotSaved(_) => ("NOT SAVED", theme.alarm),
    };
    let taken = put_right(buffer, inner, status, style);
    let rest = Rect { width: inner.width.saturating_sub(taken + 3), ..inner };
    let date = state.today.strftime("%a %-d %b");
    let list = world.practice().share_of_list(state.today);
    let today = match (list.all, world.practice().kept_on(state.today)) {
        (0, 0) => date.to_string(),
        (0, kept) => format!("{date}   {kept} kept today"),
        _ => format!("{date}   {list} kept"),
    };
    let taken = put_right(buffer, rest, &today, theme.quiet);
    let rest = Rect { width: rest.width.saturating_sub(taken + 2), ..rest };
    put(buffer, rest, &world.course.title, theme.accent);
}
