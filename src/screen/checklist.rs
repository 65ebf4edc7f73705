//! The items on both sides, with the marks of one day.

use crate::course::Side;
use crate::journal::Mark;
use crate::practice::{AnyItem, ItemSource, if_then_in_words, mark_sign};
use crate::reader::keys::context::Context;
use crate::reader::pane::Pane;
use crate::reader::pane::checklist::{ChecklistRow, Shows};
use crate::reader::pointer::Target;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, put_right, wrapped};
use crate::screen::side::{self, SideLine};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Columns before an item's text: the cursor and the box.
const INDENT: u16 = 6;
/// The columns of the box.
const BOX: std::ops::Range<u16> = 2..5;

pub(super) fn draw(state: &State, view: &View, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let area = inner(area);
    day(state, theme, indented(line(area, 0), 2), buffer);
    let details = details(state, view, theme, area);
    let (list, foot) = parts(area, details.len());
    let lines = items(state, view, theme, list);
    if lines.is_empty() {
        for (index, text) in wrapped(&nothing(state, view), list.width.saturating_sub(3)).iter().enumerate() {
            put(buffer, indented(line(list, index), 2), text, theme.quiet);
        }
    }
    side::draw(&lines, (state.focus == Pane::Checklist).then_some(theme.selected), list, buffer);
    side::draw(&details, None, foot, buffer);
}

/// The item that lies at a cell, or its box.
pub(super) fn target_at(
    state: &State,
    view: &View,
    theme: &Theme,
    area: Rect,
    cell: Position,
) -> Option<Target> {
    let area = inner(area);
    let (list, _) = parts(area, details(state, view, theme, area).len());
    let lines = items(state, view, theme, list);
    let index = side::line_at(&lines, list, cell)?;
    let target = lines.get(index)?.target.clone()?;
    let before = index.checked_sub(1).and_then(|before| lines.get(before)?.target.as_ref());
    match target {
        Target::Item(ref item) if before != Some(&target) && BOX.contains(&cell.x.saturating_sub(list.x)) => {
            Some(Target::Box(item.clone()))
        }
        target => Some(target),
    }
}

/// The pane without its margins.
fn inner(area: Rect) -> Rect {
    let above = u16::from(area.height >= 14);
    Rect { y: area.y + above, height: area.height - above, width: area.width.saturating_sub(1), ..area }
}

/// The areas of the items and, below them, of the lines about the selected one.
fn parts(area: Rect, details: usize) -> (Rect, Rect) {
    let below = u16::try_from(details).unwrap_or(0).min(area.height / 3);
    let head = 2.min(area.height);
    let list = Rect { y: area.y + head, height: area.height.saturating_sub(head + below), ..area };
    (list, Rect { y: list.bottom(), height: below, ..area })
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
    let taken = taken + put(buffer, indented(area, taken), &date, theme.quiet);
    let rest = indented(area, taken + 1);
    let shows = state.checklist.shows.word();
    if usize::from(rest.width) >= shows.len() {
        put_right(buffer, rest, shows, theme.quiet);
    }
}

/// The message where no item is shown.
fn nothing(state: &State, view: &View) -> String {
    let key = |name| view.key(Context::CHECKLIST, name);
    let (add, list, all) = (key("add"), key("my-list"), key("view"));
    match state.checklist.shows {
        _ if view.practice().items().next().is_none() => {
            format!("There is no checklist here yet. {add} adds an item of your own.")
        }
        Shows::MyList => {
            format!("Your list is empty. {all} shows all items; {list} on one of them puts it on your list.")
        }
        Shows::Lesson => format!("The open lesson teaches none of the items. {all} shows all of them."),
        Shows::All => "There are no items.".into(),
    }
}

fn items(state: &State, view: &View, theme: &Theme, area: Rect) -> Vec<SideLine> {
    let mut lines = Vec::new();
    for row in state.checklist.rows(view) {
        let selected = state.checklist.is_selected(&row);
        let cursor = if selected && state.focus == Pane::Checklist { ">" } else { " " };
        match row {
            ChecklistRow::Title(side) => {
                push_gap(&mut lines);
                lines.push(SideLine::of(format!("  {}", side_title(side)), theme.title));
            }
            ChecklistRow::Others => {
                push_gap(&mut lines);
                lines.push(SideLine::of("  MORE, NOT ON YOUR LIST", theme.title));
            }
            ChecklistRow::More(count) => {
                push_gap(&mut lines);
                let pieces = vec![
                    (format!(" {cursor}"), theme.accent),
                    (format!("+ More: {count} others"), theme.quiet),
                ];
                lines.push(SideLine { pieces, selected, target: Some(Target::More) });
            }
            ChecklistRow::Item(item) => {
                // In the reader's own list a star would say nothing.
                let starred = view.practice().is_listed(item.id) && state.checklist.shows != Shows::MyList;
                let cursor = format!("{}{cursor}", if starred { "*" } else { " " });
                let mark = view.practice().mark(item.id, state.day);
                push_item(&item, mark, cursor, selected, theme, area, &mut lines);
            }
        }
    }
    lines
}

/// An empty line above what begins something new.
fn push_gap(lines: &mut Vec<SideLine>) {
    if !lines.is_empty() {
        lines.push(SideLine::default());
    }
}

fn push_item(
    item: &AnyItem,
    mark: Option<Mark>,
    cursor: String,
    selected: bool,
    theme: &Theme,
    area: Rect,
    lines: &mut Vec<SideLine>,
) {
    let style = mark_style(mark, theme);
    let target = Some(Target::Item(item.id.clone()));
    let mut cursor = Some(cursor);
    let width = area.width.saturating_sub(INDENT);
    for text in wrapped(item.text(), width) {
        let pieces = match cursor.take() {
            Some(cursor) => {
                vec![(cursor, theme.accent), (format!("[{}] ", mark_sign(mark)), style), (text, theme.text)]
            }
            None => vec![("      ".to_owned(), theme.text), (text, theme.text)],
        };
        lines.push(SideLine { pieces, selected, target: target.clone() });
    }
    // A caution is read before the box is ticked, and not only when somebody asks.
    for text in item.caution().iter().flat_map(|caution| wrapped(caution, width)) {
        let pieces = vec![("      ".to_owned(), theme.quiet), (text, theme.quiet)];
        lines.push(SideLine { pieces, selected, target: target.clone() });
    }
}

/// Draws what helps with the selected item: its plan, why, what instead, where it is taught.
fn details(state: &State, view: &View, theme: &Theme, area: Rect) -> Vec<SideLine> {
    let Some(item) = state.checklist.selected_item(view).filter(|_| state.focus == Pane::Checklist) else {
        return Vec::new();
    };
    let width = area.width.saturating_sub(3);
    let mut lines = vec![SideLine::of(format!("  {}", "─".repeat(usize::from(width))), theme.rule)];
    let mut push = |text: &str, style: Style| {
        lines.extend(wrapped(text, width).into_iter().map(|text| SideLine::of(format!("  {text}"), style)));
    };
    if let Some(plan) = view.practice().if_then(item.id) {
        push(&if_then_in_words(plan), theme.accent);
    }
    if let ItemSource::Course(item) = item.source {
        push(&item.why, theme.text);
    }
    if let Some(instead) = view.practice().instead_of(&item) {
        push(&format!("Instead: {instead}"), theme.text);
    }
    match item.source {
        ItemSource::Course(item) => {
            if let Some(lesson) = view.world.course.lessons.get(item.lesson) {
                push(&format!("Taught in: {}", lesson.title()), theme.quiet);
            }
        }
        ItemSource::Own(_) => push("An item of your own.", theme.quiet),
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
