//! All removals that are known, and which records they reach together.
//!
//! Owns the index that makes asking about a record as quick with thousands of removals as with
//! one: a log that came from elsewhere may hold any number. Must not decide what a single
//! removal reaches: `erase.rs` does.

use crate::journal::Operation;
use crate::journal::erase::{Erase, EraseScope, Ranges};
use crate::journal::id::{DeviceId, RecordId};
use crate::journal::record::{Content, Record};
use jiff::civil::Date;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::OnceLock;

/// All removals that are known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Erases {
    by_record: BTreeMap<RecordId, Erase>,
    /// Made when the first record is asked about, from all that are known by then.
    index: OnceLock<BTreeMap<DeviceId, DeviceIndex>>,
}

/// Which records of one device are reached.
#[derive(Debug, Clone, Default)]
struct DeviceIndex {
    all: Ranges,
    notes: Ranges,
    words: Ranges,
    before: LatestDays,
}

// The index follows from the removals.
impl PartialEq for Erases {
    fn eq(&self, other: &Self) -> bool {
        self.by_record == other.by_record
    }
}

impl Eq for Erases {}

impl FromIterator<(RecordId, Erase)> for Erases {
    fn from_iter<I: IntoIterator<Item = (RecordId, Erase)>>(erases: I) -> Self {
        Self { by_record: erases.into_iter().collect(), index: OnceLock::new() }
    }
}

impl Erases {
    pub(crate) fn is_empty(&self) -> bool {
        self.by_record.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.by_record.len()
    }

    /// Adds a removal. Returns whether it was not known yet.
    pub(crate) fn insert(&mut self, id: RecordId, erase: Erase) -> bool {
        let is_new = self.by_record.insert(id, erase).is_none();
        if is_new {
            self.index.take();
        }
        is_new
    }

    /// The removals, and the records that asked for them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&RecordId, &Erase)> {
        self.by_record.iter()
    }

    /// Returns whether any of the removals names this number of a device, whoever wrote it.
    pub(crate) fn may_name(&self, device: DeviceId, sequence: u64) -> bool {
        let index = self.index.get_or_init(|| index_of(self.by_record.values()));
        index.get(&device).is_some_and(|index| index.names(sequence))
    }

    /// Returns whether any of the removals reaches this record.
    pub(crate) fn cover(&self, record: &Record) -> bool {
        let index = self.index.get_or_init(|| index_of(self.by_record.values()));
        index.get(&record.id.device).is_some_and(|index| index.may_cover(record))
            && self.by_record.values().rev().any(|erase| record.is_covered_by(erase))
    }
}

impl DeviceIndex {
    fn names(&self, sequence: u64) -> bool {
        [&self.all, &self.notes, &self.words].iter().any(|ranges| ranges.contains(sequence))
            || self.before.day_of(sequence).is_some()
    }

    /// Returns whether a removal names the record's number. It may still not reach the record, as
    /// another session wrote it or it was made later.
    fn may_cover(&self, record: &Record) -> bool {
        let sequence = record.id.sequence;
        match &record.content {
            // Removals themselves stay, or devices that have not heard of them would never do so.
            Content::Erase(_) | Content::Clock => return false,
            Content::Operation(operation) => {
                let is_note = matches!(operation, Operation::Note { .. });
                if is_note && self.notes.contains(sequence)
                    || operation.has_words() && self.words.contains(sequence)
                {
                    return true;
                }
            }
            Content::Unknown { .. } => {}
        }
        let is_before = || Some(record.day()? < self.before.day_of(sequence)?);
        self.all.contains(sequence) || is_before().unwrap_or(false)
    }
}

fn index_of<'a>(erases: impl Iterator<Item = &'a Erase>) -> BTreeMap<DeviceId, DeviceIndex> {
    #[derive(Default)]
    struct Given {
        all: Vec<(u64, u64)>,
        notes: Vec<(u64, u64)>,
        words: Vec<(u64, u64)>,
        before: Vec<(u64, u64, Date)>,
    }
    let mut given: BTreeMap<DeviceId, Given> = BTreeMap::new();
    for erase in erases {
        for (device, ranges) in erase.reach.by_device() {
            let given = given.entry(device).or_default();
            match erase.scope {
                EraseScope::All => given.all.extend(ranges),
                EraseScope::Notes => given.notes.extend(ranges),
                EraseScope::Words => given.words.extend(ranges),
                EraseScope::Before(day) => {
                    given.before.extend(ranges.into_iter().map(|(first, last)| (first, last, day)));
                }
            }
        }
    }
    let index = |given: Given| DeviceIndex {
        all: Ranges::merged(given.all),
        notes: Ranges::merged(given.notes),
        words: Ranges::merged(given.words),
        before: LatestDays::of(given.before),
    };
    given.into_iter().map(|(device, given)| (device, index(given))).collect()
}

/// The latest day of those that are given for ranges of numbers, for each number: ranges that do
/// not overlap, in rising order, each as its first number, its last, and the day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct LatestDays(Vec<(u64, u64, Date)>);

