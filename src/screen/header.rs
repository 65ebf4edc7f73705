//! The first row: the course, the day, how it goes, and whether it is saved.

use crate::reader::state::{Saving, State};
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::canvas::{first_that_fits, indented, put_right, put_shortened};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns that are left to the title, as long as the day and how it goes can do with less.
const TITLE: u16 = 12;

pub(super) fn draw(state: &State, world: &World, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let inner = Rect { width: area.width.saturating_sub(2), ..indented(area, 1) };
    let (status, style) = match &state.saving {
        Saving::Saved => ("saved", theme.muted),
        Saving::NotKept(_) => ("not saved", theme.alarm),
        Saving::NotSaved(_) => ("NOT SAVED", theme.alarm),
    };
    let taken = put_right(buffer, inner, status, style);
    let rest = Rect { width: inner.width.saturating_sub(taken + 3), ..inner };
    let today = first_that_fits(today(state, world), rest.width.saturating_sub(TITLE));
    let taken = put_right(buffer, rest, &today, theme.muted);
    let between = if taken == 0 { 0 } else { 2 };
    let rest = Rect { width: rest.width.saturating_sub(taken + between), ..rest };
    put_shortened(buffer, rest, &world.course.title, theme.heading);
}

/// The day and how it goes, the longest first. How it goes has nothing to do with the disk: what
/// was kept are marks.
fn today(state: &State, world: &World) -> Vec<String> {
    let date = state.today.strftime("%a %-d %b").to_string();
    let list = world.practice().share_of_list(state.today);
    let share = match (list.all, world.practice().kept_on(state.today)) {
        (0, 0) => return vec![date, String::new()],
        (0, kept) => format!("{kept} kept today"),
        _ => format!("{list} kept"),
    };
    vec![format!("{date}   {share}"), share, String::new()]
}
