//! How the cache stores marks: each as its difference from the one before it.
//!
//! postcard writes small differences of either sign in one byte (zigzag and LEB128). Must not decide which
//! marks are stored so.

use crate::course::ItemId;
use crate::journal::id::{DeviceId, RecordId};
use crate::journal::marked_days::{ByItem, DayMark, MarkedDays};
use crate::journal::operation::Mark;
use crate::journal::version::Version;
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Marks as differences.
#[derive(Serialize, Deserialize)]
pub(super) struct EncodedMarks {
    /// The devices that wrote them, sorted.
    devices: Vec<DeviceId>,
    items: Vec<(ItemId, Vec<Difference>)>,
}

/// A mark, by its difference from the mark before it in the list of its item.
#[derive(Serialize, Deserialize)]
struct Difference {
    days: i32,
    mark: Option<Mark>,
    /// An index into [`EncodedMarks::devices`].
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
pub(super) fn encode(marks: &ByItem, is_wanted: impl Fn(Date) -> bool) -> EncodedMarks {
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
    EncodedMarks { devices, items }
}

impl EncodedMarks {
    /// The marks; `None` when they name a device or a day that does not exist.
    pub(super) fn decode(self) -> Option<ByItem> {
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
