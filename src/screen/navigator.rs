//! The lessons, by parts, or the headings of a single text; at the foot what to read next, and how
//! much is left.

use crate::course::model::PartKind;
use crate::course::{Lesson, Part};
use crate::practice::minutes_in_words;
use crate::reader::geometry::without_margins;
use crate::reader::keys::context::Context;
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::pane::Pane;
use crate::reader::pane::navigator::{Navigator, NavigatorEntry, headings};
use crate::reader::pointer::Target;
use crate::reader::scroll;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::{READING_NAMES, World};
use crate::screen::Theme;
use crate::screen::canvas::{first_that_fits, indented, wrapped};
use crate::screen::list::List;
use crate::text::columns::{skip_columns, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::HashSet;

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
    foot(state, &view.world, area).draw(None, theme, buffer);
    let highlight = (state.focus == Pane::Navigator).then_some(theme.selection);
    list(state, view, area).draw(highlight, theme, buffer);
}

/// The entries that can be in sight. The titles of the others, which may be thousands and in
/// as many files, are not asked for.
pub(super) fn list(state: &State, view: &View, area: Rect) -> List {
    let world = &view.world;
    let area = inner(world, area);
    let route = world.practice().route();
    let entries = state.navigator.entries(world.course);
    let selected = entries.iter().position(|entry| *entry == state.navigator.selected).unwrap_or(0);
    let reach = scroll::reach(selected, entries.len(), usize::from(area.height));
    let mut lines = Vec::new();
    let mut above = None;
    let in_reach = entries.get(reach).unwrap_or_default();
    let alike = alike(in_reach, world);
    for entry in in_reach {
        match entry {
            NavigatorEntry::Part(part) => push_part(*part, state, world, area, &mut lines),
            NavigatorEntry::Lesson(lesson) => {
                let part = world.course.lessons.get(*lesson).map(|lesson| lesson.part);
                if above.is_some() && above != part && is_untitled(part, world) {
                    lines.push(ListLine::default());
                }
                above = part;
                push_lesson(*lesson, &route, &alike, state, world, area, &mut lines);
            }
            NavigatorEntry::Heading(block) => push_heading(*block, state, world, area, &mut lines),
        }
    }
    List::to_selected(lines, area)
}

/// The titles that more than one of the lessons in sight has.
fn alike<'a>(entries: &[NavigatorEntry], world: &World<'a>) -> HashSet<&'a str> {
    let mut seen = HashSet::new();
    let lessons = entries.iter().filter_map(|entry| match entry {
        NavigatorEntry::Lesson(lesson) => world.course.lessons.get(*lesson),
        NavigatorEntry::Part(_) | NavigatorEntry::Heading(_) => None,
    });
    lessons.map(Lesson::title).filter(|title| !seen.insert(*title)).collect()
}

/// The pane without its margins and its foot.
fn inner(world: &World, area: Rect) -> Rect {
    let list = without_margins(area);
    Rect { height: list.height - foot_rows(world, area), ..list }
}

/// The rows of the foot and the blank one above it, where there is room and more than one lesson.
fn foot_rows(world: &World, area: Rect) -> u16 {
    if area.height >= ROOM_FOR_FOOT && world.course.lessons.len() > 1 { FOOT } else { 0 }
}

/// What to read next and the key for it, how much is left, and about how long that takes. A single
/// text has nothing that comes next.
pub(super) fn foot(state: &State, world: &World, area: Rect) -> List {
    let height = foot_rows(world, area).saturating_sub(1);
    let area = Rect { y: area.bottom() - height, height, ..area };
    let area = Rect { width: area.width.saturating_sub(1), ..indented(area, 1) };
    let lines = if height == 0 { Vec::new() } else { foot_lines(state, world, area.width) };
    List::from_line(0, lines, area)
}

