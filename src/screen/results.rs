//! The search: the line that is typed, and the hits grouped by lesson.

use crate::reader::overlay::search::Search;
use crate::reader::pointer::Target;
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, put_right, wrapped};
use crate::screen::side::{self, SideLine};
use crate::search::{Hit, HitLine, HitPlace};
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

pub(super) fn draw(
    search: &Search,
    world: &World,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let area = inner(area);
    let cursor = input(search, theme, line(area, 0), buffer);
    let list = list(area);
    if search.find.hits.is_empty() {
        let text = if let Some(fault) = search.find.query.fault() {
            fault
        } else if search.find.query.is_empty() {
            "Type to search the lessons, the items and your notes."
        } else if search.find.next.is_some() {
            ""
        } else {
            "No matches. Try fewer letters; a part of a word is enough. \
             Words in \"quotes\" are searched side by side."
        };
        for (index, text) in wrapped(text, list.width).iter().enumerate() {
            put(buffer, line(list, index), text, theme.quiet);
        }
        return cursor;
    }
    let lines = hits(search, world, theme, list);
    side::draw(&lines, Some(theme.selected), list, buffer);
    cursor
}

/// The hit that lies at a cell.
pub(super) fn target_at(search: &Search, world: &World, theme: &Theme, area: Rect, cell: Position) -> Target {
    let list = list(inner(area));
    let lines = hits(search, world, theme, list);
    let target = side::line_at(&lines, list, cell).and_then(|line| lines.get(line)?.target.clone());
    target.unwrap_or(Target::Nothing)
}

/// The area without its margins.
fn inner(area: Rect) -> Rect {
    let area = Rect { width: area.width.saturating_sub(1), ..indented(area, 1) };
    let above = u16::from(area.height >= 14);
    Rect { y: area.y + above, height: area.height - above, ..area }
}

/// The area of the hits.
fn list(area: Rect) -> Rect {
    Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area }
}

/// The line that is typed, and how many hits there are. Returns the cursor.
fn input(search: &Search, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Position {
    let find = &search.find;
    let count = match (find.query.is_empty(), find.hits.len(), find.more) {
        (true, ..) => String::new(),
        (false, 0, _) if find.next.is_some() => "searching".to_owned(),
        (false, 0, _) => "none".to_owned(),
        (false, count, more) => {
            let more = if more || find.next.is_some() { "+" } else { "" };
            format!("{} of {count}{more}", find.selected + 1)
        }
    };
    let taken = put_right(buffer, area, &count, theme.quiet);
    let area = Rect { width: area.width.saturating_sub(taken + 1), ..area };
    let taken = put(buffer, area, "/ ", theme.accent);
    let area = indented(area, taken);
    let before = search.field.before_cursor();
    // The end of a long line is what is being typed.
    let overflow = (columns::width(before) + 1).saturating_sub(usize::from(area.width));
    let mut hidden = 0;
    let shown: String = search
        .field
        .text()
        .chars()
        .skip_while(|character| {
            let hide = hidden < overflow;
            hidden += columns::width(character.encode_utf8(&mut [0; 4]));
            hide
        })
        .collect();
    put(buffer, area, &shown, theme.text);
    let column = u16::try_from(columns::width(before).saturating_sub(overflow)).unwrap_or(0);
    Position::new(area.x + column.min(area.width.saturating_sub(1)), area.y)
}

/// The hits under the titles of their lessons, each with a line around its first match.
fn hits(search: &Search, world: &World, theme: &Theme, area: Rect) -> Vec<SideLine> {
    let width = usize::from(area.width.saturating_sub(2));
    let mut lines = Vec::new();
    let mut group = None;
    for (index, hit) in search.find.hits.iter().enumerate() {
        let title = title(hit, world);
        if group != Some(title) {
            group = Some(title);
            lines.push(SideLine::of(title.1, theme.title));
        }
        let selected = index == search.find.selected;
        let mut pieces = vec![(if selected { "> " } else { "  " }.to_owned(), theme.accent)];
        // A long list is drawn only near the selected hit.
        if index.abs_diff(search.find.selected) <= usize::from(area.height) {
            let context = hit.context(&search.find.query, world.course, world.notes_to_search(), width);
            pieces.extend(highlighted(&context, selected, theme));
        }
        lines.push(SideLine { pieces, selected, target: Some(Target::Choice(index)) });
    }
    lines
}

/// The group of a hit: a number that tells the groups apart, and its title.
fn title<'a>(hit: &Hit, world: &World<'a>) -> (usize, &'a str) {
    match hit.found {
        HitPlace::Title { lesson } | HitPlace::Block { lesson, .. } => {
            (lesson, world.course.lessons.get(lesson).map_or("", |lesson| lesson.title()))
        }
        HitPlace::Item { .. } => (usize::MAX - 1, "Checklist"),
        HitPlace::Note { .. } => (usize::MAX, "Notes"),
    }
}

/// A line with its matches in the style of what was found.
fn highlighted(context: &HitLine, selected: bool, theme: &Theme) -> Vec<(String, Style)> {
    let found = if selected { theme.found_here } else { theme.found };
    let mut pieces = Vec::new();
    let mut end = 0;
    let mut push = |range: std::ops::Range<usize>, style| {
        pieces.push((context.text.get(range).unwrap_or_default().to_owned(), style));
    };
    for range in &context.matches {
        push(end..range.start, theme.text);
        push(range.clone(), found);
        end = range.end;
    }
    push(end..context.text.len(), theme.text);
    pieces
}
