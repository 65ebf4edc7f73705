//! Sums of marks: how often each was set, and shares such as "3 of 5".
//!
//! Owns what counts: a day without a record counts neither for nor against anybody, and a day
//! on which something did not arise is no part of a share.

use crate::course::ItemId;
use crate::journal::Mark;
use crate::practice::view::Practice;
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;

/// How often each mark was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Days on which it was kept.
    pub kept: u32,
    /// Days on which it slipped.
    pub slipped: u32,
    /// Days on which it did not arise.
    pub not_arisen: u32,
}

/// A part of a whole, written as `3 of 5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// What was kept.
    pub kept: u32,
    /// What was recorded as kept or slipped, or may be kept.
    pub all: u32,
}

/// On how many of seven days up to today an item was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastSeven(pub usize);

impl Counts {
    /// The counts of one day with this mark.
    pub fn of(mark: Mark) -> Self {
        let mut counts = Self::default();
        counts.add(mark);
        counts
    }

    /// Counts one mark.
    pub fn add(&mut self, mark: Mark) {
        match mark {
            Mark::Kept => self.kept += 1,
            Mark::Slipped => self.slipped += 1,
            Mark::DidNotArise => self.not_arisen += 1,
        }
    }

    /// Days with a record.
    pub fn recorded(self) -> u32 {
        self.kept + self.slipped + self.not_arisen
    }

    /// The mark that stands for several days: what was kept on one of them shows.
    pub fn mark(self) -> Option<Mark> {
        match self {
            Self { kept: 1.., .. } => Some(Mark::Kept),
            Self { slipped: 1.., .. } => Some(Mark::Slipped),
            Self { not_arisen: 1.., .. } => Some(Mark::DidNotArise),
            Self { .. } => None,
        }
    }
}

impl Share {
    /// Counts one mark.
    pub fn add(&mut self, mark: Mark) {
        self.kept += u32::from(mark == Mark::Kept);
        self.all += u32::from(mark != Mark::DidNotArise);
    }
}

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} of {}", self.kept, self.all)
    }
}

impl LastSeven {
    /// `4 of 7`, for a column.
    pub fn short(self) -> String {
        format!("{} of 7", self.0)
    }

    /// `4 of the last 7 days`.
    pub fn in_words(self) -> String {
        format!("{} of the last 7 days", self.0)
    }
}

impl Practice<'_> {
    /// Counts the marks of an item from `first` to `last`, both included.
    pub fn counts(&self, item: &ItemId, first: Date, last: Date) -> Counts {
        let mut counts = Counts::default();
        self.marks_between(item, first, last).for_each(|(_, mark)| counts.add(mark));
        counts
    }

    /// On how many of the seven days up to `today` an item was kept.
    pub fn last_seven(&self, item: &ItemId, today: Date) -> LastSeven {
        let first = today.saturating_sub(6.days());
        let marks = self.marks_between(item, first, today);
        LastSeven(marks.filter(|(_, mark)| *mark == Mark::Kept).count())
    }

    /// The share of the reader's list that was kept on a day, of what is meant for that day.
    pub fn share_of_list(&self, day: Date) -> Share {
        let mut share = Share::default();
        let listed = self.active_items().filter(|item| self.is_listed(item.id));
        for item in listed.filter(|item| self.is_meant_for(item, day)) {
            share.kept += u32::from(self.mark(item.id, day) == Some(Mark::Kept));
            share.all += 1;
        }
        share
    }

    /// How many of all items were kept on a day.
    pub fn kept_on(&self, day: Date) -> usize {
        self.active_items().filter(|item| self.mark(item.id, day) == Some(Mark::Kept)).count()
    }
}
