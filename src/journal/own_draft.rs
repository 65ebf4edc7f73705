//! The draft of this window, as far as it is in memory.
//!
//! Owns its name and its lock. Must not touch files: `draft.rs` does.

use crate::journal::device::new_id;
use crate::journal::disk::Guard;
use crate::journal::id::DeviceId;
use std::collections::BTreeMap;

/// The draft of this window.
#[derive(Debug)]
pub(crate) struct OwnDraft {
    /// Tells apart windows whose processes had the same number.
    pub(crate) window: DeviceId,
    /// Held as long as the draft is on the disk.
    pub(crate) guard: Option<Box<dyn Guard>>,
    /// The checksum of each note's text when this window began to write it.
    pub(crate) begun: BTreeMap<String, u32>,
}

impl Default for OwnDraft {
    fn default() -> Self {
        Self { window: new_id(), guard: None, begun: BTreeMap::new() }
    }
}
