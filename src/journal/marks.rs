//! The marks of one course by item and day.
//!
//! Opening ten years should take no longer than opening one, and what is looked at every day
//! are the last weeks. So the marks before the last [`RECENT_DAYS`] stay encoded, at a tenth of
//! their size, until the first of them is asked for.
//!
//! Owns which marks stay encoded. How that is done is in `marks_encoding.rs`. Must not hold encoded marks
//! from a file whose checksum has not been verified.

use crate::course::ItemId;
use crate::journal::marked_days::{ByItem, DayMark, MarkedDays};
use crate::journal::marks_encoding::{EncodedMarks, encode};
use crate::journal::operation::Mark;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// The days before the last mark that are decoded at once: the twelve weeks that Today and most reviews
/// show, and some days.
const RECENT_DAYS: i32 = 100;

/// The marks of one course.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    /// Has an entry for every item, also for one that has older marks only.
    recent: ByItem,
    older: OlderMarks,
}

/// The marks before a day, encoded until they are asked for.
#[derive(Debug, Clone, Default)]
struct OlderMarks {
    /// The first day that is not encoded here; `None` when nothing is.
    before: Option<Date>,
    encoded: Arc<[u8]>,
    decoded: OnceLock<ByItem>,
}

impl Marks {
    /// The mark of an item for a day.
    pub(crate) fn get(&self, item: &ItemId, day: Date) -> Option<Mark> {
        self.find(item, day)?.mark
    }

    /// The mark of an item for a day with its version, also one that was taken back.
    pub(crate) fn find(&self, item: &ItemId, day: Date) -> Option<&DayMark> {
        let marks = if self.older.covers(day) { self.older.decoded() } else { &self.recent };
        marks.get(item)?.get(day)
    }

    /// The marked days of an item, from the earliest.
    pub(crate) fn of<'a>(&'a self, item: &ItemId) -> impl DoubleEndedIterator<Item = (Date, Mark)> + use<'a> {
        let days = [self.older.decoded().get(item), self.recent.get(item)];
        days.into_iter()
            .flatten()
            .flat_map(MarkedDays::iter)
            .filter_map(|entry| Some((entry.day, entry.mark?)))
    }

    /// The marked days of an item from `first` to `last`, both included, from the earliest. What is
    /// encoded stays so where none of these days is in it.
    pub(crate) fn between<'a>(
        &'a self,
        item: &ItemId,
        first: Date,
        last: Date,
    ) -> impl DoubleEndedIterator<Item = (Date, Mark)> + use<'a> {
        let older = if self.older.covers(first) { self.older.decoded().get(item) } else { None };
        let days = [older, self.recent.get(item)];
        days.into_iter()
            .flatten()
            .flat_map(move |days| days.between(first, last))
            .filter_map(|entry| Some((entry.day, entry.mark?)))
    }

    /// Every item that was ever marked, also if the mark was taken back.
    pub(crate) fn items(&self) -> impl Iterator<Item = &ItemId> {
        self.recent.keys()
    }

    /// Inserts a mark unless there is a later one for its day. The name of a known item is
    /// not copied.
    pub(crate) fn insert(&mut self, item: &str, mark: DayMark) {
        if self.older.covers(mark.day) {
            self.decode_all();
        }
        match self.recent.get_mut(item) {
            Some(days) => days.insert(mark),
            None => self.recent.entry(ItemId::new(item)).or_default().insert(mark),
        }
    }

    /// Replaces an unsaved mark by the same one as it was written. Without one for that day it
    /// does nothing and returns false.
    pub(crate) fn settle(&mut self, item: &ItemId, written: DayMark) -> bool {
        // An unsaved mark is never encoded: `insert` has decoded its day.
        let entry = self.recent.get_mut(item).and_then(|days| days.get_mut(written.day));
        match entry.filter(|entry| entry.version.is_unsaved()) {
            Some(entry) => {
                *entry = written;
                true
            }
            None => false,
        }
    }

    fn decode_all(&mut self) {
        for (item, older) in std::mem::take(&mut self.older).into_decoded() {
            self.recent.entry(item).or_default().prepend(older);
        }
    }

    /// All marks, decoded.
    fn all(&self) -> Cow<'_, ByItem> {
        if self.older.before.is_none() {
            return Cow::Borrowed(&self.recent);
        }
        let mut whole = self.clone();
        whole.decode_all();
        Cow::Owned(whole.recent)
    }
}

// What is encoded is no part of what the marks are.
impl PartialEq for Marks {
    fn eq(&self, other: &Self) -> bool {
        self.all() == other.all()
    }
}

impl Eq for Marks {}

impl OlderMarks {
    fn covers(&self, day: Date) -> bool {
        self.before.is_some_and(|before| day < before)
    }

