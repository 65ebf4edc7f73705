//! The search: the line that is typed, and the hits grouped by lesson.

use crate::reader::find::Find;
use crate::reader::geometry::without_margins;
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::overlay::search::{self, Search};
use crate::reader::pointer::Target;
use crate::reader::scroll;
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, put_right, put_shortened, tint, wrapped};
use crate::screen::list::List;
use crate::search::{Hit, HitLine, HitPlace, WordForm};
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;

pub(super) fn draw(
    search: &Search,
    world: &World,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let cursor = input(search, theme, line(inner(area), 0), buffer);
    let key = world.key(search::CONTEXT, "take-suggestion");
    let below = below_field(&search.find, key, inner(area).width);
    put_shortened(buffer, line(inner(area), 1), &below, theme.muted);
    list(search, world, area).draw(Some(theme.selection), theme, buffer);
    cursor
}

/// What may be written in a search, for the line below the one that is typed.
const HELP: [&str; 9] =
    ["-word", "\"phrase\"", "in:notes", "in:items", "in:title", "lesson:", "is:kept", "word:", "regex:"];

/// Columns of a suggestion that are shown before anything that follows on it.
const SHORTEST_SUGGESTION: usize = 12;

/// What stands below the line that is typed: what may have been meant and the key that takes it, or
/// what may be written there.
fn below_field(find: &Find, key: &str, width: u16) -> String {
    let Some(suggestion) = &find.suggestion else { return help(usize::from(width)) };
    let hits = counted(suggestion.hits, suggestion.more);
    let rest = format!("? {hits}; {key} takes it");
    // The key is what helps: of a long suggestion the end goes first.
    let room = usize::from(width).saturating_sub(2 + columns::width(&rest)).max(SHORTEST_SUGGESTION);
    format!("  {}{rest}", columns::shortened(&suggestion.text, room))
}

/// As much of the help as fits whole.
fn help(width: usize) -> String {
    let mut line = String::from(" ");
    for word in HELP {
        if columns::width(&line) + 1 + columns::width(word) > width {
            break;
        }
        line.extend([" ", word]);
    }
    line
}

/// How many hits there are.
fn counted(hits: usize, more: bool) -> String {
    format!("{hits}{} {}", if more { "+" } else { "" }, if hits == 1 { "hit" } else { "hits" })
}

/// The hits, or why there are none.
pub(super) fn list(search: &Search, world: &World, area: Rect) -> List {
    let area = below_input(inner(area));
    let lines = if search.find.hits.is_empty() {
        let lines = wrapped(&nothing(&search.find), area.width).into_iter();
        lines.map(|text| ListLine::new(text, Tone::Quiet)).collect()
    } else {
        hits(&search.find, world, area)
    };
    List::to_selected(lines, area)
}

/// What to say where there is no hit.
fn nothing(find: &Find) -> Cow<'_, str> {
    if let Some(fault) = find.query.fault() {
        fault.into()
    } else if find.query.is_empty() {
        "Type to search the lessons, the items and your notes.".into()
    } else if find.next.is_some() {
        "".into()
    } else if let Some(advice) = find.advice() {
        format!("No matches. {advice}").into()
    } else {
        "No matches. Try fewer letters; a part of a word is enough. \
         Words in \"quotes\" are searched side by side."
            .into()
    }
}

/// The area without its margins, and with a column at the left for the bar of the selected hit.
fn inner(area: Rect) -> Rect {
    let list = without_margins(area);
    Rect { x: list.x + 1, width: list.width.saturating_sub(1), ..list }
}

/// The area of the hits.
fn below_input(area: Rect) -> Rect {
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
            let is_more = more || find.next.is_some();
            // The best ones are out of reading order, in which hits are numbered and walked to.
            match find.selected.checked_sub(find.best.len()) {
                None => counted(count, is_more),
                Some(index) => format!("{} of {count}{}", index + 1, if is_more { "+" } else { "" }),
            }
        }
    };
    let taken = put_right(buffer, area, &count, theme.muted);
    let area = Rect { width: area.width.saturating_sub(taken + 1), ..area };
    let taken = put(buffer, area, "/ ", theme.key);
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
    tint(buffer, area, theme.field);
    let column = u16::try_from(columns::width(before).saturating_sub(overflow)).unwrap_or(0);
    Position::new(area.x + column.min(area.width.saturating_sub(1)), area.y)
}

/// The hits that can be in sight, the best ones first and then all under the titles of their
/// lessons, each with a line around its first match.
fn hits(find: &Find, world: &World, area: Rect) -> Vec<ListLine> {
    let width = usize::from(area.width.saturating_sub(2));
    let reach = scroll::reach(find.selected, find.rows(), usize::from(area.height));
    let mut lines = Vec::new();
    let mut group = None;
    for row in reach {
        let Some(hit) = find.hits.get(find.index_at(row)) else { continue };
        let title = if row < find.best.len() { BEST } else { title(hit, world) };
        if group != Some(title) {
            group = Some(title);
            lines.push(ListLine::new(title.1, Tone::Title));
        }
        let selected = row == find.selected;
        let mut pieces = vec![LinePiece::new(if selected { "> " } else { "  " }, Tone::Strong)];
        let sign = match hit.rank.form {
            WordForm::Same => "",
            WordForm::Other => OTHER_FORM,
        };
        pieces.push(LinePiece::new(sign, Tone::Quiet));
        let context =
            hit.context(&find.query, world.course, world.notes_to_search(), width - sign.len().min(width));
        pieces.extend(matches_marked(&context, selected));
        lines.push(ListLine::of(pieces).in_entry(Target::Choice(row), selected));
    }
    lines
}

/// What stands before a hit that has only another form of a word.
const OTHER_FORM: &str = "~ ";

/// The group of the best hits.
const BEST: (usize, &str) = (usize::MAX - 2, "Best");

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

/// A line with its matches set off from the rest.
fn matches_marked(context: &HitLine, selected: bool) -> Vec<LinePiece> {
    let found = if selected { Tone::SelectedMatch } else { Tone::Match };
    let mut pieces = Vec::new();
    let mut end = 0;
    let mut push = |range: std::ops::Range<usize>, tone| {
        pieces.push(LinePiece::new(context.text.get(range).unwrap_or_default(), tone));
    };
    for range in &context.matches {
        push(end..range.start, Tone::Text);
        push(range.clone(), found);
        end = range.end;
    }
    push(end..context.text.len(), Tone::Text);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::WordSuggestion;

    #[test]
    fn a_long_suggestion_ends_in_a_sign_and_leaves_room_for_the_key_that_takes_it() {
        let suggestion = WordSuggestion { text: "unforeseeably ".repeat(9), hits: 3, more: false };
        let mut find = Find::new("unforseeably", "");
        find.suggestion = Some(suggestion);
        for width in 40..140 {
            let line = below_field(&find, "Tab", width);
            assert!(columns::width(&line) <= usize::from(width), "{line}");
            assert!(line.contains('…') && line.ends_with("3 hits; Tab takes it"), "{line}");
        }
    }
}
