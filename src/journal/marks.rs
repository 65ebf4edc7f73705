//! The marks of one course by item and day, and how the cache stores them.
//!
//! Opening ten years should take no longer than opening one, and what is looked at every day
//! are the last weeks. So the marks before the last [`RECENT_DAYS`] stay encoded, at a tenth of
//! their size, until the first of them is asked for.
//!
//! Owns the encoding: each mark is stored as its difference from the one before it, and
//! postcard writes small differences of either sign in one byte (zigzag and LEB128). Must not
//! hold encoded marks from a file whose checksum has not been verified.

use crate::course::ItemId;
use crate::journal::id::{DeviceId, RecordId};
use crate::journal::operation::Mark;
use crate::journal::version::Version;
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The days before the last mark that are decoded at once: the twelve weeks that Today and most reviews
/// show, and some days.
const RECENT_DAYS: i32 = 100;

/// The mark of a day, and the version of the record that set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayMark {
    pub(crate) day: Date,
    /// `None` is a mark that was taken back. It stays, to win over earlier ones that arrive later.
    pub(crate) mark: Option<Mark>,
    pub(crate) version: Version,
}

/// The marks of each item.
type ByItem = BTreeMap<ItemId, MarkedDays>;

/// The marks of one item, sorted by day, in a list for each year: a mark that comes out of order
/// moves at most those of its year, however many years there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct MarkedDays(BTreeMap<i16, Vec<DayMark>>);

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
            let encoded: Option<Encoded> = postcard::from_bytes(&self.encoded).ok();
            encoded.and_then(Encoded::decode).unwrap_or_default()
        })
    }

    fn into_decoded(self) -> ByItem {
        self.decoded();
        self.decoded.into_inner().unwrap_or_default()
    }
}

impl MarkedDays {
    fn get(&self, day: Date) -> Option<&DayMark> {
        let year = self.0.get(&day.year())?;
        year.get(year.binary_search_by_key(&day, |entry| entry.day).ok()?)
    }

    fn get_mut(&mut self, day: Date) -> Option<&mut DayMark> {
        let year = self.0.get_mut(&day.year())?;
        let index = year.binary_search_by_key(&day, |entry| entry.day).ok()?;
        year.get_mut(index)
    }

    /// All marks, from the earliest day.
    fn iter(&self) -> impl DoubleEndedIterator<Item = &DayMark> {
        self.0.values().flatten()
    }

    /// The marks from one day to another, from the earliest.
    fn between(&self, first: Date, last: Date) -> impl DoubleEndedIterator<Item = &DayMark> {
        let years = (first <= last).then(|| self.0.range(first.year()..=last.year()));
        years.into_iter().flatten().flat_map(move |(_, year)| {
            let from = year.partition_point(|entry| entry.day < first);
            let to = year.partition_point(|entry| entry.day <= last);
            year.get(from..to).unwrap_or_default()
        })
    }

    fn first(&self) -> Option<&DayMark> {
        self.0.values().next()?.first()
    }

    fn last(&self) -> Option<&DayMark> {
        self.0.values().next_back()?.last()
    }

    /// Inserts a mark unless there is a later one for its day.
    fn insert(&mut self, new: DayMark) {
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
    fn prepend(&mut self, earlier: Self) {
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

/// The form of [`Marks`] in the cache.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    before: Option<Date>,
    /// The marks before that day, as the bytes of an [`Encoded`].
    #[serde(borrow, serialize_with = "as_bytes")]
    older: &'a [u8],
    recent: Encoded,
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

/// Marks as differences.
#[derive(Serialize, Deserialize)]
struct Encoded {
    /// The devices that wrote them, sorted.
    devices: Vec<DeviceId>,
    items: Vec<(ItemId, Vec<Difference>)>,
}

/// A mark, by its difference from the mark before it in the list of its item.
#[derive(Serialize, Deserialize)]
struct Difference {
    days: i32,
    mark: Option<Mark>,
    /// An index into [`Encoded::devices`].
    device: usize,
    clock: i64,
    sequence: i64,
    #[serde(with = "postcard::fixint::le")]
    sum: u32,
}

/// The mark that the next one is encoded against: each against the one before.
struct Previous {
    day: Date,
    clock: u64,
    sequence: u64,
}

impl Previous {
    const START: Self = Self { day: Date::ZERO, clock: 0, sequence: 0 };

    fn of(mark: &DayMark) -> Self {
        Self { day: mark.day, clock: mark.version.clock, sequence: mark.version.id.sequence }
    }

    fn difference(&self, mark: &DayMark, device: usize) -> Difference {
        let Version { clock, id } = mark.version;
        Difference {
            // The difference of any two dates is less than 2^31 days.
            days: self.day.until(mark.day).map_or(0, |span| span.get_days()),
            mark: mark.mark,
            device,
            clock: clock.wrapping_sub(self.clock).cast_signed(),
            sequence: id.sequence.wrapping_sub(self.sequence).cast_signed(),
            sum: id.sum,
        }
    }

    fn plus(&self, difference: &Difference, devices: &[DeviceId]) -> Option<DayMark> {
        let id = RecordId {
            device: *devices.get(difference.device)?,
            sequence: self.sequence.wrapping_add_signed(difference.sequence),
            sum: difference.sum,
        };
        Some(DayMark {
            day: day_after(self.day, difference.days)?,
            mark: difference.mark,
            version: Version { clock: self.clock.wrapping_add_signed(difference.clock), id },
        })
    }
}

/// The day this many days later. Most marks are of the day after the one before, which jiff
/// finds without a span.
fn day_after(day: Date, days: i32) -> Option<Date> {
    if days == 1 { day.tomorrow().ok() } else { day.checked_add(Span::new().try_days(days).ok()?).ok() }
}

/// The marks of some days as differences. All items are there, also those without such a day.
fn encode(marks: &ByItem, is_wanted: impl Fn(Date) -> bool) -> Encoded {
    let mut devices: Vec<DeviceId> =
        marks.values().flat_map(MarkedDays::iter).map(|entry| entry.version.id.device).collect();
    devices.sort_unstable();
    devices.dedup();
    let items = marks.iter().map(|(item, days)| {
        let mut previous = Previous::START;
        let differences = days.iter().filter(|mark| is_wanted(mark.day)).map(|mark| {
            let device = devices.binary_search(&mark.version.id.device).unwrap_or_default();
            let difference = previous.difference(mark, device);
            previous = Previous::of(mark);
            difference
        });
        (item.clone(), differences.collect())
    });
    let items = items.collect();
    Encoded { devices, items }
}

impl Encoded {
    /// The marks; `None` when they name a device or a day that does not exist.
    fn decode(self) -> Option<ByItem> {
        let Self { devices, items } = self;
        let decode = |(item, differences): (ItemId, Vec<Difference>)| {
            let mut previous = Previous::START;
            let days = differences.iter().map(|difference| {
                let mark = previous.plus(difference, &devices)?;
                previous = Previous::of(&mark);
                Some(mark)
            });
            Some((item, days.collect::<Option<_>>()?))
        };
        items.into_iter().map(decode).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
