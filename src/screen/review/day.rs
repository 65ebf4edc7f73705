//! What the selected day of a review says: the selected item on it, all of its marks, and what was
//! written in the evening.

use crate::practice::{Cell, Counts, NamedItem, ReviewSpan, days_between, mark_sign, week_note_name};
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::overlay::lines::wrapped_lines;
use crate::reader::overlay::review::Review;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put_right, put_shortened};
use crate::screen::list::List;
use crate::text::columns::{shortened, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// From this many rows on there is more than what the selected item says.
const ROOMY: u16 = 6;

pub(super) fn draw(
    row: &NamedItem,
    rows: &[NamedItem],
    review: &Review,
    view: &View,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let words = words(row, review, view);
    let seven = view.practice().standing_of_named(row, view.today).in_words();
    if area.height < ROOMY {
        let taken = put_shortened(buffer, line(area, 0), &words, theme.heading);
        let rest = indented(line(area, 0), taken + 3);
        if width(&seven) <= usize::from(rest.width) {
            put_right(buffer, rest, &seven, theme.muted);
        }
        put_shortened(buffer, line(area, 1), row.text, theme.text);
        return;
    }
    let mut lines: Vec<ListLine> = wrapped_lines(&words, Tone::Strong, area.width).collect();
    lines.extend(wrapped_lines(row.text, Tone::Text, area.width));
    lines.extend(wrapped_lines(&seven, Tone::Quiet, area.width));
    if review.span != ReviewSpan::Year {
        lines.extend(marks(rows, review, view, area.width));
    }
    lines.extend(notes(review, view, area.width));
    // What has no room is read in the checklist and in the list of notes.
    let height = usize::from(area.height);
    if lines.len() > height {
        lines.truncate(height);
        if let Some(last) = lines.last_mut() {
            *last = ListLine::new("…", Tone::Quiet);
        }
    }
    List::from_line(0, lines, area).draw(None, theme, buffer);
}

/// The selected day or week, and what the selected item says on it.
fn words(row: &NamedItem, review: &Review, view: &View) -> String {
    let all = view.practice().cells(row, review.span, view.today);
    let days = days_between(view.practice().first_day(review.span, view.today), review.day);
    let cell = usize::try_from(days / review.span.step()).ok().and_then(|index| all.get(index)).copied();
    let cell = cell.unwrap_or(Cell::Counted(Counts::default()));
    let said = cell.in_words(review.span, row);
    let day = review.day.strftime("%a %-d %b");
    match review.span {
        ReviewSpan::Month | ReviewSpan::Quarter => format!("{day}: {said}"),
        ReviewSpan::Year => format!("the week of {day}: {said}"),
    }
}

/// All marks of the day.
fn marks(rows: &[NamedItem], review: &Review, view: &View, room: u16) -> Vec<ListLine> {
    let practice = view.practice();
    let marked = rows.iter().filter_map(|row| Some((row, practice.mark(row.id, review.day)?)));
    let room = usize::from(room.saturating_sub(4));
    let mut lines: Vec<ListLine> = marked
        .map(|(row, mark)| {
            let sign = format!("[{}] ", mark_sign(Some(mark)));
            let text = shortened(row.text, room).into_owned();
            ListLine::of([LinePiece::new(sign, Tone::Mark(Some(mark))), LinePiece::new(text, Tone::Text)])
        })
        .collect();
    if !lines.is_empty() {
        lines.insert(0, ListLine::default());
    }
    lines
}

/// What was written about the day, and in a year about the week.
fn notes(review: &Review, view: &View, room: u16) -> Vec<ListLine> {
    let (practice, world) = (view.practice(), &view.world);
    let name = match review.span {
        ReviewSpan::Month | ReviewSpan::Quarter => format!("{}-", review.day),
        ReviewSpan::Year => week_note_name(practice.week_of(review.day)),
    };
    let mut lines = Vec::new();
    for note in world.ledger.notes_named(&world.course.id, &name) {
        lines.push(ListLine::default());
        lines.extend(wrapped_lines(&practice.note_label(&note), Tone::Quiet, room));
        lines.extend(note.text.lines().flat_map(|text| wrapped_lines(text, Tone::Text, room)));
    }
    lines
}
