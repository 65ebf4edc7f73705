//! The order of records: which of two that say different things holds.
//!
//! Owns the comparison. Must not know what records say.

use crate::journal::record::{DeviceId, RecordId};

/// Where a record stands in the order of all records. The later one holds: first by its
/// Lamport clock, then by device, sequence number and checksum. The wall clock has no say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Stamp {
    /// The Lamport clock; 0 while the clock has run ahead (see `fold.rs`).
    pub(crate) rank: u64,
    /// The record.
    pub(crate) id: RecordId,
}

/// No clock that is believed ever comes near this.
const UNSAVED: u64 = u64::MAX;

impl Stamp {
    /// The stamp of what the reader did and what could not be written yet. It holds against
    /// everything, because she did it last.
    pub(crate) fn unsaved(count: u64) -> Self {
        Self { rank: UNSAVED, id: RecordId { device: DeviceId(0), sequence: count, sum: 0 } }
    }

    /// Whether it stands for something that has not been written.
    pub(crate) fn is_unsaved(&self) -> bool {
        self.rank == UNSAVED
    }
}
