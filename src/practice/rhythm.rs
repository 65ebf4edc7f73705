//! How an item's rhythm and its marks go together.
//!
//! Owns on which days an item is meant, and what "2 of 3 this week" is. A day outside of the rhythm is
//! neither a lapse nor unrecorded.

use crate::course::{ItemId, Rhythm};
use crate::journal::Mark;
use crate::practice::counts::{Counts, LastSeven, Share};
use crate::practice::items::{AnyItem, NamedItem};
use crate::practice::view::Practice;
use crate::practice::weeks::{Cell, ReviewSpan, days_between};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How an item stands, as far as its rhythm asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// An item for every day.
    Daily(LastSeven),
    /// An item for some days of the week: how often it was kept in this week, of the days that
    /// it is meant for.
    Weekly(Share),
}

/// A day of an item, looked back on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemDay {
    /// It has this mark.
    Marked(Mark),
    /// It has none, and was meant.
    NotRecorded,
    /// It has none, and was not meant.
    NotMeant,
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

impl ItemDay {
    /// What stands in its column of a review.
    pub fn cell(self) -> Cell {
        match self {
            Self::Marked(mark) => Cell::Counted(Counts::of(mark)),
            Self::NotRecorded => Cell::Counted(Counts::default()),
            Self::NotMeant => Cell::NotMeant,
        }
    }
}

impl Practice<'_> {
    /// How an item stands on a day.
    pub fn standing(&self, item: &AnyItem, day: Date) -> Standing {
        self.standing_of(item.id, item.rhythm(), day)
    }

    /// How an item stands on a day, whatever became of it.
    pub fn standing_of_named(&self, item: &NamedItem, day: Date) -> Standing {
        self.standing_of(item.id, item.rhythm, day)
    }

    /// How an item stands on a day, in words that are true on another one: `2 of 3 that week`. The
    /// day is today or before.
    pub fn standing_in_words(&self, standing: Standing, day: Date, today: Date) -> String {
        match standing {
            Standing::Daily(LastSeven(kept)) if day != today => format!("{kept} of the 7 days up to then"),
            Standing::Daily(seven) => seven.in_words(),
            Standing::Weekly(share) => format!("{share} {}", self.week_in_words(day, today)),
        }
    }

    fn week_in_words(&self, day: Date, today: Date) -> &'static str {
        if self.week_of(day) == self.week_of(today) { "this week" } else { "that week" }
    }

    /// How an item for some days of the week stands on a day, in a few words; nothing of one for
    /// every day. The day is today or before.
    pub fn rhythm_in_words(&self, item: &AnyItem, day: Date, today: Date) -> Option<String> {
        let Standing::Weekly(share) = self.standing(item, day) else { return None };
        let week = self.week_in_words(day, today);
        Some(match item.rhythm() {
            Rhythm::Daily | Rhythm::PerWeek(_) => format!("{share} {week}"),
            days @ Rhythm::Days(_) => format!("{days}: {share} {week}"),
        })
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

    /// The days of an item from `first` to `last`, both included, looked back on. Of one for so many
    /// days of a week, whichever they are, only those were meant on which it still had to be done.
    pub fn days(&self, item: &NamedItem, first: Date, last: Date) -> impl Iterator<Item = ItemDay> + use<> {
        let begins = self.week_of(first);
        let ends = self.week_of(last).saturating_add(6.days());
        let length = |days: i32| usize::try_from(days).unwrap_or(0);
        let mut days = vec![ItemDay::NotRecorded; length(days_between(begins, ends) + 1)];
        for (day, mark) in self.marks_between(item.id, begins, ends) {
            if let Some(marked) = days.get_mut(length(days_between(begins, day))) {
                *marked = ItemDay::Marked(mark);
            }
        }
        days.chunks_mut(7).for_each(|week| leave_out(week, item.rhythm, self.week_begins));
        days.into_iter().skip(length(days_between(begins, first))).take(length(days_between(first, last) + 1))
    }

    /// The columns of a review for one item, from left to right. A column of a day may be one that
    /// the item is not meant for; a year has a column for each week, and every week has meant days.
    pub fn cells(&self, item: &NamedItem, span: ReviewSpan, today: Date) -> Vec<Cell> {
        match span {
            ReviewSpan::Year => self.columns(item.id, span, today).into_iter().map(Cell::Counted).collect(),
            ReviewSpan::Month | ReviewSpan::Quarter => {
                self.days(item, self.first_day(span, today), today).map(ItemDay::cell).collect()
            }
        }
    }

    fn standing_of(&self, item: &ItemId, rhythm: &Rhythm, day: Date) -> Standing {
        match rhythm {
            Rhythm::Daily => Standing::Daily(self.last_seven(item, day)),
            rhythm => {
                Standing::Weekly(Share { kept: self.kept_this_week(item, day), all: rhythm.days_a_week() })
            }
        }
    }

    /// On how many days of this week, up to its end, an item was kept.
    fn kept_this_week(&self, item: &ItemId, day: Date) -> u32 {
        let first = self.week_of(day);
        let marks = self.marks_between(item, first, first.saturating_add(6.days()));
        u32::try_from(marks.filter(|(_, mark)| *mark == Mark::Kept).count()).unwrap_or(7)
    }
}

