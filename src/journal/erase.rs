//! Removing for good, and telling the other devices to do the same.
//!
//! Owns what a removal covers. Must not touch files: `rewrite.rs` does.

use crate::journal::Operation;
use crate::journal::choice::Choice;
use crate::journal::record::{Content, DeviceId, Record, parse_date};
use crate::journal::replay::MAX_SEQUENCE;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Everything that was ever recorded.
    All,
    /// All notes, in every version of them. Not asked for any more; what was asked for so
    /// means no more than it did then.
    Notes,
    /// All that is in her own words, in every version: notes, answers about weeks, if-then
    /// plans, and what the items of her own say.
    Words,
    /// What is about a day before this one; what is about no day, by when it was written.
    Before(Date),
}

/// A removal: what, of all that was known when it was asked for. What another device had
/// done by then without having shared it is not covered, because nobody had seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Erase {
    /// What is to be removed.
    pub(crate) what: What,
    /// The records of each device that it reaches.
    pub(crate) reach: Reach,
}

/// Which records a removal reaches, by device and sequence number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All up to a sequence number. Older versions asked for it so, taking a gap in the
    /// numbers of another device for something that they had seen.
    UpTo(BTreeMap<DeviceId, u64>),
    /// Exactly those that were seen.
    LogPosition(BTreeMap<DeviceId, Ranges>),
}

/// A set of sequence numbers, as ranges that do not touch, in rising order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    /// The ranges of these numbers, which may come in any order and more than once.
    pub(crate) fn of(numbers: impl IntoIterator<Item = u64>) -> Self {
        Self::merged(numbers.into_iter().map(|number| (number, number)).collect())
    }

    /// The same set as these ranges, whatever order they come in and however they overlap.
    fn merged(mut given: Vec<(u64, u64)>) -> Self {
        given.retain(|(first, last)| first <= last);
        given.sort_unstable();
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for (first, last) in given {
            match ranges.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => ranges.push((first, last)),
            }
        }
        Self(ranges)
    }

    fn contains(&self, number: u64) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, last)| number <= *last)
    }

    /// The end of the range that begins with the first record of a device, if there is one.
    fn unbroken(&self) -> Option<u64> {
        self.0.first().filter(|(first, _)| *first <= 1).map(|(_, last)| *last)
    }
}

#[derive(Serialize, Deserialize)]
struct Wire {
    op: String,
    what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// The last sequence number of the unbroken range from the first record of each device.
    /// Versions that know no ranges go by this alone and remove too little, never too much.
    seen: BTreeMap<String, u64>,
    /// All that was seen of each device, as first and last sequence numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ranges: Option<BTreeMap<String, Vec<(u64, u64)>>>,
}

impl Erase {
    /// The removal that this JSON stands for, if it is one that is known here.
    pub(crate) fn parse(json: &str) -> Option<Self> {
        let wire: Wire = serde_json::from_str(json).ok()?;
        if wire.op != "erase" {
            return None;
        }
        let what = match wire.what.as_str() {
            "all" => What::All,
            "notes" => What::Notes,
            "words" => What::Words,
            "before" => What::Before(parse_date(&wire.before?)?),
            _ => return None,
        };
        let reach = match wire.ranges {
            None => Reach::UpTo(by_device(wire.seen)?),
            Some(ranges) => Reach::LogPosition(
                by_device(ranges)?
                    .into_iter()
                    .map(|(device, ranges)| (device, Ranges::merged(ranges)))
                    .collect(),
            ),
        };
        Some(Self { what, reach })
    }

    /// Whether words that are not saved yet are to be removed with the rest: they may be a
    /// changed version of what was saved.
    pub(crate) fn covers_unsaved(&self, day: Option<Date>) -> bool {
        match self.what {
            What::All | What::Notes | What::Words => true,
            What::Before(before) => day.is_some_and(|day| day < before),
        }
    }

