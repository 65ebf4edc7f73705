//! The order of records: which of two that set the same value wins.
//!
//! Owns the comparison. Must not know what records say.

use crate::journal::id::{DeviceId, RecordId};
use serde::{Deserialize, Serialize};

/// The most that a Lamport clock may be above all others and still be believed: far more records than
/// can be missing between two devices, and far too few to reach the end of the numbers by
/// leaps.
pub(crate) const LEAP: u64 = 1 << 20;

/// The version of a value: the record that set it, ordered first by its Lamport clock, then
/// by device, sequence number and checksum. The later one wins. The wall clock has no say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Version {
    /// The Lamport clock; 0 while the clock has run ahead (see `replay.rs`).
    pub(crate) clock: u64,
    /// The record.
    pub(crate) id: RecordId,
}

/// The clock of what is not written. No clock that is believed ever comes near it.
const UNSAVED: u64 = u64::MAX;

impl Version {
    /// The version of an operation that could not be written yet. It wins over everything,
    /// because it was done last.
    pub(crate) fn unsaved(count: u64) -> Self {
        Self { clock: UNSAVED, id: RecordId { device: DeviceId(0), sequence: count, sum: 0 } }
    }

    /// Returns whether it is the version of something that has not been written.
    pub(crate) fn is_unsaved(&self) -> bool {
        self.clock == UNSAVED
    }
}

/// The current value of something, and the version of the record that set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Current<T> {
    pub(crate) version: Version,
    pub(crate) value: T,
}

impl<T> Current<T> {
    /// Becomes the other value if that is of a later version.
    pub(crate) fn update(&mut self, other: Self) {
        if other.version > self.version {
            *self = other;
        }
    }
}
