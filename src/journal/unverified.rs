//! The writes of this session that are not known to be on the disk.
//!
//! Owns what is remembered of them. Must not touch files: `write.rs` does.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The writes of this session that are not known to be on the disk.
#[derive(Debug, Default)]
pub(crate) struct UnverifiedWrites {
    /// A write that failed and could not be cut off again: the file, and its length before
    /// and after it.
    pub(crate) leftover: Option<(PathBuf, u64, u64)>,
    /// A sync has failed. The system may take the pages that it could not write for clean,
    /// so the next success is only believed after it was read back.
    pub(crate) sync_failed: bool,
    /// The logs whose names are on the disk, by device and inode: these will be found after a
    /// crash. One that was created or replaced since is not among them.
    pub(crate) synced_names: BTreeMap<PathBuf, (u64, u64)>,
}
