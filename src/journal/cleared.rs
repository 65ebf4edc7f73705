//! The list of files that are known to hold nothing that was erased, and the files that are not.
//!
//! Owns what the list says. Must not touch files: `removal.rs` does.

use crate::journal::erases::Erases;
use crate::journal::error::{JournalError, shown};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A file that may still hold what was erased, and why it could not be cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remaining {
    /// The file or folder.
    pub path: PathBuf,
    /// The reason, in plain words.
    pub why: String,
}

/// The files that are known to hold nothing that was erased.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Cleared {
    /// The erases that all files were cleared of, but for those in `left`.
    pub(crate) erases: BTreeSet<String>,
    /// Copies of logs that are clear: their length in bytes and their number on the disk.
    pub(crate) copies: BTreeMap<String, (u64, u64)>,
    /// Files that are to be removed and could not be, below the data folder.
    pub(crate) left: BTreeSet<String>,
}

impl Remaining {
    /// The entry of a file that an error kept from being cleared; the path is named once.
    pub(crate) fn of(path: PathBuf, error: &JournalError) -> Self {
        let why = error.to_string();
        let why = why.strip_prefix(&format!("{}: ", shown(&path))).unwrap_or(&why).to_owned();
        Self { path, why }
    }
}

impl Cleared {
    /// Returns whether any of these erases is not among those that the files were cleared of.
    pub(crate) fn misses_any_of(&self, erases: &Erases) -> bool {
        erases.iter().any(|(id, _)| !self.erases.contains(&id.to_string()))
    }
}
