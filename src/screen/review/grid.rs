//! The grid of a review: a row for each item, a column for each day, with a gap between weeks. In a
//! year a column is a week.

use crate::course::{Rhythm, Side};
use crate::journal::Mark;
use crate::practice::{NamedItem, ReviewSpan, Share, days_between, heading_above};
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::overlay::review::Review;
use crate::reader::pointer::Target;
use crate::reader::scroll;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put};
use crate::screen::review::weeks::filled;
use crate::text::columns::{shortened, width};
use jiff::ToSpan;
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::ops::Range;

/// Columns that an item's text has at least.
const LABEL: u16 = 16;
/// Columns that it has at least before the weeks are drawn beside it once more, as a line.
const ROOMY_LABEL: u16 = 28;
/// Columns before an item's text: the cursor, and what says that it is gone.
const BEFORE: usize = 9;
/// Columns for "4 of 7", with two before it.
const SEVEN: u16 = 8;
/// The most weeks of an item's line.
const SPARKS: usize = 12;
/// The heights of a week in that line, from none kept to all.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The columns of a review that are in sight: whole weeks, those around the selected one.
pub(super) struct Grid {
    pub(super) span: ReviewSpan,
    /// Whether some items are not meant for every day.
    pub(super) has_rhythms: bool,
    today: Date,
    /// The first day of the first column of all.
    begins: Date,
    /// The selected column, among all.
    selected: usize,
    /// Those in sight.
    shown: Range<usize>,
    /// The number of all.
    all: usize,
    /// Columns of the screen for one of them.
    cell: u16,
    /// Columns for the texts.
    label: u16,
    /// Weeks of each item's line; none where it has no room.
    sparks: usize,
}

/// The number of lines of the grid, with the headings.
pub(super) fn height(rows: &[NamedItem]) -> usize {
    let mut count = 0;
    for (index, row) in rows.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| rows.get(before));
        count += 1 + headings(before, row).len();
    }
    count
}

/// The headings above a row: its side, with an empty line above it, and its group.
fn headings<'a>(before: Option<&NamedItem>, row: &NamedItem<'a>) -> Vec<(Tone, &'a str)> {
    let mut headings = Vec::new();
    let begins = before.is_none_or(|before| before.side != row.side);
    if begins {
        let side = match row.side {
            Some(Side::Avoid) => "AVOID",
            Some(Side::Embrace) => "EMBRACE",
            None => "OTHERS",
        };
        headings.extend(before.map(|_| (Tone::Text, "")));
        headings.push((Tone::Title, side));
    }
    let before = before.filter(|_| !begins).map(NamedItem::group);
    headings.extend(heading_above(before, row.group()).map(|group| (Tone::Quiet, group)));
    headings
}

impl Grid {
    pub(super) fn new(review: &Review, view: &View, rows: &[NamedItem], room: u16) -> Self {
        let (practice, today, span) = (view.practice(), view.today, review.span);
        let all = practice.column_count(span, today);
        let begins = practice.first_day(span, today);
        let days = days_between(begins, review.day);
        let selected = usize::try_from(days / span.step()).unwrap_or(0).min(all.saturating_sub(1));
        let has_rhythms = rows.iter().any(|row| *row.rhythm != Rhythm::Daily);
        let mut grid = Self {
            span,
            has_rhythms,
            today,
            begins,
            selected,
            shown: 0..all,
            all,
            cell: 2,
            label: 0,
            sparks: 0,
        };
        let free = room.saturating_sub(LABEL + SEVEN + 1);
        if grid.cells_width() > free {
            grid.cell = 1;
        }
        if grid.cells_width() > free {
            grid.shown = grid.weeks_within(free);
        }
        let free = room.saturating_sub(grid.cells_width() + SEVEN + 1);
        // The days stand close to what they are about, so that the eye finds the row.
        let longest = rows.iter().map(|row| width(row.text)).max().unwrap_or(0);
        let label = u16::try_from(longest + BEFORE).unwrap_or(u16::MAX);
        grid.label = label.clamp(LABEL.min(free), free);
        let sparks = usize::try_from(span.weeks()).unwrap_or(SPARKS).min(SPARKS);
        let width = u16::try_from(sparks + 2).unwrap_or(0);
        if free >= ROOMY_LABEL.min(label) + width {
            grid.sparks = sparks;
            grid.label = label.min(free - width);
        }
        grid
    }

