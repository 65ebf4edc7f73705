//! Removing for good, and telling the other devices to do the same.
//!
//! Owns what a removal covers. Must not touch files: `rewrite.rs` does.

use crate::journal::id::{DeviceId, MAX_SEQUENCE, WriterId};
use crate::journal::parse::parse_date;
use crate::journal::version::LEAP;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The scope of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EraseScope {
    /// Everything that was ever recorded.
    All,
    /// All notes, in every version of them. No longer offered; an erase of older versions
    /// means no more than it did then.
    Notes,
    /// All that is in the reader's own words, in every version: notes, answers about weeks,
    /// if-then plans, and the texts of own items.
    Words,
    /// Everything about a day before this one; a record about no day counts by the day on
    /// which it was written.
    Before(Date),
}

/// A removal: what, of all that was known when it was asked for. What another device had
/// done by then without having shared it is not covered, because nobody had seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Erase {
    /// Its scope.
    pub(crate) scope: EraseScope,
    /// The records of each device that it reaches.
    pub(crate) reach: Reach,
    /// The Lamport clock of its record. Whoever asked for it had seen clocks below it, so it
    /// never reaches a record that was made later, whatever numbers it names.
    pub(crate) clock: u64,
}

/// The records that a removal reaches, by device and sequence number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All up to a sequence number. Older versions asked for it so, taking a gap in the
    /// numbers of another device for something that they had seen.
    UpTo(BTreeMap<DeviceId, u64>),
    /// Those with numbers that were seen, whoever wrote them under that device's id.
    Numbered(BTreeMap<DeviceId, Ranges>),
    /// Exactly those that were seen, by the sessions that wrote them.
    Written(BTreeMap<(DeviceId, Option<WriterId>), Ranges>),
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
    pub(crate) fn merged(mut given: Vec<(u64, u64)>) -> Self {
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

    /// The ranges, as first and last numbers, in rising order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        self.0.iter().copied()
    }

    pub(crate) fn contains(&self, number: u64) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, last)| number <= *last)
    }

    /// The end of the range that begins with the first record of a device, if there is one.
    fn unbroken(&self) -> Option<u64> {
        self.0.first().filter(|(first, _)| *first <= 1).map(|(_, last)| *last)
    }
}

impl Reach {
    /// The ranges of the sequence numbers that are named, by device, whoever wrote them.
    pub(crate) fn by_device(&self) -> Vec<(DeviceId, Vec<(u64, u64)>)> {
        match self {
            // A number that no device comes to was there by mistake when this was asked for.
            Self::UpTo(last) => last
                .iter()
                .map(|(device, last)| (*device, vec![(0, *last), (MAX_SEQUENCE + 1, u64::MAX)]))
                .collect(),
            Self::Numbered(seen) => seen.iter().map(|(device, ranges)| (*device, ranges.0.clone())).collect(),
            Self::Written(seen) => {
                seen.iter().map(|((device, _), ranges)| (*device, ranges.0.clone())).collect()
            }
        }
    }
}

/// An erase as JSON, to be written.
#[derive(Serialize)]
struct Wire {
    op: &'static str,
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// The last sequence number of the unbroken range from the first record of each device.
    /// Versions that know no ranges go by this alone and remove too little, never too much.
    seen: BTreeMap<String, u64>,
    /// All that was seen of each device, as first and last sequence numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    ranges: Option<BTreeMap<String, Vec<(u64, u64)>>>,
    /// The same by session, in whose place a record without one has an empty name. Since version
    /// 1.1; versions that do not know it go by the ranges.
    #[serde(skip_serializing_if = "Option::is_none")]
    writers: Option<BTreeMap<String, WrittenBy>>,
}

/// An erase as JSON, read. It says the same several times for different versions, and only one of
/// these is parsed: a hostile log may name tens of thousands of devices.
#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    op: Cow<'a, str>,
    #[serde(borrow)]
    what: Cow<'a, str>,
    #[serde(borrow, default)]
    before: Option<Cow<'a, str>>,
    #[serde(borrow)]
    seen: &'a RawValue,
    #[serde(borrow, default)]
    ranges: Option<&'a RawValue>,
    #[serde(borrow, default)]
    writers: Option<&'a RawValue>,
}

