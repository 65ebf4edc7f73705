//! The days and weeks of a review, and what stands in each.
//!
//! Owns on which day a week begins here, the columns of a review, and the sums of each week.

use crate::course::{ItemId, Side};
use crate::journal::Mark;
use crate::practice::counts::{Counts, Share};
use crate::practice::items::NamedItem;
use crate::practice::mark::mark_sign;
use crate::practice::view::Practice;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// How far back a review looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewSpan {
    /// Four weeks, a column for each day.
    Month,
    /// Twelve weeks, a column for each day.
    Quarter,
    /// A year, a column for each week.
    Year,
}

/// What stands in a column of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The marks of its days; with none of them nothing was recorded.
    Counted(Counts),
    /// It is a day without a mark that the item is not meant for.
    NotMeant,
}

/// The sign of a day that an item is not meant for.
pub(super) const NOT_MEANT: char = '~';

/// The sums of a week, for each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub begins: Date,
    /// The items to avoid.
    pub avoid: Share,
    /// The items to embrace, and those whose side nobody knows any more.
    pub embrace: Share,
}

/// The week in which most was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BestWeek {
    /// Its first day.
    pub begins: Date,
    /// How much was kept in it.
    pub kept: u32,
}

impl ReviewSpan {
    /// How many weeks it has.
    pub fn weeks(self) -> i32 {
        match self {
            Self::Month => 4,
            Self::Quarter => 12,
            Self::Year => 52,
        }
    }

    /// How many days one column stands for.
    pub fn step(self) -> i32 {
        match self {
            Self::Month | Self::Quarter => 1,
            Self::Year => 7,
        }
    }

    /// The next longer one; after the longest, the shortest.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Month => Self::Quarter,
            Self::Quarter => Self::Year,
            Self::Year => Self::Month,
        }
    }

    /// The character for a column; each can be told without colour. In a year it is the number
    /// of days on which the item was kept.
    pub fn sign(self, counts: Counts) -> char {
        match (self, counts.mark()) {
            (Self::Year, Some(Mark::Kept)) => char::from_digit(counts.kept, 10).unwrap_or('7'),
            (Self::Month | Self::Quarter | Self::Year, Some(mark)) => mark_sign(Some(mark)),
            (Self::Month | Self::Quarter | Self::Year, None) => '\u{b7}',
        }
    }

    /// A column of an item in words.
    pub fn in_words(self, counts: Counts, item: &NamedItem) -> String {
        match (self, counts.mark()) {
            (Self::Year, Some(Mark::Kept | Mark::Slipped)) => {
                let Counts { kept, slipped, .. } = counts;
                match item.slipped_word() {
                    Some(word) => format!("{kept} kept; {word}: {slipped}"),
                    None if item.side == Some(Side::Embrace) => format!("{kept} kept, {slipped} not done"),
                    None => format!("{kept} kept, {slipped} slipped"),
                }
            }
            (_, mark) => item.mark_word(mark).into(),
        }
    }
}

impl Cell {
    /// The mark that stands for its days.
    pub fn mark(self) -> Option<Mark> {
        match self {
            Self::Counted(counts) => counts.mark(),
            Self::NotMeant => None,
        }
    }

    /// Its character; each can be told without colour.
    pub fn sign(self, span: ReviewSpan) -> char {
        match self {
            Self::Counted(counts) => span.sign(counts),
            Self::NotMeant => NOT_MEANT,
        }
    }

    /// The cell of an item in words.
    pub fn in_words(self, span: ReviewSpan, item: &NamedItem) -> String {
        match self {
            Self::Counted(counts) => span.in_words(counts, item),
            Self::NotMeant => "not meant for that day".into(),
        }
    }
}

impl Week {
    /// Returns whether nothing was recorded in it as kept or slipped.
    pub fn is_empty(&self) -> bool {
        self.avoid.all + self.embrace.all == 0
    }

    /// The sum in which items of this side are.
    pub fn of_side(&self, side: Option<Side>) -> Share {
        match side {
            Some(Side::Avoid) => self.avoid,
            Some(Side::Embrace) | None => self.embrace,
        }
    }

    fn side(&mut self, side: Option<Side>) -> &mut Share {
        match side {
            Some(Side::Avoid) => &mut self.avoid,
            Some(Side::Embrace) | None => &mut self.embrace,
        }
    }
}

