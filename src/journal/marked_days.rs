//! The marks of one item, by day.
//!
//! Owns in which order they are kept. Must not know how they are stored.

use crate::course::ItemId;
use crate::journal::operation::Mark;
use crate::journal::version::Version;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The mark of a day, and the version of the record that set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayMark {
    pub(crate) day: Date,
    /// `None` is a mark that was taken back. It stays, to win over earlier ones that arrive later.
    pub(crate) mark: Option<Mark>,
    pub(crate) version: Version,
}

/// The marks of each item.
pub(super) type ByItem = BTreeMap<ItemId, MarkedDays>;

/// The marks of one item, sorted by day, in a list for each year: a mark that comes out of order
/// moves at most those of its year, however many years there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct MarkedDays(BTreeMap<i16, Vec<DayMark>>);

impl MarkedDays {
    pub(super) fn get(&self, day: Date) -> Option<&DayMark> {
        let year = self.0.get(&day.year())?;
        year.get(year.binary_search_by_key(&day, |entry| entry.day).ok()?)
    }

    pub(super) fn get_mut(&mut self, day: Date) -> Option<&mut DayMark> {
        let year = self.0.get_mut(&day.year())?;
        let index = year.binary_search_by_key(&day, |entry| entry.day).ok()?;
        year.get_mut(index)
    }

    /// All marks, from the earliest day.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &DayMark> {
        self.0.values().flatten()
    }

    /// The marks from one day to another, from the earliest.
    pub(super) fn between(&self, first: Date, last: Date) -> impl DoubleEndedIterator<Item = &DayMark> {
        let years = (first <= last).then(|| self.0.range(first.year()..=last.year()));
        years.into_iter().flatten().flat_map(move |(_, year)| {
            let from = year.partition_point(|entry| entry.day < first);
            let to = year.partition_point(|entry| entry.day <= last);
            year.get(from..to).unwrap_or_default()
        })
    }

    pub(super) fn first(&self) -> Option<&DayMark> {
        self.0.values().next()?.first()
    }

    pub(super) fn last(&self) -> Option<&DayMark> {
        self.0.values().next_back()?.last()
    }

    /// Inserts a mark unless there is a later one for its day.
    pub(super) fn insert(&mut self, new: DayMark) {
        let year = self.0.entry(new.day.year()).or_default();
        // Records mostly come in the order of the days.
        if year.last().is_none_or(|last| last.day < new.day) {
            year.push(new);
            return;
        }
        match year.binary_search_by_key(&new.day, |entry| entry.day) {
            Ok(index) => {
                if let Some(entry) = year.get_mut(index)
                    && new.version > entry.version
                {
                    *entry = new;
                }
            }
            Err(index) => year.insert(index, new),
        }
    }

    /// Adds marks that are all of days before those that are here.
    pub(super) fn prepend(&mut self, earlier: Self) {
        for (year, mut days) in earlier.0 {
            let newer = self.0.entry(year).or_default();
            days.append(newer);
            *newer = days;
        }
    }
}

impl FromIterator<DayMark> for MarkedDays {
    /// The marks must come in the order of their days.
    fn from_iter<I: IntoIterator<Item = DayMark>>(marks: I) -> Self {
        let mut days = Self::default();
        for mark in marks {
            days.0.entry(mark.day.year()).or_default().push(mark);
        }
        days
    }
}