    /// Columns of the screen that the grid takes as a whole.
    pub(super) fn width(&self) -> u16 {
        let sparks = if self.sparks == 0 { 0 } else { u16::try_from(self.sparks + 2).unwrap_or(0) };
        self.label + 1 + self.cells_width() + sparks + SEVEN
    }

    /// Returns whether this week is in sight.
    pub(super) fn ends_now(&self) -> bool {
        self.shown.end == self.all
    }

    /// The first day in sight.
    pub(super) fn first_day(&self) -> Date {
        self.day(self.shown.start)
    }

    /// How many weeks are in sight, in words.
    pub(super) fn weeks_in_words(&self) -> String {
        match self.shown.len().div_ceil(self.columns_a_week()) {
            1 => "1 week".into(),
            weeks => format!("{weeks} weeks"),
        }
    }

    fn columns_a_week(&self) -> usize {
        match self.span {
            ReviewSpan::Month | ReviewSpan::Quarter => 7,
            ReviewSpan::Year => 1,
        }
    }

    /// As many weeks as this many columns of the screen have room for, the latest or those around
    /// the selected one.
    fn weeks_within(&self, columns: u16) -> Range<usize> {
        let week = self.columns_a_week();
        let each = week * usize::from(self.cell) + self.gap();
        let count = ((usize::from(columns) + self.gap()) / each).max(1);
        let all = self.all.div_ceil(week);
        let first = all.saturating_sub(count).min(self.selected / week);
        first * week..((first + count) * week).min(self.all)
    }

    /// Columns of the screen between two weeks.
    fn gap(&self) -> usize {
        usize::from(self.span != ReviewSpan::Year)
    }

    /// Columns of the screen for all cells in sight, and for the days of this week that are to come.
    fn cells_width(&self) -> u16 {
        let week = self.columns_a_week();
        let weeks = self.shown.len().div_ceil(week);
        let width = weeks * week * usize::from(self.cell) + weeks.saturating_sub(1) * self.gap();
        u16::try_from(width).unwrap_or(u16::MAX)
    }

    /// The first day of a column.
    fn day(&self, column: usize) -> Date {
        let step = i32::try_from(column).unwrap_or(0).saturating_mul(self.span.step());
        self.begins.saturating_add(step.days())
    }

    /// The column of the screen of a cell, from the first one.
    fn place(&self, column: usize) -> u16 {
        let index = column - self.shown.start;
        let gaps = index / self.columns_a_week() * self.gap();
        u16::try_from(index * usize::from(self.cell) + gaps).unwrap_or(u16::MAX)
    }

    /// Two lines above the grid: the months, and the days on which weeks begin. Today and the
    /// selected day are marked.
    pub(super) fn dates(&self, theme: &Theme, area: Rect, buffer: &mut Buffer) {
        let cells = indented(area, self.label + 1);
        let cells = Rect { width: self.cells_width().min(cells.width), ..cells };
        let mut free = 0;
        let mut month = None;
        for column in self.shown.clone().step_by(self.columns_a_week()) {
            let (day, x) = (self.day(column), self.place(column));
            if month != Some(day.month()) && x >= free {
                let name = indented(line(cells, 0), x);
                if name.width >= 3 {
                    month = Some(day.month());
                    free = x + put(buffer, name, &day.strftime("%b").to_string(), theme.muted) + 1;
                }
            }
            if self.span != ReviewSpan::Year {
                let is_this_week = self.today < day.saturating_add(7.days());
                let style = if is_this_week { theme.heading } else { theme.muted };
                put(buffer, indented(line(cells, 1), x), &day.strftime("%-d").to_string(), style);
            }
        }
        let now = usize::try_from(days_between(self.begins, self.today) / self.span.step()).unwrap_or(0);
        for (column, sign, style) in [(now, "▾", theme.heading), (self.selected, "▼", theme.focus)] {
            // The number of a day on which a week begins says more than a sign.
            let has_number = self.span != ReviewSpan::Year && column.is_multiple_of(7);
            if self.shown.contains(&column) && !self.has_second_digit(column) {
                let place = indented(line(cells, 1), self.place(column));
                let number = self.day(column).strftime("%-d").to_string();
                put(buffer, place, if has_number { &number } else { sign }, style);
            }
        }
    }