/// Says of the days of a week that have no mark which of them were not meant. Of so many days, whichever they
/// are, the last ones are missed: as long as enough of them follow, nothing is.
fn leave_out(week: &mut [ItemDay], rhythm: &Rhythm, begins: Weekday) {
    let marked = week.iter().filter(|day| matches!(day, ItemDay::Marked(_))).count();
    let mut missing = match rhythm {
        Rhythm::Daily => return,
        Rhythm::PerWeek(days) => usize::from(*days).saturating_sub(marked),
        Rhythm::Days(_) => 0,
    };
    for (index, day) in week.iter_mut().enumerate().rev() {
        if *day != ItemDay::NotRecorded {
            continue;
        }
        let is_meant = match rhythm {
            Rhythm::Days(_) => rhythm.is_meant_for(begins.wrapping_add(i64::try_from(index).unwrap_or(0))),
            Rhythm::Daily | Rhythm::PerWeek(_) => missing > 0,
        };
        if is_meant {
            missing = missing.saturating_sub(1);
        } else {
            *day = ItemDay::NotMeant;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::course::Day;
    use proptest::prelude::*;

    fn any_rhythm() -> impl Strategy<Value = Rhythm> {
        let days = proptest::collection::btree_set(proptest::sample::select(&Day::ALL[..]), 1..7);
        prop_oneof![Just(Rhythm::Daily), (1..7_u8).prop_map(Rhythm::PerWeek), days.prop_map(Rhythm::Days)]
    }

    proptest! {
        #[test]
        fn a_week_misses_what_its_rhythm_asks_for_and_no_more(
            rhythm in any_rhythm(),
            marks in proptest::collection::vec(any::<bool>(), 7),
        ) {
            let day = |marked: &bool| if *marked { ItemDay::Marked(Mark::Slipped) } else { ItemDay::NotRecorded };
            let before: Vec<ItemDay> = marks.iter().map(day).collect();
            let mut week = before.clone();
            leave_out(&mut week, &rhythm, Weekday::Sunday);
            let marked = marks.iter().filter(|marked| **marked).count();
            let missed = week.iter().filter(|day| **day == ItemDay::NotRecorded).count();
            let unmarked = |day: &Day| {
                let index = (*day as usize + 1) % 7;
                marks.get(index) == Some(&false)
            };
            let expected = match &rhythm {
                Rhythm::Daily => 7 - marked,
                Rhythm::PerWeek(days) => usize::from(*days).saturating_sub(marked),
                Rhythm::Days(days) => days.iter().filter(|day| unmarked(day)).count(),
            };
            prop_assert_eq!(missed, expected);
            for (before, after) in before.iter().zip(&week) {
                prop_assert!(matches!(before, ItemDay::NotRecorded) || before == after);
            }
        }
    }
}
