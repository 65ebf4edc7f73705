//! The lessons, by parts; at the foot what to read next, and how much is left.

use crate::practice::minutes_in_words;
use crate::reader::keys::context::Context;
use crate::reader::pane::Pane;
use crate::reader::pane::navigator::NavigatorEntry;
use crate::reader::pointer::Target;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, wrapped};
use crate::screen::side::{self, SideLine};
use crate::text::columns::{shortened, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Columns before a lesson's title: the cursor, the dot of the open one, the tick of one
/// that was read or its number in the order that the reader chose.
const INDENT: u16 = 5;
/// Columns that the further lines of a long title are set in by.
const HANG: u16 = 2;
/// Rows of the foot, with the blank one above it.
const FOOT: u16 = 3;
/// From this height on there is room for the foot.
const ROOM_FOR_FOOT: u16 = 12;

pub(super) fn draw(state: &State, view: &View, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let world = &view.world;
    let height = foot_rows(area).saturating_sub(1);
    foot(state, world, theme, Rect { y: area.bottom() - height, height, ..area }, buffer);
    let (lines, area) = lines(state, world, theme, area);
    side::draw(&lines, (state.focus == Pane::Navigator).then_some(theme.selected), area, buffer);
}

/// The entry that lies at a cell.
pub(super) fn target_at(
    state: &State,
    view: &View,
    theme: &Theme,
    area: Rect,
    cell: Position,
) -> Option<Target> {
    let (lines, area) = lines(state, &view.world, theme, area);
    side::line_at(&lines, area, cell).and_then(|line| lines.get(line)?.target.clone())
}

/// The lines of the pane, and where they stand in it.
fn lines(state: &State, world: &World, theme: &Theme, area: Rect) -> (Vec<SideLine>, Rect) {
    let above = u16::from(area.height >= 14);
    let below = foot_rows(area);
    let area = Rect {
        y: area.y + above,
        height: area.height - above - below,
        width: area.width.saturating_sub(1),
        ..area
    };
    let route = world.practice().route();
    let mut lines = Vec::new();
    let entries = state.navigator.entries(world.course);
    let mut above = None;
    for entry in in_reach(&entries, state.navigator.selected, usize::from(area.height)) {
        let selected = *entry == state.navigator.selected;
        let cursor = if selected && state.focus == Pane::Navigator { " >" } else { "  " };
        match entry {
            NavigatorEntry::Part(part) => push_part(*part, cursor, selected, state, world, theme, &mut lines),
            NavigatorEntry::Lesson(lesson) => {
                let part = world.course.lessons.get(*lesson).map(|lesson| lesson.part);
                if above.is_some() && above != part && is_untitled(part, world) {
                    lines.push(SideLine::default());
                }
                above = part;
                push_lesson(*lesson, &route, cursor, selected, state, world, theme, area, &mut lines);
            }
        }
    }
    (lines, area)
}

/// The rows of the foot and the blank one above it, where there is room.
fn foot_rows(area: Rect) -> u16 {
    if area.height >= ROOM_FOR_FOOT { FOOT } else { 0 }
}

/// Draws what to read next and the key for it, how much is left, and about how long that takes.
fn foot(state: &State, world: &World, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let area = Rect { width: area.width.saturating_sub(1), ..indented(area, 1) };
    let plan = world.practice().reading_plan();
    let open = state.shown().lesson;
    let Some(next) = plan.next(open).and_then(|next| Some((next, world.course.lessons.get(next)?))) else {
        let words = if plan.left.is_empty() {
            "You have read every lesson."
        } else {
            "This is the last one to read."
        };
        put(buffer, line(area, 0), words, theme.quiet);
        return;
    };
    let (index, lesson) = next;
    let key = world.key(Context::PANES, "read-on");
    let taken = put(buffer, line(area, 0), &format!("{key}  "), theme.accent);
    let rest = indented(area, taken);
    let title = format!("next: {}", lesson.title());
    let with_length =
        world.lengths.minutes(&[index]).map(|one| format!("{title}, {}", minutes_in_words(one)));
    let words = first_that_fits(with_length.into_iter().chain([title]), rest.width);
    put(buffer, line(rest, 0), &words, theme.text);
    let Some(all) = world.lengths.minutes(&plan.left).map(minutes_in_words) else { return };
    let left = plan.left.len();
    let whose = if plan.is_hers { "in your order" } else { "to read" };
    let words = [
        format!("{left} left {whose}, about {all}"),
        format!("{left} left, about {all}"),
        format!("{left} left, {all}"),
    ];
    put(buffer, line(rest, 1), &first_that_fits(words, rest.width), theme.quiet);
}

/// The first of these that has room, else as much of the last as has.
fn first_that_fits(texts: impl IntoIterator<Item = String>, room: u16) -> String {
    let mut last = String::new();
    for text in texts {
        if width(&text) <= usize::from(room) {
            return text;
        }
        last = text;
    }
    shortened(&last, usize::from(room)).into_owned()
}

/// The entries that can be in sight when this one is selected, which stands in the middle
/// where there are more than fit. Each is a line or more. The titles of the others, which may
/// be thousands and in as many files, are not asked for.
fn in_reach(entries: &[NavigatorEntry], selected: NavigatorEntry, height: usize) -> &[NavigatorEntry] {
    let at = entries.iter().position(|entry| *entry == selected).unwrap_or(0);
    let half = height / 2 + 1;
    let after = entries.len() - at.min(entries.len());
    let from = at.saturating_sub(if after > half { half } else { height });
    let to = (at + if at > half { half } else { height }).min(entries.len());
    entries.get(from..to).unwrap_or_default()
}

fn is_untitled(part: Option<usize>, world: &World) -> bool {
    part.and_then(|part| world.course.parts.get(part)).is_some_and(|part| part.title.is_empty())
}

fn push_part(
    index: usize,
    cursor: &str,
    selected: bool,
    state: &State,
    world: &World,
    theme: &Theme,
    lines: &mut Vec<SideLine>,
) {
    let Some(part) = world.course.parts.get(index) else { return };
    if !lines.is_empty() {
        lines.push(SideLine::default());
    }
    let folded = if state.navigator.folded.contains(&index) {
        format!("  + {} lessons", part.lessons.len())
    } else {
        String::new()
    };
    lines.push(SideLine {
        pieces: vec![
            (cursor.to_owned(), theme.accent),
            (part.title.to_uppercase(), theme.title),
            (folded, theme.quiet),
        ],
        selected,
        target: Some(Target::Entry(NavigatorEntry::Part(index))),
    });
}

#[expect(clippy::too_many_arguments, reason = "the two kinds of entry are drawn from the same facts")]
fn push_lesson(
    index: usize,
    route: &[usize],
    cursor: &str,
    selected: bool,
    state: &State,
    world: &World,
    theme: &Theme,
    area: Rect,
    lines: &mut Vec<SideLine>,
) {
    let Some(lesson) = world.course.lessons.get(index) else { return };
    let open = index == state.shown().lesson;
    let dot = if open { "•" } else { " " };
    let number = route.iter().position(|lesson| *lesson == index).map(|place| (place + 1).to_string());
    let tick = if world.is_read(index) { "✓".to_owned() } else { number.unwrap_or_default() };
    // Only an order of ten and more takes another column.
    let width = route.len().max(1).to_string().len();
    let indent = INDENT + u16::try_from(width - 1).unwrap_or(0);
    let style = if open { theme.accent } else { theme.text };
    let outline = &lesson.outline;
    let chapter = if outline.number.is_empty() { "" } else { &format!("{} ", outline.number) };
    // However deep, half of the pane is left for the title.
    let inset = (u16::from(outline.depth) * 2).min(area.width / 2);
    let room = area.width.saturating_sub(indent + HANG + inset);
    let inset = " ".repeat(usize::from(inset));
    for (line, text) in wrapped(&format!("{chapter}{}", lesson.title()), room).into_iter().enumerate() {
        // What goes on from the line above is set in, so that it is not taken for a lesson.
        let (cursor, signs) = if line == 0 {
            (cursor, format!("{dot}{tick:>width$} {inset}"))
        } else {
            ("  ", format!("{}{inset}", " ".repeat(usize::from(indent))))
        };
        lines.push(SideLine {
            pieces: vec![(cursor.to_owned(), theme.accent), (signs, style), (text, style)],
            selected,
            target: Some(Target::Entry(NavigatorEntry::Lesson(index))),
        });
    }
}
