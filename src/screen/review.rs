//! The review: the grid of items and days, what the selected cell says, and the weeks.

use crate::course::Rhythm;
use crate::practice::{
    BestWeek, Cell, Counts, NamedItem, ReviewSpan, Share, Week, days_between, heading_above,
};
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::overlay::review::Review;
use crate::reader::pointer::Target;
use crate::reader::scroll;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, put_right, put_shortened};
use crate::screen::list::List;
use crate::text::columns::{shortened, width, wrapped};
use jiff::ToSpan;
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns that an item's text has at least.
const LABEL: u16 = 16;
/// Columns before an item's text: the cursor, and what says that it is gone.
const BEFORE: usize = 9;
/// Columns for "4 of 7".
const SEVEN: u16 = 8;
/// The longest bar of a week.
const BAR: u32 = 14;
/// Columns for the first day of a week.
const WEEK: u16 = 8;
/// Columns for one side of a week at most.
const SIDE: u16 = 36;
/// Columns of a side beside its bar: its name, and "11 of 12".
const AROUND_BAR: u16 = 18;

pub(super) fn draw(review: &Review, view: &View, theme: &Theme, buffer: &mut Buffer) {
    let (world, today) = (&view.world, view.today);
    let area = inner(view.geometry.body);
    let rows = view.practice().reviewed_items();
    title(review, &rows, theme, line(area, 0), buffer);
    list(review, view).draw(None, theme, buffer);
    if rows.is_empty() {
        return;
    }
    Grid::new(review, view, longest(&rows), area).dates(theme, line(area, 1), buffer);
    let height = grid_height(rows.len() + headings(&rows).count(), area);
    let below = Rect {
        y: line(area, height + 2).y,
        height: area.height.saturating_sub(u16::try_from(height + 2).unwrap_or(u16::MAX)),
        ..area
    };
    if let Some(row) = rows.get(review.row(&rows)) {
        selected(row, review, today, world, theme, below, buffer);
    }
    let weeks = view.practice().weeks(&rows, view.practice().first_day(review.span, today), today);
    bars(
        &weeks,
        review.best,
        theme,
        Rect { y: below.y + 3.min(below.height), height: below.height.saturating_sub(3), ..below },
        buffer,
    );
}

/// The rows of the grid, or why there are none.
pub(super) fn list(review: &Review, view: &View) -> List {
    let page = inner(view.geometry.body);
    let below = Rect { y: page.y + 2.min(page.height), height: page.height.saturating_sub(2), ..page };
    let rows = view.practice().reviewed_items();
    if rows.is_empty() {
        let text = "Nothing is marked yet. What you mark in the checklist will be here, day by day.";
        let lines = wrapped(text, page.width).into_iter().map(|text| ListLine::new(text, Tone::Quiet));
        return List::from_line(0, lines.collect(), below);
    }
    let grid = Grid::new(review, view, longest(&rows), page);
    let height = grid_height(rows.len() + headings(&rows).count(), page);
    let selected = review.row(&rows);
    let reach = scroll::reach(selected, rows.len(), height);
    let mut headings = headings(&rows).skip_while(|(index, _)| *index < reach.start).peekable();
    let mut lines = Vec::with_capacity(reach.len());
    for (index, row) in rows.iter().enumerate().skip(reach.start).take(reach.len()) {
        if let Some((_, heading)) = headings.next_if(|(above, _)| *above == index) {
            let heading = format!(" {}", shortened(heading, usize::from(below.width.saturating_sub(1))));
            lines.push(ListLine::new(heading, Tone::Quiet));
        }
        let is_selected = index == selected;
        lines.push(grid.row(row, is_selected, view).in_entry(Target::Choice(index), is_selected));
    }
    let height = u16::try_from(height).unwrap_or(u16::MAX).min(below.height);
    List::to_selected(lines, Rect { height, ..below })
}

/// The headings of groups, each with the index of the row below it.
fn headings<'a>(rows: &[NamedItem<'a>]) -> impl Iterator<Item = (usize, &'a str)> {
    let before = std::iter::once(None).chain(rows.iter().map(|row| Some(row.group())));
    let headings = rows.iter().zip(before).enumerate();
    headings.filter_map(|(index, (row, before))| Some((index, heading_above(before, row.group())?)))
}

