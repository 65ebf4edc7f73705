//! Plain values as bytes and back, for the cache.
//!
//! Owns the encoding: fixed widths, little-endian, texts and lists after their length. Must
//! not be used for anything that is kept.

use crate::journal::Mark;
use crate::journal::record::{DeviceId, RecordId};
use crate::journal::stamp::Stamp;
use jiff::civil::Date;

/// Writes values one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// A number that is small more often than not, in as few bytes as it takes.
    pub(crate) fn small(&mut self, mut value: u64) {
        while value > 0x7f {
            self.0.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.0.push(value.to_le_bytes()[0]);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.u64(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn date(&mut self, date: Date) {
        self.0.extend_from_slice(&date.year().to_le_bytes());
        self.0.extend_from_slice(&[date.month().unsigned_abs(), date.day().unsigned_abs()]);
    }

    pub(crate) fn mark(&mut self, mark: Option<Mark>) {
        self.0.push(match mark {
            None => 0,
            Some(Mark::Kept) => 1,
            Some(Mark::Slipped) => 2,
            Some(Mark::DidNotArise) => 3,
        });
    }

    pub(crate) fn device(&mut self, device: DeviceId) {
        self.u64(device.0);
    }

    pub(crate) fn record_id(&mut self, id: &RecordId) {
        self.device(id.device);
        self.u64(id.sequence);
        self.u32(id.sum);
    }

    pub(crate) fn stamp(&mut self, stamp: &Stamp) {
        self.u64(stamp.rank);
        self.record_id(&stamp.id);
    }

    /// A list: its length, then each value.
    pub(crate) fn many<I>(&mut self, values: I, mut each: impl FnMut(&mut Self, I::Item))
    where
        I: IntoIterator,
    {
        let place = self.0.len();
        self.u64(0);
        let mut count: u64 = 0;
        for value in values {
            each(self, value);
            count += 1;
        }
        if let Some(length) = self.0.get_mut(place..place + 8) {
            length.copy_from_slice(&count.to_le_bytes());
        }
    }
}

/// Reads values one behind the other; `None` where the bytes are none such.
#[derive(Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Passes over so many bytes.
    pub(crate) fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.0
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    pub(crate) fn small(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = self.take()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.u64()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    pub(crate) fn date(&mut self) -> Option<Date> {
        let year = i16::from_le_bytes(self.take()?);
        let [month, day] = self.take()?.map(u8::cast_signed);
        Date::new(year, month, day).ok()
    }

    #[allow(clippy::option_option, reason = "a mark that was taken back is a value too")]
    pub(crate) fn mark(&mut self) -> Option<Option<Mark>> {
        let [mark] = self.take()?;
        Some(match mark {
            0 => None,
            1 => Some(Mark::Kept),
            2 => Some(Mark::Slipped),
            3 => Some(Mark::DidNotArise),
            _ => return None,
        })
    }

    pub(crate) fn device(&mut self) -> Option<DeviceId> {
        self.u64().map(DeviceId)
    }

    pub(crate) fn record_id(&mut self) -> Option<RecordId> {
        Some(RecordId { device: self.device()?, sequence: self.u64()?, sum: self.u32()? })
    }

    pub(crate) fn stamp(&mut self) -> Option<Stamp> {
        Some(Stamp { rank: self.u64()?, id: self.record_id()? })
    }

    /// A list.
    pub(crate) fn many<T, C: FromIterator<T>>(
        &mut self,
        each: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<C> {
        self.list(each).map(|values| values.into_iter().collect())
    }

    /// A list, as it stands.
    pub(crate) fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.u64()?).ok()?;
        // No value takes less than a byte, so a length that can not be is not believed.
        if count > self.0.len() {
            return None;
        }
        let mut values = Vec::with_capacity(count);
        for _ in 0..count {
            values.push(each(self)?);
        }
        Some(values)
    }
}
