//! The items on both sides, with the marks of one day.

use crate::course::{Item, Side};
use crate::journal::Mark;
use crate::reader::World;
use crate::reader::state::{Pane, State, sign};
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, wrapped};
use crate::screen::side::{self, SideLine};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns before an item's text: the cursor and the box.
const INDENT: u16 = 6;

pub(super) fn draw(state: &State, world: &World, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let above = u16::from(area.height >= 14);
    let area =
        Rect { y: area.y + above, height: area.height - above, width: area.width.saturating_sub(1), ..area };
    day(state, theme, indented(line(area, 0), 2), buffer);
    let details = details(state, world, theme, area);
    let below = u16::try_from(details.len()).unwrap_or(0).min(area.height / 3);
    let head = 2.min(area.height);
    let list = Rect { y: area.y + head, height: area.height.saturating_sub(head + below), ..area };
    let lines = items(state, world, theme, list);
    if lines.is_empty() {
        put(buffer, indented(line(list, 0), 2), "This course has no checklist.", theme.quiet);
    }
    side::draw(&lines, (state.focus == Pane::Checklist).then_some(theme.selected), list, buffer);
    let foot = Rect { y: list.bottom(), height: below, ..area };
    side::draw(&details, None, foot, buffer);
}

fn day(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let ago = state.day.until(state.today).map_or(0, |span| span.get_days());
    let name = match ago {
        0 => "TODAY".to_owned(),
        1 => "YESTERDAY".to_owned(),
        days => format!("{days} DAYS AGO"),
    };
    let taken = put(buffer, area, &name, theme.title);
    let later = if state.day < state.today { " >" } else { "" };
    let date = format!("   < {}{later}", state.day.strftime("%a %-d %b"));
    put(buffer, indented(area, taken), &date, theme.quiet);
}

fn items(state: &State, world: &World, theme: &Theme, area: Rect) -> Vec<SideLine> {
    let mut lines = Vec::new();
    let mut side = None;
    for (index, item) in world.course.items.iter().enumerate() {
        if side != Some(item.side) {
            if side.is_some() {
                lines.push(SideLine::default());
            }
            side = Some(item.side);
            lines.push(SideLine::of(format!("  {}", side_title(item.side)), theme.title));
        }
        let mark = world.mark(item, state.day);
        push_item(item, mark, index == state.item, state, theme, area, &mut lines);
    }
    lines
}

fn push_item(
    item: &Item,
    mark: Option<Mark>,
    selected: bool,
    state: &State,
    theme: &Theme,
    area: Rect,
    lines: &mut Vec<SideLine>,
) {
    let cursor = if selected && state.focus == Pane::Checklist { " >" } else { "  " };
    let style = mark_style(mark, theme);
    let width = area.width.saturating_sub(INDENT);
    for (index, text) in wrapped(&item.text, width).into_iter().enumerate() {
        let pieces = if index == 0 {
            vec![(cursor.to_owned(), theme.accent), (format!("[{}] ", sign(mark)), style), (text, theme.text)]
        } else {
            vec![("      ".to_owned(), theme.text), (text, theme.text)]
        };
        lines.push(SideLine { pieces, selected });
    }
    // What to heed is read before the box is ticked, and not only when somebody asks.
    for text in item.caution.iter().flat_map(|caution| wrapped(caution, width)) {
        let pieces = vec![("      ".to_owned(), theme.quiet), (text, theme.quiet)];
        lines.push(SideLine { pieces, selected });
    }
}

/// What helps with the selected item: why, what instead, where it is taught.
fn details(state: &State, world: &World, theme: &Theme, area: Rect) -> Vec<SideLine> {
    let Some(item) = world.course.items.get(state.item).filter(|_| state.focus == Pane::Checklist) else {
        return Vec::new();
    };
    let width = area.width.saturating_sub(3);
    let mut lines = vec![SideLine::of(format!("  {}", "─".repeat(usize::from(width))), theme.rule)];
    let mut push = |text: &str, style: Style| {
        lines.extend(wrapped(text, width).into_iter().map(|text| SideLine::of(format!("  {text}"), style)));
    };
    push(&item.why, theme.text);
    if let Some(instead) = item.instead.and_then(|instead| world.course.items.get(instead)) {
        push(&format!("Instead: {}", instead.text), theme.text);
    }
    if let Some(lesson) = world.course.lessons.get(item.lesson) {
        push(&format!("Taught in: {}", lesson.title), theme.quiet);
    }
    lines
}

/// The style of a mark's box; the sign in it says the same without colour.
pub(super) fn mark_style(mark: Option<Mark>, theme: &Theme) -> Style {
    match mark {
        Some(Mark::Kept) => theme.kept,
        Some(Mark::Slipped) => theme.slipped,
        Some(Mark::DidNotArise) | None => theme.quiet,
    }
}

fn side_title(side: Side) -> &'static str {
    match side {
        Side::Avoid => "AVOID",
        Side::Embrace => "EMBRACE",
    }
}