impl Practice<'_> {
    /// The first day of a day's week.
    pub fn week_of(&self, day: Date) -> Date {
        first_day_of_week(day, self.week_begins)
    }

    /// The first day of a review: one on which a week begins, so that weeks stand in line.
    pub fn first_day(&self, span: ReviewSpan, today: Date) -> Date {
        self.week_of(today).saturating_sub(((span.weeks() - 1) * 7).days())
    }

    /// How many columns a review has up to today.
    pub fn column_count(&self, span: ReviewSpan, today: Date) -> usize {
        let days = days_between(self.first_day(span, today), today) + 1;
        usize::try_from((days + span.step() - 1) / span.step()).unwrap_or(0)
    }

    /// The columns of a review for one item, from left to right.
    pub fn columns(&self, item: &ItemId, span: ReviewSpan, today: Date) -> Vec<Counts> {
        let first = self.first_day(span, today);
        let mut columns = vec![Counts::default(); self.column_count(span, today)];
        for (day, mark) in self.marks_between(item, first, today) {
            let column = usize::try_from(days_between(first, day) / span.step()).unwrap_or(usize::MAX);
            if let Some(counts) = columns.get_mut(column) {
                counts.add(mark);
            }
        }
        columns
    }

    /// The sums of all weeks from that of `first` to that of `last`, the latest at the end.
    /// Only days from `first` to `last` are counted.
    pub fn weeks(&self, items: &[NamedItem], first: Date, last: Date) -> Vec<Week> {
        let begins = self.week_of(first);
        let count = days_between(begins, last).div_euclid(7) + 1;
        let mut weeks: Vec<Week> = (0..count)
            .map(|week| Week {
                begins: begins.saturating_add((week * 7).days()),
                avoid: Share::default(),
                embrace: Share::default(),
            })
            .collect();
        for item in items {
            for (day, mark) in self.marks_between(item.id, first, last) {
                let week = usize::try_from(days_between(begins, day) / 7).unwrap_or(usize::MAX);
                if let Some(week) = weeks.get_mut(week) {
                    week.side(item.side).add(mark);
                }
            }
        }
        weeks
    }

    /// The week in which most was kept, of all weeks up to today; of two that are alike the
    /// later one.
    pub fn best_week(&self, items: &[NamedItem], today: Date) -> Option<BestWeek> {
        let mut weeks: BTreeMap<Date, u32> = BTreeMap::new();
        for item in items {
            // Marks come in the order of their days, so most are of the same week as the last.
            let mut week: Option<(Date, Date, u32)> = None;
            let mut close = |week: Option<(Date, Date, u32)>| {
                if let Some((begins, _, kept)) = week {
                    *weeks.entry(begins).or_default() += kept;
                }
            };
            for (day, mark) in self.ledger.marks(self.id, item.id) {
                if mark != Mark::Kept || day > today {
                    continue;
                }
                match &mut week {
                    Some((_, ends, kept)) if day <= *ends => *kept += 1,
                    other => {
                        let begins = self.week_of(day);
                        close(other.replace((begins, begins.saturating_add(6.days()), 1)));
                    }
                }
            }
            close(week);
        }
        let best = weeks.into_iter().max_by_key(|(begins, kept)| (*kept, *begins));
        best.map(|(begins, kept)| BestWeek { begins, kept })
    }
}

/// The first day of a day's week, where weeks begin on `begins`.
fn first_day_of_week(day: Date, begins: Weekday) -> Date {
    let back = day.weekday().since(begins);
    day.saturating_sub(i32::from(back).days())
}

/// How many days `to` lies after `from`. Computed with whole numbers: a year of twenty items
/// asks it for every mark of every frame, and a span that knows of months takes twenty times
/// as long.
pub fn days_between(from: Date, to: Date) -> i32 {
    day_number(to) - day_number(from)
}

/// How many days a day lies after the first of March of the year 0: a year that begins with
/// March has its odd day at its end.
fn day_number(day: Date) -> i32 {
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
    use crate::course::CourseId;
    use crate::journal::Ledger;
    use jiff::civil::date;

    #[test]
    fn a_review_begins_where_a_week_does_and_ends_today() {
        let (id, ledger) = (CourseId::new("c"), Ledger::default());
        let first_and_count = |span, begins, today| {
            let practice = Practice::of_journal(&id, None, &ledger).with_weeks_from(begins);
            (practice.first_day(span, today), practice.column_count(span, today))
        };
        let (sunday, monday) = (date(2026, 11, 22), date(2026, 11, 23));
        assert_eq!(first_and_count(ReviewSpan::Month, Weekday::Monday, sunday), (date(2026, 10, 26), 28));
        assert_eq!(first_and_count(ReviewSpan::Quarter, Weekday::Monday, sunday).1, 84);
        assert_eq!(first_and_count(ReviewSpan::Year, Weekday::Monday, sunday).1, 52);
        assert_eq!(first_and_count(ReviewSpan::Month, Weekday::Monday, monday), (date(2026, 11, 2), 22));
        assert_eq!(first_and_count(ReviewSpan::Year, Weekday::Monday, monday).1, 52);
        assert_eq!(first_and_count(ReviewSpan::Month, Weekday::Sunday, sunday), (date(2026, 11, 1), 22));
        assert_eq!(first_and_count(ReviewSpan::Month, Weekday::Saturday, sunday), (date(2026, 10, 31), 23));
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
    fn every_column_can_be_told_without_colour() {
        let counts = |kept, slipped, not_arisen| Counts { kept, slipped, not_arisen };
        let all = [counts(1, 0, 0), counts(0, 1, 0), counts(0, 0, 1), counts(0, 0, 0)];
        let signs: std::collections::BTreeSet<char> =
            all.into_iter().map(|counts| ReviewSpan::Month.sign(counts)).collect();
        assert_eq!(signs.len(), 4);
        assert_eq!(ReviewSpan::Year.sign(counts(5, 2, 0)), '5');
    }
}
