//! How far each log has been read.
//!
//! Owns by what a log is known again: the end of what was read, and a sum of the records in it.
//! Must not read records: `reading.rs` does.

use crate::journal::disk::DiskFile;
use crate::journal::files;
use crate::journal::id::RecordId;
use serde::{Deserialize, Serialize};
use std::io;

/// The number of bytes before the end of what was read whose checksum is remembered.
const FINGERPRINT_BYTES: usize = 4096;

/// The position up to which a log has been read, also as the cache stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogPosition {
    /// [`crate::journal::disk::FileMetadata::identity`]; `None` when only the cache has seen it.
    #[serde(skip)]
    pub(crate) identity: Option<(u64, u64)>,
    /// The end of the last line that was read, in bytes from the start.
    pub(crate) lines: u64,
    /// The checksum of the last bytes before there, at most [`FINGERPRINT_BYTES`] of them.
    pub(crate) fingerprint: u32,
    /// The records in it that were not erased.
    pub(crate) standing: Tally,
}

/// A number of records, and a sum of their ids by which it is known whether a log begins
/// with the same ones again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) count: u64,
    sum: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, id: RecordId) {
        self.count += 1;
        // Each record counts with its place, so that another order is another sum; the factor
        // is the golden ratio's, as in Knuth's multiplicative hashing.
        let mixed = (id.device.0 ^ id.sequence.rotate_left(32) ^ u64::from(id.sum))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.sum = self.sum.wrapping_add(mixed ^ (mixed >> 29));
    }
}

/// The checksum of the last bytes before an offset; `None` when the file ends before it.
pub(crate) fn fingerprint_before(file: &dyn DiskFile, offset: u64) -> io::Result<Option<u32>> {
    let length = FINGERPRINT_BYTES.min(usize::try_from(offset).unwrap_or(FINGERPRINT_BYTES));
    let bytes = files::read_range(file, offset - length as u64, length)?;
    Ok((bytes.len() == length).then(|| crc32fast::hash(&bytes)))
}
