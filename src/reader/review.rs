//! The review: items by days, and what the weeks come to.
//!
//! Owns which rows and columns there are and what stands in each cell, from the ledger
//! alone. A day of which nothing was said counts neither for nor against anybody. Must not
//! draw.

use crate::course::{ItemId, Side};
use crate::journal::Mark;
use crate::reader::World;
use crate::reader::form::OWN;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// The review while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// How far back it looks.
    pub span: Span,
    /// The selected row.
    pub row: usize,
    /// The selected day; in a year, the selected week is the one that holds it.
    pub day: Date,
    /// The best week of all, also when it lies before what is shown.
    pub best: Option<Best>,
}

/// A week in which much was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Best {
    /// Its Monday.
    pub monday: Date,
    /// How much was kept in it.
    pub kept: u32,
}

/// How far back the review looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Four weeks, a column for each day.
    Month,
    /// Twelve weeks, a column for each day.
    Quarter,
    /// A year, a column for each week.
    Year,
}

impl Span {
    /// How many weeks it has.
    pub fn weeks(self) -> i32 {
        match self {
            Self::Month => 4,
            Self::Quarter => 12,
            Self::Year => 52,
        }
    }

    /// The days that one column stands for.
    pub fn step(self) -> i32 {
        match self {
            Self::Month | Self::Quarter => 1,
            Self::Year => 7,
        }
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Month => Self::Quarter,
            Self::Quarter => Self::Year,
            Self::Year => Self::Month,
        }
    }
}

/// A row: one item, however it came to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// The item.
    pub id: &'a ItemId,
    /// Its index, if it can still be marked.
    pub index: Option<usize>,
    /// Its side, as far as it is known.
    pub side: Option<Side>,
    /// Its last known text.
    pub text: &'a str,
}

/// What was said on the days of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Days on which it was kept.
    pub kept: u8,
    /// Days on which it slipped.
    pub slipped: u8,
    /// Days on which it did not arise.
    pub not_arisen: u8,
}

/// A week, both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// What was kept clear of: kept, and recorded as kept or slipped.
    pub avoid: (u32, u32),
    /// What was done: the same.
    pub embrace: (u32, u32),
}

impl Cell {
    /// The character that stands for it; each can be told without colour. In a year it is
    /// the number of days on which it was kept.
    pub fn sign(self, span: Span) -> char {
        match (span, self) {
            (Span::Year, Self { kept: 1.., .. }) => char::from_digit(u32::from(self.kept), 10).unwrap_or('7'),
            (_, Self { kept: 1.., .. }) => 'x',
            (_, Self { slipped: 1.., .. }) => '!',
            (_, Self { not_arisen: 1.., .. }) => '-',
            _ => '\u{b7}',
        }
    }

    /// The mark whose colour it has.
    pub fn mark(self) -> Option<Mark> {
        match self {
            Self { kept: 1.., .. } => Some(Mark::Kept),
            Self { slipped: 1.., .. } => Some(Mark::Slipped),
            Self { not_arisen: 1.., .. } => Some(Mark::DidNotArise),
            Self { .. } => None,
        }
    }

    fn count(&mut self, mark: Mark) {
        let count = match mark {
            Mark::Kept => &mut self.kept,
            Mark::Slipped => &mut self.slipped,
            Mark::DidNotArise => &mut self.not_arisen,
        };
        *count = count.saturating_add(1);
    }
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    let back = day.weekday().since(Weekday::Monday);
    day.saturating_sub(i32::from(back).days())
}

/// The first day of the review: a Monday, so that weeks stand in line.
pub fn first_day(span: Span, today: Date) -> Date {
    monday(today).saturating_sub(((span.weeks() - 1) * 7).days())
}

/// How many columns there are up to today.
pub fn columns(span: Span, today: Date) -> usize {
    let days = days_between(first_day(span, today), today) + 1;
    usize::try_from((days + span.step() - 1) / span.step()).unwrap_or(0)
}

/// The rows: her list, then what else was ever marked, then what is gone.
pub fn rows<'a>(world: &World<'a>) -> Vec<Row<'a>> {
    let course = &world.course.id;
    let marked: std::collections::BTreeSet<&ItemId> =
        world.ledger.items(course).filter(|item| world.ledger.marks(course, item).next().is_some()).collect();
    let mut rows = Vec::new();
    for listed in [true, false] {
        rows.extend(
            world
                .items()
                .filter(|item| world.is_listed(item.id) == listed && (listed || marked.contains(item.id)))
                .map(|item| Row {
                    id: item.id,
                    index: Some(item.index),
                    side: Some(item.side()),
                    text: item.text(),
                }),
        );
    }
    let shown: std::collections::BTreeSet<&ItemId> = rows.iter().map(|row| row.id).collect();
    rows.extend(marked.into_iter().filter(|id| !shown.contains(id)).map(|id| gone(id, world)));
    rows
}

/// An item that is not worked on any more, under what it said last.
fn gone<'a>(id: &'a ItemId, world: &World<'a>) -> Row<'a> {
    let course = &world.course.id;
    if let Some((_, own)) = world.ledger.own_items(course).find(|(own, _)| *own == id) {
        return Row { id, index: None, side: Some(own.side), text: &own.text };
    }
    match world.ledger.known_item(course, id) {
        Some(known) => Row { id, index: None, side: Some(known.side), text: &known.text },
        None if id.as_str().starts_with(OWN) => {
            Row { id, index: None, side: None, text: "an item of your own" }
        }
        None => Row { id, index: None, side: None, text: id.as_str() },
    }
}