    /// Returns whether the second digit of a week's first day stands above the column.
    fn has_second_digit(&self, column: usize) -> bool {
        let begins = column.checked_sub(1).filter(|before| before.is_multiple_of(7));
        self.cell == 1
            && self.span != ReviewSpan::Year
            && begins.is_some_and(|begins| self.day(begins).day() > 9)
    }

    /// The lines of the rows that can be in sight, with their headings.
    pub(super) fn lines(
        &self,
        rows: &[NamedItem],
        review: &Review,
        view: &View,
        height: usize,
    ) -> Vec<ListLine> {
        let selected = review.row(rows);
        let reach = scroll::reach(selected, rows.len(), height);
        let mut lines = Vec::with_capacity(reach.len());
        for (index, row) in rows.iter().enumerate().skip(reach.start).take(reach.len()) {
            let before = index.checked_sub(1).and_then(|before| rows.get(before));
            let room = usize::from(self.width().saturating_sub(1));
            lines.extend(
                headings(before, row)
                    .into_iter()
                    .map(|(tone, text)| ListLine::new(format!(" {}", shortened(text, room)), tone)),
            );
            let is_selected = index == selected;
            lines.push(self.row(row, is_selected, view).in_entry(Target::Choice(index), is_selected));
        }
        lines
    }

    /// The row of an item: its text, the days or weeks, the weeks as a line, and the last seven days.
    fn row(&self, row: &NamedItem, selected: bool, view: &View) -> ListLine {
        let cursor = if selected { ">" } else { " " };
        let gone = if row.current.is_none() { "(gone) " } else { "" };
        let tone = if selected { Tone::Strong } else { Tone::Text };
        let text = format!("{cursor}{gone}{}", row.text);
        let text = shortened(&text, usize::from(self.label));
        let gap = " ".repeat(usize::from(self.label) + 1 - width(&text));
        let mut pieces = vec![LinePiece::new(text, tone), LinePiece::new(gap, Tone::Text)];
        let cells = view.practice().cells(row, self.span, self.today);
        let mut taken = 0;
        for (column, cell) in cells.iter().enumerate().skip(self.shown.start).take(self.shown.len()) {
            let here = selected && column == self.selected;
            let place = self.place(column);
            push(" ".repeat(usize::from(place - taken)), Tone::Text, &mut pieces);
            let tone = match cell.mark() {
                mark if here => Tone::SelectedMark(mark),
                Some(Mark::Kept) if self.cell > 1 => Tone::Filled(Mark::Kept),
                mark => Tone::Mark(mark),
            };
            let cell = format!("{:width$}", cell.sign(self.span), width = usize::from(self.cell));
            taken = place + self.cell;
            push(cell, tone, &mut pieces);
        }
        push(" ".repeat(usize::from(self.cells_width() - taken)), Tone::Text, &mut pieces);
        if self.sparks > 0 {
            push("  ".into(), Tone::Text, &mut pieces);
            push(self.sparkline(row, view), Tone::Quiet, &mut pieces);
        }
        let seven = view.practice().standing_of_named(row, self.today).short();
        pieces.extend([LinePiece::new("  ", Tone::Text), LinePiece::new(seven, Tone::Quiet)]);
        ListLine::of(pieces)
    }

    /// The share that was kept in each of the last weeks, of what was recorded, as heights.
    fn sparkline(&self, row: &NamedItem, view: &View) -> String {
        let practice = view.practice();
        let before = i32::try_from(self.sparks.saturating_sub(1) * 7).unwrap_or(0);
        let first = practice.week_of(self.today).saturating_sub(before.days());
        let weeks = practice.weeks(std::slice::from_ref(row), first, self.today);
        let top = u16::try_from(HEIGHTS.len() - 1).unwrap_or(0);
        let height = |share: Share| HEIGHTS.get(usize::from(filled(share, top))).filter(|_| share.all > 0);
        weeks.iter().map(|week| height(week.of_side(row.side)).copied().unwrap_or(' ')).collect()
    }
}

/// Adds text to the last piece where that has the same look, else as a new one.
fn push(text: String, tone: Tone, pieces: &mut Vec<LinePiece>) {
    match pieces.last_mut() {
        Some(piece) if piece.tone == tone => piece.text.push_str(&text),
        _ if text.is_empty() => {}
        _ => pieces.push(LinePiece::new(text, tone)),
    }
}
