//! The marks of long ago, packed as the cache has them until somebody asks.
//!
//! A start is to take no longer after ten years than after one, and what is looked at every
//! day is this year. So the marks of earlier days stay the bytes that they are in the cache,
//! a tenth of their size, and are unpacked at once when the first of them is asked for.
//! Owns the packing. Must not hold bytes whose checksum has not been found right.

use crate::course::ItemId;
use crate::journal::bytes::{Reader, Writer};
use crate::journal::ledger::DayMark;
use crate::journal::record::{DeviceId, RecordId};
use crate::journal::stamp::Stamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The marks of each item, sorted by day.
pub(crate) type Marks = BTreeMap<ItemId, Vec<DayMark>>;

/// How many days before the last one are at hand: a year and some weeks.
const AT_HAND: i64 = 400;

/// The marks of the days before a day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Packed {
    /// The first day that is not packed; `None` when nothing is.
    before: Option<Date>,
    /// The cache, and where in it these marks are.
    bytes: Arc<Vec<u8>>,
    range: Range<usize>,
    unpacked: OnceLock<Marks>,
}

impl Packed {
    /// The packed marks in this range of the cache.
    pub(crate) fn new(before: Date, bytes: Arc<Vec<u8>>, range: Range<usize>) -> Self {
        Self { before: Some(before), bytes, range, unpacked: OnceLock::new() }
    }

    /// Whether nothing is packed.
    pub(crate) fn is_empty(&self) -> bool {
        self.before.is_none()
    }

    /// Whether marks of this day would be here.
    pub(crate) fn holds(&self, day: Date) -> bool {
        self.before.is_some_and(|before| day < before)
    }

    /// The marks.
    pub(crate) fn marks(&self) -> &Marks {
        self.unpacked.get_or_init(|| {
            let bytes = self.bytes.get(self.range.clone()).unwrap_or_default();
            // They were written by this version and have not changed since.
            unpack(&mut Reader::new(bytes)).unwrap_or_default()
        })
    }

    /// The marks, leaving nothing.
    pub(crate) fn take(&mut self) -> Marks {
        self.marks();
        std::mem::take(self).unpacked.into_inner().unwrap_or_default()
    }
}

/// The day from which on marks stay at hand, if there are enough before it to be worth it.
pub(crate) fn boundary(marks: &Marks) -> Option<Date> {
    let last = marks.values().filter_map(|days| days.last()).map(|entry| entry.day).max()?;
    let boundary = last.checked_sub(AT_HAND.days()).ok()?;
    marks.values().filter_map(|days| days.first()).any(|entry| entry.day < boundary).then_some(boundary)
}

/// Packs the marks of the days before a day.
pub(crate) fn pack(marks: &Marks, before: Date) -> Vec<u8> {
    let mut writer = Writer::default();
    let mut devices: Vec<DeviceId> = marks.values().flatten().map(|entry| entry.stamp.id.device).collect();
    devices.sort_unstable();
    devices.dedup();
    writer.many(&devices, |writer, device| writer.device(*device));
    writer.many(marks, |writer, (item, days)| {
        let older = days.partition_point(|entry| entry.day < before);
        writer.text(item.as_str());
        let mut last = Last::default();
        writer.many(days.iter().take(older), |writer, entry| {
            let device = devices.binary_search(&entry.stamp.id.device).unwrap_or_default();
            writer.small(last.day(day_number(entry.day)));
            writer.mark(entry.mark);
            writer.small(device as u64);
            writer.small(last.rank(entry.stamp.rank));
            writer.small(last.sequence(entry.stamp.id.sequence));
            writer.u32(entry.stamp.id.sum);
        });
    });
    writer.into_bytes()
}

fn unpack(reader: &mut Reader<'_>) -> Option<Marks> {
    let devices = reader.list(Reader::device)?;
    reader.many(|reader| {
        let item = ItemId::new(reader.text()?);
        let mut last = Last::default();
        let days = reader.list(|reader| {
            last.day = last.day.wrapping_add(unfold(reader.small()?));
            let day = Date::ZERO.checked_add(last.day.cast_signed().days()).ok()?;
            let mark = reader.mark()?;
            let device = *devices.get(usize::try_from(reader.small()?).ok()?)?;
            last.rank = last.rank.wrapping_add(unfold(reader.small()?));
            last.sequence = last.sequence.wrapping_add(unfold(reader.small()?));
            let id = RecordId { device, sequence: last.sequence, sum: reader.u32()? };
            Some(DayMark { day, mark, stamp: Stamp { rank: last.rank, id } })
        })?;
        Some((item, days))
    })
}

/// The values of the entry before: what follows differs from them by little.
#[derive(Debug, Default)]
struct Last {
    day: u64,
    rank: u64,
    sequence: u64,
}

impl Last {
    fn day(&mut self, day: u64) -> u64 {
        fold(day.wrapping_sub(std::mem::replace(&mut self.day, day)))
    }

    fn rank(&mut self, rank: u64) -> u64 {
        fold(rank.wrapping_sub(std::mem::replace(&mut self.rank, rank)))
    }

    fn sequence(&mut self, sequence: u64) -> u64 {
        fold(sequence.wrapping_sub(std::mem::replace(&mut self.sequence, sequence)))
    }
}

/// A difference, so that small ones are small numbers on both sides of 0.
fn fold(difference: u64) -> u64 {
    let signed = difference.cast_signed();
    ((signed << 1) ^ (signed >> 63)).cast_unsigned()
}

fn unfold(folded: u64) -> u64 {
    (folded >> 1) ^ (folded & 1).wrapping_neg()
}

/// Days since the year 0.
fn day_number(day: Date) -> u64 {
    i64::from(day.since(Date::ZERO).map(|span| span.get_days()).unwrap_or_default()).cast_unsigned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]
mod tests {
    use super::*;
    use crate::journal::Mark;
    use proptest::prelude::*;

    fn entry() -> impl Strategy<Value = DayMark> {
        let mark = prop_oneof![
            Just(None),
            Just(Some(Mark::Kept)),
            Just(Some(Mark::Slipped)),
            Just(Some(Mark::DidNotArise))
        ];
        let numbers = (prop_oneof![0..50_u64, any::<u64>()], 0..4_u64, any::<u64>(), any::<u32>());
        (-9999_i16..9999, 1_i8..=12, 1_i8..=28, mark, numbers).prop_map(
            |(year, month, day, mark, numbers)| {
                let (rank, device, sequence, sum) = numbers;
                let id = RecordId { device: DeviceId(device), sequence, sum };
                DayMark { day: Date::new(year, month, day).unwrap(), mark, stamp: Stamp { rank, id } }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn packed_marks_come_out_as_they_went_in(
            items in prop::collection::btree_map("[a-z]{1,3}", prop::collection::vec(entry(), 0..20), 0..4),
            before in entry(),
        ) {
            let before = before.day;
            let marks: Marks = items
                .into_iter()
                .map(|(item, mut days)| {
                    days.sort_by_key(|entry| entry.day);
                    days.dedup_by_key(|entry| entry.day);
                    (ItemId::new(item), days)
                })
                .collect();
            let bytes = pack(&marks, before);
            let length = bytes.len();
            let mut packed = Packed::new(before, Arc::new(bytes), 0..length);
            let expected: Marks = marks
                .iter()
                .map(|(item, days)| {
                    (item.clone(), days.iter().filter(|entry| entry.day < before).copied().collect())
                })
                .collect();
            prop_assert_eq!(packed.marks(), &expected);
            prop_assert_eq!(&packed.take(), &expected);
            prop_assert!(packed.is_empty());
        }
    }
}
