//! What this session has written, so that it can be written again.
//!
//! Owns the lines of this session until it ends: a tool that copies files may put an older
//! state of a log over the one that they were called saved in. Must not touch
//! files: `write.rs` does.

use crate::journal::id::RecordId;
use crate::journal::names::LOG;
use std::collections::{BTreeMap, BTreeSet};

/// The lines that this session has written, and which of them were found again.
#[derive(Debug, Default)]
pub(crate) struct OwnWrites {
    /// With their line breaks.
    lines: BTreeMap<RecordId, Vec<u8>>,
    /// Those that were met since all logs began to be read from their beginning; `None` when
    /// nothing is to be looked for.
    met: Option<BTreeSet<RecordId>>,
}

impl OwnWrites {
    /// Adds a line that was written and synced.
    pub(crate) fn wrote(&mut self, id: RecordId, line: &[u8]) {
        self.lines.insert(id, line.to_vec());
        if let Some(met) = &mut self.met {
            met.insert(id);
        }
    }

    /// Begins to look for what was written: all logs are about to be read.
    pub(crate) fn begin_reading(&mut self) {
        self.met = (!self.lines.is_empty()).then(BTreeSet::new);
    }

    /// Ends the look: it is known what is there, or cannot be known.
    pub(crate) fn give_up_reading(&mut self) {
        self.met = None;
    }

    /// Takes note that a log holds a record. One that is in another log than it was written to
    /// may go from there at any time.
    pub(crate) fn meet(&mut self, log: &str, id: RecordId) {
        if let Some(met) = &mut self.met
            && self.lines.contains_key(&id)
            && log.strip_suffix(LOG) == Some(id.device.to_string().as_str())
        {
            met.insert(id);
        }
    }

    /// What was written and was not met, in the order of the writing.
    pub(crate) fn missing(&self) -> Vec<(RecordId, Vec<u8>)> {
        let Some(met) = &self.met else { return Vec::new() };
        let missing = self.lines.iter().filter(|(id, _)| !met.contains(id));
        missing.map(|(id, line)| (*id, line.clone())).collect()
    }

    /// Forgets a line that was erased.
    pub(crate) fn forget(&mut self, id: &RecordId) {
        self.lines.remove(id);
    }
}