fn foot_lines(state: &State, world: &World, room: u16) -> Vec<ListLine> {
    let plan = world.practice().reading_plan();
    let open = state.shown().lesson;
    let is_beginning = world.course.is_beginning();
    let reading = || ListLine::new(first_that_fits([READING_NAMES.to_owned()], room), Tone::Quiet);
    if is_beginning && plan.ends_at(open) {
        return vec![reading()];
    }
    let Some((index, lesson)) =
        plan.next(open).and_then(|next| Some((next, world.course.lessons.get(next)?)))
    else {
        let words = if plan.left.is_empty() {
            ["You have read every lesson.", "All lessons are read."]
        } else {
            ["This is the last one to read.", "The last one to read."]
        };
        return vec![ListLine::new(first_that_fits(words.map(str::to_owned), room), Tone::Quiet)];
    };
    let key = format!("{}  ", world.key(Context::PANES, "read-on"));
    let indent = u16::try_from(width(&key)).unwrap_or(u16::MAX);
    let room = room.saturating_sub(indent);
    let title = format!("next: {}", lesson.title());
    let with_length =
        world.lengths.minutes(&[index]).map(|one| format!("{title}, {}", minutes_in_words(one)));
    let words = first_that_fits(with_length.into_iter().chain([title]), room);
    let next = ListLine::of([LinePiece::new(key, Tone::Key), LinePiece::new(words, Tone::Text)]);
    let mut lines = vec![ListLine { target: Some(Target::Key(Context::PANES, "read-on")), ..next }];
    if is_beginning {
        let indent = " ".repeat(usize::from(indent));
        lines.push(ListLine::new(format!("{indent}{READING_NAMES}"), Tone::Quiet));
    } else if let Some(all) = world.lengths.minutes(&plan.left).map(minutes_in_words) {
        let left = plan.left.len();
        let whose = plan.order.left_in_words();
        let words = [
            format!("{left} left {whose}, about {all}"),
            format!("{left} left, about {all}"),
            format!("{left} left, {all}"),
        ];
        let words = format!("{}{}", " ".repeat(usize::from(indent)), first_that_fits(words, room));
        lines.push(ListLine::new(words, Tone::Quiet));
    }
    lines
}

fn is_untitled(part: Option<usize>, world: &World) -> bool {
    part.and_then(|part| world.course.parts.get(part)).is_some_and(|part| part.title.is_empty())
}

fn push_part(index: usize, state: &State, world: &World, area: Rect, lines: &mut Vec<ListLine>) {
    let Some(part) = world.course.parts.get(index) else { return };
    if !lines.is_empty() && part.depth() == 0 {
        lines.push(ListLine::default());
    }
    let folded = if state.navigator.folded.contains(&index) {
        format!("  + {} lessons", world.course.lessons_below(index).len())
    } else {
        String::new()
    };
    let entry = NavigatorEntry::Part(index);
    let inset = " ".repeat(usize::from(inset(part.depth(), area)));
    let room = usize::from(area.width).saturating_sub(2 + inset.len() + width(&folded));
    let head = match &part.kind {
        PartKind::Titled => part.title.to_uppercase(),
        // The end of a path tells folders apart.
        PartKind::Folder { name, .. } => shortened_at_front(&format!("{name}/"), room),
    };
    let line = ListLine::of([
        LinePiece::new(cursor(entry, state), Tone::Strong),
        LinePiece::new(inset, Tone::Text),
        LinePiece::new(head, Tone::Title),
        LinePiece::new(folded, Tone::Quiet),
    ]);
    lines.push(line.in_entry(Target::Entry(entry), entry == state.navigator.selected));
}