    fn decoded(&self) -> &ByItem {
        self.decoded.get_or_init(|| {
            // This version wrote them, and their checksum was verified.
            let encoded: Option<EncodedMarks> = postcard::from_bytes(&self.encoded).ok();
            encoded.and_then(EncodedMarks::decode).unwrap_or_default()
        })
    }

    fn into_decoded(self) -> ByItem {
        self.decoded();
        self.decoded.into_inner().unwrap_or_default()
    }
}

/// The form of [`Marks`] in the cache.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    before: Option<Date>,
    /// The marks before that day, as the bytes of an [`EncodedMarks`].
    #[serde(borrow, serialize_with = "as_bytes")]
    older: &'a [u8],
    recent: EncodedMarks,
}

/// Serialises in one piece, not byte by byte.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn as_bytes<S: Serializer>(bytes: &&[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

impl Serialize for Marks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = self.all();
        let before = first_recent_day(&all);
        let older = before.map(|before| encode(&all, |day| day < before));
        let older = older.map_or(Ok(Vec::new()), |older| postcard::to_allocvec(&older));
        let older = older.map_err(ser::Error::custom)?;
        let recent = encode(&all, |day| before.is_none_or(|before| day >= before));
        Stored { before, older: &older, recent }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Marks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Stored { before, older, recent } = Stored::deserialize(deserializer)?;
        let recent = recent.decode().ok_or_else(|| de::Error::custom("a day or a device is not known"))?;
        Ok(Self { recent, older: OlderMarks { before, encoded: older.into(), decoded: OnceLock::new() } })
    }
}

/// The first day whose marks are decoded at once, if enough marks lie before it.
fn first_recent_day(marks: &ByItem) -> Option<Date> {
    let last = marks.values().filter_map(MarkedDays::last).map(|entry| entry.day).max()?;
    let first = last.checked_sub(RECENT_DAYS.days()).ok()?;
    marks.values().filter_map(MarkedDays::first).any(|entry| entry.day < first).then_some(first)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use crate::journal::id::{DeviceId, RecordId};
    use crate::journal::version::Version;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn entry() -> impl Strategy<Value = DayMark> {
        let mark = prop_oneof![
            Just(None),
            Just(Some(Mark::Kept)),
            Just(Some(Mark::Slipped)),
            Just(Some(Mark::DidNotArise))
        ];
        let numbers = (prop_oneof![0..50_u64, any::<u64>()], 0..4_u64, any::<u64>(), any::<u32>());
        (-9999_i16..=9999, 1_i8..=12, 1_i8..=28, mark, numbers).prop_map(
            |(year, month, day, mark, numbers)| {
                let (clock, device, sequence, sum) = numbers;
                let id = RecordId { device: DeviceId(device), sequence, sum };
                DayMark { day: Date::new(year, month, day).unwrap(), mark, version: Version { clock, id } }
            },
        )
    }

    fn marks_of(items: &BTreeMap<String, Vec<DayMark>>) -> Marks {
        let mut marks = Marks::default();
        for (item, mark) in items.iter().flat_map(|(item, days)| days.iter().map(move |day| (item, day))) {
            marks.insert(item, *mark);
        }
        marks
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn marks_come_out_of_the_cache_as_they_went_in(
            items in prop::collection::btree_map("[a-z]{1,3}", prop::collection::vec(entry(), 1..20), 0..4),
            later in entry(),
        ) {
            let marks = marks_of(&items);
            let bytes = postcard::to_allocvec(&marks).unwrap();
            let mut cached: Marks = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(&cached, &marks);
            for (item, days) in &items {
                let item = ItemId::new(item);
                prop_assert!(cached.of(&item).eq(marks.of(&item)));
                for day in days {
                    prop_assert_eq!(cached.get(&item, day.day), marks.get(&item, day.day));
                }
            }
            // Some days are the same, whether what is older is encoded still or not.
            for (item, days) in &items {
                let (encoded, item): (Marks, _) = (postcard::from_bytes(&bytes).unwrap(), ItemId::new(item));
                for (one, other) in days.iter().zip(days.iter().skip(1)) {
                    let (first, last) = (one.day.min(other.day), one.day.max(other.day));
                    let expected = marks.of(&item).filter(|(day, _)| (first..=last).contains(day));
                    prop_assert!(encoded.between(&item, first, last).eq(expected));
                    prop_assert!(first == last || encoded.between(&item, last, first).eq([]));
                }
            }
            // A cache that is written without its older marks having been decoded is the same.
            let again: Marks = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(postcard::to_allocvec(&again).unwrap(), bytes);
            let mut expected = marks;
            cached.insert("a", later);
            expected.insert("a", later);
            prop_assert_eq!(&cached, &expected);
        }
    }
}
