//! The items on both sides, with the marks of one day.

use crate::course::Side;
use crate::practice::{AnyItem, ItemSource, if_then_in_words, mark_sign, marks_explained};
use crate::reader::geometry::without_margins;
use crate::reader::keys::context::Context;
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::pane::Pane;
use crate::reader::pane::checklist::{ChecklistRow, Shows};
use crate::reader::pointer::Target;
use crate::reader::scroll;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, wrapped};
use crate::screen::list::List;
use crate::text::columns::width;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns before an item's text: the cursor and the box.
const INDENT: u16 = 6;
/// Columns that are left free at the right of all texts.
const MARGIN: u16 = 1;

/// The lists of the pane, where they are painted.
pub(super) struct Lists {
    /// The day, above them.
    pub(super) day: List,
    /// The items.
    pub(super) items: List,
    /// What is to be known of the selected one, below them.
    details: List,
}

pub(super) fn draw(state: &State, view: &View, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Lists { day, items, details } = lists(state, view, area);
    day.draw(None, theme, buffer);
    items.draw((state.focus == Pane::Checklist).then_some(theme.selection), theme, buffer);
    details.draw(None, theme, buffer);
}

/// The day, the items, and the details of the selected one below them.
pub(super) fn lists(state: &State, view: &View, area: Rect) -> Lists {
    let area = without_margins(area);
    let head = indented(line(area, 0), 2);
    let head = Rect { width: head.width.saturating_sub(MARGIN), ..head };
    let day = List::from_line(0, vec![day(state, head.width)], head);
    let details = details(state, view, area);
    let (list, foot) = parts(area, details.len());
    let items = List::to_selected(items(state, view, list), list);
    Lists { day, items, details: List::from_line(0, details, foot) }
}

/// The areas of the items and, below them, of the lines about the selected one.
fn parts(area: Rect, details: usize) -> (Rect, Rect) {
    let below = u16::try_from(details).unwrap_or(0).min(area.height / 3);
    let head = 2.min(area.height);
    let list = Rect { y: area.y + head, height: area.height.saturating_sub(head + below), ..area };
    (list, Rect { y: list.bottom(), height: below, ..area })
}