fn push_lesson(
    index: usize,
    route: &[usize],
    alike: &HashSet<&str>,
    state: &State,
    world: &World,
    area: Rect,
    lines: &mut Vec<ListLine>,
) {
    let Some(lesson) = world.course.lessons.get(index) else { return };
    let entry = NavigatorEntry::Lesson(index);
    let open = index == state.shown().lesson;
    let dot = if open { "•" } else { " " };
    let number = route.iter().position(|lesson| *lesson == index).map(|place| (place + 1).to_string());
    let tick = if world.is_read(index) { "✓".to_owned() } else { number.unwrap_or_default() };
    // Only an order of ten and more takes another column.
    let width = route.len().max(1).to_string().len();
    let indent = INDENT + u16::try_from(width - 1).unwrap_or(0);
    let tone = if open { Tone::Strong } else { Tone::Text };
    let outline = &lesson.outline;
    let chapter = if outline.number.is_empty() { "" } else { &format!("{} ", outline.number) };
    let around = world.course.parts.get(lesson.part).map_or(0, Part::depth);
    let inset = inset(outline.depth.saturating_add(around), area);
    let room = area.width.saturating_sub(indent + HANG + inset);
    let inset = " ".repeat(usize::from(inset));
    let (title, name) = (lesson.title(), lesson.name());
    let name = if alike.contains(title) && name != title { &format!(" ({name})") } else { "" };
    for (line, text) in wrapped(&format!("{chapter}{title}{name}"), room).into_iter().enumerate() {
        // What goes on from the line above is set in, so that it is not taken for a lesson.
        let (cursor, signs) = if line == 0 {
            (cursor(entry, state), format!("{dot}{tick:>width$} {inset}"))
        } else {
            ("  ", format!("{}{inset}", " ".repeat(usize::from(indent))))
        };
        let line = ListLine::of([
            LinePiece::new(cursor, Tone::Strong),
            LinePiece::new(signs, tone),
            LinePiece::new(text, tone),
        ]);
        lines.push(line.in_entry(Target::Entry(entry), entry == state.navigator.selected));
    }
}

/// The lines of a heading, set in by its level; the section that is read has the dot.
fn push_heading(block: usize, state: &State, world: &World, area: Rect, lines: &mut Vec<ListLine>) {
    let Some((level, text)) = headings(world.course)
        .find(|(index, ..)| *index == block)
        .map(|(_, heading, text)| (heading.level, text))
    else {
        return;
    };
    let entry = NavigatorEntry::Heading(block);
    let reading = state.shown();
    let is_read = Navigator::entry_of(world.course, reading.lesson, reading.top.position.block) == entry;
    let (dot, tone) = if is_read { ("•", Tone::Strong) } else { (" ", Tone::Text) };
    let inset = (u16::from(level.saturating_sub(1)) * 2).min(area.width / 2);
    let room = area.width.saturating_sub(INDENT + HANG + inset);
    let inset = " ".repeat(usize::from(inset));
    for (line, text) in wrapped(text, room).into_iter().enumerate() {
        let (cursor, signs) = if line == 0 {
            (cursor(entry, state), format!("{dot}  {inset}"))
        } else {
            ("  ", format!("{}{inset}", " ".repeat(usize::from(INDENT))))
        };
        let line = ListLine::of([
            LinePiece::new(cursor, Tone::Strong),
            LinePiece::new(signs, tone),
            LinePiece::new(text, tone),
        ]);
        lines.push(line.in_entry(Target::Entry(entry), entry == state.navigator.selected));
    }
}

/// The columns that what is nested this deep is set in by: however deep, half of the pane is left
/// for the title.
fn inset(depth: u8, area: Rect) -> u16 {
    (u16::from(depth) * 2).min(area.width / 2)
}

/// The end of a text, with a sign that it begins before, where it has no room.
fn shortened_at_front(text: &str, room: usize) -> String {
    let over = width(text).saturating_sub(room);
    if over == 0 {
        return text.to_owned();
    }
    let (end, half) = skip_columns(text, over + 1);
    format!("…{}{end}", " ".repeat(usize::from(half)))
}

/// What stands before an entry: the cursor, where the keys go to this pane.
fn cursor(entry: NavigatorEntry, state: &State) -> &'static str {
    if entry == state.navigator.selected && state.focus == Pane::Navigator { " >" } else { "  " }
}