    /// Whether this record is to be removed. Removals themselves stay, or the devices that
    /// have not heard of them would never do so.
    pub(crate) fn covers(&self, record: &Record) -> bool {
        let sequence = record.id.sequence;
        let reached = match &self.reach {
            // A number that no device comes to was there by mistake when this was asked for.
            Reach::UpTo(last) => {
                last.get(&record.id.device).is_some_and(|last| sequence <= *last || sequence > MAX_SEQUENCE)
            }
            Reach::LogPosition(seen) => {
                seen.get(&record.id.device).is_some_and(|ranges| ranges.contains(sequence))
            }
        };
        reached
            && match (&record.content, self.what) {
                (Content::Erase(_), _) => false,
                (_, What::All) => true,
                (content, What::Notes) => matches!(content, Content::Operation(Operation::Note { .. })),
                (content, What::Words) => {
                    matches!(content, Content::Operation(operation) if has_words(operation))
                }
                (_, What::Before(day)) => record.day().is_some_and(|about| about < day),
            }
    }
}

/// Whether an operation holds words that she wrote herself.
fn has_words(operation: &Operation) -> bool {
    match operation {
        Operation::Note { .. } => true,
        Operation::Choice(Choice { chosen, .. }) => chosen.has_words(),
        Operation::Mark { .. } | Operation::Place { .. } | Operation::Read { .. } => false,
    }
}

impl Serialize for Erase {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (what, before) = match self.what {
            What::All => ("all", None),
            What::Notes => ("notes", None),
            What::Words => ("words", None),
            What::Before(day) => ("before", Some(day.to_string())),
        };
        let (seen, ranges) = match &self.reach {
            Reach::UpTo(last) => (written(last.iter().map(|(device, last)| (device, *last))), None),
            Reach::LogPosition(seen) => (
                written(seen.iter().filter_map(|(device, ranges)| Some((device, ranges.unbroken()?)))),
                Some(written(seen.iter().map(|(device, ranges)| (device, ranges.0.clone())))),
            ),
        };
        Wire { op: "erase".to_owned(), what: what.to_owned(), before, seen, ranges }.serialize(serializer)
    }
}

/// What was written by the names of devices; `None` when one is no such name.
fn by_device<T>(written: BTreeMap<String, T>) -> Option<BTreeMap<DeviceId, T>> {
    written.into_iter().map(|(device, value)| Some((DeviceId::parse(&device)?, value))).collect()
}

fn written<'a, T>(values: impl Iterator<Item = (&'a DeviceId, T)>) -> BTreeMap<String, T> {
    values.map(|(device, value)| (device.to_string(), value)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn ranges_hold_just_the_numbers_that_they_were_made_of() {
        let numbers = [9, 1, 2, 2, 3, 7, u64::MAX, u64::MAX - 1];
        let ranges = Ranges::of(numbers);
        assert_eq!(ranges.0, [(1, 3), (7, 7), (9, 9), (u64::MAX - 1, u64::MAX)]);
        for number in (0..12).chain(u64::MAX - 3..=u64::MAX) {
            assert_eq!(ranges.contains(number), numbers.contains(&number), "{number}");
        }
        assert!(!Ranges::default().contains(0));
        assert_eq!(Ranges::merged(vec![(5, 9), (8, 3), (1, 2), (6, 7), (3, 4)]).0, [(1, 9)]);
    }

    #[test]
    fn what_is_written_is_read_again_and_older_versions_remove_no_more() {
        let reach = Reach::LogPosition(BTreeMap::from([
            (DeviceId(1), Ranges::of([1, 2, 5])),
            (DeviceId(2), Ranges::of([4])),
        ]));
        let erase = Erase { what: What::Words, reach };
        let json = serde_json::to_string(&erase).unwrap();
        assert_eq!(Erase::parse(&json), Some(erase));
        assert_eq!(
            json,
            "{\"op\":\"erase\",\"what\":\"words\",\"seen\":{\"0000000000000001\":2},\
             \"ranges\":{\"0000000000000001\":[[1,2],[5,5]],\"0000000000000002\":[[4,4]]}}"
        );
        let old = "{\"op\":\"erase\",\"what\":\"all\",\"seen\":{\"0000000000000001\":7}}";
        let erase = Erase::parse(old).unwrap();
        assert_eq!(erase.reach, Reach::UpTo(BTreeMap::from([(DeviceId(1), 7)])));
        assert_eq!(serde_json::to_string(&erase).unwrap(), old);
    }
}
