//! The state that another journal, one of its logs or a backup holds.
//!
//! Owns looking at it before or after a merge, to say what stood against what. Must not change
//! anything, there or here.

use crate::journal::disk::{Disk as _, OpenMode};
use crate::journal::home::Home;
use crate::journal::lines::{self, LogPiece};
use crate::journal::names::LOG;
use crate::journal::replay::Replay;
use crate::journal::{Journal, JournalError, Ledger, files, names};
use std::path::Path;

impl Journal {
    /// The ledger that another journal, one of its logs or a backup comes to by itself.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn ledger_elsewhere(&self, from: &Path) -> Result<Ledger, JournalError> {
        self.home.as_ref().map_or(Ok(Ledger::default()), |home| home.ledger_elsewhere(from))
    }

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

impl Home {
    fn ledger_elsewhere(&self, from: &Path) -> Result<Ledger, JournalError> {
        let mut replay = Replay::default();
        let ledger = self.replay_elsewhere(from, &mut replay)?;
        if !replay.overtaken {
            return Ok(ledger);
        }
        // An erase came after what it erases: now it is known.
        self.replay_elsewhere(from, &mut replay.again())
    }

    fn replay_elsewhere(&self, from: &Path, replay: &mut Replay) -> Result<Ledger, JournalError> {
        let mut ledger = Ledger::default();
        for path in self.sources(from)? {
            let file = files::open(&self.disk, &path, OpenMode::Read)?;
            lines::read(&*file, 0, &mut |found| {
                if let LogPiece::Whole(_, decoded) = found
                    && let Some(record) = decoded.record()
                {
                    replay.insert(&mut ledger, record.into_owned());
                }
            })
            .map_err(|error| JournalError::io(&path, error))?;
        }
        Ok(ledger)
    }
}
