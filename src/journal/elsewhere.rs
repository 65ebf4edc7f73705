//! What another journal, one of its logs or a backup had when it was merged.
//!
//! Owns by what it is known which of two records was written without knowing of the other. Must not
//! change anything, there or here.

use crate::journal::disk::Disk as _;
use crate::journal::id::{DeviceId, RecordId};
use crate::journal::names::LOG;
use crate::journal::record::{self, Decoded};
use crate::journal::replay::Replay;
use crate::journal::{Journal, JournalError, Ledger, Operation, names};
use std::collections::HashSet;

/// What another journal, one of its logs or a backup had when it was merged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elsewhere {
    /// The ledger that its records come to by themselves which were not here.
    pub ledger: Ledger,
    /// All its records.
    pub(crate) records: HashSet<RecordId>,
    /// Those of them that were not here, nor erased here.
    pub(crate) new: HashSet<RecordId>,
    /// This device, by which what was written here is known.
    pub(crate) here: Option<DeviceId>,
}

impl Elsewhere {
    /// Replays the records that were not here. `horizon` is the greatest clock that is believed here.
    pub(crate) fn replay(&mut self, lines: &[(RecordId, Vec<u8>)], horizon: u64) {
        let mut replay = Replay { horizon, ..Replay::default() };
        loop {
            self.ledger = Ledger::default();
            for (_, line) in lines {
                let decoded = record::decode(line.strip_suffix(b"\n").unwrap_or(line));
                if let Some(record) = decoded.and_then(Decoded::into_record) {
                    replay.insert(&mut self.ledger, record);
                }
            }
            if !replay.overtaken {
                return;
            }
            // An erase came after what it erases: now it is known.
            replay = Replay { horizon, ..replay.again() };
        }
    }

    /// Returns whether neither knew of the other: the record there that set this was not here, and the
    /// one in the ledger `here`, of before the merge, is not there. One that was written here and has
    /// been merged there meanwhile was not known there either while its clock is no lower: what is
    /// written after a merge has a greater clock than all that came with it.
    pub fn is_unaware(&self, operation: &Operation, here: &Ledger) -> bool {
        let versions = (self.ledger.version(operation), here.version(operation));
        let (Some(there), Some(here)) = versions else { return false };
        let came_later = self.here == Some(here.id.device)
            && here.id.device != there.id.device
            && there.clock <= here.clock;
        self.new.contains(&there.id) && (!self.records.contains(&here.id) || came_later)
    }
}

impl Journal {
    /// The files beside the logs that a sync tool or an editor has left and that are not read,
    /// such as a log that it has not received whole, by name.
    ///
    /// # Errors
    /// When the folder of the logs cannot be read.
    pub fn unread_copies(&self) -> Result<Vec<String>, JournalError> {
        let Some(home) = &self.home else { return Ok(Vec::new()) };
        let folder = home.log_folder();
        let mut names = home.disk.list(&folder).map_err(|error| JournalError::io(&folder, error))?;
        names.retain(|name| names::is_copy(name) && !name.ends_with(LOG));
        names.sort_unstable();
        Ok(names)
    }
}
