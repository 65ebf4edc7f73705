//! What is being written and is not kept yet, in a file of its own.
//!
//! Owns that file: only its owner may read it, and it goes as soon as what was written is
//! kept. It is there so that a crash costs no words; it is no part of the records.

use crate::journal::disk::{Disk, How};
use crate::journal::{Journal, JournalError, Operation, files};
use std::io;
use std::path::{Path, PathBuf};

/// The file's name in the data folder.
pub(crate) const NAME: &str = "draft.json";
/// The most bytes that are read back.
const MOST: usize = 16 << 20;

impl Journal {
    /// The folder that everything is kept in, if anything is.
    pub fn folder(&self) -> Option<&Path> {
        self.home.as_ref().map(|home| home.folder.as_path())
    }

    /// Puts this in the place of the last draft. Not waited for: a draft is there for a
    /// crash of the program, and is written with every key.
    ///
    /// # Errors
    /// Those of the system.
    pub fn keep_draft(&self, draft: &[Operation]) -> Result<(), JournalError> {
        let Some((home, path)) = self.home.as_ref().zip(self.draft_path()) else { return Ok(()) };
        let new = path.with_extension("new");
        let wrong = |error| JournalError::io(&path, error);
        let bytes = serde_json::to_vec(draft).map_err(|error| wrong(error.into()))?;
        let file = files::create_afresh(&home.disk, &new)?;
        files::append_all(&*file, &bytes).map_err(wrong)?;
        home.disk.rename(&new, &path).map_err(wrong)
    }

    /// Removes the draft, if there is one.
    ///
    /// # Errors
    /// Those of the system.
    pub fn drop_draft(&self) -> Result<(), JournalError> {
        let Some((home, path)) = self.home.as_ref().zip(self.draft_path()) else { return Ok(()) };
        match home.disk.remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(JournalError::io(&path, error)),
            _ => Ok(()),
        }
    }

    /// What was being written when the program ended; nothing when it can not be read.
    pub fn draft(&self) -> Vec<Operation> {
        let read = || {
            let file = files::open(&self.home.as_ref()?.disk, &self.draft_path()?, How::Read).ok()?;
            let bytes = files::read_start(&*file, MOST).ok()?;
            let draft: Vec<Operation> = serde_json::from_slice(&bytes).ok()?;
            Some(draft.into_iter().map(Operation::cleaned).collect())
        };
        read().unwrap_or_default()
    }

    fn draft_path(&self) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join(NAME))
    }
}
