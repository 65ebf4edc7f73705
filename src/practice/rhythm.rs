//! How an item's rhythm and its marks go together.
//!
//! Owns on which days an item is meant, and what "2 of 3 this week" is. A day outside of the
//! rhythm is neither a lapse nor unrecorded.

use crate::course::{ItemId, Rhythm};
use crate::journal::Mark;
use crate::practice::counts::{LastSeven, Share};
use crate::practice::items::AnyItem;
use crate::practice::view::Practice;
use jiff::ToSpan;
use jiff::civil::Date;

/// How an item stands, as far as its rhythm asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// An item for every day.
    Daily(LastSeven),
    /// An item for some days of the week: how often it was kept in this week, of the days that
    /// it is meant for.
    Weekly(Share),
}

impl Standing {
    /// `4 of 7` or `2 of 3`, for a column.
    pub fn short(self) -> String {
        match self {
            Self::Daily(seven) => seven.short(),
            Self::Weekly(share) => share.to_string(),
        }
    }

    /// `4 of the last 7 days` or `2 of 3 this week`.
    pub fn in_words(self) -> String {
        match self {
            Self::Daily(seven) => seven.in_words(),
            Self::Weekly(share) => format!("{share} this week"),
        }
    }
}

impl Practice<'_> {
    /// How an item stands on a day.
    pub fn standing(&self, item: &AnyItem, day: Date) -> Standing {
        match item.rhythm() {
            Rhythm::Daily => Standing::Daily(self.last_seven(item.id, day)),
            rhythm => {
                Standing::Weekly(Share { kept: self.kept_this_week(item.id, day), all: rhythm.days_a_week() })
            }
        }
    }

    /// Returns whether an item is meant for a day: one for some days of a week is not any more
    /// once it was kept so often in that week, unless it was marked on that very day.
    pub fn is_meant_for(&self, item: &AnyItem, day: Date) -> bool {
        if self.mark(item.id, day).is_some() {
            return true;
        }
        match item.rhythm() {
            Rhythm::Daily => true,
            Rhythm::PerWeek(days) => self.kept_this_week(item.id, day) < u32::from(*days),
            rhythm @ Rhythm::Days(_) => rhythm.is_meant_for(day.weekday()),
        }
    }

    /// On how many days of this week, up to its end, an item was kept.
    fn kept_this_week(&self, item: &ItemId, day: Date) -> u32 {
        let first = self.week_of(day);
        let marks = self.marks_between(item, first, first.saturating_add(6.days()));
        u32::try_from(marks.filter(|(_, mark)| *mark == Mark::Kept).count()).unwrap_or(7)
    }
}
