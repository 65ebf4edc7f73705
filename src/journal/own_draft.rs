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
    /// Held as long as the draft is on the disk: on its latest state, and on the one that was
    /// synced last.
    pub(crate) latest: Option<Box<dyn Guard>>,
    pub(crate) synced: Option<Box<dyn Guard>>,
    /// How many states of it have been written since one was synced; `None` when none was.
    pub(crate) unsynced: Option<usize>,
    /// The checksum of each note's text when this window began to write it.
    pub(crate) begun: BTreeMap<String, u32>,
}

impl Default for OwnDraft {
    fn default() -> Self {
        let begun = BTreeMap::new();
        Self { window: new_id(), latest: None, synced: None, unsynced: None, begun }
    }
}