impl LatestDays {
    /// Sweeps over the numbers with a heap of the ranges that are open, the latest day on top.
    fn of(mut given: Vec<(u64, u64, Date)>) -> Self {
        given.retain(|(first, last, _)| first <= last);
        given.sort_unstable();
        let mut given = given.into_iter().peekable();
        let mut open: BinaryHeap<(Date, u64)> = BinaryHeap::new();
        let mut days = Vec::new();
        let mut number = 0;
        loop {
            while let Some((_, last, day)) = given.next_if(|(first, _, _)| *first <= number) {
                open.push((day, last));
            }
            while open.peek().is_some_and(|(_, last)| *last < number) {
                open.pop();
            }
            let next = given.peek().map(|(first, _, _)| *first);
            number = match (open.peek(), next) {
                (None, None) => break,
                (None, Some(next)) => next,
                (Some((day, last)), next) => {
                    let end = next.map_or(*last, |next| (*last).min(next - 1));
                    days.push((number, end, *day));
                    match end.checked_add(1) {
                        None => break,
                        Some(after) => after,
                    }
                }
            };
        }
        Self(days)
    }

    fn day_of(&self, number: u64) -> Option<Date> {
        let after = self.0.partition_point(|(first, _, _)| *first <= number);
        let (_, last, day) = self.0.get(after.checked_sub(1)?)?;
        (number <= *last).then_some(*day)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::course::{CourseId, ItemId, LessonId};
    use crate::journal::choice::{Choice, Chosen, IfThen};
    use crate::journal::erase::Reach;
    use crate::journal::id::{MAX_SEQUENCE, WriterId};
    use proptest::prelude::*;

    fn day() -> impl Strategy<Value = Date> {
        (1_i8..=28).prop_map(|day| Date::new(2026, 11, day).unwrap())
    }

    fn number() -> impl Strategy<Value = u64> {
        prop_oneof![0..12_u64, MAX_SEQUENCE - 1..MAX_SEQUENCE + 2, u64::MAX - 1..=u64::MAX]
    }

    fn writer() -> impl Strategy<Value = Option<WriterId>> {
        prop::option::of((0..2_u32).prop_map(WriterId))
    }

    fn erase() -> impl Strategy<Value = Erase> {
        let scope = prop_oneof![
            Just(EraseScope::All),
            Just(EraseScope::Notes),
            Just(EraseScope::Words),
            day().prop_map(EraseScope::Before)
        ];
        let up_to = prop::collection::btree_map((0..3_u64).prop_map(DeviceId), number(), 0..3);
        let numbered = prop::collection::btree_map(
            (0..3_u64).prop_map(DeviceId),
            prop::collection::vec(number(), 0..6).prop_map(Ranges::of),
            0..3,
        );
        let written = prop::collection::btree_map(
            ((0..3_u64).prop_map(DeviceId), writer()),
            prop::collection::vec(number(), 0..6).prop_map(Ranges::of),
            0..4,
        );
        let reach = prop_oneof![
            up_to.prop_map(Reach::UpTo),
            numbered.prop_map(Reach::Numbered),
            written.prop_map(Reach::Written)
        ];
        (scope, reach, 0..9_u64).prop_map(|(scope, reach, clock)| Erase { scope, reach, clock })
    }

    fn record() -> impl Strategy<Value = Record> {
        let course = || CourseId::new("c");
        let content = prop_oneof![
            day().prop_map(move |day| Content::Operation(Operation::Note {
                course: course(),
                note: "n".into(),
                day,
                place: None,
                text: "t".into()
            })),
            day().prop_map(move |day| Content::Operation(Operation::Mark {
                course: course(),
                item: ItemId::new("i"),
                day,
                mark: None
            })),
            Just(Content::Operation(Operation::Read { course: course(), lesson: LessonId::new("l") })),
            Just(Content::Operation(Operation::Choice(Choice {
                course: course(),
                chosen: Chosen::IfThen { item: ItemId::new("i"), plan: IfThen::default() }
            }))),
            prop::option::of(day()).prop_map(|day| Content::Unknown { day }),
            erase().prop_map(Content::Erase),
        ];
        (0..3_u64, writer(), number(), 0..9_u64, prop::option::of(day()), content).prop_map(
            |(device, writer, sequence, clock, written, content)| {
                let id = RecordId { device: DeviceId(device), sequence, sum: 0 };
                Record { id, writer, clock, written, supersedes: None, content }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

        #[test]
        fn all_removals_together_reach_what_any_of_them_reaches(
            erases in prop::collection::vec(erase(), 0..8),
            records in prop::collection::vec(record(), 1..40),
        ) {
            let mut known = Erases::default();
            for (sequence, erase) in (1..).zip(&erases) {
                let id = RecordId { device: DeviceId(9), sequence, sum: 0 };
                prop_assert!(known.insert(id, erase.clone()));
                prop_assert!(!known.insert(id, erase.clone()));
                for record in &records {
                    let expected = known.iter().any(|(_, erase)| record.is_covered_by(erase));
                    prop_assert_eq!(known.cover(record), expected, "{:?}", record);
                }
            }
        }
    }
}
