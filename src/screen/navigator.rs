//! The lessons, by parts.

use crate::reader::World;
use crate::reader::pointer::Target;
use crate::reader::state::{Entry, Pane, State};
use crate::reader::update::entries;
use crate::screen::Theme;
use crate::screen::canvas::wrapped;
use crate::screen::side::{self, SideLine};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Columns before a lesson's title: the cursor, the dot of the open one, the tick of one
/// that was read.
const INDENT: u16 = 5;
/// Columns that the further lines of a long title are set in by.
const HANG: u16 = 2;

pub(super) fn draw(state: &State, world: &World, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let (lines, area) = lines(state, world, theme, area);
    side::draw(&lines, (state.focus == Pane::Navigator).then_some(theme.selected), area, buffer);
}

/// The entry that lies at a cell.
pub(super) fn at(state: &State, world: &World, theme: &Theme, area: Rect, cell: Position) -> Option<Target> {
    let (lines, area) = lines(state, world, theme, area);
    side::at(&lines, area, cell).and_then(|line| lines.get(line)?.target)
}

/// The lines of the pane, and where they stand in it.
fn lines(state: &State, world: &World, theme: &Theme, area: Rect) -> (Vec<SideLine>, Rect) {
    let above = u16::from(area.height >= 14);
    let area =
        Rect { y: area.y + above, height: area.height - above, width: area.width.saturating_sub(1), ..area };
    let mut lines = Vec::new();
    let entries = entries(world.course, &state.navigator);
    let mut above = None;
    for entry in in_reach(&entries, state.navigator.selected, usize::from(area.height)) {
        let selected = *entry == state.navigator.selected;
        let cursor = if selected && state.focus == Pane::Navigator { " >" } else { "  " };
        match entry {
            Entry::Part(part) => push_part(*part, cursor, selected, state, world, theme, &mut lines),
            Entry::Lesson(lesson) => {
                let part = world.course.lessons.get(*lesson).map(|lesson| lesson.part);
                if above.is_some() && above != part && is_untitled(part, world) {
                    lines.push(SideLine::default());
                }
                above = part;
                push_lesson(*lesson, cursor, selected, state, world, theme, area, &mut lines);
            }
        }
    }
    (lines, area)
}

/// The entries that can be in sight when this one is selected, which stands in the middle
/// where there are more than fit. Each is a line or more. The titles of the others, which may
/// be thousands and in as many files, are not asked for.
fn in_reach(entries: &[Entry], selected: Entry, height: usize) -> &[Entry] {
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
        target: Some(Target::Entry(Entry::Part(index))),
    });
}

#[expect(clippy::too_many_arguments, reason = "the two kinds of entry are drawn from the same facts")]
fn push_lesson(
    index: usize,
    cursor: &str,
    selected: bool,
    state: &State,
    world: &World,
    theme: &Theme,
    area: Rect,
    lines: &mut Vec<SideLine>,
) {
    let Some(lesson) = world.course.lessons.get(index) else { return };
    let open = index == state.reading.lesson;
    let dot = if open { "•" } else { " " };
    let tick = if world.is_read(index) { "✓" } else { " " };
    let style = if open { theme.accent } else { theme.text };
    let outline = &lesson.outline;
    let number = if outline.number.is_empty() { "" } else { &format!("{} ", outline.number) };
    // However deep, half of the pane is left for the title.
    let inset = (u16::from(outline.depth) * 2).min(area.width / 2);
    let room = area.width.saturating_sub(INDENT + HANG + inset);
    let inset = " ".repeat(usize::from(inset));
    for (line, text) in wrapped(&format!("{number}{}", lesson.title()), room).into_iter().enumerate() {
        // What goes on from the line above is set in, so that it is not taken for a lesson.
        let (cursor, signs) = if line == 0 {
            (cursor, format!("{dot}{tick} {inset}"))
        } else {
            ("  ", format!("     {inset}"))
        };
        lines.push(SideLine {
            pieces: vec![(cursor.to_owned(), theme.accent), (signs, style), (text, style)],
            selected,
            target: Some(Target::Entry(Entry::Lesson(index))),
        });
    }
}
