//! The search: the line that is typed, and the hits grouped by lesson.

use crate::reader::World;
use crate::reader::find::Search;
use crate::reader::state::State;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, put_right, wrapped};
use crate::screen::side::{self, SideLine};
use crate::search::{Hit, HitKind};
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub(super) fn draw(
    search: &Search,
    state: &State,
    world: &World,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let area = Rect { width: area.width.saturating_sub(1), ..indented(area, 1) };
    let above = u16::from(area.height >= 14);
    let area = Rect { y: area.y + above, height: area.height - above, ..area };
    let cursor = input(search, theme, line(area, 0), buffer);
    let list = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    if search.find.hits.is_empty() {
        let text = if search.find.query.is_empty() {
            "Type to search the lessons, the items and your notes."
        } else {
            "Nothing found. Fewer letters find more; a part of a word is enough. \
             Words in \"quotes\" are looked for side by side."
        };
        for (index, text) in wrapped(text, list.width).iter().enumerate() {
            put(buffer, line(list, index), text, theme.quiet);
        }
        return cursor;
    }
    let lines = hits(search, state, world, theme, list);
    side::draw(&lines, Some(theme.selected), list, buffer);
    cursor
}

/// The line that is typed, and how many hits there are. Returns the cursor.
fn input(search: &Search, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Position {
    let find = &search.find;
    let count = match (find.query.is_empty(), find.hits.len(), find.more) {
        (true, ..) => String::new(),
        (false, 0, _) => "none".to_owned(),
        (false, count, more) => {
            format!("{} of {count}{}", find.selected + 1, if more { "+" } else { "" })
        }
    };
    let taken = put_right(buffer, area, &count, theme.quiet);
    let area = Rect { width: area.width.saturating_sub(taken + 1), ..area };
    let taken = put(buffer, area, "/ ", theme.accent);
    let area = indented(area, taken);
    let before: String = search.text.chars().take(search.cursor).collect();
    // The end of a long line is what is being typed.
    let overflow = (columns::width(&before) + 1).saturating_sub(usize::from(area.width));
    let mut hidden = 0;
    let shown: String = search
        .text
        .chars()
        .skip_while(|character| {
            let hide = hidden < overflow;
            hidden += columns::width(character.encode_utf8(&mut [0; 4]));
            hide
        })
        .collect();
    put(buffer, area, &shown, theme.text);
    let column = u16::try_from(columns::width(&before).saturating_sub(overflow)).unwrap_or(0);
    Position::new(area.x + column.min(area.width.saturating_sub(1)), area.y)
}

fn hits(search: &Search, state: &State, world: &World, theme: &Theme, area: Rect) -> Vec<SideLine> {
    let _ = state;
    let mut lines = Vec::new();
    let mut group = None;
    for (index, hit) in search.find.hits.iter().enumerate() {
        let (key, title) = heading(hit, world);
        if group != Some(key) {
            group = Some(key);
            lines.push(SideLine::of(title, theme.title));
        }
        let selected = index == search.find.selected;
        let cursor = if selected { "> " } else { "  " };
        lines.push(SideLine {
            pieces: vec![(cursor.to_owned(), theme.accent), (context(hit, world, area.width), theme.text)],
            selected,
        });
    }
    lines
}

/// What a hit is grouped under.
fn heading<'a>(hit: &Hit, world: &World<'a>) -> ((u8, usize), &'a str) {
    match hit.kind {
        HitKind::Lesson => {
            ((0, hit.lesson), world.course.lessons.get(hit.lesson).map_or("", |lesson| lesson.title.as_str()))
        }
        HitKind::Item(_) => ((1, 0), "Checklist"),
        HitKind::Note(_) => ((2, 0), "Notes"),
    }
}

fn context(hit: &Hit, world: &World, width: u16) -> String {
    let _ = width;
    world
        .course
        .document(hit.lesson)
        .blocks
        .get(hit.block)
        .map(|block| block.text.clone())
        .unwrap_or_default()
}
