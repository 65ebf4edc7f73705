//! Twelve weeks of the reader's list at a glance: a square for each day.
//!
//! Owns what a square says. A day without a record says nothing, and one on which nothing arose
//! neither.

use crate::practice::counts::Share;
use crate::practice::view::Practice;
use crate::practice::weeks::{ReviewSpan, days_between};
use jiff::ToSpan;
use jiff::civil::Date;

/// Days of twelve weeks.
const DAYS: usize = 12 * 7;

/// Twelve weeks of the reader's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squares {
    /// The first day of the first week.
    pub begins: Date,
    /// What was kept on each day, of what was recorded as kept or slipped.
    days: [Share; DAYS],
    /// The last day that has a square.
    last: Date,
}

/// What a square says of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Square {
    /// The day is still to come.
    ToCome,
    /// Nothing is recorded, or nothing arose.
    Blank,
    /// None of what is recorded was kept.
    None,
    /// Some of it was.
    Some,
    /// All of it was.
    All,
}

impl Square {
    /// Those that have a meaning to be explained.
    pub const EXPLAINED: [Self; 4] = [Self::All, Self::Some, Self::None, Self::Blank];

    /// The character that stands for it. Each can be told without colour.
    pub fn sign(self) -> char {
        match self {
            Self::ToCome => ' ',
            Self::Blank => '\u{b7}',
            Self::None => '\u{25a1}',
            Self::Some => '\u{25e7}',
            Self::All => '\u{25a0}',
        }
    }

    /// What it says, in a word or two.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::ToCome => "still to come",
            Self::Blank => "not recorded",
            Self::None => "none kept",
            Self::Some => "some",
            Self::All => "all kept",
        }
    }

    fn of(share: Share) -> Self {
        match share {
            Share { all: 0, .. } => Self::Blank,
            Share { kept: 0, .. } => Self::None,
            Share { kept, all } if kept < all => Self::Some,
            Share { .. } => Self::All,
        }
    }
}

impl Squares {
    /// The number of weeks.
    pub const WEEKS: usize = DAYS / 7;

    /// The first day of a week, counted from 0.
    pub fn week(&self, week: usize) -> Date {
        self.begins.saturating_add(i32::try_from(week * 7).unwrap_or(i32::MAX / 2).days())
    }

    /// A day of a week, both counted from 0.
    pub fn day(&self, week: usize, day: usize) -> Date {
        self.week(week).saturating_add(i32::try_from(day).unwrap_or_default().days())
    }

    /// The square of a day of a week, both counted from 0.
    pub fn at(&self, week: usize, day: usize) -> Square {
        let index = week * 7 + day;
        if i32::try_from(index).is_ok_and(|index| index > days_between(self.begins, self.last)) {
            return Square::ToCome;
        }
        self.days.get(index).map_or(Square::Blank, |share| Square::of(*share))
    }

    /// Where a day stands: its week and its day of the week, both counted from 0.
    pub fn place_of(&self, day: Date) -> Option<(usize, usize)> {
        let index = usize::try_from(days_between(self.begins, day)).ok().filter(|index| *index < DAYS)?;
        Some((index / 7, index % 7))
    }
}

impl Practice<'_> {
    /// The twelve weeks up to today of what is on the reader's list now.
    pub fn squares(&self, today: Date) -> Squares {
        let begins = self.first_day(ReviewSpan::Quarter, today);
        let mut days = [Share::default(); DAYS];
        for item in self.listed_items() {
            for (day, mark) in self.marks_between(item.id, begins, today) {
                let index = usize::try_from(days_between(begins, day)).unwrap_or(DAYS);
                if let Some(share) = days.get_mut(index) {
                    share.add(mark);
                }
            }
        }
        Squares { begins, days, last: today }
    }
}