/// The page without its margins.
fn inner(body: Rect) -> Rect {
    Rect { width: body.width.saturating_sub(3), ..indented(body, 2) }
}

/// The rows of the grid. It has what it needs, and leaves a third of the page to the weeks.
fn grid_height(rows: usize, area: Rect) -> usize {
    let most = usize::from(area.height).saturating_sub(6) * 2 / 3;
    rows.min(most.max(1))
}

/// The columns of the longest text of a row.
fn longest(rows: &[NamedItem]) -> usize {
    rows.iter().map(|row| width(row.text)).max().unwrap_or(0)
}

fn title(review: &Review, rows: &[NamedItem], theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let title = match review.span {
        ReviewSpan::Month => "The last 4 weeks",
        ReviewSpan::Quarter => "The last 12 weeks",
        ReviewSpan::Year => "The last 52 weeks",
    };
    let taken = put(buffer, area, title, theme.heading);
    let is_daily = rows.iter().all(|row| *row.rhythm == Rhythm::Daily);
    let legend = match review.span {
        ReviewSpan::Month | ReviewSpan::Quarter if !is_daily => {
            "x kept  ! slipped, or not today  - did not arise  \u{b7} not recorded  ~ not meant"
        }
        ReviewSpan::Month | ReviewSpan::Quarter => {
            "x kept  ! slipped, or not today  - did not arise  \u{b7} not recorded"
        }
        ReviewSpan::Year => "a digit: days kept in that week  ! - \u{b7} as before",
    };
    // Where it has no room, the line below the grid says the same in words.
    let rest = indented(area, taken + 2);
    if width(legend) <= usize::from(rest.width) {
        put_right(buffer, rest, legend, theme.muted);
    }
}

/// The columns of the review: the latest, or those around the selected one.
struct Grid {
    span: ReviewSpan,
    today: Date,
    /// The first day of the first column.
    begins: Date,
    selected: usize,
    first: usize,
    shown: usize,
    label: u16,
}

impl Grid {
    fn new(review: &Review, view: &View, longest: usize, area: Rect) -> Self {
        let (practice, today) = (view.practice(), view.today);
        let all = practice.column_count(review.span, today);
        let room = usize::from(area.width.saturating_sub(LABEL + SEVEN + 1).max(1));
        let shown = all.min(room);
        let begins = practice.first_day(review.span, today);
        let days = days_between(begins, review.day);
        let selected = usize::try_from(days / review.span.step()).unwrap_or(0).min(all.saturating_sub(1));
        let first = (all - shown).min(selected);
        let room = area.width.saturating_sub(u16::try_from(shown).unwrap_or(0) + SEVEN + 1);
        // The days stand close to what they are about, so that the eye finds the row.
        let label = u16::try_from(longest + BEFORE).unwrap_or(u16::MAX).clamp(LABEL.min(room), room);
        Self { span: review.span, today, begins, selected, first, shown, label }
    }

    /// The days on which weeks begin, as many as have room.
    fn dates(&self, theme: &Theme, area: Rect, buffer: &mut Buffer) {
        let mut free = 0;
        for column in self.first..self.first + self.shown {
            let step = i32::try_from(column).unwrap_or(0) * self.span.step();
            let day = self.begins.saturating_add(step.days());
            let x = u16::try_from(column - self.first).unwrap_or(0);
            let begins = match self.span {
                ReviewSpan::Month | ReviewSpan::Quarter => step % 7 == 0,
                ReviewSpan::Year => day.day() <= 7,
            };
            if begins && x >= free {
                let text = match self.span {
                    ReviewSpan::Month | ReviewSpan::Quarter => day.strftime("%-d %b").to_string(),
                    ReviewSpan::Year => day.strftime("%b").to_string(),
                };
                let room = u16::try_from(self.shown).unwrap_or(0).saturating_sub(x);
                if usize::from(room) >= text.len() {
                    free = x + put(buffer, indented(area, self.label + 1 + x), &text, theme.muted) + 1;
                }
            }
        }
    }