/// What was seen of each session of each device, as it is read.
type GivenWriters<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<(u64, u64)>>>;

/// What was seen of each session of one device, as first and last sequence numbers.
type WrittenBy = BTreeMap<String, Vec<(u64, u64)>>;

impl Erase {
    /// The removal that this JSON stands for, if it is one that is known here.
    pub(crate) fn parse(json: &str, clock: u64) -> Option<Self> {
        let given: Given<'_> = serde_json::from_str(json).ok()?;
        if given.op != "erase" {
            return None;
        }
        let scope = match &*given.what {
            "all" => EraseScope::All,
            "notes" => EraseScope::Notes,
            "words" => EraseScope::Words,
            "before" => EraseScope::Before(parse_date(&given.before?)?),
            _ => return None,
        };
        let reach = match (given.writers, given.ranges) {
            (Some(writers), _) => Reach::Written(by_writer(parsed(writers)?)?),
            (None, None) => Reach::UpTo(by_device(parsed(given.seen)?)?),
            (None, Some(ranges)) => Reach::Numbered(
                by_device(parsed::<BTreeMap<&str, Vec<(u64, u64)>>>(ranges)?)?
                    .into_iter()
                    .map(|(device, ranges)| (device, Ranges::merged(ranges)))
                    .collect(),
            ),
        };
        Some(Self { scope, reach, clock })
    }

    /// Returns whether words that are not saved yet are to be removed with the rest: they may be a
    /// changed version of what was saved.
    pub(crate) fn covers_unsaved(&self, day: Option<Date>) -> bool {
        match self.scope {
            EraseScope::All | EraseScope::Notes | EraseScope::Words => true,
            EraseScope::Before(before) => day.is_some_and(|day| day < before),
        }
    }

    /// Returns whether a record with this clock may have been seen when this was asked for: it
    /// came before, or its clock was so far ahead that it was not believed.
    pub(crate) fn comes_after(&self, clock: u64) -> bool {
        clock < self.clock || clock >= self.clock.saturating_add(LEAP)
    }

    /// Returns whether it names a number of a device and a session.
    pub(crate) fn reaches(&self, device: DeviceId, writer: Option<WriterId>, sequence: u64) -> bool {
        match &self.reach {
            // A number that no device comes to was there by mistake when this was asked for.
            Reach::UpTo(last) => {
                last.get(&device).is_some_and(|last| sequence <= *last || sequence > MAX_SEQUENCE)
            }
            Reach::Numbered(seen) => seen.get(&device).is_some_and(|ranges| ranges.contains(sequence)),
            Reach::Written(seen) => {
                seen.get(&(device, writer)).is_some_and(|ranges| ranges.contains(sequence))
            }
        }
    }
}

impl Serialize for Erase {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (what, before) = match self.scope {
            EraseScope::All => ("all", None),
            EraseScope::Notes => ("notes", None),
            EraseScope::Words => ("words", None),
            EraseScope::Before(day) => ("before", Some(day.to_string())),
        };
        let (seen, ranges, writers) = match &self.reach {
            Reach::UpTo(last) => (written(last.iter().map(|(device, last)| (device, *last))), None, None),
            Reach::Numbered(seen) => (unbroken(seen), Some(numbers(seen)), None),
            Reach::Written(seen) => {
                let devices = without_writers(seen);
                (unbroken(&devices), Some(numbers(&devices)), Some(by_name(seen)))
            }
        };
        Wire { op: "erase", what, before, seen, ranges, writers }.serialize(serializer)
    }
}

/// The last number of each device before the first gap.
fn unbroken(seen: &BTreeMap<DeviceId, Ranges>) -> BTreeMap<String, u64> {
    written(seen.iter().filter_map(|(device, ranges)| Some((device, ranges.unbroken()?))))
}

/// The ranges by the names of the devices.
fn numbers(seen: &BTreeMap<DeviceId, Ranges>) -> BTreeMap<String, Vec<(u64, u64)>> {
    written(seen.iter().map(|(device, ranges)| (device, ranges.0.clone())))
}

