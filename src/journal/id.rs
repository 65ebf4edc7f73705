//! The ids of devices and records.
//!
//! Owns their text form. Must not know what a record says.

use crate::journal::parse::parse_hex;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The greatest sequence number that is counted on from. No device writes that many records;
/// one with a greater number is replayed like any other, and leaves the count alone.
pub(crate) const MAX_SEQUENCE: u64 = 1 << 53;

/// The id of a device that writes records; chosen once, at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct DeviceId(#[serde(with = "postcard::fixint::le")] pub(crate) u64);

impl DeviceId {
    /// The id that was written as 16 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        parse_hex(text, 16).map(Self)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// A random number of a session that writes records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct WriterId(pub(crate) u32);

impl WriterId {
    /// The number that was written as 8 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        u32::try_from(parse_hex(text, 8)?).ok().map(Self)
    }
}

impl fmt::Display for WriterId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}", self.0)
    }
}

/// The id of a record. The checksum is part of it because two copies of one home folder may
/// both continue from the same sequence number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct RecordId {
    /// The device that wrote it.
    pub(crate) device: DeviceId,
    /// Its sequence number on that device, from 1.
    pub(crate) sequence: u64,
    /// Its checksum.
    pub(crate) sum: u32,
}

impl RecordId {
    /// The least of all ids.
    pub(crate) const FIRST: Self = Self { device: DeviceId(0), sequence: 0, sum: 0 };

    /// The greatest of all ids.
    pub(crate) const LAST: Self = Self { device: DeviceId(u64::MAX), sequence: u64::MAX, sum: u32::MAX };

    /// The id that was written as its `Display` gives it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (device, rest) = text.split_once('-')?;
        let (sequence, sum) = rest.split_once('-')?;
        Some(Self {
            device: DeviceId::parse(device)?,
            sequence: sequence.parse().ok()?,
            sum: u32::try_from(parse_hex(sum, 8)?).ok()?,
        })
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}-{:08x}", self.device, self.sequence, self.sum)
    }
}