    /// The row of an item: its text, the days or weeks, and the last seven days.
    fn row(&self, row: &NamedItem, selected: bool, view: &View) -> ListLine {
        let cursor = if selected { ">" } else { " " };
        let gone = if row.current.is_none() { "(gone) " } else { "" };
        let tone = if selected { Tone::Strong } else { Tone::Text };
        let text = format!("{cursor}{gone}{}", row.text);
        let text = shortened(&text, usize::from(self.label));
        let gap = " ".repeat(usize::from(self.label) + 1 - width(&text));
        let mut pieces = vec![LinePiece::new(text, tone), LinePiece::new(gap, Tone::Text)];
        let cells = view.practice().cells(row, self.span, self.today);
        for (column, cell) in cells.iter().enumerate().skip(self.first).take(self.shown) {
            let here = selected && column == self.selected;
            let tone = if here { Tone::SelectedMark(cell.mark()) } else { Tone::Mark(cell.mark()) };
            push_sign(cell.sign(self.span), tone, &mut pieces);
        }
        let seven = view.practice().standing_of_named(row, self.today).short();
        pieces.extend([LinePiece::new("  ", Tone::Text), LinePiece::new(seven, Tone::Quiet)]);
        ListLine::of(pieces)
    }
}

/// Adds a sign to the last piece where that has the same look, else as a new one.
fn push_sign(sign: char, tone: Tone, pieces: &mut Vec<LinePiece>) {
    match pieces.last_mut() {
        Some(piece) if piece.tone == tone => piece.text.push(sign),
        _ => pieces.push(LinePiece::new(sign, tone)),
    }
}

/// The selected item in full, and what the selected day or week says.
fn selected(
    row: &NamedItem,
    review: &Review,
    today: Date,
    world: &World,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let all = world.practice().cells(row, review.span, today);
    let days = days_between(world.practice().first_day(review.span, today), review.day);
    let cell = usize::try_from(days / review.span.step()).ok().and_then(|index| all.get(index)).copied();
    let cell = cell.unwrap_or(Cell::Counted(Counts::default()));
    let said = cell.in_words(review.span, row.side);
    let day = review.day.strftime("%a %-d %b");
    let words = match review.span {
        ReviewSpan::Month | ReviewSpan::Quarter => format!("{day}: {said}"),
        ReviewSpan::Year => format!("the week of {day}: {said}"),
    };
    let seven = world.practice().standing_of_named(row, today).in_words();
    let taken = put_shortened(buffer, line(area, 0), &words, theme.heading);
    let rest = indented(line(area, 0), taken + 3);
    if width(&seven) <= usize::from(rest.width) {
        put_right(buffer, rest, &seven, theme.muted);
    }
    put_shortened(buffer, line(area, 1), row.text, theme.text);
}

/// The latest weeks that have room, and the best one of all, which is never out of sight.
fn bars(weeks: &[Week], best: Option<BestWeek>, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some(best) = best else { return };
    let shown = usize::from(area.height).saturating_sub(2).min(weeks.len());
    let most = weeks.iter().map(|week| week.avoid.kept.max(week.embrace.kept)).max().unwrap_or(1).max(1);
    let side = (area.width.saturating_sub(WEEK) / 2).min(SIDE);
    let longest = u32::from(side.saturating_sub(AROUND_BAR)).clamp(1, BAR);
    for (index, week) in weeks.iter().rev().take(shown).enumerate() {
        let area = line(area, index);
        put(buffer, area, &format!("{:>6}", week.begins.strftime("%-d %b").to_string()), theme.muted);
        let rest = indented(area, WEEK);
        if week.is_empty() {
            put(buffer, rest, "not recorded", theme.muted);
            continue;
        }
        for (name, share, rest) in
            [("avoid", week.avoid, rest), ("embrace", week.embrace, indented(rest, side))]
        {
            let Share { kept, all } = share;
            if all == 0 {
                continue;
            }
            let taken = put(buffer, rest, &format!("{name} "), theme.muted);
            let rest = indented(rest, taken);
            let length = if kept == 0 { 0 } else { (kept * longest).div_ceil(most) };
            put(buffer, rest, &"█".repeat(usize::try_from(length).unwrap_or(0)), theme.kept);
            let bar = u16::try_from(length).unwrap_or(0) + u16::from(length > 0);
            put(buffer, indented(rest, bar), &share.to_string(), theme.text);
        }
    }
    let text = format!("Your best week began on {}: {} kept.", best.begins.strftime("%-d %B %Y"), best.kept);
    let below = (shown + 1).min(usize::from(area.height).saturating_sub(1));
    put_shortened(buffer, line(area, below), &text, theme.heading);
}