/// The day that is shown, with the ways to the days around it, and which items are shown.
fn day(state: &State, room: u16) -> ListLine {
    let ago = state.day.until(state.today).map_or(0, |span| span.get_days());
    let name = match ago {
        0 => "TODAY".to_owned(),
        1 => "YESTERDAY".to_owned(),
        // A clock that was wrong has left a mark there.
        ..0 => "A DAY TO COME".to_owned(),
        days => format!("{days} DAYS AGO"),
    };
    let key = |text: &str, name| LinePiece {
        target: Some(Target::Key(Context::CHECKLIST, name)),
        ..LinePiece::new(text, Tone::Quiet)
    };
    let mut pieces = vec![
        LinePiece::new(format!("{name}  "), Tone::Title),
        key(" < ", "day-before"),
        LinePiece::new(state.day.strftime("%a %-d %b").to_string(), Tone::Quiet),
    ];
    if state.day < state.today {
        pieces.push(key(" > ", "day-after"));
    }
    let shows = state.checklist.shows.word();
    let taken: usize = pieces.iter().map(|piece| width(&piece.text)).sum();
    if let Some(gap) = usize::from(room).checked_sub(taken + width(shows)).filter(|gap| *gap > 0) {
        pieces.push(LinePiece::new(" ".repeat(gap), Tone::Text));
        pieces.push(key(shows, "view"));
    }
    ListLine::of(pieces)
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

fn items(state: &State, view: &View, area: Rect) -> Vec<ListLine> {
    let mut lines = Vec::new();
    let rows = state.checklist.rows(view);
    let at = rows.iter().position(|row| state.checklist.is_selected(row)).unwrap_or(0);
    let height = usize::from(area.height);
    let reach = scroll::reach(at, rows.len(), height);
    let mut first_selected = None;
    for (index, row) in rows.iter().enumerate().skip(reach.start).take(reach.len()) {
        if first_selected.is_some_and(|first| scroll::is_filled(first, lines.len(), height)) {
            break;
        }
        if index == at {
            first_selected = Some(lines.len());
        }
        let selected = state.checklist.is_selected(row);
        let cursor = if selected && state.focus == Pane::Checklist { ">" } else { " " };
        match *row {
            ChecklistRow::Title(side) => {
                push_gap(&mut lines);
                let line = ListLine::new(format!("  {}", side_title(side)), Tone::Title);
                lines.push(ListLine { target: first_below(&rows, index), ..line });
            }
            ChecklistRow::Group(group) => {
                // Right below the title of the side it needs no line of its own above it.
                if index.checked_sub(1).and_then(|above| rows.get(above)?.item()).is_some() {
                    push_gap(&mut lines);
                }
                let target = first_below(&rows, index);
                let heading = wrapped(group, area.width.saturating_sub(2 + MARGIN)).into_iter();
                lines.extend(heading.map(|text| {
                    let line = ListLine::new(format!("  {text}"), Tone::Quiet);
                    ListLine { target: target.clone(), ..line }
                }));
            }
            ChecklistRow::Others => {
                push_gap(&mut lines);
                lines.push(ListLine::new("  MORE, NOT ON YOUR LIST", Tone::Title));
            }
            ChecklistRow::More(count) => {
                push_gap(&mut lines);
                let line = ListLine::of([
                    LinePiece::new(format!(" {cursor}"), Tone::Strong),
                    LinePiece::new(format!("+ More: {count} others"), Tone::Quiet),
                ]);
                lines.push(line.in_entry(Target::More, selected));
            }
            ChecklistRow::Item(item) => {
                // In the reader's own list a star would say nothing.
                let starred = view.practice().is_listed(item.id) && state.checklist.shows != Shows::MyList;
                let cursor = format!("{}{cursor}", if starred { "*" } else { " " });
                let target = Target::Item(item.id.clone());
                let item = item_lines(&item, state, view, cursor, area);
                lines.extend(item.map(|line| line.in_entry(target.clone(), selected)));
            }
        }
    }
    if lines.is_empty() {
        let text = wrapped(&nothing(state, view), area.width.saturating_sub(3));
        lines.extend(text.into_iter().map(|text| ListLine::new(format!("  {text}"), Tone::Quiet)));
    }
    lines
}

/// What a click on a title means: the first item below it.
fn first_below(rows: &[ChecklistRow], title: usize) -> Option<Target> {
    let first = rows.iter().skip(title + 1).find_map(ChecklistRow::item);
    first.map(|item| Target::Item(item.id.clone()))
}

/// An empty line above what begins something new.
fn push_gap(lines: &mut Vec<ListLine>) {
    if !lines.is_empty() {
        lines.push(ListLine::default());
    }
}

/// The lines of an item: its box and its text, how it stands if it is for some days of the week, and
/// a caution, which is read before the box is ticked, and not only when somebody asks. One that is not
/// meant for the day is quiet.
fn item_lines(
    item: &AnyItem,
    state: &State,
    view: &View,
    cursor: String,
    area: Rect,
) -> impl Iterator<Item = ListLine> + use<> {
    let (practice, day) = (view.practice(), state.day);
    let mark = practice.mark(item.id, day);
    let tone = if practice.is_meant_for(item, day) { Tone::Text } else { Tone::Quiet };
    let width = area.width.saturating_sub(INDENT + MARGIN);
    let tick = LinePiece {
        target: Some(Target::Box(item.id.clone())),
        ..LinePiece::new(format!("[{}]", mark_sign(mark)), Tone::Mark(mark))
    };
    let mut begin = Some([LinePiece::new(cursor, Tone::Strong), tick, LinePiece::new(" ", Tone::Mark(mark))]);
    let text = wrapped(item.text(), width).into_iter().map(move |text| {
        let begin = begin.take().map_or_else(|| vec![indent(Tone::Text)], Vec::from);
        ListLine::of(begin.into_iter().chain([LinePiece::new(text, tone)]).collect::<Vec<_>>())
    });
    let quiet = |said: &str| {
        let lines = wrapped(said, width).into_iter();
        lines.map(|text| ListLine::of([indent(Tone::Quiet), LinePiece::new(text, Tone::Quiet)]))
    };
    let rhythm = practice.rhythm_in_words(item, day, state.today);
    let rhythm: Vec<ListLine> = rhythm.iter().flat_map(|said| quiet(said)).collect();
    let caution: Vec<ListLine> = item.caution().into_iter().flat_map(quiet).collect();
    text.chain(rhythm).chain(caution)
}

/// What stands before the further lines of an item.
fn indent(tone: Tone) -> LinePiece {
    LinePiece::new(" ".repeat(usize::from(INDENT)), tone)
}

/// Draws what helps with the selected item: its plan, why, what instead, where it is taught.
fn details(state: &State, view: &View, area: Rect) -> Vec<ListLine> {
    let Some(item) = state.checklist.selected_item(view).filter(|_| state.focus == Pane::Checklist) else {
        return Vec::new();
    };
    let width = area.width.saturating_sub(3);
    let mut lines = vec![ListLine::new(format!("  {}", "─".repeat(usize::from(width))), Tone::Quiet)];
    let mut push = |text: &str, tone: Tone| {
        lines.extend(wrapped(text, width).into_iter().map(|text| ListLine::new(format!("  {text}"), tone)));
    };
    if view.practice().has_no_marks() {
        // Where the words are met for the first time.
        for text in marks_explained(&item) {
            push(&text, Tone::Text);
        }
    }
    if let Some(plan) = view.practice().if_then(item.id) {
        push(&if_then_in_words(plan), Tone::Strong);
    }
    if let ItemSource::Course(item) = item.source {
        push(&item.why, Tone::Text);
    }
    if let Some(instead) = view.practice().instead_of(&item) {
        push(&format!("Instead: {instead}"), Tone::Text);
    }
    match item.source {
        ItemSource::Course(item) => {
            if let Some(lesson) = view.world.course.lessons.get(item.lesson) {
                push(&format!("Taught in: {}", lesson.title()), Tone::Quiet);
            }
        }
        ItemSource::Own(_) => push("An item of your own.", Tone::Quiet),
    }
    lines
}

fn side_title(side: Side) -> &'static str {
    match side {
        Side::Avoid => "AVOID",
        Side::Embrace => "EMBRACE",
    }
}