/// The ranges of each device, of all its sessions together.
fn without_writers(seen: &BTreeMap<(DeviceId, Option<WriterId>), Ranges>) -> BTreeMap<DeviceId, Ranges> {
    let mut devices: BTreeMap<DeviceId, Vec<(u64, u64)>> = BTreeMap::new();
    for ((device, _), ranges) in seen {
        devices.entry(*device).or_default().extend(&ranges.0);
    }
    devices.into_iter().map(|(device, ranges)| (device, Ranges::merged(ranges))).collect()
}

/// The ranges by the names of devices and sessions.
fn by_name(seen: &BTreeMap<(DeviceId, Option<WriterId>), Ranges>) -> BTreeMap<String, WrittenBy> {
    let mut devices: BTreeMap<String, WrittenBy> = BTreeMap::new();
    for ((device, writer), ranges) in seen {
        let writer = writer.map(|writer| writer.to_string()).unwrap_or_default();
        devices.entry(device.to_string()).or_default().insert(writer, ranges.0.clone());
    }
    devices
}

/// What was written by the names of devices and sessions; `None` when one is no such name.
fn by_writer(written: GivenWriters<'_>) -> Option<BTreeMap<(DeviceId, Option<WriterId>), Ranges>> {
    let mut seen = BTreeMap::new();
    for (device, writers) in by_device(written)? {
        for (writer, ranges) in writers {
            let writer = if writer.is_empty() { None } else { Some(WriterId::parse(writer)?) };
            seen.insert((device, writer), Ranges::merged(ranges));
        }
    }
    Some(seen)
}

/// The values by the ids of devices; `None` when one of the names is no id.
fn by_device<T>(written: BTreeMap<&str, T>) -> Option<BTreeMap<DeviceId, T>> {
    written.into_iter().map(|(device, value)| Some((DeviceId::parse(device)?, value))).collect()
}

fn parsed<'a, T: Deserialize<'a>>(json: &'a RawValue) -> Option<T> {
    serde_json::from_str(json.get()).ok()
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
        let reach = Reach::Numbered(BTreeMap::from([
            (DeviceId(1), Ranges::of([1, 2, 5])),
            (DeviceId(2), Ranges::of([4])),
        ]));
        let erase = Erase { scope: EraseScope::Words, reach, clock: 9 };
        let json = serde_json::to_string(&erase).unwrap();
        assert_eq!(Erase::parse(&json, 9), Some(erase));
        assert_eq!(
            json,
            "{\"op\":\"erase\",\"what\":\"words\",\"seen\":{\"0000000000000001\":2},\
             \"ranges\":{\"0000000000000001\":[[1,2],[5,5]],\"0000000000000002\":[[4,4]]}}"
        );
        let old = "{\"op\":\"erase\",\"what\":\"all\",\"seen\":{\"0000000000000001\":7}}";
        let erase = Erase::parse(old, 9).unwrap();
        assert_eq!(erase.reach, Reach::UpTo(BTreeMap::from([(DeviceId(1), 7)])));
        assert_eq!(serde_json::to_string(&erase).unwrap(), old);
    }

    #[test]
    fn what_was_seen_of_each_session_is_read_again_and_older_versions_go_by_the_device() {
        let reach = Reach::Written(BTreeMap::from([
            ((DeviceId(1), None), Ranges::of([1, 2])),
            ((DeviceId(1), Some(WriterId(7))), Ranges::of([3])),
            ((DeviceId(1), Some(WriterId(8))), Ranges::of([3, 5])),
        ]));
        let erase = Erase { scope: EraseScope::All, reach, clock: 9 };
        let json = serde_json::to_string(&erase).unwrap();
        assert_eq!(Erase::parse(&json, 9).as_ref(), Some(&erase));
        assert_eq!(
            json,
            "{\"op\":\"erase\",\"what\":\"all\",\"seen\":{\"0000000000000001\":3},\
             \"ranges\":{\"0000000000000001\":[[1,3],[5,5]]},\
             \"writers\":{\"0000000000000001\":{\"\":[[1,2]],\"00000007\":[[3,3]],\"00000008\":[[3,3],[5,5]]}}}"
        );
        assert!(erase.reaches(DeviceId(1), Some(WriterId(7)), 3));
        assert!(!erase.reaches(DeviceId(1), Some(WriterId(7)), 5));
        assert!(!erase.reaches(DeviceId(1), Some(WriterId(9)), 3));
    }
}