/// The cells of a row from left to right.
pub fn cells(row: &Row, span: Span, today: Date, world: &World) -> Vec<Cell> {
    let first = first_day(span, today);
    let mut cells = vec![Cell::default(); columns(span, today)];
    for (day, mark) in world.ledger.marks(&world.course.id, row.id).rev() {
        if day < first {
            break;
        }
        let column = usize::try_from(days_between(first, day) / span.step()).unwrap_or(usize::MAX);
        if day <= today
            && let Some(cell) = cells.get_mut(column)
        {
            cell.count(mark);
        }
    }
    cells
}

/// On how many of the last seven days an item was kept.
pub fn last_seven(row: &Row, today: Date, world: &World) -> usize {
    let first = today.saturating_sub(6.days());
    world
        .ledger
        .marks(&world.course.id, row.id)
        .rev()
        .take_while(|(day, _)| *day >= first)
        .filter(|(day, mark)| *day <= today && *mark == Mark::Kept)
        .count()
}

/// The weeks of the review, the latest last.
pub fn weeks(rows: &[Row], span: Span, today: Date, world: &World) -> Vec<Week> {
    let first = first_day(span, today);
    let mut weeks: Vec<Week> = (0..span.weeks())
        .map(|week| Week { monday: first.saturating_add((week * 7).days()), avoid: (0, 0), embrace: (0, 0) })
        .collect();
    for row in rows {
        for (day, mark) in world.ledger.marks(&world.course.id, row.id).rev() {
            if day < first {
                break;
            }
            let week = usize::try_from(days_between(first, day) / 7).unwrap_or(usize::MAX);
            let Some(week) = weeks.get_mut(week).filter(|_| day <= today) else { continue };
            let (kept, all) = match row.side {
                Some(Side::Avoid) => (&mut week.avoid.0, &mut week.avoid.1),
                Some(Side::Embrace) | None => (&mut week.embrace.0, &mut week.embrace.1),
            };
            *kept += u32::from(mark == Mark::Kept);
            *all += u32::from(mark != Mark::DidNotArise);
        }
    }
    weeks
}

/// The week in which most was kept, of all weeks up to today; the later one where two are
/// alike.
pub fn best(rows: &[Row], today: Date, world: &World) -> Option<Best> {
    let mut weeks: BTreeMap<Date, u32> = BTreeMap::new();
    for row in rows {
        // Marks come in the order of their days, so most are of the same week as the last.
        let mut week: Option<(Date, Date, u32)> = None;
        let mut close = |week: Option<(Date, Date, u32)>| {
            if let Some((monday, _, kept)) = week {
                *weeks.entry(monday).or_default() += kept;
            }
        };
        for (day, mark) in world.ledger.marks(&world.course.id, row.id) {
            if mark != Mark::Kept || day > today {
                continue;
            }
            match &mut week {
                Some((_, sunday, kept)) if day <= *sunday => *kept += 1,
                other => {
                    let monday = monday(day);
                    close(other.replace((monday, monday.saturating_add(6.days()), 1)));
                }
            }
        }
        close(week);
    }
    let best = weeks.into_iter().max_by_key(|(monday, kept)| (*kept, *monday));
    best.map(|(monday, kept)| Best { monday, kept })
}

/// Reckoned with whole numbers: a year of twenty items asks it for every mark of every frame,
/// and a span that knows of months takes twenty times as long.
fn days_between(from: Date, to: Date) -> i32 {
    number(to) - number(from)
}

/// How many days a day lies behind the first of March of the year 0: a year that begins with
/// March has its odd day at its end.
fn number(day: Date) -> i32 {
    let (year, month) = (i32::from(day.year()), i32::from(day.month()));
    let year = if month <= 2 { year - 1 } else { year };
    let months = (month + 9) % 12;
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * months + 2) / 5
        + i32::from(day.day())
        - 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_review_begins_on_a_monday_and_ends_today() {
        let today = date(2026, 11, 22);
        assert_eq!(first_day(Span::Month, today), date(2026, 10, 26));
        assert_eq!(columns(Span::Month, today), 28);
        assert_eq!(columns(Span::Quarter, today), 84);
        assert_eq!(columns(Span::Year, today), 52);
        let monday = date(2026, 11, 23);
        assert_eq!(first_day(Span::Month, monday), date(2026, 11, 2));
        assert_eq!(columns(Span::Month, monday), 22);
        assert_eq!(columns(Span::Year, monday), 52);
    }

    #[test]
    fn days_are_counted_as_the_calendar_counts_them() {
        let mut day = date(1999, 12, 1);
        for _ in 0..1_600 {
            let next = day.saturating_add(1.days());
            assert_eq!(days_between(day, next), 1, "{next}");
            day = next;
        }
        for (from, to) in [(date(1900, 2, 28), date(1900, 3, 1)), (date(1, 1, 1), date(2400, 3, 1))] {
            assert_eq!(days_between(from, to), from.until(to).unwrap().get_days());
        }
    }

    #[test]
    fn every_cell_can_be_told_without_colour() {
        let cell = |kept, slipped, not_arisen| Cell { kept, slipped, not_arisen };
        let cells = [cell(1, 0, 0), cell(0, 1, 0), cell(0, 0, 1), cell(0, 0, 0)];
        let signs: std::collections::BTreeSet<char> =
            cells.iter().map(|cell| cell.sign(Span::Month)).collect();
        assert_eq!(signs.len(), 4);
        assert_eq!(cell(5, 2, 0).sign(Span::Year), '5');
    }
}
