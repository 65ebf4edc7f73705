//! The state that another journal, one of its logs or a backup holds.
//!
//! Owns looking at it before or after a merge, to say what stood against what. Must not change
//! anything, there or here.

use crate::journal::disk::{Disk as _, OpenMode};
use crate::journal::home::Home;
use crate::journal::id::RecordId;
use crate::journal::lines::{self, LogPiece};
use crate::journal::names::LOG;
use crate::journal::replay::Replay;
use crate::journal::{Journal, JournalError, Ledger, Operation, files, names};
use std::collections::HashSet;
use std::path::Path;

/// The state that another journal, one of its logs or a backup holds, beside the one that is here
/// before they are merged.
#[derive(Debug, Default)]
pub struct Elsewhere {
    /// The ledger that it comes to by itself.
    pub ledger: Ledger,
    /// All its records.
    pub(crate) records: HashSet<RecordId>,
    /// The records that are here.
    pub(crate) known: HashSet<RecordId>,
}

impl Elsewhere {
    /// Returns whether neither knew of the other: the record there that set this is not here, and the
    /// one in the ledger `here` is not there.
    pub fn is_unaware(&self, operation: &Operation, here: &Ledger) -> bool {
        let id = |ledger: &Ledger| ledger.version(operation).map(|version| version.id);
        id(&self.ledger).is_some_and(|there| !self.known.contains(&there))
            && id(here).is_some_and(|here| !self.records.contains(&here))
    }
}

impl Journal {
    /// Looks at another journal, one of its logs or a backup, before it is merged.
    ///
    /// # Errors
    /// When it, or a log that is here, cannot be read.
    pub fn look_elsewhere(&self, from: &Path) -> Result<Elsewhere, JournalError> {
        self.home.as_ref().map_or_else(|| Ok(Elsewhere::default()), |home| home.look_elsewhere(from))
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
    fn look_elsewhere(&self, from: &Path) -> Result<Elsewhere, JournalError> {
        let mut replay = Replay::default();
        let mut elsewhere = self.replay_elsewhere(from, &mut replay)?;
        if replay.overtaken {
            // An erase came after what it erases: now it is known.
            elsewhere = self.replay_elsewhere(from, &mut replay.again())?;
        }
        elsewhere.known = self.known_records()?;
        Ok(elsewhere)
    }

    fn replay_elsewhere(&self, from: &Path, replay: &mut Replay) -> Result<Elsewhere, JournalError> {
        let mut elsewhere = Elsewhere::default();
        for path in self.sources(from)? {
            let file = files::open(&self.disk, &path, OpenMode::Read)?;
            lines::read(&*file, 0, &mut |found| {
                if let LogPiece::Whole(_, decoded) = found
                    && let Some(record) = decoded.record()
                {
                    elsewhere.records.insert(record.id);
                    replay.insert(&mut elsewhere.ledger, record.into_owned());
                }
            })
            .map_err(|error| JournalError::io(&path, error))?;
        }
        Ok(elsewhere)
    }
}
