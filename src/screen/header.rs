//! The first row: the course, the day, how it goes, and whether it is saved.

use crate::journal::Mark;
use crate::reader::World;
use crate::reader::item::AnyItem;
use crate::reader::state::{Saving, State};
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
    let today = match (listed(world), kept(state, world, |_| true)) {
        (0, 0) => date.to_string(),
        (0, kept) => format!("{date}   {kept} kept today"),
        (all, _) => format!("{date}   {} of {all} kept", kept(state, world, |item| world.is_listed(item.id))),
    };
    let taken = put_right(buffer, rest, &today, theme.quiet);
    let rest = Rect { width: rest.width.saturating_sub(taken + 2), ..rest };
    put(buffer, rest, &world.course.title, theme.accent);
}

/// How many items are on her list.
fn listed(world: &World) -> usize {
    world.items().filter(|item| world.is_listed(item.id)).count()
}

/// How many of these items were kept today.
fn kept(state: &State, world: &World, counts: impl Fn(&AnyItem) -> bool) -> usize {
    let is_kept = |item: &AnyItem| world.mark_of(item.id, state.today) == Some(Mark::Kept);
    world.items().filter(|item| counts(item) && is_kept(item)).count()
}
